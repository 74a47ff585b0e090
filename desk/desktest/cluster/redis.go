package cluster

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// Redis starts a real redis-server for the test and returns its URL. It returns
// false where redis-server is not installed; the caller says what it leaves out.
func Redis(t testing.TB) (string, bool) {
	t.Helper()
	program, err := exec.LookPath("redis-server")
	if err != nil {
		return "", false
	}
	// A port may be taken between our look and the server's: try a few.
	for range 5 {
		if url, ok := launch(t, program); ok {
			return url, true
		}
	}
	t.Fatal("redis-server did not start on five free ports")
	return "", false
}

func launch(t testing.TB, program string) (string, bool) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	_ = l.Close()
	dir := t.TempDir()
	cmd := exec.Command(program, "--bind", "127.0.0.1", "--port", port, "--dir", dir,
		"--save", "", "--appendonly", "no", "--logfile", "", "--pidfile", filepath.Join(dir, "pid"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready, ended := make(chan struct{}), make(chan struct{})
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if strings.Contains(lines.Text(), "Ready to accept connections") {
				close(ready)
				break
			}
		}
		for lines.Scan() {
			// Read on, or the server would block on a full pipe.
			continue
		}
		_ = cmd.Wait()
		close(ended)
	}()
	select {
	case <-ready:
	case <-ended:
		return "", false
	case <-time.After(30 * time.Second):
		_ = cmd.Process.Kill()
		<-ended
		return "", false
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	return "redis://127.0.0.1:" + port + "/0", true
}

// Outside tells whether this run is made on a redis-server alone, as
// MANYDESK_TEST_REDIS=real asks.
func Outside() bool { return os.Getenv("MANYDESK_TEST_REDIS") == "real" }

// AnyRedis starts the Redis that this run is made on and returns its URL: a
// miniredis, or a redis-server when the run is made on real parts.
func AnyRedis(t testing.TB) string {
	t.Helper()
	if !Outside() {
		return Mini(t)
	}
	url, ok := Redis(t)
	if !ok {
		t.Fatal("redis-server is not installed")
	}
	return url
}

// Mini starts a miniredis for the test and returns its URL. Its clock ticks, so
// that what has a time to live does die.
func Mini(t testing.TB) string {
	t.Helper()
	m := miniredis.NewMiniRedis()
	if err := m.Start(); err != nil {
		t.Fatal(err)
	}
	const tick = 100 * time.Millisecond
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(tick)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				m.FastForward(tick)
			case <-stop:
				return
			}
		}
	}()
	t.Cleanup(func() {
		close(stop)
		<-stopped
		m.Close()
	})
	return "redis://" + m.Addr() + "/0"
}
