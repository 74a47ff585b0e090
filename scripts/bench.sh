#!/bin/sh
# Measures the built binary on parts of its own in a temporary folder and writes
# docs/benchmarks.md with the date and the machine.
set -eu
cd "$(dirname "$0")/.."
exec bin/manydesk bench --out docs/benchmarks.md "$@"
