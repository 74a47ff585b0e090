#!/bin/sh
# The second way: the packages that speak to Postgres, Redis and the file store,
# on servers that an operator would run, started here and thrown away. What is
# already there is used instead: MANYDESK_TEST_DATABASE_URL (a superuser's, the
# tests make databases in it) and S3_URL (a bucket that may be written into).
set -eu
cd "$(dirname "$0")/.."
. scripts/lib.sh

folder=
finish() {
  [ -z "$folder" ] || { as_postgres "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
}
trap finish EXIT
trap 'exit 130' INT TERM

as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

if [ -z "${MANYDESK_TEST_DATABASE_URL:-}" ]; then
  programs=
  for found in /usr/lib/postgresql/*/bin; do [ -x "$found/initdb" ] && programs=$found; done
  if [ -z "$programs" ]; then
    echo "no Postgres of the system's own was found: install postgresql, or set MANYDESK_TEST_DATABASE_URL" >&2
    exit 1
  fi
  folder=$(open_folder real)
  [ "$(id -u)" != 0 ] || chown postgres "$folder"
  port=$(free_ports | cut -d' ' -f1)
  as_postgres "$programs/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >/dev/null
  as_postgres "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
    -o "-c listen_addresses=127.0.0.1 -p $port -k $folder -c fsync=off -c max_connections=300" start >/dev/null
  export MANYDESK_TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable"
fi
have redis-server || { echo "redis-server is not installed" >&2; exit 1; }

go test -count=1 -timeout 5m ./desk/files ./desk/flows/intake ./desk/flows/notify
# Server and worker as processes of their own, killed, on this Postgres and a redis-server.
go test -count=1 -timeout 5m -run 'TestWhatWasAccepted' ./apps/manydesk
