# shellcheck shell=bash
# A TLS hello by hand, so that asking the front needs no other program. No process is started for it: a hello that is
# made slowly would be late.

# Sets `hello` to a TLS 1.2 ClientHello with this server name, as printf takes it.
make_hello() {
  local name=$1 index byte extension body hexadecimal
  printf -v extension '0000%04x%04x00%04x' $((${#name} + 5)) $((${#name} + 3)) ${#name}
  for ((index = 0; index < ${#name}; index++)); do
    printf -v byte '%02x' "'${name:index:1}"
    extension+=$byte
  done
  printf -v body '%064d' 0                                                              # random
  printf -v body '0303%s000004c02f009c0100%04x%s' "$body" $((${#extension} / 2)) "$extension" # version, no session, ciphers
  printf -v hexadecimal '160301%04x01%06x%s' $((${#body} / 2 + 4)) $((${#body} / 2)) "$body"
  hello=
  for ((index = 0; index < ${#hexadecimal}; index += 2)); do hello+=\\x${hexadecimal:index:2}; done
}

# ask <host> <port> <server name> [seconds]: prints what comes back, nothing when the session is closed, and `open` when
# it stays without a word for so long. Fails when there is no session.
ask() (
  # A session that is reset leaves the answer as it is.
  local hello answer=
  make_hello "$3"
  # Who closes the session before it has the hello closes it.
  trap '' PIPE
  exec 7<>"/dev/tcp/$1/$2" || exit 1
  # shellcheck disable=SC2059 # the format is the bytes
  printf "$hello" >&7 || true
  if IFS= read -r -t "${4:-30}" -d '' answer <&7 || (($? <= 128)); then printf '%s' "$answer"; else echo open; fi
) 2>/dev/null

# A name that a pattern matches: without its optional parts, a 0 for what may vary.
sample() { sed -E 's/\([^()]*\)\?//g; s/\[[^]]*\]\+/0/g; s/\\\././g' <<<"$1"; }

# A name that a pattern matches, with its optional parts.
full_sample() { sed -E 's/[()?]//g; s/\[[^]]*\]\+/0/g; s/\\\././g' <<<"$1"; }
