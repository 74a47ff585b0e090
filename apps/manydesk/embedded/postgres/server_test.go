//go:build unix

package postgres

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// folder is a place that the lent account may enter; t.TempDir is closed to it.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "manydesk-pg-test-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "postgres")
}

// unsynced spares the disk: what a killed process wrote is in the kernel's hands
// already. One test runs as the product does, with fsync on.
var unsynced = map[string]string{"fsync": "off"}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func start(t *testing.T, o Options) *Server {
	t.Helper()
	o.Log = quiet()
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, s) })
	return s
}

func stop(t *testing.T, s *Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := s.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(context.Background()) })
	return c
}

func run(t *testing.T, c *pgx.Conn, sql string, args ...any) {
	t.Helper()
	if _, err := c.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func TestCommittedRowsOutliveAStopAndAStart(t *testing.T) {
	t.Parallel()
	data := folder(t)
	began := time.Now()
	s := start(t, Options{Data: data})
	t.Logf("first start %s, Postgres %s", time.Since(began).Round(time.Millisecond), s.Version())
	owner := connect(t, s.DSN(Owner))
	run(t, owner, "create table public.kept (n int)")
	run(t, owner, "insert into public.kept values (42)")
	_ = owner.Close(t.Context())
	began = time.Now()
	stop(t, s)
	t.Logf("stop %s", time.Since(began).Round(time.Millisecond))

	began = time.Now()
	s = start(t, Options{Data: data})
	t.Logf("restart %s", time.Since(began).Round(time.Millisecond))
	var n int
	if err := connect(t, s.DSN(Owner)).QueryRow(t.Context(), "select n from public.kept").Scan(&n); err != nil || n != 42 {
		t.Fatalf("n = %d, %v", n, err)
	}
}

func TestTheLoginOwnsNothingAndHasNoPath(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Data: folder(t), Settings: unsynced})
	c := connect(t, s.DSN(Login))
	var path string
	var createsRoles, super bool
	if err := c.QueryRow(t.Context(), `select current_setting('search_path'), rolcreaterole, rolsuper
		from pg_roles where rolname = current_user`).Scan(&path, &createsRoles, &super); err != nil {
		t.Fatal(err)
	}
	if strings.Trim(path, `"`) != "" || createsRoles || super {
		t.Errorf("search_path %q, createrole %v, superuser %v", path, createsRoles, super)
	}
	if _, err := c.Exec(t.Context(), "create schema mine"); err == nil {
		t.Error("the login could create a schema")
	}
}

// What migrations and provisioning do as the owner, on the Postgres at hand.
func ownerCanProvision(t *testing.T, s *Server) {
	t.Helper()
	owner := connect(t, s.DSN(Owner))
	for _, sql := range []string{
		"create role r_1 nologin",
		"create role manydesk_app nologin noinherit",
		"comment on role manydesk_app is 'the application'",
		"grant r_1 to " + Login,
		"alter role " + Login + " login inherit password '" + s.Password(Login) + "'",
		"grant manydesk_app to " + Login,
		"create schema manydesk",
		"create extension pg_trgm schema manydesk",
		"create schema t_1",
		"create table t_1.mine (n int)",
		"grant usage on schema t_1 to r_1",
		"grant insert on t_1.mine to r_1",
	} {
		run(t, owner, sql)
	}
	var encoding, lower string
	if err := owner.QueryRow(t.Context(), `select pg_encoding_to_char(encoding), lower('ЁЖ') from pg_database
		where datname = current_database()`).Scan(&encoding, &lower); err != nil || encoding != "UTF8" || lower != "ёж" {
		t.Errorf("encoding %s, lower('ЁЖ') = %q, %v", encoding, lower, err)
	}
	login := connect(t, s.DSN(Login))
	run(t, login, "set role r_1")
	run(t, login, "insert into t_1.mine values (1)")
}

func TestTheOwnerCanProvision(t *testing.T) {
	t.Parallel()
	ownerCanProvision(t, start(t, Options{Data: folder(t), Settings: unsynced}))
}

func TestAWrongPasswordIsRefused(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Data: folder(t), Settings: unsynced})
	dsn := strings.Replace(s.DSN(Owner), s.key.password(Owner), "wrong", 1)
	if c, err := pgx.Connect(t.Context(), dsn); err == nil {
		_ = c.Close(t.Context())
		t.Fatal("let in with a wrong password")
	}
	info, err := os.Stat(filepath.Join(s.options.Data, secretFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("password file: %v, %v", info, err)
	}
}

func TestASecondInstanceIsToldWhoHoldsTheFolder(t *testing.T) {
	t.Parallel()
	data := folder(t)
	start(t, Options{Data: data, Settings: unsynced})
	_, err := Start(t.Context(), Options{Data: data, Log: quiet()})
	var r *Refusal
	if !errors.As(err, &r) {
		t.Fatalf("got %v", err)
	}
	if !strings.Contains(r.In("ru"), "занята") || !strings.Contains(r.In("en"), "in use by another running instance (pid ") {
		t.Errorf("%s / %s", r.In("ru"), r.In("en"))
	}
}

func TestAKilledPostgresComesBackByItself(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Data: folder(t), Settings: unsynced})
	c := connect(t, s.DSN(Owner))
	run(t, c, "create table public.kept (n int)")
	for n := range 3 {
		run(t, connect(t, s.DSN(Owner)), "insert into public.kept values ($1)", n)
		dead := s.PID()
		if err := syscall.Kill(dead, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		until(t, func() bool { return s.PID() != dead })
		var kept int
		if err := connect(t, s.DSN(Owner)).QueryRow(t.Context(), "select count(*) from public.kept").Scan(&kept); err != nil || kept != n+1 {
			t.Fatalf("after kill %d: %d rows, %v", n+1, kept, err)
		}
	}
}

// until polls a condition of another process, for which there is no signal.
func until(t *testing.T, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	for !ok() {
		select {
		case <-deadline.C:
			t.Fatal("not within 30 s")
		case <-tick.C:
		}
	}
}

func TestALongPathGetsAShortSocketFolder(t *testing.T) {
	t.Parallel()
	data := filepath.Join(filepath.Dir(folder(t)), strings.Repeat("long", 20), "postgres")
	s := start(t, Options{Data: data, Settings: unsynced})
	if !s.borrowed {
		t.Fatalf("socket in %s", s.sockets)
	}
	connect(t, s.DSN(Login))
	stop(t, s)
	if _, err := os.Stat(s.sockets); !os.IsNotExist(err) {
		t.Errorf("%s is left: %v", s.sockets, err)
	}
}

func TestATCPPortIsServedWhenAsked(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	s := start(t, Options{Data: folder(t), TCP: port, Settings: unsynced})
	cfg, err := pgx.ParseConfig(s.DSN(Login))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Host = "127.0.0.1"
	c, err := pgx.ConnectConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close(t.Context())
}
