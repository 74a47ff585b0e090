#!/bin/sh
# Brings the web packages of package-lock.json, once per lock file, and the Go
# modules. Asks no network when everything is there.
set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

for program in go node npm; do
  have "$program" || { echo "make needs $program on PATH: Go 1.26 and Node 20.19 or newer" >&2; exit 1; }
done

stamp=node_modules/.manydesk-lock
if ! cmp -s package-lock.json "$stamp" 2>/dev/null; then
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json "$stamp"
fi
