# Shared by the scripts beside it; sourced, never run. The caller stands in the
# root of the repository.

say() { printf '\n== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }

# build_flags has everything compiled as `make build` does: libraries are then
# compiled once for the linters, the goldens and the binary.
build_flags() { export CGO_ENABLED=0 GOFLAGS="-trimpath ${GOFLAGS:-}"; }

# raced runs Go tests with the race detector, which finds more when tests run
# together; many of them wait for a process or a deadline, so more run at once than
# there are cores. The linters have vetted every package, with its tests, already,
# and nobody debugs these binaries: they are linked without that, and without the
# paths of this clone, so that what another clone compiled serves too.
raced() { go test -race -trimpath -vet=off -parallel 4 -ldflags '-s -w' -json "$@"; }

# cache_folder is where tools built once are kept between clones.
cache_folder() { printf '%s/manydesk' "${XDG_CACHE_HOME:-$HOME/.cache}"; }

# in_memory has the databases of tests made in memory where there is plenty of
# it: each test copies a whole database, and a disk's journal cost a third of the
# time. MANYDESK_TEST_DATA says where else.
in_memory() {
  [ -z "${MANYDESK_TEST_DATA:-}" ] || return 0
  grep -q '^tmpfs /dev/shm ' /proc/mounts 2>/dev/null && ! grep -q '^tmpfs /dev/shm [^ ]* [^ ]*noexec' /proc/mounts || return 0
  [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 4000000 ] || return 0
  [ "$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)" -gt 10000000 ] || return 0
  export MANYDESK_TEST_DATA=/dev/shm
}

# open_folder makes a temporary folder that the database's account may enter.
open_folder() {
  folder=$(mktemp -d "${MANYDESK_TEST_DATA:-${TMPDIR:-/tmp}}/manydesk-$1-XXXXXX")
  chmod 711 "$folder"
  printf '%s' "$folder"
}

# start_product starts the built binary with its own parts on free ports and
# waits until it answers. It sets product_pid and product_folder, and exports
# where everything is for those who talk to it: MANYDESK_ORIGIN (the console),
# MANYDESK_SMTP (host:port that takes letters), MANYDESK_CATCHER (the page of
# caught letters), MANYDESK_PEOPLE (a file: the demo's people as JSON). It
# believes the address that a test says it comes from, so that a hundred tests
# on one machine are not one guesser to the limits of sign-in. product_parts,
# when set, are the addresses of parts that are not its own; product_binary is
# another build of it.
start_product() {
  product_folder=$(open_folder product)
  # shellcheck disable=SC2046
  set -- $(free_ports) "$@"
  MANYDESK_ORIGIN="http://localhost:$1"
  MANYDESK_SMTP="127.0.0.1:$2"
  MANYDESK_CATCHER="http://127.0.0.1:$3"
  MANYDESK_PEOPLE="$product_folder/people.json"
  listen="127.0.0.1:$1"
  shift 3
  env -u DATABASE_URL -u DATABASE_OWNER_URL -u REDIS_URL -u SMTP_URL -u S3_URL -u MEILI_URL -u STRIPE_KEY ${product_parts:-} \
    MANYDESK_DATA="$product_folder/data" MANYDESK_LOG_FORMAT=json MANYDESK_LISTEN="$listen" MANYDESK_PROXIES="127.0.0.0/8,::1/128" \
    MANYDESK_MAIL_LISTEN="$MANYDESK_SMTP" MANYDESK_CATCHER_LISTEN="${MANYDESK_CATCHER#http://}" \
    "${product_binary:-bin/manydesk}" up "$@" >"$product_folder/out" 2>"$product_folder/log" &
  product_pid=$!
  tries=0
  until answers "$MANYDESK_ORIGIN/readyz"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 900 ] || ! kill -0 "$product_pid" 2>/dev/null; then
      echo "the product did not start:" >&2
      tail -n 20 "$product_folder/out" "$product_folder/log" >&2
      stop_product
      return 1
    fi
    sleep 0.2
  done
  if [ -f "$product_folder/data/demo.json" ]; then
    MANYDESK_DATA="$product_folder/data" bin/manydesk demo --json >"$MANYDESK_PEOPLE" || return 1
  fi
  export MANYDESK_ORIGIN MANYDESK_SMTP MANYDESK_CATCHER MANYDESK_PEOPLE
}

free_ports() {
  node -e '
    const net = require("net");
    Promise.all([1, 2, 3].map(() => new Promise((done) => {
      const s = net.createServer().listen(0, "127.0.0.1", () => done(s));
    }))).then((all) => { console.log(all.map((s) => s.address().port).join(" ")); all.forEach((s) => s.close()); });'
}

answers() {
  node -e 'fetch(process.argv[1], { signal: AbortSignal.timeout(2000) }).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$1"
}

# stop_product stops it in order and removes its folder.
stop_product() {
  [ -n "${product_pid:-}" ] || return 0
  kill -TERM "$product_pid" 2>/dev/null || true
  wait "$product_pid" 2>/dev/null || true
  rm -rf "$product_folder"
  product_pid=
}
