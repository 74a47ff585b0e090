//go:build unix

package postgres

import (
	"fmt"
	"os"
	"path/filepath"
)

// reachable makes sure that the account can run the programs. Those of an npm
// package in a folder closed to it (a clone in root's home) are copied beside
// the data, once a version; a system's own are always open.
func reachable(p programs, who account, beside string) (programs, error) {
	if !who.lent {
		return p, nil
	}
	closed, err := who.barrier(p.folder)
	if err != nil {
		return p, fmt.Errorf("look at the way to %s: %w", p.folder, err)
	}
	if closed == "" {
		return p, nil
	}
	if p.native == "" {
		return p, refuse(
			"Учётная запись %s не может войти в %s, где лежат программы Postgres (настройка MANYDESK_POSTGRES_PROGRAMS).",
			"The account %s cannot enter %s, where the Postgres programs are (setting MANYDESK_POSTGRES_PROGRAMS).",
			who.name, closed)
	}
	stamp := "copied-from-" + p.version
	copied := p
	copied.native = filepath.Join(beside, "native")
	copied.folder = filepath.Join(copied.native, "bin")
	if _, err := os.Stat(filepath.Join(beside, stamp)); err == nil {
		return copied, nil
	}
	draft := beside + ".init"
	for _, stale := range []string{draft, beside} {
		if err := os.RemoveAll(stale); err != nil {
			return p, fmt.Errorf("clear %s: %w", stale, err)
		}
	}
	if err := os.MkdirAll(draft, 0o755); err != nil {
		return p, fmt.Errorf("copy the programs: %w", err)
	}
	if err := os.CopyFS(filepath.Join(draft, "native"), os.DirFS(p.native)); err != nil {
		return p, fmt.Errorf("copy the programs: %w", err)
	}
	if err := os.WriteFile(filepath.Join(draft, stamp), nil, 0o644); err != nil {
		return p, fmt.Errorf("copy the programs: %w", err)
	}
	if err := os.Rename(draft, beside); err != nil {
		return p, fmt.Errorf("copy the programs: %w", err)
	}
	if err := makeLinks(copied.native); err != nil {
		return p, err
	}
	return copied, nil
}
