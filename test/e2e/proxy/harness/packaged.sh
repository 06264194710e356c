#!/bin/bash
# packaged.sh BARE TARGET: the same with the proxy's packages installed, and with a user who is nobody's friend, in TARGET.
# All of it or none is there. To be run in a mount namespace of its own.
set -euo pipefail
target=$2
root=$target.new
exec 1>&2 9>"$target.lock"
flock 9
[[ ! -d $target ]] || exit 0
rm -rf "$root"
cp -a "$1" "$root"
inside() { chroot "$root" env -u TMPDIR HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
inside useradd --create-home --shell /bin/bash mallory
# Nobody waits for these disks after a power cut.
inside apt-get -q -y -o Dpkg::Options::=--force-unsafe-io -o APT::Install-Recommends=false install \
  nginx libnginx-mod-stream nftables logrotate
mv "$root" "$target"
