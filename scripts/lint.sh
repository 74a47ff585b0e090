#!/bin/sh
# Runs golangci-lint (go vet is in it) at the pinned version, built once a machine
# from the module proxy: three minutes of one core.
set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh
build_flags

version=v2.15.0
folder="$(cache_folder)/golangci-lint-$version"
if [ ! -x "$folder/golangci-lint" ]; then
  echo "   building golangci-lint $version (once a machine, some minutes)"
  if ! GOBIN="$folder" GOFLAGS=-trimpath go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version"; then
    echo "not shown here: golangci-lint cannot be had (no network?); go vet stands in for it"
    exec go vet ./...
  fi
fi
exec "$folder/golangci-lint" run "$@" ./...
