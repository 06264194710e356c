# shellcheck shell=bash
# Outages: what was wished, since when, until when. Times are absolute, so they hold over a reboot; an outage is over
# when its time is, even if nobody could write that down.
#
# A file a wish in $state/outages: `<reject|blackhole> <since> <until or -> <lifted at or ->`

# Sets manner, since, until and lifted; fails when there is no wish.
read_outage() {
  manner=none since=- until=- lifted=-
  [[ -f $state/outages/$1 ]] || return 1
  read -r manner since until lifted <"$state/outages/$1" || return 1
}

# The outage whose time is up ended then, whether or not it was noted.
outage_ended() { [[ $lifted != - ]] || { [[ $until != - ]] && ((EPOCHSECONDS >= until)); }; }

in_force() { read_outage "$1" && ! outage_ended; }

write_outage() { printf '%s %s %s %s\n' "$manner" "$since" "$until" "$lifted" | write_whole "$state/outages/$1"; }

# record_wish <instance> <none|reject|blackhole> <longest seconds or ->
# An outage that ended by itself blocks again only when it was wished off in between.
record_wish() {
  local name=$1 wish=$2 longest=$3
  mkdir -p "$state/outages" "$state/rejected"
  if [[ $wish == none ]]; then
    ! in_force "$name" || event "outage of $name lifted by wish"
    rm -f "$state/outages/$name"
  elif ! read_outage "$name"; then
    manner=$wish since=$EPOCHSECONDS until=- lifted=-
    [[ $longest == - ]] || until=$((since + longest))
    write_outage "$name"
    event "outage of $name begins ($wish$([[ $until == - ]] || printf ', until %s' "$(iso_time "$until")"))"
  elif ! outage_ended; then
    manner=$wish until=-
    [[ $longest == - ]] || until=$((since + longest))
    write_outage "$name"
  fi
}

# Notes the outages whose time is up; says with its status whether there was one.
note_ended() {
  local name some=1
  for name in $(instances); do
    if read_outage "$name" && [[ $lifted == - ]] && outage_ended; then
      some=0
      lifted=$until
      event "outage of $name ended by itself: its longest duration was over at $(iso_time "$until")"
      write_outage "$name" 2>/dev/null || true
    fi
  done
  return $some
}

# enforce <file of wishes>: records the wishes and makes the machine what is recorded. Every step may be repeated, and
# only what differs is touched.
enforce() (
  exec 8>/run/lock/confluent-dr-proxy-outages.lock
  flock -w 30 8 || fail 'another command holds the outages for more than 30 s'
  local name wish longest
  while read -r name wish longest; do record_wish "$name" "$wish" "$longest"; done <"$1"
  note_ended || true
  load_firewall
  mkdir -p "$state/rejected"
  for name in $(instances); do
    if in_force "$name" && [[ $manner == reject ]]; then
      : >"$state/rejected/$name"
      systemctl stop "$(unit_of "$name")" 8>&-
    else
      rm -f "$state/rejected/$name"
      systemctl start "$(unit_of "$name")" 8>&- || say "instance $name does not start" >&2
    fi
  done
)
