# shellcheck shell=bash
# Where everything lives, how it is said, and what becomes of a step that fails. Sourced by the other files.
# shellcheck disable=SC2034 # used by the files that source this one
etc=/etc/confluent-dr-proxy
current=$etc/current
state=/var/lib/confluent-dr-proxy
run=/run/confluent-dr-proxy
front_run=/run/confluent-dr-proxy-front
# Locks and marks. Root's own: what lies in /run/lock could be taken by anybody.
private=/run/confluent-dr-proxy-private
# What was brought about last of what is recorded, or `unfinished` while that is at work.
enforced=$private/enforced
logs=/var/log/confluent-dr-proxy
ports=(9092 443)
front_unit=confluent-dr-proxy-front.service
watch_unit=confluent-dr-proxy-watch.service
logs_unit=confluent-dr-proxy-logs.service

# A step that fails ends the program, which says at what. Bash passes over failures in all that runs behind `if`, `!`,
# `||` and `&&`: only questions and single commands stand there, and `attempt` for more.
set -Eeuo pipefail
shopt -s inherit_errexit
# Anybody may ask for the status, whoever lifted an outage.
umask 022
# What other programs say is read, letters are those of the names, and not every root has the folders of the system's tools.
export LC_ALL=C PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
told=70
trap 'stop_at "$?" "$BASH_COMMAND" "$LINENO" "${BASH_SOURCE[0]##*/}"' ERR

stop_at() {
  (($1 == told)) || printf 'confluent-dr-proxy: stopped at: %s (line %s of %s)\n' "$2" "$3" "$4" >&2
  end
}

# What was told is not told again by the shells around.
end() { exit $((BASH_SUBSHELL ? told : 1)); }

say() { printf 'confluent-dr-proxy: %s\n' "$*"; }

fail() {
  printf 'confluent-dr-proxy: %s\n' "$*" >&2
  end
}

# What systemd starts must not hold our locks.
systemctl() { command systemctl "$@" 7>&- 8>&- 9>&-; }

# Sets uptime to hundredths of a second since the boot, in which the machine may have slept. This clock nobody can set.
uptime_file=/proc/uptime
read_uptime() {
  read -r uptime _ <"$uptime_file"
  uptime=$((10#${uptime/./}))
}

# within <seconds> <question>: asks until it is so; fails when it never was.
within() {
  local uptime end
  read_uptime
  end=$((uptime + $1 * 100))
  until "${@:2}"; do
    read_uptime
    ((uptime < end)) || return 1
    sleep 0.05
  done
}

lock_file() {
  [[ -d $private ]] || mkdir -m 0700 "$private" || [[ -d $private ]]
  printf '%s/%s.lock' "$private" "$1"
}

unit_of() { printf 'confluent-dr-proxy@%s.service' "$1"; }

black_hole_unit_of() { printf 'confluent-dr-proxy-blackhole@%s.service' "$1"; }

iso_time() { TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T' "$1"; }

# The instances of the release in force, one a line.
instances() { [[ ! -f $current/instances ]] || cat "$current/instances"; }

# write_whole <file> <line>: the file holds it on the disk, or what it held before. A full disk has no room for a second
# file; then the line is written over the old one, in the room that this has.
write_whole() {
  local padded
  if { printf '%s\n' "$2" >"$1.new" && sync "$1.new" && mv -fT "$1.new" "$1"; } 2>/dev/null; then return 0; fi
  rm -f "$1.new"
  printf -v padded '%-80s' "$2"
  [[ -s $1 ]] && { printf '%s\n' "$padded" 1<>"$1" && sync "$1"; } 2>/dev/null
}

# Events of the proxy itself: to the journal, and to a log beside those of the sessions, unless nobody rotates that. No event
# fails for its log.
event() {
  say "$*"
  {
    mkdir -p "$logs" && [[ -z $(find "$logs/events.log" -size +8191k) ]] &&
      printf '%s %s\n' "$(iso_time "$EPOCHSECONDS")" "$*" >>"$logs/events.log"
  } 2>/dev/null || true
}
