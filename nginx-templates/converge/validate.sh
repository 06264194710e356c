# shellcheck shell=bash
# What the plan's values turned into is judged here, where they are known, and all that is wrong is told at once.

name_rule='[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?'
atom_rule='([a-z0-9-]|\\\.|\[0-9\]\+|\[0-9a-z\]\+)'
# Literals, runs of digits or letters, optional groups of these; at the end a domain of two literal labels at least.
pattern_rule="[a-z0-9]*(${atom_rule}|\\(${atom_rule}+\\)\\?)+\\\\\\.[a-z0-9-]+\\\\\\.[a-z][a-z0-9-]+"
octet='(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])'
address_rule="($octet\\.$octet\\.$octet\\.$octet|[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7})"

wrong=()

validate_wishes() {
  local line names=
  while IFS= read -r line; do
    if ! [[ $line =~ ^($name_rule)\ (none|reject|blackhole)\ (-|[1-9][0-9]{0,8})\ (true|false)$ ]]; then
      wrong+=("instance, outage, longest seconds and fence '$line': expected a name of lower-case letters, digits and hyphens, none|reject|blackhole, a number or -, and true|false")
    fi
    names+="${line%% *} "
  done <"$1/wishes"
  [[ $names == "$(tr '\n' ' ' <"$1/instances")" && -n $names ]] ||
    wrong+=("the instances '$names' are not those of the files: a value holds a line break, or there is no instance")
}

validate_routes() {
  local line instance count=0 known=
  while IFS= read -r line; do
    count=$((count + 1))
    if ! [[ $line =~ ^\"~\*\^($pattern_rule)\\z\"\ ($name_rule)\;$ && ${#line} -le 400 ]]; then
      wrong+=("route '$line': expected a pattern of literal letters, digits, hyphens and '\\.', [0-9]+ or [0-9a-z]+, and optional groups of these, with a domain at its end, and an instance")
    elif instance=${line##* } && ! grep -qxF -e "${instance%;}" "$1/instances"; then
      wrong+=("route '$line': there is no such instance among: $(paste -sd ' ' "$1/instances")")
    else
      line=${line#\"~\*^}
      known+="${line%\\z\"*} ${instance%;}"$'\n'
    fi
  done < <(sed 1d "$1/routes.conf")
  ((count > 0)) || wrong+=('no route: no server name would be let through')
  validate_apart "$known"
}

# validate_apart <patterns and their instances>
validate_apart() {
  local found name one its other others
  found=$(printf '%s' "$1" | overlaps)
  while read -r name one its other others; do
    [[ -z $name ]] || wrong+=("the name '$name' is of $its by '$one' and of $others by '$other': an outage of the one would take the other's; name each cluster's hosts alone")
  done < <(printf '%s' "$found"; echo)
}

validate_resolvers() {
  local line
  while IFS= read -r line; do
    [[ $line =~ ^$address_rule$ ]] || wrong+=("resolver '$line': expected an IP address")
  done <"$1/resolvers"
}

validate() {
  settle_wishes "$1"
  ((${#wrong[@]})) || validate_wishes "$1"
  validate_routes "$1"
  validate_resolvers "$1"
  ((${#wrong[@]} == 0)) || fail "$(printf 'the plan is wrong, nothing was changed: %s\n' "$(printf '\n  %s' "${wrong[@]}")" | cut -c 1-400 | sed -n '1,12p')$( ((${#wrong[@]} <= 11)) || printf '\n  and %s more' $((${#wrong[@]} - 11)))"
}
