#!/bin/bash
# build.sh TARGET: a Debian with systemd in the folder TARGET, which has the packages that the proxy's script installs as
# files in a repository of its own. All of it or none is there; a line of output tells each step. To be run in a mount
# namespace of its own.
set -euo pipefail
target=$1
root=$target.new
exec 3>&1 1>&2 9>"$target.lock"
flock 9
[[ ! -d $target ]] || exit 0
rm -rf "$root"
export DEBIAN_FRONTEND=noninteractive
packages=(nginx libnginx-mod-stream nftables logrotate)

step() { echo "$1" >&3; }
inside() { chroot "$root" env -u TMPDIR HOME=/root "$@"; }

step 'mmdebstrap makes a Debian with systemd'
mmdebstrap --mode=root --variant=minbase --include=systemd,systemd-sysv,systemd-resolved,dbus,iproute2,procps \
  bookworm "$root"
step 'apt fetches the packages that the script of the proxy will install'
rm -f "$root/etc/resolv.conf" # a link to what runs nowhere yet
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
inside apt-get -q update
inside apt-get -q -y -o APT::Install-Recommends=false --download-only install "${packages[@]}"

mkdir "$root/debs"
mv "$root"/var/cache/apt/archives/*.deb "$root/debs/"
for deb in "$root"/debs/*.deb; do
  dpkg-deb -f "$deb"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$(basename "$deb")" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d ' ' -f 1)"
done >"$root/debs/Packages"
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:/debs ./' >"$root/etc/apt/sources.list"
inside apt-get -q update

step 'systemd is told its network'
# As Azure has it: the address, the way out and the name server come with the network.
cat >"$root/etc/systemd/network/eth0.network" <<'END'
[Match]
Name=eth0

[Network]
Address=10.0.2.4/24
Gateway=10.0.2.1
DNS=168.63.129.16
LinkLocalAddressing=no
IPv6AcceptRA=no
END
echo proxy >"$root/etc/hostname"
printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
: >"$root/etc/machine-id"
ln -sfn ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
inside systemctl --quiet enable systemd-networkd.service systemd-resolved.service
# What would run by the clock, and what waits for a screen.
inside systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
  fstrim.timer logrotate.timer systemd-networkd-wait-online.service console-getty.service getty.target
mv "$root" "$target"
