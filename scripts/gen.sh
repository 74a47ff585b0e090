#!/bin/sh
# Writes everything generated anew. Tests and `make check` only compare.
set -eu
cd "$(dirname "$0")/.."

go run ./apps/manydesk/config/readme
MANYDESK_UPDATE_GOLDEN=1 go test -count=1 -run 'OpenAPI' ./apps/api
npm run --silent gen
