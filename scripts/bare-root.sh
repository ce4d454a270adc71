#!/usr/bin/env bash
# A fresh machine to try the project on: a bare Debian with Python, make and git, and nothing else: no font, no browser,
# no cache, another home. The commit that is checked out here is cloned into it, and a command run there.
#
#     sudo scripts/bare-root.sh /var/tmp/fresh make run
#     sudo scripts/bare-root.sh --user guest /var/tmp/fresh .ci/run
#
# The folder is made where it is not there (two minutes, 400 MB), and used again otherwise, with a new clone in a new
# home. With --user the command is run by a user who may install nothing; else by root. Needs debootstrap (Debian's
# package) and the right to chroot. Where packages come from is read from apt's and pip's own settings on this machine.
set -euo pipefail

die() { echo "bare-root: $*" >&2; exit 2; }

user=root
if [ "${1:-}" = --user ]; then
  user=${2:-}
  [[ $user =~ ^[a-z][a-z0-9-]*$ ]] || die "a user's name has small letters, digits and hyphens"
  shift 2
fi
[ $# -ge 2 ] || die "say a folder and a command: scripts/bare-root.sh [--user NAME] FOLDER COMMAND..."
[ "$(id -u)" = 0 ] || die "only root may chroot"
command -v debootstrap >/dev/null || die "debootstrap is not there: apt install debootstrap"
root=$(realpath -m "$1")
shift
tree=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)

# Debian and nothing that is not needed.
if [ ! -e "$root/.made" ]; then
  [ ! -e "$root" ] || die "$root is there, and not made by this script"
  read -r mirror suite < <(apt-get indextargets --format '$(SITE) $(RELEASE)' 'Identifier: Packages') || die "apt has no mirror"
  debootstrap --variant=minbase --include=ca-certificates,git,make,python3,python3-venv "$suite" "$root" "$mirror" >&2
  touch "$root/.made"
fi

# How this machine reaches its mirrors: addresses, certificates and indexes.
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
cp -RL /etc/apt/sources.list* /etc/apt/apt.conf.d /etc/apt/auth.conf.d "$root/etc/apt/" 2>/dev/null || true
rm -f "$root"/etc/apt/apt.conf.d/*docker* "$root"/etc/apt/apt.conf.d/*packagekit* "$root"/etc/apt/apt.conf.d/*appstream*
{
  echo "[global]"
  echo "cert = /etc/ssl/certs/ca-certificates.crt"
  index=$(python3 -m pip config get global.index-url 2>/dev/null) && echo "index-url = $index"
} >"$root/etc/pip.conf" || true

# A home with nothing in it but the clone.
home=/root
if [ "$user" != root ]; then
  home=/home/$user
  chroot "$root" id "$user" >/dev/null 2>&1 || chroot "$root" useradd --no-create-home --shell /bin/bash "$user"
fi
rm -rf "${root:?}$home" "${root:?}"/tmp/*
mkdir -p "$root$home"
git clone --quiet --no-hardlinks "$tree" "$root$home/melian"
git -C "$root$home/melian" checkout --quiet --detach "$(git -C "$tree" rev-parse HEAD)"
chroot "$root" chown -R "$user:$user" "$home"

# Mounts and processes end with the command.
export root user home
unshare --mount --pid --fork --kill-child bash -euc '
  mount --make-rprivate /
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/dev/shm"
  exec chroot --userspec="$user:$user" "$root" env -i HOME="$home" USER="$user" LANG=C.UTF-8 TERM="${TERM:-dumb}" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    bash -c "cd \"\$HOME/melian\" && exec \"\$@\"" bash "$@"
' bash "$@"
