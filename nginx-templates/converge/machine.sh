# shellcheck shell=bash
# What the machine needs before there can be a proxy: packages, users, name servers.

packages=(nginx libnginx-mod-stream nftables iproute2 logrotate procps)

missing_packages() {
  local package
  for package in "${packages[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
  done
}

# Tries again while another one, such as the unattended upgrades, holds apt, and after an installation that was killed.
apt() {
  local attempt
  for attempt in 1 2 3 4 5 6 7 8 9 10; do
    if DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold "$@" >"$stage/apt.log" 2>&1; then
      return 0
    fi
    if grep -q 'dpkg was interrupted' "$stage/apt.log"; then
      DEBIAN_FRONTEND=noninteractive dpkg --force-confold --configure -a >"$stage/apt.log" 2>&1 || return 1
    else
      grep -qE 'Could not get lock|Temporary failure|is held by process' "$stage/apt.log" || return 1
      sleep "$attempt"
    fi
  done
  return 1
}

install_packages() {
  local missing said
  command -v apt-get dpkg-query >/dev/null ||
    fail 'this machine has no apt-get, nothing was changed: the proxy needs Ubuntu 22.04 or Debian 12, or a later one'
  mapfile -t missing < <(missing_packages)
  # The distribution's own site must never hold our ports; masked first, as installing would start it.
  if [[ $(systemctl is-enabled nginx.service 2>/dev/null) != masked ]]; then
    said=$(systemctl mask --now nginx.service 2>&1) ||
      fail "cannot mask nginx.service, which would take the proxy's ports, nothing was changed; take away what is in its place: $(paste -sd ' ' <<<"$said" | cut -c 1-300)"
  fi
  ((${#missing[@]})) || return 0
  apt update || true
  apt install --no-install-recommends "${missing[@]}" ||
    fail "cannot install ${missing[*]}, nothing was changed: $({ grep -E '^(E|W|dpkg):' "$stage/apt.log" || cat "$stage/apt.log"; } | tail -n 3 | paste -sd ' ' | cut -c 1-500)"
  changes+=("installed ${missing[*]}")
}

make_users() {
  local name
  getent group confluent-dr-front >/dev/null || groupadd --system confluent-dr-front
  for name in confluent-dr-front $(sed 's/^/cdr-/' "$1/instances"); do
    getent passwd "$name" >/dev/null ||
      useradd --system --gid confluent-dr-front --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$name"
  done
}

# The name servers behind the local stub are preferred: the stub answers from /etc/hosts.
machine_resolvers() {
  local file found
  for file in /run/systemd/resolve/resolv.conf /etc/resolv.conf; do
    [[ -r $file ]] || continue
    found=$(sed -nE "s/^nameserver[[:space:]]+${address_rule}[[:space:]]*([#;].*)?$/\\1/p" "$file" | sed -n '1,3p')
    if [[ -n $found ]]; then
      printf '%s\n' "$found"
      return
    fi
  done
  fail 'no name server: neither in the plan nor in /run/systemd/resolve/resolv.conf or /etc/resolv.conf'
}

# Adds to the staged files what only the machine knows.
complete() {
  [[ -s $1/resolvers ]] || machine_resolvers >"$1/resolvers"
  printf 'resolver %s ipv6=off;\n' "$(sed 's/.*:.*/[&]/' "$1/resolvers" | paste -sd ' ')" >"$1/resolvers.conf"
}
