# shellcheck shell=bash
# The new files are started beside the running ones, in a place of their own, and asked where they send which name:
# nginx -t misses a missing resolver, a forgotten ssl_preread, a proxy to itself, a loose pattern.

probe_host=127.83.78.73
probe_ports=()
scratch=
probes=()

clean_up() {
  local probe
  for probe in "${probes[@]}"; do
    kill "$probe" 2>/dev/null || true
    wait "$probe" 2>/dev/null || true
  done
  [[ -z $scratch ]] || rm -rf "$scratch"
}

# Ports that nobody has, and only root can take: others could keep each new release out.
pick_ports() {
  local taken port
  taken=$(ss -ltunH | awk '{ n = split($5, part, ":"); printf " %s ", part[n] }')
  for ((port = 1023; ${#probe_ports[@]} < 6; port--)); do
    ((port)) || fail 'nothing was changed, as the new configuration cannot be tried: no port below 1024 is free'
    [[ $taken == *" $port "* ]] || probe_ports+=("$port")
  done
  front_9092=${probe_ports[0]} front_443=${probe_ports[1]} front_health=${probe_ports[2]}
  instance_9092=${probe_ports[3]} instance_443=${probe_ports[4]} silent=${probe_ports[5]}
}

# The staged files, with sockets, logs and ports of their own.
relocate() {
  local name
  pick_ports
  # Nobody else is at this now: what is left is of a run that was killed.
  rm -rf /run/confluent-dr-check.*
  scratch=$(mktemp -d /run/confluent-dr-check.XXXXXX)
  chmod 0755 "$scratch"
  cp "$1"/*.conf "$scratch"
  sed -i -E -e "s|/run/confluent-dr-proxy|$scratch/run|g; s|/var/log/confluent-dr-proxy|$scratch/log|g" \
    -e 's|^(error_log .*) alert;|\1 error;|' -e 's/^( *(preread|proxy_connect)_timeout) .*;/\1 60s;/' "$scratch"/*.conf
  sed -i -E "s|listen 9092 |listen $probe_host:$front_9092 |; s|listen 443 |listen $probe_host:$front_443 |; s|listen [0-9]+ default_server|listen $probe_host:$front_health default_server|" "$scratch/front.conf"
  sed -i -E "s|listen .*/9092\\.sock proxy_protocol|listen $probe_host:$instance_9092|; s|listen .*/443\\.sock proxy_protocol|listen $probe_host:$instance_443|" "$scratch"/instance-*.conf
  # Nobody answers there, which is told in the log: the instance asked.
  printf 'resolver %s:%s ipv6=off;\n' "$probe_host" "$silent" >"$scratch/resolvers.conf"
  mkdir -p "$scratch/run-front" "$scratch/log/front"
  while read -r name; do mkdir -p "$scratch/run/$name" "$scratch/log/$name"; done <"$1/instances"
  chown -R confluent-dr-front: "$scratch"/{run,run-front,log}
}

# One process that ends when this script does, however that ends. For a subshell: it becomes nginx.
become_nginx() {
  exec 9>&-
  exec setpriv --reuid "$1" --regid confluent-dr-front --clear-groups --no-new-privs --pdeathsig KILL \
    --inh-caps=-all,+net_bind_service --ambient-caps=-all,+net_bind_service -- nginx -c "$scratch/$2" "${@:3}"
}

syntax() {
  local output
  output=$(become_nginx confluent-dr-front "$1" -t 2>&1) ||
    reject_files "$1: $({ grep -E 'emerg|alert|crit|error' <<<"$output" || tail -n 2 <<<"$output"; } | sed -n 1,2p | paste -sd ' ')"
}

reject_files() { fail "the new configuration is wrong, nothing was changed: ${1//"$scratch"/}"; }

# start <user> <file> <port or socket to wait for>
start() {
  local output=$scratch/${2%.conf}.output uptime end
  read_uptime
  end=$((uptime + 3000))
  become_nginx "$1" "$2" -g 'daemon off; master_process off;' >"$output" 2>&1 &
  probes+=($!)
  until if [[ -n ${3:-} ]]; then (: <"/dev/tcp/$probe_host/$3") 2>/dev/null; else [[ -n $(find "$scratch/run" -name 443.sock) ]]; fi; do
    read_uptime
    if ! kill -0 "${probes[-1]}" 2>/dev/null || ((uptime > end)); then
      reject_files "$2 does not start: $(tail -n 2 "$output" | paste -sd ' ')"
    fi
    sleep 0.05
  done
}

stop() {
  kill "${probes[-1]}"
  wait "${probes[-1]}" 2>/dev/null || true
  unset 'probes[-1]'
}

expect_route() {
  local port answer
  for port in "$front_9092:9092" "$front_443:443"; do
    answer=$(ask "$probe_host" "${port%:*}" "$1" || echo open)
    [[ $answer != open ]] || answer=$(ask "$probe_host" "${port%:*}" "$1" || echo open)
    [[ $answer != open ]] || fail "nothing was changed, as it cannot be known where the server name '$1' on port ${port#*:} goes: twice there was no answer within 30 s; the machine is too busy, try again"
    [[ $answer == "${2:+$2:${port#*:}}" ]] || reject_files "the server name '$1' on port ${port#*:} goes to '${answer:-nowhere}' and not to '${2:-nowhere}'"
  done
}

check_routes() {
  local line pattern instance name domain
  while IFS= read -r line; do
    pattern=${line#\"~\*^} pattern=${pattern%\\z\"*} instance=${line##* } instance=${instance%;}
    name=$(sample "$pattern") domain=${name#*.}
    expect_route "$name" "$instance"
    expect_route "$(full_sample "$pattern")" "$instance"
    for name in stranger0 pkc-stranger0 b0-pkc-stranger0 lkc-stranger0 psrc-stranger0; do expect_route "$name.$domain" ''; done
    name=$(sample "$pattern")
    expect_route "$name.stranger.invalid" ''
    # No pattern begins with a hyphen, and a run at its beginning takes letters.
    expect_route "-$name" ''
  done < <(sed 1d "$stage/routes.conf")
}

check_front() {
  syntax front.conf
  syntax probe.conf
  start confluent-dr-front probe.conf
  start confluent-dr-front front.conf "$front_9092"
  check_routes
  local name
  for name in '' localhost 127.0.0.1 stranger.invalid "$(uname -n | tr -cd 'A-Za-z0-9.-')"; do expect_route "$name" ''; done
  stop
  stop
}

# An instance must ask a name server for the name of the hello; everything else that it may try shows as its absence.
check_instance() {
  syntax "instance-$1.conf"
  chown -R "cdr-$1:" "$scratch/run/$1" "$scratch/log/$1"
  start "cdr-$1" "instance-$1.conf" "$instance_9092"
  local port
  for port in "$instance_9092:9092" "$instance_443:443"; do expect_resolving "$1" "${port%:*}" "${port#*:}"; done
  stop
}

# expect_resolving <instance> <port of the probe> <port that it stands for>
expect_resolving() {
  local log=$scratch/log/$1/error.log before said= uptime end
  read_uptime
  end=$((uptime + 3000))
  before=$(wc -l <"$log")
  ask "$probe_host" "$2" "probe-$3.invalid" 0.2 >/dev/null || true
  until [[ -n $said ]] || ((uptime > end)); do
    read_uptime
    said=$(tail -n "+$((before + 1))" "$log")
    sleep 0.05
  done
  [[ $said == *"resolver: $probe_host:$silent"* ]] ||
    reject_files "instance-$1.conf does not resolve the server name of a session on port $3: $(tail -n 1 <<<"$said" | sed 's/.*: \*[0-9]* //' | cut -c 1-100)"
}

check() {
  local name
  relocate "$1"
  check_front
  while read -r name; do check_instance "$name"; done <"$1/instances"
}
