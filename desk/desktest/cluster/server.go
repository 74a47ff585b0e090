//go:build unix

package cluster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"

	"github.com/jackc/pgx/v5"

	"manydesk/apps/manydesk/embedded/postgres"
)

// address is where the tests' server answers. It is found out once a process.
var address = sync.OnceValues(func() (string, error) {
	if dsn := os.Getenv("MANYDESK_TEST_DATABASE_URL"); dsn != "" {
		return dsn, nil
	}
	return shared()
})

// shared finds or starts the server that all test processes of this account
// share. One process at a time gets past the lock.
func shared() (string, error) {
	home, err := Home()
	if err != nil {
		return "", err
	}
	gate, err := os.OpenFile(filepath.Join(home, "gate"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", fmt.Errorf("open the gate: %w", err)
	}
	defer func() { _ = gate.Close() }()
	if err := syscall.Flock(int(gate.Fd()), syscall.LOCK_EX); err != nil {
		return "", fmt.Errorf("wait at the gate: %w", err)
	}
	used := filepath.Join(home, "used")
	if err := os.WriteFile(used, nil, 0o600); err != nil {
		return "", fmt.Errorf("note the use: %w", err)
	}
	note := filepath.Join(home, "address")
	if b, err := os.ReadFile(note); err == nil && answers(string(b)) {
		return string(b), nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s, err := postgres.Start(ctx, postgres.Options{
		Data: filepath.Join(home, "data"), Outlive: true, Log: slog.New(slog.DiscardHandler),
		Settings: map[string]string{
			"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
			"max_connections": "300", "autovacuum_naptime": "10s",
		},
	})
	if err != nil {
		return "", fmt.Errorf("start the tests' Postgres: %w", err)
	}
	dsn := s.DSNFor(postgres.Superuser, "postgres")
	if err := os.WriteFile(note, []byte(dsn), 0o600); err != nil {
		return "", fmt.Errorf("note the address: %w", err)
	}
	if err := s.Leave(); err != nil {
		return "", fmt.Errorf("leave the server: %w", err)
	}
	return dsn, watch(home, s.PID())
}

func answers(dsn string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return false
	}
	return c.Close(ctx) == nil
}

// watch leaves a small shell script behind that stops the server and removes its
// folder when no test process has come for ten minutes.
func watch(home string, pid int) error {
	cmd := exec.Command("/bin/sh", "-c", `
		while sleep 15; do
			kill -0 "$1" 2>/dev/null || exit 0
			[ -n "$(find "$0/used" -mmin -10 2>/dev/null)" ] || { kill -INT "$1"; sleep 5; rm -rf "$0"; exit 0; }
		done`, home, strconv.Itoa(pid))
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("watch over the tests' Postgres: %w", err)
	}
	return cmd.Process.Release()
}

// Home is the folder of this account's test server, where MANYDESK_TEST_DATA
// says or among temporary files. It must be ours: in a folder that all may write
// to, another account could have made it first.
func Home() (string, error) {
	home := filepath.Join(cmp.Or(os.Getenv("MANYDESK_TEST_DATA"), os.TempDir()), "manydesk-test-"+strconv.Itoa(os.Getuid()))
	if err := os.Mkdir(home, 0o711); err != nil && !errors.Is(err, os.ErrExist) {
		return "", fmt.Errorf("make the test server's folder: %w", err)
	}
	info, err := os.Lstat(home)
	if err != nil {
		return "", err
	}
	if st, ok := info.Sys().(*syscall.Stat_t); !ok || !info.IsDir() || int(st.Uid) != os.Getuid() {
		return "", fmt.Errorf("%s belongs to someone else: set MANYDESK_TEST_DATA", home)
	}
	return home, nil
}

// Stop ends the shared server, if there is one, and removes its folder. Tests
// that still use it fail.
func Stop(ctx context.Context) error {
	home, err := Home()
	if err != nil {
		return err
	}
	data := filepath.Join(home, "data")
	if _, err := os.Stat(data); err == nil {
		if err := postgres.EndOrphans(ctx, data); err != nil {
			return err
		}
	}
	return os.RemoveAll(home)
}
