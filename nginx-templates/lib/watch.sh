# shellcheck shell=bash
# The dead-man switch, and the firewall: a loop and not a timer, because the times are in the state and a clock that jumps
# or a machine that slept must not matter. Nothing here may take long: no log is rotated.

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

# In processes of their own: a failure is told, tried again in the next round, and does not end the watch.
end_outages() {
  local name
  "$0" enforce || return 0
  for name in "${!over[@]}"; do dealt_with[$name]=${over[$name]}; done
}

# Somebody was killed who enforced.
finish_enforcing() {
  if [[ -e $unfinished ]] && left_unfinished; then
    event 'what was wished was not brought to its end: done now'
    "$0" enforce || rm -f "$unfinished"
  fi
}

left_unfinished() ( exec 8>"$private/outages.lock" && flock -n 8 && [[ -e $unfinished ]] )

# Looked at again when nobody loads it, which takes its time.
firewall_intact_when_free() ( exec 7>"$(lock_file firewall)" && { ! flock -w 5 7 || firewall_intact; } )

keep_firewall() {
  if firewall_intact || firewall_intact_when_free; then
    [[ -z $trouble ]] || event 'the firewall is as it was loaded'
    trouble=
  elif "$0" firewall; then
    if [[ -z $trouble ]]; then event 'the firewall was changed or flushed by somebody else: loaded again'; else event 'the firewall is loaded again'; fi
    trouble=
  elif [[ -z $trouble ]]; then
    event 'the firewall is not seen as it was loaded, and cannot be loaded: tried each second, see the journal'
    trouble=1
  fi
}

# A black hole whose second table was lost, as after a boot, or stayed. Looked at twice, as somebody may be making it.
keep_black_holes() {
  local name
  for name in "${watched[@]}"; do
    if blackholed "$name"; then
      within 2 black_hole_held "$name" || systemctl start --no-block "$(black_hole_unit_of "$name")" || true
    elif black_hole_held "$name"; then
      systemctl stop "$(black_hole_unit_of "$name")" || true
    fi
  done
}

watch() {
  local watched trouble=
  local -A over
  # At a boot there is none yet.
  load_firewall
  while :; do
    mapfile -t watched < <(instances)
    over=()
    finish_enforcing
    note_ends
    if some_outage_is_over; then end_outages; fi
    keep_firewall
    keep_black_holes
    sleep 1
  done
}
