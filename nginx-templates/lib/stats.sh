# shellcheck shell=bash
# Counters since the proxy was installed, from the tallies of all sessions that ended, and what is open now.

# instance_counters <name> <open sessions>: of one instance, from sums on the standard input.
instance_counters() {
  awk -v name="$1" -v open="$2" '
    $4 == name { ended[$3] += $5; if ($2 != "front") { received += $6; sent += $7 } }
    function counter(key, how) { printf "\"%s\":%.0f,", key, ended[how] }
    END {
      printf "{\"name\":\"%s\",\"openSessions\":%d,", name, open
      counter("sessions", "closed"); counter("givenUp", "given-up"); counter("unresolved", "unresolved")
      counter("unreachable", "unreachable"); counter("failed", "failed"); counter("refusedWhileDown", "instance-down")
      printf "\"bytesFromClients\":%.0f,\"bytesToClients\":%.0f}", received, sent
    }'
}

# Sessions that belong to no instance, by the reason.
strangers() {
  awk '$2 == "front" && $4 == "-" { printf "%s\"%s\":%.0f", (n++ ? "," : ""), $3, $5 }'
}

stats() (
  [[ -L $current ]] || fail 'not installed: run the converge script'
  [[ $EUID == 0 ]] || fail 'stats needs root'
  exec 7>"$(lock_file logs)"
  flock -w 60 7 || fail 'another command holds the counters for more than 60 s'
  found=$(tallies_aside; find "$logs" -mindepth 2 -maxdepth 2 -type f -name tally.log)
  mapfile -t files <<<"$found"
  since=$(counters | sed -n 's/^since //p')
  sums=$(counters | sum_up - ${found:+"${files[@]}"})
  all=
  for name in $(instances); do
    open=$(open_sessions "$name")
    instance=$(instance_counters "$name" "$open" <<<"$sums")
    all+=${all:+,}$instance
  done
  refused=$(strangers <<<"$sums")
  printf '{"since":%s,"instances":[%s],"refusedNames":{%s}}\n' "$(time_or_null "${since:--}")" "$all" "$refused"
)
