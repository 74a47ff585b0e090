//go:build unix

package postgres

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// lock is ours alone while the file is open: the kernel drops it when the
// process ends in any way, so a stale lock cannot exist.
type lock struct{ file *os.File }

// takeLock returns a Refusal naming the other process when the folder is in use.
func takeLock(data string) (*lock, error) {
	f, err := os.OpenFile(data+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		b := make([]byte, 32)
		n, _ := f.ReadAt(b, 0)
		_ = f.Close()
		return nil, refuse(
			"Папка данных %s занята другой запущенной программой (процесс %s).",
			"The data folder %s is in use by another running instance (pid %s).",
			data, strings.TrimSpace(string(b[:n])))
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("lock %s: %w", f.Name(), err)
	}
	if err = f.Truncate(0); err == nil {
		_, err = fmt.Fprintf(f, "%d\n", os.Getpid())
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("write lock: %w", err)
	}
	return &lock{file: f}, nil
}

func (l *lock) release() error { return l.file.Close() }
