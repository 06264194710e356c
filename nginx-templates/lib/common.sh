# shellcheck shell=bash
# Where everything lives, and how it is said. Sourced by the other files.
# shellcheck disable=SC2034 # used by the files that source this one
etc=/etc/confluent-dr-proxy
current=$etc/current
state=/var/lib/confluent-dr-proxy
run=/run/confluent-dr-proxy
front_run=/run/confluent-dr-proxy-front
logs=/var/log/confluent-dr-proxy
ports=(9092 443)
front_unit=confluent-dr-proxy-front.service
watch_unit=confluent-dr-proxy-watch.service

say() { printf 'confluent-dr-proxy: %s\n' "$*"; }

fail() {
  printf 'confluent-dr-proxy: %s\n' "$*" >&2
  exit 1
}

unit_of() { printf 'confluent-dr-proxy@%s.service' "$1"; }

iso_time() { TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T' "$1"; }

# The instances of the release in force, one a line.
instances() { [[ ! -f $current/instances ]] || cat "$current/instances"; }

# Writes its input to a file that is there as a whole or not at all.
write_whole() {
  local file=$1
  cat >"$file.new" && mv -f "$file.new" "$file"
}

# Events of the proxy itself: to the journal, and to a log beside those of the sessions.
event() {
  say "$*"
  mkdir -p "$logs" 2>/dev/null || true
  printf '%s %s\n' "$(iso_time "$EPOCHSECONDS")" "$*" 2>/dev/null >>"$logs/events.log" || true
}
