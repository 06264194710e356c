# shellcheck shell=bash
# A TLS hello by hand, so that asking the front needs no other program.

hex() { printf "%0$(($2 * 2))x" "$1"; }

# The bytes of a TLS 1.2 ClientHello with this server name, in hexadecimal.
hello_hex() {
  local name extension body index
  for ((index = 0; index < ${#1}; index++)); do name+=$(printf '%02x' "'${1:index:1}"); done
  extension=0000$(hex $((${#1} + 5)) 2)$(hex $((${#1} + 3)) 2)00$(hex ${#1} 2)${name:-}
  body=0303$(printf '5a%.0s' {1..32})00 # version, random, no session
  body+=0004c02f009c0100$(hex $((${#extension} / 2)) 2)$extension
  body=01$(hex $((${#body} / 2)) 3)$body
  printf '160301%s%s' "$(hex $((${#body} / 2)) 2)" "$body"
}

# ask <host> <port> <server name> [seconds]: prints what comes back; `open` when nothing does and the session stays.
ask() (
  local answer
  exec 7<>"/dev/tcp/$1/$2" || exit 1
  # shellcheck disable=SC2059 # the format is the bytes
  printf "$(hello_hex "$3" | sed 's/../\\x&/g')" >&7
  if IFS= read -r -t "${4:-2}" -d '' answer <&7 || (($? <= 128)); then printf '%s' "$answer"; else echo open; fi
) 2>/dev/null

# A name that a pattern matches: without its optional parts, a 0 for what may vary.
sample() { sed -E 's/\([^()]*\)\?//g; s/\[[^]]*\]\+/0/g; s/\\\././g' <<<"$1"; }

# A name that a pattern matches, with its optional parts.
full_sample() { sed -E 's/[()?]//g; s/\[[^]]*\]\+/0/g; s/\\\././g' <<<"$1"; }
