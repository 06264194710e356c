# shellcheck shell=bash
# The dead-man switch and the housekeeping: a loop and not a timer, because the times are in the state and a clock that
# jumps or a machine that slept must not matter.

some_outage_is_over() {
  local name
  for name in "${watched[@]}"; do
    if read_outage "$name" && [[ $lifted == - ]] && outage_ended; then return 0; fi
  done
  return 1
}

rotate_logs() { logrotate --state "$state/logrotate.state" "$current/logrotate.conf" || true; }

watch() {
  local round=0 watched
  while :; do
    mapfile -t watched < <(instances)
    # In a process of its own: a failure is tried again in the next round and does not end the watch.
    if some_outage_is_over; then ("$0" enforce) || true; fi
    if ((round % 30 == 0)) && ! firewall_loaded; then
      event 'the firewall was gone: loaded again'
      load_firewall || true
    fi
    if ((round % 60 == 59)); then rotate_logs; fi
    round=$((round + 1))
    sleep 1
  done
}
