# shellcheck shell=bash
# What is wished for each instance, an outage and whether it is fenced. The environment says it, as Azure's run command
# hands its parameters over, or else the file of the wishes; a `-` there leaves it to the environment.

wish_rule='(none|reject|blackhole)( for at most ([1-9][0-9]{0,8}) seconds)?'
wish_form="expected none, reject or blackhole, and after it ' for at most 3600 seconds' where the proxy is to end it"
fence_form='expected true where clients are kept from it, as another member is the active one, or false'

# wish_variable <OUTAGE or FENCED> <instance>
wish_variable() {
  local name=${2//-/_}
  printf '%s_%s' "$1" "${name^^}"
}

# Puts what the environment says into the file of the wishes. A line that is none is refused with the rest of the plan.
settle_wishes() {
  local line name variable fenced
  local -A known
  while IFS= read -r line; do
    name=${line%% *}
    if [[ $name =~ ^$name_rule$ ]]; then
      fenced=${line##* }
      variable=$(wish_variable OUTAGE "$name")
      known[$variable]=1
      if [[ -v $variable ]]; then
        if [[ ${!variable} =~ ^$wish_rule$ ]]; then
          line="$name ${BASH_REMATCH[1]} ${BASH_REMATCH[3]:--} $fenced"
        else
          wrong+=("$variable is $(printf '%q' "${!variable}"): $wish_form")
        fi
      elif [[ $line == "$name - - "* ]]; then
        wrong+=("$variable is not in the environment: $wish_form")
      fi
      variable=$(wish_variable FENCED "$name")
      known[$variable]=1
      if [[ -v $variable ]]; then
        [[ ${!variable} =~ ^(true|false)$ ]] || wrong+=("$variable is $(printf '%q' "${!variable}"): $fence_form")
        line="${line% *} ${!variable}"
      elif [[ $fenced == - ]]; then
        wrong+=("$variable is not in the environment: $fence_form")
      fi
    fi
    printf '%s\n' "$line"
  done <"$1/wishes" >"$1/wishes.settled"
  mv "$1/wishes.settled" "$1/wishes"
  for variable in "${!OUTAGE_@}" "${!FENCED_@}"; do
    [[ -n ${known[$variable]:-} ]] || wrong+=("$variable is of no instance: expected $(printf '%s\n' "${!known[@]}" | grep "^${variable%%_*}_" | sort | paste -sd ' ')")
  done
}
