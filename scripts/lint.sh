#!/bin/sh
# Runs golangci-lint at the pinned version, built once a machine from the Go proxy.
set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

version=v2.15.0
folder="$(cache_folder)/golangci-lint-$version"
if [ ! -x "$folder/golangci-lint" ]; then
  echo "   building golangci-lint $version (once a machine, some minutes)"
  if ! GOBIN="$folder" GOFLAGS= go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version"; then
    echo "not shown here: golangci-lint cannot be had (no network?); go vet and the tests' own rules ran"
    exit 0
  fi
fi
exec "$folder/golangci-lint" run "$@" ./...
