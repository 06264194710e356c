# shellcheck shell=bash
# The state of the proxy as JSON. Names and words were checked before they were written, so nothing needs escaping.

time_or_null() { if [[ $1 == - ]]; then printf null; else printf '"%s"' "$(iso_time "$1")"; fi; }

# Sessions that are open now: the accepted ends of the instance's sockets.
open_sessions() {
  local sockets
  sockets=$(ss -xH state established 2>/dev/null) || fail 'the open sessions cannot be counted: ss fails'
  grep -cE " $run/$1/(9092|443)\.sock " <<<"$sockets" || true
}

outage_json() {
  local ended=-
  if ! read_outage "$1"; then
    printf null
    return
  fi
  if outage_ended; then ended=$lifted; fi
  if outage_ended && [[ $lifted == - ]]; then ended=$until; fi
  printf '{"wish":"%s","since":%s,"until":%s,"ended":%s}' "$manner" "$(time_or_null "$since")" \
    "$(time_or_null "$until")" "$(time_or_null "$ended")"
}

fence_json() {
  local since=-
  if ! fenced "$1"; then
    printf null
    return
  fi
  read -r since <"$state/outages/$1.fence" || true
  [[ $since =~ ^[0-9]+$ ]] || since=-
  printf '{"since":%s}' "$(time_or_null "$since")"
}

instance_json() {
  local name=$1 blocked=none running open outage fence
  if in_force "$name"; then
    blocked=$manner
  elif systemctl is-active --quiet "$(black_hole_unit_of "$name")"; then
    # Its time is up, and it is not ended yet.
    blocked=blackhole
  fi
  running=$(running "$(unit_of "$name")")
  open=$(open_sessions "$name")
  outage=$(outage_json "$name")
  fence=$(fence_json "$name")
  printf '{"name":"%s","blocked":"%s","running":%s,"openSessions":%s,"outage":%s,"fence":%s}' "$name" "$blocked" \
    "$running" "$open" "$outage" "$fence"
}

running() { if systemctl is-active --quiet "$1"; then printf true; else printf false; fi; }

# What JSON has no place for, in words.
tell_troubles() {
  local name unit units=("$front_unit")
  for name in $(instances); do
    shut "$name" || units+=("$(unit_of "$name")")
    ! damaged "$name" || say "the record of the outage of $name is damaged and counts as none; where the watch does not take it away, do so: $state/outages/$name" >&2
  done
  for unit in "${units[@]}" "$watch_unit" "$logs_unit"; do
    systemctl is-active --quiet "$unit" ||
      say "$unit does not run: $(systemctl show --property Description --value "$unit")$(last_words "$unit"); a convergence starts it where systemd does not" >&2
  done
}

status() {
  local name instance release front all=
  [[ -L $current ]] || fail 'not installed: run the converge script'
  for name in $(instances); do
    [[ ! -f $state/outages/$name || -r $state/outages/$name ]] || fail "status needs root: $state/outages/$name cannot be read by others"
  done
  release=$(basename "$(readlink "$current")")
  front=$(running "$front_unit")
  for name in $(instances); do
    instance=$(instance_json "$name")
    all+=${all:+,}$instance
  done
  tell_troubles
  printf '{"release":"%s","front":{"running":%s},"instances":[%s]}\n' "$release" "$front" "$all"
}
