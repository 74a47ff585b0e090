#!/bin/sh
# Every check and every test, on real parts that it starts itself. On a bare
# Debian machine it installs what is missing first. It goes on after a failure,
# so that one run tells everything, and fails at the end.
set -u
cd "$(dirname "$0")/.."
. scripts/lib.sh

failed=
step() {
  name=$1
  shift
  say "$name"
  from=$(date +%s)
  if "$@"; then
    note "$name: ok, $(($(date +%s) - from)) s"
  else
    note "$name: FAILED, $(($(date +%s) - from)) s"
    failed="$failed
   $name"
  fi
}

finish() {
  [ -z "${web:-}" ] || kill "$web" 2>/dev/null || true
  [ -z "${visit:-}" ] || { kill "$visit" && wait "$visit"; } 2>/dev/null || true
  stop_product
  go run -race ./desk/desktest/cluster/stop >/dev/null 2>&1 || true
  [ -z "${reports:-}" ] || rm -rf "$reports"
}
trap finish EXIT
trap 'exit 130' INT TERM

go_tests() {
  raced -timeout 15m ./... >"$reports/go.json" 2>"$reports/go.err"
  node scripts/tally.mjs go <"$reports/go.json" || { cat "$reports/go.err"; return 1; }
}

# The workers that are killed here are the test's own binary: with the race
# detector in it they would be ten times slower than the deadlines and letters
# come. One test at a time, because each is about time.
kill_tests() {
  (build_flags && go test -vet=off -count=1 -parallel 1 -json -timeout 10m -run 'TestTimersFire|TestAThousand' ./apps/manydesk) | node scripts/tally.mjs go "go, through kills"
}

web_tests() {
  npm run --silent test -- --reporter=default --reporter=json --outputFile.json="$reports/web.json"
  node scripts/tally.mjs vitest "$reports/web.json"
}

# web_tested waits for the web tests, which began earlier.
web_tested() {
  result=0
  wait "$web" || result=1
  web=
  cat "$reports/web.out"
  return $result
}

# browser NAME PROJECT...: the browser tests of the projects.
browser() {
  title=$1
  shift
  projects=
  for p in "$@"; do projects="$projects --project=$p"; done
  PLAYWRIGHT_JSON_OUTPUT_FILE="$reports/$title.json" npm run --silent e2e -w apps/e2e -- --reporter=list,json --output="test-results/$title" $projects
  node scripts/tally.mjs playwright "$reports/$title.json" "browser, $title"
}

# first_visit is the browser in an empty installation.
first_visit() {
  start_product || return 1
  browser setup setup
}

# moments is the browser before a product whose clock the tests put to forty
# moments: a build of its own, because no clock can be moved in what is shipped.
moments() {
  product_binary="$reports/manydesk-moved"
  (build_flags && go build -tags moved -ldflags '-s -w' -o "$product_binary" ./apps/manydesk) || return 1
  export MANYDESK_TEST_MOMENT="$reports/moment"
  start_product || return 1
  browser moments moments
}

beside_the_day() {
  trap stop_product EXIT
  trap 'exit 143' TERM
  visited=0
  first_visit || visited=1
  stop_product
  moments || visited=1
  return $visited
}

# The day is one person's and mostly waits for letters: the first visit and the
# forty moments, to products of their own, take place beside it. Its numbers have
# to agree, so nobody else works in its product meanwhile.
product_tests() {
  result=0
  (beside_the_day) >"$reports/setup.out" 2>&1 &
  visit=$!
  if start_product --demo; then
    browser day day || result=1
    wait "$visit" || result=1
    visit=
    cat "$reports/setup.out"
    browser screens console portal || result=1
  else
    wait "$visit" || cat "$reports/setup.out"
    visit=
    result=1
  fi
  stop_product
  return $result
}

prepare() {
  scripts/prepare.sh && scripts/packages.sh && { go mod download || note "go mod download failed; going on with what is there"; }
}

began=$(date +%s)
in_memory
reports=$(mktemp -d)
node scripts/tally.mjs reset 2>/dev/null || true
step "prepare" prepare
step "check" scripts/check.sh
# Before the Go tests: the binary carries the web apps, and so do its tests.
step "build" make --no-print-directory build
step "Go tests" go_tests
step "through kills" kill_tests
# The rooms that speak to real parts mostly wait for them.
web_tests >"$reports/web.out" 2>&1 &
web=$!
step "real parts" scripts/real_parts.sh
step "web tests" web_tested
step "browser tests of the kit" browser kit kit
step "browser tests of the product" product_tests

say "all of it took $(($(date +%s) - began)) s"
if [ -n "$failed" ]; then
  printf 'failed:%s\n' "$failed"
fi
node scripts/tally.mjs sum
[ -z "$failed" ]
