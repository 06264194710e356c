# shellcheck shell=bash
# Counters of an instance, from the sockets and from the two newest files of each log.

# Log lines of a place that name the instance.
lines_of() {
  cat "$logs/$2/sessions.log.1" "$logs/$2/sessions.log" 2>/dev/null | grep -F "\"instance\":\"$1\"" || true
}

# Sums of the lines: sessions, bytes, failures. The front writes a tenth of those that found the instance down.
sums() {
  awk -v open="$3" -v name="$2" '
    function field(key,  text) { text = $0; return sub(".*\"" key "\":\"?", "", text) ? (sub("[\",}].*", "", text) text) : "" }
    { ended = field("ended"); if (!since) since = substr($0, index($0, "\"time\":\"") + 8, 25)
      count[ended]++; received += field("received"); sent += field("sent") }
    END {
      printf "{\"name\":\"%s\",\"openSessions\":%d,\"since\":%s,\"sessions\":%d,", name, open, since ? "\"" since "\"" : "null", count["closed"]
      printf "\"unresolved\":%d,\"unreachable\":%d,\"refusedWhileDownAbout\":%d,", count["unresolved"], count["unreachable"], 10 * count["instance-down"]
      printf "\"bytesFromClients\":%.0f,\"bytesToClients\":%.0f}", received, sent
    }' "$1"
}

# Sessions that belong to no instance.
strangers() {
  lines_of '' front | grep -o '"ended":"[a-z-]*"' | sort | uniq -c |
    awk '{ split($2, word, "\""); printf "%s\"%s\":%d", (NR > 1 ? "," : ""), word[4], $1 }'
}

stats() {
  local name separator=
  [[ -L $current ]] || fail 'not installed: run the converge script'
  printf '{"instances":['
  for name in $(instances); do
    printf '%s%s' "$separator" "$( (lines_of "$name" front && lines_of "$name" "$name") | sums - "$name" "$(open_sessions "$name")")"
    separator=,
  done
  printf '],"refusedNames":{%s}}\n' "$(strangers)"
}
