#!/bin/sh
# The gate: formatting, linters, types, catalogues, goldens. Runs every check,
# even after one has failed, and fails at the end.
set -u
cd "$(dirname "$0")/.."
. scripts/lib.sh
build_flags
failed=

step() {
  name=$1
  shift
  if "$@"; then
    note "ok: $name"
  else
    note "FAILED: $name"
    failed="$failed
   $name"
  fi
}

formatted() {
  list=$(gofmt -l $(go list -f '{{.Dir}}' ./...) 2>&1)
  [ -z "$list" ] || { echo "$list"; return 1; }
}

# A handle is given by tenants.Do and its sisters; one made by hand is bound to nothing.
no_handmade_handles() {
  ! grep -rnE 'tenants\.(Tx|ReadTx|SharedTx)\{' --include='*.go' --exclude='*_test.go' --exclude-dir=node_modules .
}

# Addresses of registries and folders of one machine have no place in the tree.
no_machine_paths() {
  ! git grep -nE '(deb|registry|proxy)\.(debian|npmjs|golang)\.org|/(home/[a-z]+|root)/' -- . ':!*.sum'
}

# The web's half runs beside the linters of Go, which do not fill two cores.
web=$(mktemp)
npm run --silent check >"$web" 2>&1 &
web_check=$!
trap 'rm -f "$web"' EXIT
trap 'kill "$web_check" 2>/dev/null; exit 130' INT TERM

web_checked() {
  result=0
  wait "$web_check" || result=1
  cat "$web"
  return $result
}

step "gofmt" formatted
step "Go linters" scripts/lint.sh
step "no handles made by hand" no_handmade_handles
step "no paths of one machine" no_machine_paths
step "floors, owners, package comments" go test -count=1 .
step "settings in the README" go test -count=1 ./apps/manydesk/config
step "API documents and client" npm run --silent gen -- --check
step "types, linter and rules of the web" web_checked

if [ -n "$failed" ]; then
  printf '\nmake check failed:%s\n' "$failed"
  exit 1
fi
