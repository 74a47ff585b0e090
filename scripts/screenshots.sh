#!/bin/sh
# Takes the README's pictures from a fresh demo, into docs/pictures.
set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

trap 'stop_product' EXIT INT TERM
start_product --demo
node scripts/pictures.mjs
