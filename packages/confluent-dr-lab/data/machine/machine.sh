#!/bin/bash
# The parts of a machine that have to run in its namespaces (see debian-machine.ts).
#   hold ROOT DISK NAME SIZE [FOLDER=SIZE...]
#                        keeps the disk: ROOT under a writable layer in memory, at DISK/root, with a file
#                        system of its own for each folder. Ends with its input, and takes everything with it:
#                        processes, control groups, mounts.
#   boot DISK            starts systemd as process 1 on it, after a line of input. Ends as systemd does.
#   sweep NAME           ends what is left of a machine whose holder was killed.
#   leave-room DISK KIB  so full that KIB are left, or `all` of it free again.
set -euo pipefail

hold() {
  local root=$1 disk=$2 name=$3 size=$4 groups partition
  mount --make-rprivate /
  mount -t tmpfs -o "mode=0755,size=$size" disk "$disk"
  mkdir "$disk"/{upper,work,root,cgroup}
  echo "$size" >"$disk/size"
  mount -t overlay overlay -o "lowerdir=$root,upperdir=$disk/upper,workdir=$disk/work" "$disk/root"
  for partition in "${@:5}"; do
    mkdir -p "$disk/root${partition%=*}"
    mount -t tmpfs -o "mode=0755,size=${partition#*=}" partition "$disk/root${partition%=*}"
  done
  mount -t cgroup2 cgroup2 "$disk/cgroup"
  groups=$disk/cgroup/$name
  mkdir "$groups" "$groups/launcher" "$groups/machine"
  ln -s "$groups" "$disk/groups"
  echo ready
  cat >/dev/null || true
  end_group "$groups"
  umount -l "$disk"
  rmdir "$disk"
}

# Another one may be at it.
end_group() {
  echo 1 2>/dev/null >"$1/cgroup.kill" || true
  while [[ -d $1 && $(cat "$1/cgroup.events" 2>/dev/null || true) == *'populated 1'* ]]; do sleep 0.02; done
  find "$1" -depth -type d -exec rmdir {} + 2>/dev/null || true
  [[ ! -d $1 ]]
}

sweep() {
  mount --make-rprivate /
  # In the place of a folder that is there anywhere.
  mount -t cgroup2 cgroup2 /mnt
  [[ ! -d /mnt/$1 ]] || end_group "/mnt/$1"
}

boot() {
  local launcher init='' outcome=0
  # shellcheck disable=SC2094 # the input is a pipe
  (
    echo "$BASHPID" >"$1/groups/machine/cgroup.procs"
    exec unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child bash "$0" become-init "$1"
  ) <&0 &
  launcher=$!
  until [[ -n $init ]]; do
    kill -0 "$launcher" || exit 1
    read -r init <"/proc/$launcher/task/$launcher/children" || sleep 0.01
  done
  # Systemd wants to be alone in its part of the control groups.
  echo "$launcher" >"$1/groups/launcher/cgroup.procs"
  echo "$init"
  wait "$launcher" || outcome=$?
  return "$outcome"
}

become_init() {
  local root=$1/root device
  read -r _
  mount --make-rprivate /
  mount --rbind "$root" "$root"
  cd "$root"
  mount -t proc -o nosuid,nodev,noexec proc proc
  mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys
  mount -t cgroup2 cgroup2 sys/fs/cgroup
  mount -t tmpfs -o mode=0755,nosuid,nodev run run
  mount -t tmpfs -o mode=1777,nosuid,nodev tmp tmp
  mount -t tmpfs -o mode=0755,nosuid dev dev
  mkdir dev/pts dev/shm
  for device in null zero full random urandom tty; do
    : >dev/$device
    mount --bind "/dev/$device" dev/$device
  done
  mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts dev/pts
  ln -s pts/ptmx dev/ptmx
  ln -s /proc/self/fd dev/fd
  : >dev/console
  ip link set lo up
  mkdir -p run/old
  pivot_root . run/old
  umount -l run/old
  rmdir run/old
  exec env -i container=other PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --show-status=0 --log-target=journal </dev/null >/dev/null 2>&1
}

leave_room() {
  local size
  size=$(<"$1/size")
  [[ $2 == all ]] || size=$(($(df --output=used -k "$1" | tail -n 1) + $2))k
  mount -o "remount,size=$size" "$1"
}

case $1 in
  sweep) sweep "${@:2}" ;;
  leave-room) leave_room "${@:2}" ;;
  hold) hold "${@:2}" ;;
  boot) boot "${@:2}" ;;
  become-init) become_init "${@:2}" ;;
esac
