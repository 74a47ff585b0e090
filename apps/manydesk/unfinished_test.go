package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"manydesk/apps/manydesk/config"
	"manydesk/desk"
	"manydesk/tenants"
)

// Somebody kills the first start in the middle of its demo. The next one begins
// it anew, as soon as it is asked to.
func TestAnInterruptedDemoBeginsAnew(t *testing.T) {
	t.Parallel()
	data, err := os.MkdirTemp("", "manydesk-half-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(data) })
	if err := os.Chmod(data, 0o711); err != nil { //nolint:gosec // the database's account goes through
		t.Fatal(err)
	}
	cfg := config.Config{Data: data, Language: "en"}
	first := halfDemo(t, cfg, "nobody")
	var out bytes.Buffer
	plain := launched(t, data, "up")
	plain.Stderr = &out
	if err := plain.Run(); err == nil || !strings.Contains(out.String(), "up --demo once more") {
		t.Errorf("half a demo was served: %v\n%s", err, &out)
	}
	if second := halfDemo(t, cfg, first); second == first {
		t.Error("the second start went on with the first one's people")
	}
}

func launched(t *testing.T, data string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = []string{
		asProgram + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "MANYDESK_DATA=" + data, "MANYDESK_LANGUAGE=en", "MANYDESK_LOG_LEVEL=warn",
		"MANYDESK_LISTEN=127.0.0.1:0", "MANYDESK_MAIL_LISTEN=127.0.0.1:0", "MANYDESK_CATCHER_LISTEN=127.0.0.1:0",
	}
	return cmd
}

// halfDemo starts `up --demo`, kills it when its provider is there and is another
// one than before, and gives the provider's mark.
func halfDemo(t *testing.T, cfg config.Config, before string) (mark string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	var out bytes.Buffer
	cmd := launched(t, cfg.Data, "up", "--demo")
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for mark == "" || mark == before {
		select {
		case <-tick.C:
			mark = hired(ctx, cfg)
		case err := <-ended:
			t.Fatalf("it ended by itself: %v\n%s", err, &out)
		case <-ctx.Done():
			_ = cmd.Process.Kill()
			t.Fatal("the demo did not begin")
		}
	}
	_ = cmd.Process.Kill()
	if err := <-ended; err == nil {
		t.Error("it ended in order, though it was killed")
	}
	if !interrupted(cfg) {
		t.Error("nothing says that it was interrupted")
	}
	return mark
}

// hired is the id of the first person there is, or "".
func hired(ctx context.Context, cfg config.Config) (id string) {
	b, ok := readBeside(cfg)
	if !ok {
		return ""
	}
	house, err := tenants.Open(tenants.Options{DSN: b.OwnerDSN, Backends: 1})
	if err != nil {
		return ""
	}
	defer house.Close() //nolint:errcheck // nothing is lost with it
	if house.SharedReader(desk.Automaton("test")).QueryRow(ctx, "select id::text from manydesk.users order by created_at limit 1", nil, &id) != nil {
		return ""
	}
	return id
}

func TestWhatAKilledStartLeftIsNotBelieved(t *testing.T) {
	t.Parallel()
	cfg := config.Config{Data: t.TempDir()}
	p := &parts{dsn: "postgres://nobody@127.0.0.1:1/none?connect_timeout=1", redisURL: "redis://127.0.0.1:1/0"}
	if err := p.leaveBeside(cfg); err != nil {
		t.Fatal(err)
	}
	b, ok := readBeside(cfg)
	if !ok || b.answers(t.Context(), cfg) {
		t.Errorf("%+v is believed", b)
	}
	if _, err := os.Stat(filepath.Join(cfg.Data, "running.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("and it stays: %v", err)
	}
}
