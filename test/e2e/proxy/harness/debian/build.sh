#!/bin/bash
# build.sh TARGET: a Debian with systemd and without the proxy's packages in TARGET/bare, which has them as files in a
# repository of its own; and the same with them installed in TARGET/packaged. To be run in a mount namespace of its own.
set -euo pipefail
target=$1
folder=$target.new
exec 9>"$target.lock"
flock 9
[[ ! -d $target ]] || exit 0
rm -rf "$folder"
mkdir "$folder"
export DEBIAN_FRONTEND=noninteractive
packages=(nginx libnginx-mod-stream nftables logrotate)

inside() { chroot "$folder/$1" env -u TMPDIR HOME=/root "${@:2}"; }

# Nobody waits for these disks after a power cut.
apt_options=(-q -y -o Dpkg::Options::=--force-unsafe-io -o APT::Install-Recommends=false)

mmdebstrap --mode=root --variant=minbase --include=systemd,systemd-sysv,systemd-resolved,dbus,iproute2,procps \
  bookworm "$folder/bare"
rm -f "$folder/bare/etc/resolv.conf" # a link to what runs nowhere yet
cp -L /etc/resolv.conf "$folder/bare/etc/resolv.conf"
inside bare apt-get -q update
inside bare apt-get "${apt_options[@]}" --download-only install "${packages[@]}"

mkdir "$folder/bare/debs"
mv "$folder"/bare/var/cache/apt/archives/*.deb "$folder/bare/debs/"
for deb in "$folder"/bare/debs/*.deb; do
  dpkg-deb -f "$deb"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$(basename "$deb")" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d ' ' -f 1)"
done >"$folder/bare/debs/Packages"
rm -rf "$folder"/bare/var/lib/apt/lists/* "$folder"/bare/var/cache/apt/* "$folder"/bare/etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:/debs ./' >"$folder/bare/etc/apt/sources.list"
inside bare apt-get -q update

# As Azure has it: the address, the way out and the name server come with the network.
cat >"$folder/bare/etc/systemd/network/eth0.network" <<'END'
[Match]
Name=eth0

[Network]
Address=10.0.2.4/24
Gateway=10.0.2.1
DNS=168.63.129.16
LinkLocalAddressing=no
IPv6AcceptRA=no
END
echo proxy >"$folder/bare/etc/hostname"
printf '127.0.0.1 localhost\n' >"$folder/bare/etc/hosts"
: >"$folder/bare/etc/machine-id"
ln -sfn ../run/systemd/resolve/stub-resolv.conf "$folder/bare/etc/resolv.conf"
inside bare systemctl --quiet enable systemd-networkd.service systemd-resolved.service
# What would run by the clock, and what waits for a screen.
inside bare systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
  fstrim.timer logrotate.timer systemd-networkd-wait-online.service console-getty.service getty.target
inside bare useradd --create-home --shell /bin/bash mallory

cp -a "$folder/bare" "$folder/packaged"
inside packaged apt-get "${apt_options[@]}" install "${packages[@]}"
mv "$folder" "$target"
