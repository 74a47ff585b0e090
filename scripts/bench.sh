#!/bin/sh
# Measures the built binary on its own parts, or on those that DATABASE_URL and
# its sisters name, and writes docs/benchmarks.md with the date and the machine.
set -eu
cd "$(dirname "$0")/.."
exec bin/manydesk bench --write docs/benchmarks.md "$@"
