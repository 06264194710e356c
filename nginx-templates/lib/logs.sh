# shellcheck shell=bash
# Keeps the logs small. No file grows beyond LimitFSIZE of its unit, however fast it is written; here room is made in time.
#
# Beside its line in sessions.log each session has a short one in tally.log: `<place> <how it ended> <instance or -> <bytes
# from the client> <bytes to the client> ;`. Tallies are never thrown away: they are summed up in $state/counters, whose
# lines are `= <place> <how it ended> <instance or -> <sessions> <bytes> <bytes> ;`, `since <time>` and `summed <file>`.

tally_bytes=$((1 << 20))

reopen_logs() {
  systemctl kill --kill-who=main --signal=USR1 "$front_unit" 'confluent-dr-proxy@*.service' 2>/dev/null || true
}

rotate_logs() { logrotate --state "$private/logrotate.state" "$current/logrotate.conf"; }

# Sums tallies and earlier sums. A line that a full disk tore has no end and does not count.
sum_up() {
  awk '
    function add(key, n, from, to) { sessions[key] += n; received[key] += from; sent[key] += to }
    $1 == "=" && NF == 8 && $8 == ";" { add($2 " " $3 " " $4, $5, $6, $7) }
    $1 != "=" && NF == 6 && $6 == ";" { add($1 " " $2 " " $3, 1, $4, $5) }
    END { for (key in sessions) printf "= %s %.0f %.0f %.0f ;\n", key, sessions[key], received[key], sent[key] }
  ' "$@"
}

counters() { cat "$state/counters" 2>/dev/null || true; }

# The tallies that were put aside and are not in the counters yet.
tallies_aside() {
  local file
  for file in "$logs"/*/tally.log.*; do
    [[ ! -f $file ]] || grep -qxF "summed $file" "$state/counters" 2>/dev/null || printf '%s\n' "$file"
  done
}

# Sums what an earlier round put aside, where nginx has begun a new file: nobody writes to the old one.
sum_tallies() {
  local file aside=() sums since
  while IFS= read -r file; do [[ ! -f ${file%.log.*}.log ]] || aside+=("$file"); done < <(tallies_aside)
  since=$(counters | sed -n 's/^since //p')
  if [[ -z $since ]] || ((${#aside[@]})); then
    sums=$(counters | sum_up - "${aside[@]}")
    printf 'since %s\n%s\n' "${since:-$EPOCHSECONDS}" "$sums" >"$state/counters.new"
    ((!${#aside[@]})) || printf 'summed %s\n' "${aside[@]}" >>"$state/counters.new"
    sync "$state/counters.new"
    mv -f "$state/counters.new" "$state/counters"
  fi
  sed -n 's/^summed //p' "$state/counters" | while IFS= read -r file; do rm -f "$file"; done
}

put_tallies_aside() {
  local file moved=
  for file in "$logs"/*/tally.log; do
    if [[ -f $file ]] && (($(stat -c %s "$file") >= tally_bytes)); then
      mv "$file" "$file.$EPOCHREALTIME"
      moved=1
    fi
  done
  for file in "$logs"/*/tally.log.*; do
    # nginx was starting when it was told.
    [[ ! -f $file || -f ${file%.log.*}.log ]] || moved=1
  done
  [[ -z $moved ]] || reopen_logs
}

# While one looks at the counters nobody moves them.
tidy_logs() (
  exec 7>"$(lock_file logs)"
  flock -w 60 7
  sum_tallies
  put_tallies_aside
)

keep_logs() {
  while :; do
    "$0" tidy || true
    rotate_logs || true
    sleep 5
  done
}
