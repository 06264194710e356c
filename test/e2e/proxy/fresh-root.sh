#!/bin/bash
# Makes /mnt/root: this machine's files with the proxy's packages purged, and the very packages in a repository on disk.
# Whatever is changed there is gone with the namespace.
set -euo pipefail
debs=$1

mount -t tmpfs -o size=1500m fresh /mnt
mkdir -p /mnt/upper /mnt/work /mnt/root
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
root=/mnt/root
for place in proc dev run; do mount --rbind "/$place" "$root/$place"; done
mount -t tmpfs tmp "$root/tmp"
cp /usr/local/sbin/systemctl /usr/local/sbin/systemctl-stand-in.mjs "$root/usr/local/sbin/"
mkdir -p /run/systemd/system # what the packages ask to know whether systemd runs

mkdir -p "$root/debs"
cp "$debs"/*.deb "$root/debs"
for deb in "$root"/debs/*.deb; do
  dpkg-deb -f "$deb"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$(basename "$deb")" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d ' ' -f 1)"
done >"$root/debs/Packages"
rm -rf "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:/debs ./' >"$root/etc/apt/sources.list"

# shellcheck disable=SC2046,SC2016 # one word a package; dpkg fills in the name
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get -q -y purge $(chroot "$root" dpkg-query -W -f '${Package}\n' 'nginx*' 'libnginx-mod-*' nftables logrotate 2>/dev/null) >/dev/null 2>&1
if chroot "$root" sh -c 'command -v nginx || command -v nft'; then exit 1; fi
chroot "$root" apt-get -q update >/dev/null
