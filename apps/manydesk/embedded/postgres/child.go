//go:build unix

package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"manydesk/desk"
)

// child is one life of the server process.
type child struct {
	process *os.Process
	exited  chan struct{}
	// err and ended are set before exited is closed.
	err   error
	ended time.Time
}

// launch starts the server and waits until it answers.
func (s *Server) launch(ctx context.Context) (*child, error) {
	ctx, cancel := context.WithTimeout(ctx, s.options.StartWithin)
	defer cancel()
	log, err := openLog(s.options.Data + ".log")
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }()
	from, err := log.Seek(0, 2)
	if err != nil {
		return nil, fmt.Errorf("read the log's end: %w", err)
	}
	c, err := s.spawn(log)
	if err != nil {
		return nil, fmt.Errorf("start postgres: %w", err)
	}
	if err := s.awaitReady(ctx, c); err != nil {
		s.end(c)
		return nil, fmt.Errorf("%w: %s", err, tail(s.options.Data+".log", from))
	}
	return c, nil
}

// spawn starts the process and waits for its end on one thread that nothing else
// uses: the kernel ties the parent-death signal to the thread, not the process.
func (s *Server) spawn(log *os.File) (*child, error) {
	cmd := s.who.command(s.programs, "postgres", s.options.arguments(s.sockets)...)
	cmd.Stdout, cmd.Stderr = log, log
	if s.options.Outlive {
		cmd.SysProcAttr.Setpgid = false
		cmd.SysProcAttr.Setsid = true
	} else {
		dieWithParent(cmd.SysProcAttr)
	}
	c := &child{exited: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		c.process = cmd.Process
		started <- err
		if err != nil {
			return
		}
		c.err = cmd.Wait()
		c.ended = desk.System()
		close(c.exited)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return c, nil
}

// awaitReady polls postmaster.pid: its first line must be our child and its
// eighth line says "ready" once connections are taken.
func (s *Server) awaitReady(ctx context.Context, c *child) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	file := filepath.Join(s.options.Data, "postmaster.pid")
	for {
		if status, ok := postmasterStatus(file, c.process.Pid); ok && status == "ready" {
			return nil
		}
		select {
		case <-c.exited:
			return fmt.Errorf("postgres did not start: %w", c.err)
		case <-ctx.Done():
			return fmt.Errorf("postgres did not become ready: %w", ctx.Err())
		case <-tick.C:
		}
	}
}

func postmasterStatus(file string, pid int) (string, bool) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", false
	}
	lines := strings.Split(string(b), "\n")
	if len(lines) < 8 || lines[0] != strconv.Itoa(pid) {
		return "", false
	}
	return strings.TrimSpace(lines[7]), true
}

// end stops the child: fast shutdown, then immediate, then the kernel's way.
func (s *Server) end(c *child) {
	for _, step := range []struct {
		signal syscall.Signal
		within time.Duration
	}{
		{syscall.SIGINT, s.options.StopWithin},
		{syscall.SIGQUIT, 5 * time.Second},
		{syscall.SIGKILL, 5 * time.Second},
	} {
		if err := c.process.Signal(step.signal); errors.Is(err, os.ErrProcessDone) {
			break
		}
		timer := time.NewTimer(step.within)
		select {
		case <-c.exited:
			timer.Stop()
			return
		case <-timer.C:
		}
	}
	<-c.exited
}

// openLog appends to the server's log, after putting a grown one aside.
func openLog(path string) (*os.File, error) {
	const grown = 8 << 20
	if info, err := os.Stat(path); err == nil && info.Size() > grown {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, fmt.Errorf("put the log aside: %w", err)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	return f, nil
}

func tail(path string, from int64) string {
	b, err := os.ReadFile(path)
	if err != nil || int64(len(b)) < from {
		return "see " + path
	}
	return lastLines(b[from:], 4)
}
