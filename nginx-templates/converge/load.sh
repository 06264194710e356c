# shellcheck shell=bash
# Puts a release in force: starts what is down, reloads what differs from what runs, leaves the rest alone. When the new
# one does not come up, the old one is put back, and the outages that were in force.

# What a running nginx has loaded is noted beside its sockets, so an interrupted run is continued by the next.
loaded_differs() { [[ $(cd "$current" && cat "${@:2}" | sha256sum) != "$(cat "$1/loaded" 2>/dev/null || true)" ]]; }

workers_of() { pgrep -P "$1" | sort || true; }

# handed_over <process id> <the workers before>: there are new workers, and the old ones take no session any more
handed_over() {
  local now worker
  now=$(workers_of "$1")
  [[ -n $(comm -13 <(printf '%s\n' "$2") <(printf '%s\n' "$now")) ]] || return 1
  for worker in $(comm -12 <(printf '%s\n' "$2") <(printf '%s\n' "$now")); do
    ! grep -qsz '^nginx: worker process$' "/proc/$worker/cmdline" || return 1
  done
}

# nginx keeps the old configuration when it cannot take the new one and does not tell; new workers tell.
# reload <unit> <its folder in /run> <what is said when it fails> <the files it loads>
reload() {
  local main before
  main=$(systemctl show --property MainPID --value "$1")
  before=$(workers_of "$main")
  systemctl reload "$1" || fail "$3"
  within 15 handed_over "$main" "$before" || fail "$3"
  # Put there as a whole: the folder is the user's of that nginx, who may have laid a link there.
  (cd "$current" && cat "${@:4}" | sha256sum) >"$private/loaded"
  chmod 0644 "$private/loaded"
  mv -fT "$private/loaded" "$2/loaded"
}

# systemd reads all units again for each enabling, which it refuses where /run has little room.
keep_enabled() { systemctl is-enabled --quiet "$1" || systemctl enable --quiet "$1"; }

bring_up_instance() {
  local name=$1 unit
  unit=$(unit_of "$name")
  keep_enabled "$unit"
  if shut "$name"; then return 0; fi
  systemctl start "$unit" || fail "$unit does not come up$(last_words "$unit")$(no_room)"
  if [[ $were_down == *" $name "* ]]; then
    changes+=("instance $name started")
  elif loaded_differs "$run/$name" "instance-$name.conf" resolvers.conf; then
    reload "$unit" "$run/$name" "$unit did not take its new configuration" "instance-$name.conf" resolvers.conf
    changes+=("instance $name reloaded")
  fi
  within 15 has_sockets "$name" || fail "$unit does not come up$(last_words "$unit")$(no_room)"
}

closes_strangers() { [[ -z $(ask 127.0.0.1 "$1" stranger.invalid || echo down) ]]; }

bring_up_front() {
  local port unit others
  for unit in "$front_unit" "$watch_unit" "$logs_unit"; do keep_enabled "$unit"; done
  if ! systemctl is-active --quiet "$front_unit"; then
    systemctl start "$front_unit" || fail "the front does not come up$(last_words "$front_unit")$(no_room)"
    changes+=('front started')
  elif loaded_differs "$front_run" front.conf routes.conf; then
    reload "$front_unit" "$front_run" 'the front did not take its new configuration' front.conf routes.conf
    changes+=('front reloaded')
  fi
  for port in "${ports[@]}"; do
    if ! within 15 closes_strangers "$port"; then
      others=$(held_by_others)
      fail "the front does not close a stranger's session on port $port${others:-$(last_words "$front_unit")}$(no_room)"
    fi
  done
  port=$(sed -nE 's/^ *listen ([0-9]+) default_server;$/\1/p' "$current/front.conf")
  [[ -z $port ]] || within 15 answers_probe "$port" || fail "the front does not answer a balancer's probe on port $port"
}

# answers_probe <port>
answers_probe() (
  exec 7<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET /health HTTP/1.0\r\n\r\n' >&7
  IFS= read -r -t 5 line <&7 && [[ $line == 'HTTP/1.1 200 '* ]]
) 2>/dev/null

# Who has a port of the front: one that is taken keeps it from all of them.
held_by_others() {
  local port front others
  front=$(pgrep -d '|' -u confluent-dr-front || true)
  for port in "${ports[@]}"; do
    others=$(ss -ltnpH "sport = :$port" | grep -oE '"[^"]+",pid=[0-9]+' | grep -vE ",pid=(${front:-none})$" | paste -sd ' ' || true)
    [[ -z $others ]] || printf ', and port %s is held by %s' "$port" "$others"
  done
}

# bring_up <file of wishes>: prints what it changed.
bring_up() {
  local name unit were_down=' '
  install_system_files
  for name in $(instances); do systemctl is-active --quiet "$(unit_of "$name")" || were_down+="$name "; done
  # Wishes first: an instance that is to be down is not started for a moment.
  enforce_noting_changes "$1"
  for name in $(instances); do bring_up_instance "$name"; done
  bring_up_front
  for unit in "$watch_unit" "$logs_unit"; do
    if ! systemctl is-active --quiet "$unit"; then
      systemctl start "$unit"
      unit=${unit%.service}
      changes+=("${unit##*-} started")
    fi
  done
  ((!${#changes[@]})) || printf '%s\n' "${changes[@]}"
}

# Sets problem to what is said when it fails.
bring_up_apart() {
  local done
  if done=$(attempt bring_up "$1" 2>"$stage/problem.log"); then
    [[ -z $done ]] || mapfile -t -O "${#changes[@]}" changes <<<"$done"
    return 0
  fi
  problem=$(sed 's/^confluent-dr-proxy: //' "$stage/problem.log" | awk '!told[$0]++' | sed -z 's/\n$//; s/\n/; /g' | cut -c 1-600)
  return 1
}

blocked() {
  local name
  for name in $(instances); do
    if in_force "$name"; then printf '%s:%s\n' "$name" "$manner"; fi
  done
}

fenced_off() {
  local name
  for name in $(instances); do
    if fenced "$name"; then printf '%s\n' "$name"; fi
  done
}

enforce_noting_changes() {
  local before after fences_before fences_after wish name longest fence
  before=$(blocked)
  fences_before=$(fenced_off)
  enforce record_wishes "$1" >/dev/null
  after=$(blocked)
  fences_after=$(fenced_off)
  mapfile -t -O "${#changes[@]}" changes < <(
    comm -13 <(sort <<<"$before") <(sort <<<"$after") | sed -nE 's/(.+):(.*)/\1 blocked (\2)/p'
    comm -23 <(cut -d : -f 1 <<<"$before" | sort) <(cut -d : -f 1 <<<"$after" | sort) | sed -n 's/..*/& unblocked/p'
    comm -13 <(sort <<<"$fences_before") <(sort <<<"$fences_after") | sed -n 's/..*/& fenced/p'
    comm -23 <(sort <<<"$fences_before") <(sort <<<"$fences_after") | sed -n 's/..*/& no longer fenced/p'
    # shellcheck disable=SC2034 # the last takes what is left of a line
    while read -r name wish longest fence; do
      if [[ $wish != none ]] && ! in_force "$name"; then
        printf 'the outage of %s %s and does not block again until it was switched off in between\n' "$name" \
          "$(if lifted_by_hand; then echo 'was lifted by hand'; else echo 'ended by itself'; fi)"
      fi
    done <"$1"
  )
}

# The instances that are on this machine, of whichever release.
instances_there() {
  {
    systemctl list-units --all --plain --no-legend 'confluent-dr-proxy@*.service'
    find /etc/systemd/system -path '*.wants/confluent-dr-proxy@*.service' -printf '%f\n'
  } | sed -nE 's/^confluent-dr-proxy@([a-z0-9-]+)\.service.*/\1/p' | sort -u
}

# Ends what the release in force does not have.
retire() {
  local name there
  there=$(instances_there)
  while read -r name; do
    systemctl disable --now --quiet "$(unit_of "$name")"
    systemctl stop "$(black_hole_unit_of "$name")"
    rm -f "$state/outages/$name" "$state/outages/$name.fence"
    changes+=("instance $name removed")
  done < <(grep -vxF -f "$current/instances" <<<"$there" || true)
}

# Ends all of a proxy that never ran. Units that were not written cannot be disabled.
stop_all() {
  local name unit units=("$front_unit" "$watch_unit" "$logs_unit") there left=
  there=$(instances_there)
  for name in $there; do
    units+=("$(unit_of "$name")")
    systemctl stop "$(black_hole_unit_of "$name")" || true
    rm -f "$state/outages/$name" "$state/outages/$name.fence"
  done
  for unit in "${units[@]}"; do
    systemctl disable --now --quiet "$unit" || true
    if systemctl is-active --quiet "$unit"; then left+=" $unit"; fi
  done
  rm -f "$current"
  [[ -z $left ]] || fail "$1; there is no earlier release, and these cannot be stopped:$left"
  fail "$1; there is no earlier release, the proxy is stopped"
}

put_back() {
  [[ -n $1 && -d $etc/releases/$1 ]] || stop_all "$2"
  [[ $1 == "$(release_in_force)" ]] || switch_release "$1"
  put_records_back
  bring_up_apart /dev/null || fail "$2; the earlier release $1 does not come up either: $problem"
  attempt retire || fail "$2; the earlier release $1 was put back, but what the other one began cannot be ended"
  fail "$2; the earlier release $1 was put back"
}

# load <release> <wishes>
load() {
  local problem works before
  declare -A recorded=()
  works=$(release_that_works "$1")
  before=$(release_in_force)
  keep_records
  [[ $1 == "$before" ]] || switch_release "$1"
  if ! bring_up_apart "$2"; then
    [[ $1 != "${works:-$before}" ]] || fail "$problem"
    put_back "$works" "$problem"
  fi
  if [[ $1 == "$works" && $1 == "$before" ]]; then return 0; fi
  # The programs that go on with the old release's code.
  systemctl restart "$watch_unit" "$logs_unit"
  retire
  write_whole "$etc/works" "$1" || fail "cannot note in $etc that release $1 works: $(write_problem "$etc")"
  prune_releases "$1"
}
