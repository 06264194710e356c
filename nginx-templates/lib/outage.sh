# shellcheck shell=bash
# Outages: what was wished, since when, until when. Times are absolute, so they hold over a reboot; an outage is over
# when its time is, even if nobody could write that down. Its end is also noted as seconds since the boot, in memory. What
# comes first counts: neither a clock that is set back nor a pause of the whole machine, in which only the clocks of others
# go on, makes it longer. What is recorded is what is in force: an outage that could not be made is not recorded. A fence
# keeps clients from an instance whose cluster is not the active one. It has no end of its own, and is apart from outages:
# each may come and go while the other lasts.
#
# In $state/outages, a file a wish: `<reject|blackhole> <since> <until or -> <lifted at or ->`, and a file a fence,
# <instance>.fence: `<since>`. A record that is damaged counts as none, and is taken away.

# Sets manner, since, until and lifted, and ends to the uptime at which it is over, if that is noted; false when there is no
# wish.
read_outage() {
  local noted
  ends=-
  if [[ -f $state/outages/$1 ]] && { read -r manner since until lifted <"$state/outages/$1"; } 2>/dev/null &&
    [[ "$manner $since $until $lifted" =~ ^(reject|blackhole)\ [0-9]+\ ([0-9]+|-)\ ([0-9]+|-)$ ]]; then
    if [[ -r $private/$1.end ]] && read -r noted ends <"$private/$1.end" && [[ "$noted $ends" =~ ^$until\ [0-9]+$ ]]; then return 0; fi
    ends=-
    return 0
  fi
  manner=none since=- until=- lifted=-
  return 1
}

damaged() { [[ -e $state/outages/$1 || -L $state/outages/$1 ]] && ! read_outage "$1"; }

# The outage whose time is up ended then, whether or not it was noted.
outage_ended() {
  local uptime
  [[ $lifted == - ]] || return 0
  [[ $until != - ]] || return 1
  if ((EPOCHSECONDS >= until)); then return 0; fi
  [[ $ends != - ]] || return 1
  read_uptime
  ((uptime >= ends))
}

# Notes at which uptime the outages are over: those that just began, and all of them after a boot. A clock that was set back
# since one began makes it no longer. Where there is no room for a note the clock alone counts.
note_ends() {
  local name now uptime left most
  for name in $(instances); do
    if read_outage "$name" && [[ $until != - && $lifted == - && $ends == - ]]; then
      now=${EPOCHREALTIME/[.,]/}
      left=$(((until * 1000000 - now + 9999) / 10000))
      most=$(((until - since) * 100))
      read_uptime
      ((left <= most)) || left=$most
      ((left >= 0)) || left=0
      { printf '%s %s\n' "$until" $((uptime + left)) >"$private/$name.end.new" && mv -f "$private/$name.end.new" "$private/$name.end"; } 2>/dev/null || true
    fi
  done
}

lifted_by_hand() { [[ $lifted != - && $lifted != "$until" ]]; }

in_force() { read_outage "$1" && ! outage_ended; }

rejected() { in_force "$1" && [[ $manner == reject ]]; }

fenced() { [[ -f $state/outages/$1.fence ]]; }

# Whether its nginx is to be down. A fence closes sessions also of an instance in a black hole.
shut() { rejected "$1" || fenced "$1"; }

# For the unit's stop: nginx takes no more sessions, and writes the lines of those whose cluster's side is closed to it.
# After a reload it lets sessions go on, so it cannot be told to cut them by itself. Sessions that are left, and all of a
# kernel that closes no sockets, are cut by the signal that comes next, without a line.
cut_sessions() {
  local group
  # systemd calls it also for an nginx that ended by itself.
  [[ -n ${MAINPID:-} ]] || return 0
  group=$(sed -n 's/^0:://p' "/proc/$MAINPID/cgroup")
  kill -QUIT "$MAINPID"
  # Its path has backslashes, which a filter of ss would read as its own.
  (cd "/sys/fs/cgroup$group" && ss -KtnH cgroup .) >/dev/null 2>&1 || true
  for _ in 1 2 3 4; do
    kill -0 "$MAINPID" 2>/dev/null || return 0
    sleep 0.05
  done
}

blackholed() { in_force "$1" && [[ $manner == blackhole ]]; }

# Sets wanted to what the records ask for, in words of which each is of one instance. What asks for nothing has none.
read_wanted() {
  local name
  wanted=
  for name in $(instances); do
    if in_force "$name"; then wanted+=" $name:$manner"; elif [[ $manner != none && $lifted == - ]]; then wanted+=" $name:over"; fi
    if damaged "$name"; then wanted+=" $name:damaged"; fi
    if fenced "$name"; then wanted+=" $name:fenced"; fi
  done
}

# Whether the machine was made what is recorded now. Sets wanted.
brought_about() {
  local done
  read_wanted
  [[ -f $enforced ]] && read -r done <"$enforced" && [[ $done == "${wanted# }" ]]
}

write_outage() {
  write_whole "$state/outages/$1" "$manner $since $until $lifted" || cannot_record "write the outage of $1 to" "$1"
}

# cannot_record <what> <name of the record>
cannot_record() {
  [[ ! -d $state/outages/$2 ]] || fail "cannot $1 $state/outages: a folder is in its place; take away $state/outages/$2"
  fail "cannot $1 $state/outages: $(write_problem "$state/outages")"
}

# Why a folder takes no file; nothing where it does.
no_file_in() {
  local problem
  problem=$({ printf '%4096s' '' >"$1/.probe"; } 2>&1) || printf '%s; %s' "${problem##*: }" "$(free_on "$1")"
  rm -f "$1/.probe"
}

free_on() { df -h --output=avail,iavail,target "$1" | awk 'NR == 2 { print $1 ($2 == "0" ? " and 0 files" : "") " free on " $3 }'; }

write_problem() {
  local problem
  problem=$(no_file_in "$1")
  printf '%s' "${problem:-the disk takes no file; $(free_on "$1")}"
}

# What keeps nginx from its sockets and logs, where that is so. systemd tries again.
no_room() {
  local folder problem
  for folder in "$private" "$logs"; do
    problem=$(no_file_in "$folder")
    [[ -z $problem ]] || printf '; %s takes no file (%s), it comes up by itself once that does' "$folder" "$problem"
  done
}

# forget <name of the record> <what it is>
forget() { rm -f "$state/outages/$1" 2>/dev/null || cannot_record "take $2 out of" "$1"; }

# record_wish <instance> <none|reject|blackhole> <longest seconds or ->
# An outage that ended by itself blocks again only when it was wished off in between.
record_wish() {
  local name=$1 wish=$2 longest=$3
  if [[ $wish == none ]]; then
    if in_force "$name"; then events+=("outage of $name lifted by wish"); fi
    forget "$name" "the outage of $name"
  elif ! read_outage "$name"; then
    rm -f "$private/$name.end"
    manner=$wish since=$EPOCHSECONDS until=- lifted=-
    [[ $longest == - ]] || until=$((since + longest))
    write_outage "$name"
    events+=("outage of $name begins ($wish$([[ $until == - ]] || printf ', until %s' "$(iso_time "$until")"))")
  elif ! outage_ended; then
    manner=$wish until=-
    [[ $longest == - ]] || until=$((since + longest))
    write_outage "$name"
  fi
}

# record_fence <instance> <true|false>
record_fence() {
  local file=$state/outages/$1.fence
  if [[ $2 == false ]]; then
    if fenced "$1"; then events+=("fence of $1 lifted"); fi
    forget "$1.fence" "the fence of $1"
  elif ! fenced "$1"; then
    write_whole "$file" "$EPOCHSECONDS" || cannot_record "write the fence of $1 to" "$1.fence"
    events+=("$1 fenced: its cluster is not the active one")
  fi
}

# record_wishes <file of wishes>
record_wishes() {
  local name wish longest fence
  while read -r name wish longest fence; do
    record_wish "$name" "$wish" "$longest"
    record_fence "$name" "$fence"
  done <"$1"
}

record_lift() {
  # What is in force and has no record any more is ended.
  if ! read_outage "$1" && [[ $(text_of "$enforced" 2>/dev/null || true) =~ (^| )$1:(reject|blackhole)( |$) ]]; then return 0; fi
  [[ $manner != none && $lifted == - ]] || fail "no outage of '$1' is in force; instances: $(instances | paste -sd ' ')"
  # Its time is up: that is noted, and it is ended, as by the watch.
  if outage_ended; then return 0; fi
  lifted=$EPOCHSECONDS
  write_outage "$1"
  events+=("outage of $1 lifted by hand")
}

# Notes the outages whose time is up, and takes away what is no record. They are over also where that cannot be noted.
note_ended() {
  local name
  for name in $(instances); do
    if read_outage "$name" && [[ $lifted == - ]] && outage_ended; then
      lifted=$until
      events+=("outage of $name ended by itself: its longest duration was over at $(iso_time "$until")")
      write_whole "$state/outages/$name" "$manner $since $until $lifted" || true
    elif damaged "$name"; then
      events+=("the record of the outage of $name was damaged: if there was one, it is over")
      rm -f "$state/outages/$name" 2>/dev/null || true
    fi
  done
}

text_of() { tr -d '\0' <"$1"; }

# Sets recorded to what is recorded, by instance.
keep_records() {
  local file
  mkdir -p "$state/outages"
  for file in "$state"/outages/*; do
    [[ $file == *.new || ! -f $file ]] || recorded[${file##*/}]=$(text_of "$file")
  done
}

put_records_back() {
  local name
  for name in $(instances) $(instances | sed 's/$/.fence/') "${!recorded[@]}"; do
    if [[ -z ${recorded[$name]:-} ]]; then
      rm -f "$state/outages/$name" 2>/dev/null || true
    else
      [[ $(text_of "$state/outages/$name" 2>/dev/null || true) == "${recorded[$name]}" ]] || write_whole "$state/outages/$name" "${recorded[$name]}" ||
        say "what was wished for $name cannot be put back" >&2
    fi
  done
}

undo() {
  set +eE
  trap - ERR EXIT
  put_records_back
  read_wanted
  (take_away && give_back) >&2 || say 'the outages that were in force before cannot be put back' >&2
  exit "$told"
}

take_away() {
  local name
  load_firewall
  for name in $(instances); do
    if shut "$name"; then systemctl stop "$(unit_of "$name")"; fi
    if blackholed "$name"; then
      systemctl start "$(black_hole_unit_of "$name")"
      within 10 black_hole_held "$name" ||
        events+=("the black hole of $name does not outlast a flushed firewall: nftables or the kernel knows no owner of a table")
    fi
  done
}

has_sockets() { [[ -S $run/$1/9092.sock && -S $run/$1/443.sock ]]; }

# Whether it does as far as it is to.
serves() { shut "$1" || has_sockets "$1"; }

all_serve() {
  local name
  for name in $(instances); do serves "$name" || return 1; done
}

# The last that a unit's programs said, where that is not long ago. From the end: else it would be the first since then.
last_words() { journalctl -q --no-pager -b --since=-60s -r -n 1 -o cat "_SYSTEMD_UNIT=$1" 2>/dev/null | cut -c 1-200 | sed 's/^/: /' || true; }

# A start that fails keeps no other from its own, and is told. systemd takes an nginx for started that ends at once.
give_back() {
  local name down=()
  for name in $(instances); do
    blackholed "$name" || systemctl stop "$(black_hole_unit_of "$name")"
    shut "$name" || systemctl start "$(unit_of "$name")" || true
  done
  # All within one time, in which no other command waits in vain for its turn.
  within 15 all_serve || true
  for name in $(instances); do
    serves "$name" || down+=("$(unit_of "$name")$(last_words "$(unit_of "$name")")")
  done
  # What does not start is tried again by systemd.
  write_whole "$enforced" "${wanted# }" || true
  ((!${#down[@]})) || fail "not blocked, but does not start: ${down[*]}$(no_room)"
}

# enforce [what records, and its arguments]: records and makes the machine what is recorded. Every step may be repeated,
# and only what differs is touched. When something cannot be taken away, the records are as before and so is the machine.
# What is killed in between is not noted as brought about, so that the watch brings it to its end.
enforce() (
  exec 8>"$(lock_file outages)"
  [[ -n ${TAKES_NO_TURN:-} ]] || flock -w 60 8 || fail 'another command holds the outages for more than 60 s: an earlier one that was stopped?'
  declare -A recorded=()
  events=()
  keep_records
  trap undo EXIT
  "$@"
  write_whole "$enforced" unfinished || true
  note_ended
  note_ends
  # Before it is brought about: what is over by then is seen to differ.
  read_wanted
  take_away
  trap - EXIT
  for text in "${events[@]}"; do event "$text"; done
  give_back
)
