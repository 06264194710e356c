#!/bin/bash
# Makes this machine the failover proxy that was planned, whatever it is now: installs, upgrades, blocks, lifts.
# May be run again, twice at once, and interrupted at any point. Prints what it changed and the proxy's state.
set -euo pipefail
umask 022

if [[ $EUID != 0 ]]; then
  echo 'confluent-dr-proxy: the converge script needs root' >&2
  exit 1
fi
# As much again as a run takes there.
read -r room files < <(df -k --output=avail,iavail /run | tail -n 1)
if [[ ($room =~ ^[0-9]+$ && $room -lt 512) || ($files =~ ^[0-9]+$ && $files -lt 150) ]]; then
  echo "confluent-dr-proxy: /run has room for $room KB in $files files, nothing was changed: a run needs 512 KB in 150 files; make room there and run it again" >&2
  exit 1
fi
# In memory, and root's own: an outage can be lifted also when the disks are full.
private=/run/confluent-dr-proxy-private
[[ -d $private ]] || mkdir -m 0700 "$private" || [[ -d $private ]]
# Of runs that were killed: none takes so long.
find "$private" -ignore_readdir_race -maxdepth 1 -name 'converge.*' -type d -mmin +60 -exec rm -rf {} +
stage=$(mktemp -d "$private/converge.XXXXXXXX")
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
interrupted=
timeout --kill-after=10 "$longest" bash "$stage/converge/main.sh" "$stage" &
work=$!
# Whoever ends this script ends its work first, which reads the files.
trap 'interrupted=1; kill "$work" 2>/dev/null || true' HUP INT TERM
wait "$work" || outcome=$?
while kill -0 "$work" 2>/dev/null; do
  outcome=0
  wait "$work" || outcome=$?
done
if [[ -n $interrupted && $outcome != 0 ]]; then
  echo 'confluent-dr-proxy: interrupted; what ran before goes on, and another run continues' >&2
elif [[ $outcome == 124 || $outcome == 137 ]]; then
  echo "confluent-dr-proxy: ended after $longest s; what ran before goes on, and another run continues" >&2
fi
exit "$outcome"
