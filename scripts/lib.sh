# Shared by the scripts beside it; sourced, never run. The caller stands in the
# root of the repository.

say() { printf '\n== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }

# cache_folder is where tools built once are kept between clones.
cache_folder() { printf '%s/manydesk' "${XDG_CACHE_HOME:-$HOME/.cache}"; }

# open_folder makes a temporary folder that the database's account may enter.
open_folder() {
  folder=$(mktemp -d "${TMPDIR:-/tmp}/manydesk-$1-XXXXXX")
  chmod 711 "$folder"
  printf '%s' "$folder"
}

# start_product starts the built binary with its own parts on free ports and
# waits until it answers. It sets product_pid, product_folder, and exports
# MANYDESK_ORIGIN, MANYDESK_SMTP and MANYDESK_CATCHER for those who talk to it.
start_product() {
  product_folder=$(open_folder product)
  env -u DATABASE_URL -u DATABASE_OWNER_URL -u REDIS_URL -u SMTP_URL -u S3_URL -u MEILI_URL -u STRIPE_KEY \
    MANYDESK_DATA="$product_folder/data" MANYDESK_LOG_FORMAT=json \
    MANYDESK_LISTEN="${MANYDESK_LISTEN:-127.0.0.1:18080}" MANYDESK_MAIL_LISTEN=127.0.0.1:12525 \
    MANYDESK_CATCHER_LISTEN=127.0.0.1:18025 \
    bin/manydesk up "$@" >"$product_folder/out" 2>"$product_folder/log" &
  product_pid=$!
  tries=0
  while [ ! -s "$product_folder/data/addresses.json" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 1800 ] || ! kill -0 "$product_pid" 2>/dev/null; then
      echo "the product did not start:" >&2
      tail -n 20 "$product_folder/out" "$product_folder/log" >&2
      return 1
    fi
    sleep 0.1
  done
  MANYDESK_ORIGIN=$(address console)
  MANYDESK_SMTP=$(address smtp)
  MANYDESK_CATCHER=$(address mail)
  export MANYDESK_ORIGIN MANYDESK_SMTP MANYDESK_CATCHER
  MANYDESK_PEOPLE="$product_folder/people.json"
  MANYDESK_DATA="$product_folder/data" bin/manydesk demo --json >"$MANYDESK_PEOPLE"
  export MANYDESK_PEOPLE
}

address() {
  node -e 'console.log(JSON.parse(require("fs").readFileSync(process.argv[1]))[process.argv[2]])' \
    "$product_folder/data/addresses.json" "$1"
}

# stop_product stops it in order and removes its folder.
stop_product() {
  [ -n "${product_pid:-}" ] || return 0
  kill -TERM "$product_pid" 2>/dev/null || true
  wait "$product_pid" 2>/dev/null || true
  rm -rf "$product_folder"
  product_pid=
}
