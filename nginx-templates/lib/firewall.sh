# shellcheck shell=bash
# The nftables table, replaced as one transaction: there is no moment without it. A black hole has a second table, which
# a process of its own owns: others can neither flush nor change that.

blackholed_users() {
  local name
  for name in $(instances); do
    if in_force "$name" && [[ $manner == blackhole ]]; then printf '"cdr-%s"\n' "$name"; fi
  done
}

# add_members <set> <members, one a line>
add_members() {
  [[ -z $2 ]] || printf 'add element inet confluent_dr_proxy %s { %s }\n' "$1" "$(paste -sd , <<<"$2")"
}

firewall_rules() {
  local users
  users=$(blackholed_users)
  printf 'table inet confluent_dr_proxy\ndelete table inet confluent_dr_proxy\n'
  cat "$current/firewall.nft"
  add_members resolvers "$(grep -v : "$current/resolvers" || true)"
  add_members resolvers6 "$(grep : "$current/resolvers" || true)"
  add_members blackholed "$users"
}

# Two at once take turns, so that the last one has read the last word on the outages.
load_firewall() (
  exec 7>"$(lock_file firewall)"
  flock -w 30 7 || fail 'another command holds the firewall for more than 30 s'
  rules=$(firewall_rules)
  problem=$(nft -f - <<<"$rules" 2>&1) || fail "the firewall cannot be loaded: $(sed -n 's/.*: line [0-9]*: //; 1p' <<<"$problem")"
  firewall_mark >"$private/firewall.mark"
)

firewall_mark() { nft -s list table inet confluent_dr_proxy | sha256sum; }

# Whether the table is what was loaded last.
firewall_intact() { [[ $(firewall_mark 2>/dev/null || true) == "$(cat "$private/firewall.mark" 2>/dev/null || true)" ]]; }

black_hole_table() { printf 'confluent_dr_proxy_blackhole_%s' "$1"; }

# Holds the second table of a black hole; it is gone when this process is.
hold_black_hole() {
  local rules
  printf -v rules 'table inet %s { flags owner; chain egress { %s; %s; }; }' "$(black_hole_table "$1")" \
    'type filter hook output priority 0; policy accept' "meta skuid \"cdr-$1\" tcp dport { 443, 9092 } counter drop"
  exec nft -i < <(printf '%s\n' "$rules" && exec sleep infinity)
}

black_hole_held() { nft list table inet "$(black_hole_table "$1")" >/dev/null 2>&1; }
