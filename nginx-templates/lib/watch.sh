# shellcheck shell=bash
# The dead-man switch, and the firewall: a loop and not a timer, because the times are in the state and a clock that jumps
# or a machine that slept must not matter. Nothing here may take long: no log is rotated.

# The time of an outage is up, somebody was killed who enforced, or changed the records by hand. In a process of its own: a
# failure is told, tried again in the next round, and does not end the watch.
bring_about() {
  local wanted
  if brought_about; then
    held=0
  elif nobody_enforces; then
    [[ ! -f $enforced || $wanted == *:over* ]] || event 'what is recorded was not brought about: done now'
    "$0" enforce || true
  elif [[ $wanted == *:over* ]] && ((++held > 30)); then
    # No outage goes on because somebody stopped a command with Ctrl-Z.
    event 'a command holds the outages for long, and the time of one is up: it is ended without waiting for that'
    TAKES_NO_TURN=1 "$0" enforce || true
  fi
}

nobody_enforces() ( exec 8>"$(lock_file outages)" && flock -n 8 && ! brought_about )

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

# systemd does not try again where it could not ask whether an instance is to run, as where /run has room for no folder.
keep_instances() {
  local name
  for name in "${watched[@]}"; do
    if ! serves "$name" && [[ $(systemctl show --property Result --value "$(unit_of "$name")") == exec-condition ]]; then
      systemctl start --no-block "$(unit_of "$name")" || true
    fi
  done
}

watch() {
  local watched trouble='' held=0
  # At a boot there is none yet.
  load_firewall
  while :; do
    mapfile -t watched < <(instances)
    note_ends
    bring_about
    keep_firewall
    keep_black_holes
    keep_instances
    sleep 1
  done
}
