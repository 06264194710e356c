# shellcheck shell=bash
# The nftables table, replaced as one transaction: there is no moment without it.

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
  printf 'table inet confluent_dr_proxy\ndelete table inet confluent_dr_proxy\n'
  cat "$1/firewall.nft"
  add_members resolvers "$(grep -v : "$1/resolvers" || true)"
  add_members resolvers6 "$(grep : "$1/resolvers" || true)"
  add_members blackholed "$(blackholed_users)"
}

load_firewall() { firewall_rules "$current" | nft -f -; }

firewall_loaded() { nft list table inet confluent_dr_proxy >/dev/null 2>&1; }
