#!/bin/sh
# Installs what the tests need and the machine lacks: on Debian and its kin by
# apt-get, as root or by sudo. Elsewhere it says what is missing. Nothing is
# asked of the network when everything is there.
set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

missing=
need() { missing="$missing $*"; }

have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need postgresql
have redis-server || need redis-server
# The browser without its own windows does the same pages for two thirds of the work.
have "${CHROMIUM:-chromium-headless-shell}" || need chromium-headless-shell
have cc || need gcc libc6-dev
have git || need git
if have dpkg-query; then
  dpkg-query -W -f '${Status}' fonts-noto-core 2>/dev/null | grep -q 'install ok' || need fonts-noto-core
fi
[ -n "$missing" ] || exit 0

if ! have apt-get; then
  note "not shown here: this machine lacks$missing and has no apt-get"
  exit 0
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! have sudo || ! sudo -n true 2>/dev/null; then
    note "not shown here: this machine lacks$missing, and installing needs root or sudo"
    exit 0
  fi
  as_root="sudo -n"
fi
say "installing$missing"
log=$(mktemp)
# RUNLEVEL=1: the packages' own services stay off, the tests start what they need.
browser_there_is() {
  case $missing in *chromium-headless-shell*) ;; *) return 0 ;; esac
  apt-cache show chromium-headless-shell >/dev/null 2>&1 && return 0
  missing=$(echo "$missing" | sed 's/chromium-headless-shell/chromium/')
}
if $as_root apt-get update -q >"$log" 2>&1 && browser_there_is &&
  $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y -q --no-install-recommends $missing >>"$log" 2>&1; then
  note "installed"
else
  note "not shown here: installing$missing failed:"
  tail -n 5 "$log"
fi
rm -f "$log"
