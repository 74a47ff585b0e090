# What an operator runs beside Manydesk, started for tests and thrown away:
# sourced after lib.sh, never run. What is already there is used instead:
# MANYDESK_TEST_DATABASE_URL (a superuser's, the tests make databases in it) and
# S3_URL (a bucket that may be written into).

real_folder=
outside_pid=
redis_pid=
postgres_programs=

as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# start_postgres starts the system's own Postgres; the setting says where it is.
start_postgres() {
  [ -z "${MANYDESK_TEST_DATABASE_URL:-}" ] || return 0
  for found in /usr/lib/postgresql/*/bin; do [ -x "$found/initdb" ] && postgres_programs=$found; done
  if [ -z "$postgres_programs" ]; then
    echo "no Postgres of the system's own was found: install postgresql, or set MANYDESK_TEST_DATABASE_URL" >&2
    return 1
  fi
  [ "$(id -u)" != 0 ] || chown postgres "$real_folder"
  port=$(free_ports | cut -d' ' -f1)
  as_postgres "$postgres_programs/initdb" -D "$real_folder/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >/dev/null || return 1
  as_postgres "$postgres_programs/pg_ctl" -D "$real_folder/data" -l "$real_folder/log" -w \
    -o "-c listen_addresses=127.0.0.1 -p $port -k $real_folder -c fsync=off -c max_connections=300" start >/dev/null || return 1
  export MANYDESK_TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable"
}

# start_real starts everything; tests that take any Redis start a redis-server each.
start_real() {
  have redis-server || { echo "redis-server is not installed" >&2; return 1; }
  real_folder=$(open_folder real)
  start_postgres || return 1
  # With the flags of the tests, whose packages are compiled already.
  go build -race -o "$real_folder/outside" ./desk/desktest/outside || return 1
  "$real_folder/outside" >"$real_folder/settings" &
  outside_pid=$!
  tries=0
  until grep -q S3_URL "$real_folder/settings"; do
    tries=$((tries + 1))
    [ "$tries" -le 100 ] || { echo "the mail server and the file store did not start" >&2; return 1; }
    sleep 0.1
  done
  bucket=${S3_URL:-}
  . "$real_folder/settings"
  S3_URL=${bucket:-$S3_URL}
  export S3_URL SMTP_URL MANYDESK_TEST_REDIS=real
}

# start_product_outside starts the built binary on a database, a redis-server, a
# mail server and a file store that are not its own. Its login makes schemas and
# roles and is no superuser.
start_product_outside() {
  port=$(free_ports | cut -d' ' -f1)
  redis-server --bind 127.0.0.1 --port "$port" --dir "$real_folder" --save "" --appendonly no >"$real_folder/redis.log" &
  redis_pid=$!
  name=manydesk_$$
  psql -q "$MANYDESK_TEST_DATABASE_URL" -c "create role $name login createrole password '$name'" -c "create database $name owner $name" || return 1
  database=$(node -e '
    const u = new URL(process.argv[1]);
    u.username = u.password = u.pathname = process.argv[2];
    console.log(u.href);' "$MANYDESK_TEST_DATABASE_URL" "$name")
  product_parts="DATABASE_URL=$database REDIS_URL=redis://127.0.0.1:$port/0 SMTP_URL=$SMTP_URL S3_URL=$S3_URL"
  start_product "$@" || return 1
  export MANYDESK_CATCHER="$MAIL_PAGE"
}

# stop_real ends what was started and removes what it wrote.
stop_real() {
  stop_product
  [ -z "$outside_pid" ] || { kill "$outside_pid" && wait "$outside_pid"; } 2>/dev/null || true
  [ -z "$redis_pid" ] || { kill "$redis_pid" && wait "$redis_pid"; } 2>/dev/null || true
  [ -z "$postgres_programs" ] || as_postgres "$postgres_programs/pg_ctl" -D "$real_folder/data" -m immediate stop >/dev/null 2>&1 || true
  [ -z "$real_folder" ] || rm -rf "$real_folder"
  outside_pid= redis_pid= postgres_programs= real_folder=
}
