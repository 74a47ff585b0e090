//go:build unix

package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// initialise makes the data folder with its logins and the empty database. It
// works in <data>.init and renames at the end, so a folder under the final name
// is always whole.
func initialise(ctx context.Context, o Options, p programs, who account) error {
	draft := o.Data + ".init"
	if err := os.RemoveAll(draft); err != nil {
		return fmt.Errorf("clear %s: %w", draft, err)
	}
	if err := os.Mkdir(draft, 0o700); err != nil {
		return fmt.Errorf("make %s: %w", draft, err)
	}
	if err := who.give(draft); err != nil {
		return fmt.Errorf("give %s: %w", draft, err)
	}
	key, err := newSecret()
	if err != nil {
		return err
	}
	if err := initdb(ctx, p, who, draft, key); err != nil {
		return err
	}
	if err := key.write(draft); err != nil {
		return fmt.Errorf("write the password file: %w", err)
	}
	if err := who.give(filepath.Join(draft, secretFile)); err != nil {
		return fmt.Errorf("give the password file: %w", err)
	}
	if err := makeLogins(ctx, p, who, draft, key); err != nil {
		return err
	}
	if err := flush(ctx, o, p, who, draft); err != nil {
		return err
	}
	if err := os.Rename(draft, o.Data); err != nil {
		return fmt.Errorf("name the data folder: %w", err)
	}
	return nil
}

func initdb(ctx context.Context, p programs, who account, draft string, key secret) error {
	pw := draft + ".pw"
	if err := os.WriteFile(pw, []byte(key.password(Superuser)), 0o600); err != nil {
		return fmt.Errorf("write the first password: %w", err)
	}
	defer func() { _ = os.Remove(pw) }()
	if err := who.give(pw); err != nil {
		return fmt.Errorf("give the first password: %w", err)
	}
	// macOS has no C.UTF-8; its UTF-8 locales agree on letter case all the same.
	locale := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		locale = "en_US.UTF-8"
	}
	return finish(ctx, who.command(p, "initdb", "-D", draft, "-N", "-E", "UTF8", "--locale="+locale,
		"-A", "scram-sha-256", "-U", Superuser, "--pwfile="+pw))
}

// makeLogins speaks to Postgres in its single-user mode: one statement a line,
// no server, no connection.
func makeLogins(ctx context.Context, p programs, who account, draft string, key secret) error {
	cmd := who.command(p, "postgres", "--single", "-F", "-D", draft, "-c", "exit_on_error=on", "postgres")
	cmd.Stdin = strings.NewReader(strings.Join([]string{
		fmt.Sprintf("create role %s login createrole password '%s'", Owner, key.password(Owner)),
		fmt.Sprintf("create database %s owner %s", Database, Owner),
		// The owner makes the login: since Postgres 16 only a role's maker may alter
		// it. There is no way back from here in the single-user mode.
		"set session authorization " + Owner,
		fmt.Sprintf("create role %s login password '%s'", Login, key.password(Login)),
		fmt.Sprintf("alter role %s set search_path to ''", Login),
		fmt.Sprintf("revoke all on database %s from public", Database),
		fmt.Sprintf("grant connect, temporary on database %s to %s", Database, Login),
		"",
	}, "\n"))
	return finish(ctx, cmd)
}

// flush brings the new files to the disk before they get their final name. A
// cluster with fsync off does not ask for it.
func flush(ctx context.Context, o Options, p programs, who account, draft string) error {
	if o.Settings["fsync"] == "off" {
		return nil
	}
	return finish(ctx, who.command(p, "initdb", "--sync-only", "-D", draft))
}

// finish runs a program to its end and shows what it said when it failed.
func finish(ctx context.Context, cmd *exec.Cmd) error {
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", filepath.Base(cmd.Path), err)
	}
	stop := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	stop()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(cmd.Path), err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, lastLines(said.Bytes(), 5))
	}
	return nil
}

// prepareFolder makes the parent of the data folder and sees to it that the
// account can get in. A Refusal names the folder that is closed.
func prepareFolder(o Options, who account) error {
	parent := filepath.Dir(o.Data)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		if errors.Is(err, fs.ErrPermission) {
			r := refuse("Папку данных %s нельзя создать: нет прав (настройка MANYDESK_DATA).",
				"The data folder %s cannot be made: no permission (setting MANYDESK_DATA).", parent)
			r.cause = err
			return r
		}
		return fmt.Errorf("make the data folder: %w", err)
	}
	if !who.lent {
		return nil
	}
	closed, err := who.barrier(parent)
	if err != nil {
		return fmt.Errorf("look at the way to %s: %w", parent, err)
	}
	if closed != "" {
		return refuse(
			"Учётная запись %[1]s, от имени которой работает Postgres, не может войти в %[2]s: выберите другую папку данных (настройка MANYDESK_DATA).",
			"The account %[1]s, which Postgres runs as, cannot enter %[2]s: choose another data folder (setting MANYDESK_DATA).",
			who.name, closed)
	}
	return nil
}

func lastLines(b []byte, n int) string {
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "; ")
}
