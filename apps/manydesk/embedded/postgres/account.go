//go:build unix

package postgres

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is whom the child runs as. Postgres refuses to run as root, so root
// lends the child another account; anyone else runs it as themselves.
type account struct {
	name     string
	uid, gid uint32
	groups   []uint32
	lent     bool
}

func currentAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		a := account{name: name, lent: true}
		if a.uid, err = number(u.Uid); err != nil {
			return a, err
		}
		if a.gid, err = number(u.Gid); err != nil {
			return a, err
		}
		return a, nil
	}
	return account{}, refuse(
		"Postgres не запускается от имени root, а учётных записей postgres и nobody на машине нет.",
		"Postgres does not run as root, and this machine has neither an account postgres nor nobody.")
}

func number(s string) (uint32, error) {
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return 0, fmt.Errorf("account number %q: %w", s, err)
	}
	return uint32(n), nil
}

// attributes start a program as the account, in a process group of its own, so
// that Ctrl-C at the terminal reaches only us and we stop the child in order.
func (a account) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if a.lent {
		attr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid, Groups: a.groups}
	}
	return attr
}

// give makes the account the owner of everything at path.
func (a account) give(path string) error {
	if !a.lent {
		return nil
	}
	return filepath.WalkDir(path, func(p string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(p, int(a.uid), int(a.gid))
	})
}

// barrier is the first folder on the way to path, path itself included, that the
// account may not enter; empty when the way is open. Folders that do not exist
// yet are no barrier: we make them.
func (a account) barrier(path string) (string, error) {
	var way []string
	for p := path; ; p = filepath.Dir(p) {
		way = append(way, p)
		if p == filepath.Dir(p) {
			break
		}
	}
	for i := len(way) - 1; i >= 0; i-- {
		info, err := os.Stat(way[i])
		if os.IsNotExist(err) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		st, ok := info.Sys().(*syscall.Stat_t)
		if !ok {
			return "", fmt.Errorf("stat of %s has no owner", way[i])
		}
		mode := info.Mode().Perm()
		open := mode&0o001 != 0
		switch {
		case st.Uid == a.uid:
			open = mode&0o100 != 0
		case st.Gid == a.gid:
			open = mode&0o010 != 0
		}
		if !open {
			return way[i], nil
		}
	}
	return "", nil
}

// command is a program of Postgres run as the account, in a folder that any
// account may enter and with nothing of our environment.
func (a account) command(p programs, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(p.path(name), args...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "HOME=/"}
	cmd.SysProcAttr = a.attributes()
	return cmd
}
