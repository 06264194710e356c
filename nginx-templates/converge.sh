#!/bin/bash
# Makes this machine the failover proxy that was planned, whatever it is now: installs, upgrades, blocks, lifts.
# May be run again, twice at once, and interrupted at any point. Prints what it changed and the proxy's state.
set -euo pipefail
umask 022

if [[ $EUID != 0 ]]; then
  echo 'confluent-dr-proxy: the converge script needs root' >&2
  exit 1
fi
# In memory, and root's own: an outage can be lifted also when the disks are full.
mkdir -m 0700 /run/confluent-dr-proxy-private 2>/dev/null || [[ -d /run/confluent-dr-proxy-private ]]
stage=$(mktemp -d /run/confluent-dr-proxy-private/converge.XXXXXXXX)
export TMPDIR=$stage
trap 'rm -rf "$stage"' EXIT

put() {
  mkdir -p "$(dirname "$stage/$1")"
  cat >"$stage/$1"
  chmod "$2" "$stage/$1"
}

{{#files}}
put '{{path}}' {{mode}} <<'{{delimiter}}'
{{content}}{{delimiter}}

{{/files}}
longest={{timeLimitSeconds}}
outcome=0
timeout --kill-after=10 "$longest" bash "$stage/converge/main.sh" "$stage" || outcome=$?
if [[ $outcome == 124 || $outcome == 137 ]]; then
  echo "confluent-dr-proxy: ended after $longest s; what ran before goes on, and another run continues" >&2
fi
exit "$outcome"
