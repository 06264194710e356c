# shellcheck shell=bash
# The dead-man switch and the housekeeping: a loop and not a timer, because the times are in the state and a clock that
# jumps or a machine that slept must not matter.

# What was ended is remembered, so that a full disk, where it cannot be noted, does not make it end every second.
declare -A dealt_with

some_outage_is_over() {
  local name some=1
  for name in "${watched[@]}"; do
    if read_outage "$name" && [[ $lifted == - && ${dealt_with[$name]:-} != "$until" ]] && outage_ended; then
      over[$name]=$until
      some=0
    fi
  done
  return $some
}

end_outages() {
  local name
  # In a process of its own: a failure is tried again in the next round and does not end the watch.
  "$0" enforce || return 0
  for name in "${!over[@]}"; do dealt_with[$name]=${over[$name]}; done
}

rotate_logs() { logrotate --state "$state/logrotate.state" "$current/logrotate.conf" || true; }

watch() {
  local round=0 watched
  local -A over
  while :; do
    mapfile -t watched < <(instances)
    over=()
    if some_outage_is_over; then end_outages; fi
    if ((round % 30 == 0)) && ! firewall_loaded; then
      event 'the firewall was gone: loaded again'
      load_firewall || true
    fi
    if ((round % 60 == 59)); then rotate_logs; fi
    round=$((round + 1))
    sleep 1
  done
}
