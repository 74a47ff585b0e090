//go:build unix

package postgres

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// orphan is a process of a server whose parent was killed: its program is
// postgres and its working folder is the data folder. A pid file is no witness,
// and kill(pid, 0) is true for a zombie.
type orphan struct{ pid, parent int }

// clearOrphans stops what still runs on the folder and removes what it left.
// Only the heads are asked at first (their children are backends, which go with
// them); after the time for an orderly stop all are told to quit.
func clearOrphans(ctx context.Context, o Options) error {
	data, err := filepath.EvalSymlinks(o.Data)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	for _, step := range []struct {
		signal syscall.Signal
		heads  bool
		within time.Duration
	}{
		{syscall.SIGINT, true, o.StopWithin},
		{syscall.SIGQUIT, false, 5 * time.Second},
		{syscall.SIGKILL, false, 5 * time.Second},
	} {
		gone, err := endOrphans(ctx, o, data, step.signal, step.heads, step.within)
		if err != nil {
			return err
		}
		if gone {
			return forget(data, o.Data+".run")
		}
	}
	return fmt.Errorf("a server left on %s does not stop", data)
}

func endOrphans(ctx context.Context, o Options, data string, sig syscall.Signal, heads bool, within time.Duration) (bool, error) {
	found, err := orphansOn(data)
	if err != nil || len(found) == 0 {
		return err == nil, err
	}
	family := map[int]bool{}
	for _, f := range found {
		family[f.pid] = true
	}
	for _, f := range found {
		if heads && family[f.parent] {
			continue
		}
		o.Log.Warn("stopping a postgres left by an earlier run", "pid", f.pid, "signal", sig.String())
		_ = syscall.Kill(f.pid, sig)
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if found, err = orphansOn(data); err != nil || len(found) == 0 {
			return err == nil, err
		}
		select {
		case <-ctx.Done():
			return false, nil
		case <-tick.C:
		}
	}
}

// forget removes the pid file and the sockets of a server that is no more.
func forget(data, sockets string) error {
	if err := os.Remove(filepath.Join(data, "postmaster.pid")); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("remove the pid file: %w", err)
	}
	left, _ := filepath.Glob(filepath.Join(sockets, ".s.PGSQL.*"))
	for _, f := range left {
		if err := os.Remove(f); err != nil && !os.IsNotExist(err) {
			return fmt.Errorf("remove the socket: %w", err)
		}
	}
	return nil
}

// EndOrphans stops the server that was left on the data folder, if any.
func EndOrphans(ctx context.Context, data string) error {
	o, err := Options{Data: data}.filled()
	if err != nil {
		return err
	}
	return clearOrphans(ctx, o)
}
