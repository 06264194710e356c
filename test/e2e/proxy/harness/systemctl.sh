#!/bin/bash
# The stand-in's front door: answers at once what needs no work, hands everything else to systemctl.mjs.
board=/run/systemctl-stand-in

active() {
  local text
  text=$(cat "$board/$1" 2>/dev/null) && [[ $text =~ \"supervisor\":([0-9]+) ]] && kill -0 "${BASH_REMATCH[1]}" 2>/dev/null
}

words=()
for word in "$@"; do [[ $word == -* ]] || words+=("$word"); done
case "${words[0]}:${#words[@]}" in
  is-active:2) if active "${words[1]}"; then exit 0; else exit 3; fi ;;
  start:2) ! active "${words[1]}" || exit 0 ;;
  stop:2) [[ -e $board/${words[1]} ]] || exit 0 ;;
  daemon-reload:1) exit 0 ;;
esac
exec node /usr/local/sbin/systemctl-stand-in.mjs "$@"
