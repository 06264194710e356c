#!/bin/bash
# The steps of the convergence. Nothing that runs is touched before the new files were checked and probed.
# main.sh <folder of the files> [function and arguments]: all of it, or one step as a process of its own.
set -Eeuo pipefail

stage=$1
# shellcheck source=../lib/common.sh
source "$stage/lib/common.sh"
# shellcheck source=../lib/outage.sh
source "$stage/lib/outage.sh"
# shellcheck source=../lib/firewall.sh
source "$stage/lib/firewall.sh"
# shellcheck source=../lib/status.sh
source "$stage/lib/status.sh"
# shellcheck source=../converge/wishes.sh
source "$stage/converge/wishes.sh"
# shellcheck source=../converge/overlap.sh
source "$stage/converge/overlap.sh"
# shellcheck source=../converge/validate.sh
source "$stage/converge/validate.sh"
# shellcheck source=../converge/machine.sh
source "$stage/converge/machine.sh"
# shellcheck source=../converge/hello.sh
source "$stage/converge/hello.sh"
# shellcheck source=../converge/check.sh
source "$stage/converge/check.sh"
# shellcheck source=../converge/release.sh
source "$stage/converge/release.sh"
# shellcheck source=../converge/load.sh
source "$stage/converge/load.sh"

changes=()

# A step as a process of its own: behind `if` a function would go on after a command that failed.
attempt() { bash "$stage/converge/main.sh" "$stage" "$@"; }

if (($# > 1)); then
  "${@:2}"
  exit
fi

join_changes() {
  local all
  ((${#changes[@]})) || changes=('nothing to change')
  printf -v all '%s; ' "${changes[@]}"
  printf '%s' "${all%; }"
}

trap clean_up EXIT

exec 9>"$(lock_file converge)"
flock -w 600 9 || fail 'another run has been at work for 10 minutes: nothing was changed'

validate "$stage"
install_packages
make_users "$stage"
complete "$stage"
new=$(release_id "$stage")
before=$(release_in_force)
if [[ -n $before ]] && altered "$before"; then
  distrust "$before" "$new"
  before=
fi
if [[ $new != "$before" ]]; then
  check "$stage"
  store_release "$stage" "$new"
fi
load "$new" "$stage/wishes"

report=$(say "release $new: $(join_changes)")
printf '%s\n' "${report:0:1500}"
status
