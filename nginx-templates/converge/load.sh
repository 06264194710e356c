# shellcheck shell=bash
# Puts a release in force: starts what is down, reloads what differs from what runs, leaves the rest alone. When the new
# one does not come up the old one is put back.

# What a running nginx has loaded is noted beside its sockets, so an interrupted run is continued by the next.
loaded_differs() { [[ $(cd "$current" && cat "${@:2}" | sha256sum) != "$(cat "$1/loaded" 2>/dev/null)" ]]; }

# nginx keeps the old configuration when it cannot take the new one and does not tell; new workers tell.
# reload <unit> <its folder in /run> <the files it loads>
reload() {
  local unit=$1 folder=$2 main before waited=0
  main=$(systemctl show --property MainPID --value "$unit")
  before=$(pgrep -P "$main" | sort || true)
  systemctl reload "$unit" 9>&- || return 1
  until [[ -n $(comm -13 <(printf '%s\n' "$before") <(pgrep -P "$main" | sort)) ]]; do
    ((waited++ < 100)) || return 1
    sleep 0.05
  done
  (cd "$current" && cat "${@:3}" | sha256sum) >"$folder/loaded"
}

wait_for_sockets() {
  local waited=0
  until [[ -S $run/$1/9092.sock && -S $run/$1/443.sock ]]; do
    ((waited++ < 100)) || return 1
    sleep 0.05
  done
}

bring_up_instance() {
  local name=$1 unit
  unit=$(unit_of "$name")
  systemctl enable --quiet "$unit" 9>&- || return 1
  if in_force "$name" && [[ $manner == reject ]]; then return 0; fi
  if systemctl is-active --quiet "$unit"; then
    loaded_differs "$run/$name" "instance-$name.conf" resolvers.conf || return 0
    reload "$unit" "$run/$name" "instance-$name.conf" resolvers.conf || problem="$unit did not take its new configuration"
    changes+=("instance $name reloaded")
  else
    systemctl start "$unit" 9>&- || true
    changes+=("instance $name started")
  fi
  wait_for_sockets "$name" || problem="$unit does not come up"
  [[ -z $problem ]]
}

bring_up_front() {
  local port deadline=$((SECONDS + 10))
  systemctl enable --quiet "$front_unit" "$watch_unit" 9>&- || return 1
  if ! systemctl is-active --quiet "$front_unit"; then
    systemctl start "$front_unit" 9>&- || true
    changes+=('front started')
  elif loaded_differs "$front_run" front.conf routes.conf; then
    reload "$front_unit" "$front_run" front.conf routes.conf || problem='the front did not take its new configuration'
    changes+=('front reloaded')
  fi
  for port in "${ports[@]}"; do
    until [[ -z $(ask 127.0.0.1 "$port" stranger.invalid || echo down) ]]; do
      if ((SECONDS > deadline)); then
        problem="the front does not close a stranger's session on port $port, which is held by: $(holder_of "$port")"
        break
      fi
      sleep 0.05
    done
  done
  [[ -z $problem ]]
}

holder_of() { ss -ltnpH "sport = :$1" | grep -oE '"[^"]+",pid=[0-9]+' | paste -sd ' '; }

bring_up() {
  local name
  problem=
  install_system_files || return 1
  # Wishes first: an instance that is to be down is not started for a moment.
  enforce_noting_changes "$1" || return 1
  for name in $(instances); do bring_up_instance "$name" || return 1; done
  bring_up_front || return 1
  systemctl start "$watch_unit" 9>&- || return 1
}

blocked() { for name in $(instances); do in_force "$name" && printf '%s:%s\n' "$name" "$manner"; done || true; }

enforce_noting_changes() {
  local before after wish name longest
  before=$(blocked)
  enforce "$1" >/dev/null 9>&- || return 1
  after=$(blocked)
  mapfile -t -O "${#changes[@]}" changes < <(
    comm -13 <(sort <<<"$before") <(sort <<<"$after") | sed -nE 's/(.+):(.*)/\1 blocked (\2)/p'
    comm -23 <(cut -d : -f 1 <<<"$before" | sort) <(cut -d : -f 1 <<<"$after" | sort) | sed -n 's/..*/& unblocked/p'
    while read -r name wish longest; do
      if [[ $wish != none ]] && ! in_force "$name"; then
        printf "the outage of %s ended by itself and does not block again until it was switched off in between\n" "$name"
      fi
    done <"$1"
  )
}

retire() {
  local name
  while read -r name; do
    systemctl disable --now --quiet "$(unit_of "$name")" 9>&- || true
    rm -f "$state/outages/$name" "$state/rejected/$name"
    changes+=("instance $name removed")
  done < <(grep -vxF -f "$current/instances" "$etc/releases/$1/instances" || true)
}

put_back() {
  if [[ -z $1 || ! -d $etc/releases/$1 ]]; then
    systemctl disable --now --quiet "$front_unit" "$watch_unit" 9>&- || true
    for name in $(instances); do systemctl disable --now --quiet "$(unit_of "$name")" 9>&- || true; done
    rm -f "$current"
    fail "$2; there is no earlier release, the proxy is stopped"
  fi
  switch_release "$1"
  bring_up /dev/null || fail "$2; the earlier release $1 does not come up either: ${problem:-see above}"
  fail "$2; the earlier release $1 was put back"
}

# load <old release> <new release> <wishes>
load() {
  local reason
  [[ $2 == "$1" ]] || switch_release "$2"
  if ! bring_up "$3"; then
    reason=${problem:-'a step failed'}
    [[ $2 == "$1" ]] && fail "$reason"
    put_back "$1" "$reason"
  fi
  [[ $2 != "$1" ]] || return 0
  # The watch is the one program that goes on with the old release's code.
  systemctl restart "$watch_unit" 9>&-
  [[ -z $1 ]] || retire "$1"
  prune_releases "$2"
}
