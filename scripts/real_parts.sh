#!/bin/sh
# The second way: the tests on servers that an operator would run (the system's
# Postgres, redis-server, a mail server and a file store of their own processes),
# started here and thrown away; scripts/real.sh says what can be given instead.
# By itself it runs the rooms that speak to a part; with --all the browser's day
# on the built binary, and every package.
set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/real.sh
trap stop_real EXIT
trap 'exit 130' INT TERM

# The rooms that open a connection to a part themselves: all others go through
# these. Those of jobs run on a redis-server in the first way already.
speakers='./desk/desktest/cluster ./tenants ./apps/api/ratelimit ./desk/files ./desk/lookup ./desk/flows/intake ./desk/flows/notify'

# The binaries of the first way are compiled for -race: with the same flags their
# packages are compiled once.
tested() { raced -count=1 -timeout 20m "$@"; }

in_memory
start_real
if [ "${1:-}" != --all ]; then
  # Beside them, server and worker as processes of their own, killed: half of that
  # is waiting for what Redis believes of the dead.
  {
    tested -run 'TestWhatWasAccepted' ./apps/manydesk >"$real_folder/killed.json" &
    # shellcheck disable=SC2086
    tested $speakers || true
    wait
    cat "$real_folder/killed.json"
  } | node scripts/tally.mjs go "go, real parts"
  note "the other packages and the browser's day on real parts: make test-real"
  exit 0
fi
failed=
say "the day in the browser, on real parts"
start_product_outside --demo
npm run --silent e2e -w apps/e2e -- --project=day || failed="$failed day"
stop_product
say "every Go package on real parts"
tested ./... | node scripts/tally.mjs go "go, real parts" || failed="$failed go"
[ -z "$failed" ] || { echo "failed on real parts:$failed"; exit 1; }
