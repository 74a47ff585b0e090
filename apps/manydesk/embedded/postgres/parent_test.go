//go:build unix

package postgres

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// asParent makes this test binary play the process that owns the server: it
// starts one on the folder, prints its address and waits to be killed.
const asParent = "MANYDESK_TEST_PARENT_OF"

func TestMain(m *testing.M) {
	data := os.Getenv(asParent)
	if data == "" {
		os.Exit(m.Run())
	}
	s, err := Start(context.Background(), Options{
		Data: data, Log: quiet(), Outlive: os.Getenv("MANYDESK_TEST_OUTLIVE") != "", Settings: unsynced,
	})
	if err != nil {
		_, _ = os.Stdout.WriteString("failed: " + err.Error() + "\n")
		os.Exit(1)
	}
	_, _ = os.Stdout.WriteString(s.DSN(Owner) + "\n")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
}

func parent(t *testing.T, data string, env ...string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), asParent+"="+data), env...)
	return cmd, begin(t, cmd)
}

// begin starts the parent and waits for the address that it prints.
func begin(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stdin.Close() })
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || strings.HasPrefix(line, "failed") {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		t.Fatalf("%s %v", line, err)
	}
	return strings.TrimSpace(line)
}

// Started by root as another account, the server runs as that account.
func TestSomeoneElseRunsItAsThemselves(t *testing.T) {
	t.Parallel()
	data := folder(t)
	if os.Geteuid() != 0 {
		t.Log("every other test shows it: this is not root")
		return
	}
	home := filepath.Dir(data)
	program := filepath.Join(home, "parent")
	b, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, b, 0o755); err != nil {
		t.Fatal(err)
	}
	const nobody = 65534
	if err := os.Chown(home, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), asParent+"="+data)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	dsn := begin(t, cmd)
	defer kill(cmd)
	connect(t, dsn)
	info, err := os.Stat(data)
	if err != nil {
		t.Fatal(err)
	}
	if st := info.Sys().(*syscall.Stat_t); st.Uid != nobody {
		t.Errorf("the data belongs to %d", st.Uid)
	}
}

func kill(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

func TestCommittedRowsOutliveAKilledParent(t *testing.T) {
	t.Parallel()
	data := folder(t)
	for n := range 3 {
		cmd, dsn := parent(t, data)
		c := connect(t, dsn)
		run(t, c, "create table if not exists public.kept (n int)")
		run(t, c, "insert into public.kept values ($1)", n)
		kill(cmd)
	}
	s := start(t, Options{Data: data, Settings: unsynced})
	var kept int
	if err := connect(t, s.DSN(Owner)).QueryRow(t.Context(), "select count(*) from public.kept").Scan(&kept); err != nil || kept != 3 {
		t.Fatalf("%d rows, %v", kept, err)
	}
}

func TestThePostgresOfAKilledParentStopsByItself(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Log("only Linux tells a child of its parent's death")
		return
	}
	data := folder(t)
	cmd, _ := parent(t, data)
	kill(cmd)
	until(t, func() bool {
		left, err := orphansOn(data)
		return err == nil && len(left) == 0
	})
}

func TestAnOrphanIsStoppedByTheNextStart(t *testing.T) {
	t.Parallel()
	data := folder(t)
	cmd, dsn := parent(t, data, "MANYDESK_TEST_OUTLIVE=1")
	kill(cmd)
	busy := connect(t, dsn)
	left, err := orphansOn(data)
	if err != nil || len(left) == 0 {
		t.Fatalf("the server did not outlive its parent: %v", err)
	}
	s := start(t, Options{Data: data, Settings: unsynced})
	for _, o := range left {
		if o.pid == s.PID() {
			t.Error("the orphan was taken for ours")
		}
	}
	if err := busy.Ping(t.Context()); err == nil {
		t.Error("the orphan still answers")
	}
}

func TestAZombieIsNoOrphan(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("true")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Not waited for until the end: a zombie, to whom kill(pid, 0) says yes.
	defer func() { _ = cmd.Wait() }()
	data := t.TempDir()
	if err := os.WriteFile(data+"/postmaster.pid", []byte("1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	until(t, func() bool { return syscall.Kill(cmd.Process.Pid, 0) == nil })
	left, err := orphansOn(data)
	if err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}
