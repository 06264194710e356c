# shellcheck shell=bash
# Releases: folders named by their content, and a link to the one in force, which is switched in one step.

# The wishes are no part of it: an outage is not a release.
release_id() { (cd "$1" && find . -type f ! -name wishes ! -name '*.log' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-12); }

release_in_force() { [[ ! -L $current ]] || basename "$(readlink "$current")"; }

store_release() {
  local new=$etc/releases/$2
  mkdir -p "$etc/releases"
  rm -rf "$etc"/releases/.new-*
  if [[ ! -d $new ]]; then
    cp -a "$1" "$etc/releases/.new-$2"
    rm -f "$etc/releases/.new-$2"/{wishes,*.log}
    chmod 0755 "$etc/releases/.new-$2"
    sync -f "$etc/releases"
    mv -T "$etc/releases/.new-$2" "$new"
  fi
  touch "$new"
}

switch_release() {
  ln -sfn "releases/$1" "$current.new"
  mv -T "$current.new" "$current"
}

# Copies a file to where the system looks for it; true when that changed it.
install_file() {
  ! cmp -s "$1" "$2" || return 1
  install -D -m "$3" "$1" "$2.new" && mv -f "$2.new" "$2"
}

install_system_files() {
  local unit changed=
  for unit in "$current"/units/*; do
    if install_file "$unit" "/etc/systemd/system/$(basename "$unit")" 0644; then changed=1; fi
  done
  [[ -z $changed ]] || systemctl daemon-reload 9>&-
  if install_file "$current/sysctl.conf" /etc/sysctl.d/60-confluent-dr-proxy.conf 0644; then sysctl -q -e -p /etc/sysctl.d/60-confluent-dr-proxy.conf >/dev/null 2>&1 || true; fi
  ln -sfn "$current/bin/confluent-dr-proxy" /usr/local/sbin/confluent-dr-proxy
}

# The three newest are kept beside the one in force.
prune_releases() {
  local release
  find "$etc/releases" -mindepth 1 -maxdepth 1 -printf '%T@ %f\n' | sort -rn | cut -d ' ' -f 2 | sed 1,4d |
    while IFS= read -r release; do [[ $release == "$1" ]] || rm -rf "$etc/releases/$release"; done
}
