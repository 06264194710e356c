# shellcheck shell=bash
# Releases: folders named by their content, and a link to the one in force, which is switched in one step.

# The wishes are no part of it: an outage is not a release.
release_id() { (cd "$1" && find . -type f ! -name wishes ! -name '*.log' ! -name 'sh-thd*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-12); }

release_in_force() { [[ ! -L $current ]] || basename "$(readlink "$current")"; }

# The last release that was brought up to its end. While one is loaded it is another than that in force, and stays so where
# that was killed; earlier versions did not note it.
release_that_works() {
  local works=
  if [[ -s $etc/works ]]; then read -r works <"$etc/works"; fi
  if [[ -n $works && -d $etc/releases/$works ]]; then
    printf '%s' "$works"
  elif [[ $1 != "$(release_in_force)" ]]; then
    release_in_force
  fi
}

# Whether a release lacks files, or has others than it was stored with.
altered() { [[ ! -d $etc/releases/$1 || $(release_id "$etc/releases/$1") != "$1" ]]; }

# Whatever runs may go by files of the release in force that somebody changed meanwhile: it is to load and start anew.
# distrust <release in force> <the new one>
distrust() {
  rm -f "$front_run/loaded" "$run"/*/loaded
  [[ $1 != "$2" ]] || rm -f "$etc/works"
  changes+=("files of release $1 had been changed by hand")
}

store_release() {
  local new=$etc/releases/$2
  mkdir -p "$etc/releases"
  rm -rf "$etc"/releases/.new-*
  if altered "$2"; then
    if ! cp -a "$1" "$etc/releases/.new-$2" 2>/dev/null; then
      rm -rf "$etc/releases/.new-$2"
      fail "cannot store the new files in $etc/releases, nothing was changed: $(write_problem "$etc/releases")"
    fi
    rm -f "$etc/releases/.new-$2"/{wishes,*.log}
    chmod 0755 "$etc/releases/.new-$2"
    sync -f "$etc/releases"
    [[ ! -d $new ]] || mv -T "$new" "$etc/releases/.new-$2.altered"
    mv -T "$etc/releases/.new-$2" "$new"
    rm -rf "$etc/releases/.new-$2.altered"
  fi
  touch "$new"
}

switch_release() {
  ln -sfn "releases/$1" "$current.new"
  mv -T "$current.new" "$current"
}

# Copies a file to where the system looks for it.
install_file() {
  if ! { install -D -m 0644 "$1" "$2.new" && sync "$2.new"; }; then
    rm -f "$2.new"
    fail "cannot write $2: $(write_problem "$(dirname "$2")")"
  fi
  mv -f "$2.new" "$2"
}

install_system_files() {
  local unit installed changed=
  for unit in "$current"/units/*; do
    installed=/etc/systemd/system/${unit##*/}
    if ! cmp -s "$unit" "$installed"; then
      install_file "$unit" "$installed"
      changed=1
    fi
  done
  [[ -z $changed ]] || systemctl daemon-reload
  if ! cmp -s "$current/sysctl.conf" /etc/sysctl.d/60-confluent-dr-proxy.conf; then
    install_file "$current/sysctl.conf" /etc/sysctl.d/60-confluent-dr-proxy.conf
    # In a container the kernel's settings may be out of reach.
    sysctl -q -e -p /etc/sysctl.d/60-confluent-dr-proxy.conf >/dev/null 2>&1 || true
  fi
  ln -sfn "$current/bin/confluent-dr-proxy" /usr/local/sbin/confluent-dr-proxy
}

# The three newest are kept beside the one in force.
prune_releases() {
  local release
  find "$etc/releases" -mindepth 1 -maxdepth 1 -printf '%T@ %f\n' | sort -rn | cut -d ' ' -f 2 | sed 1,4d |
    while IFS= read -r release; do [[ $release == "$1" ]] || rm -rf "$etc/releases/$release"; done
}
