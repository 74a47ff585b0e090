package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"manydesk/desk/desktest/stage"
)

// ask runs one command of the program on a database of the test's own.
func ask(t *testing.T, dsn, in string, args ...string) (code int, out, err string) {
	t.Helper()
	var said bytes.Buffer
	var wrong spoken
	p := program{
		args: args, in: strings.NewReader(in), out: &said, err: &wrong,
		environ: []string{"DATABASE_URL=" + stage.AsApplication(t, dsn), "DATABASE_OWNER_URL=" + dsn, "MANYDESK_DATA=" + t.TempDir(), "LANG=en_US.UTF-8"},
	}
	code = p.run(t.Context())
	return code, said.String(), wrong.String()
}

// spoken is what a program says where others may go on saying: the log of a
// command becomes that of its whole process, and other tests run in it too.
type spoken struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (s *spoken) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.Write(b)
}

func (s *spoken) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.String()
}

func TestAYearOfAProductionCalendarIsAdded(t *testing.T) {
	t.Parallel()
	dsn := stage.DSN(t)
	if code, out, wrong := ask(t, dsn, "", "calendar", "list"); code != 0 || !strings.Contains(out, "2027  built in  by law") || !strings.Contains(out, "2026  built in  decreed") {
		t.Fatalf("%d %s%s", code, out, wrong)
	}
	decree := `{"country":"RU","year":2027,"state":"decreed","off":[{"date":"2027-01-01"}],"working":[],"short":[]}`
	file := filepath.Join(t.TempDir(), "2027.json")
	if err := os.WriteFile(file, []byte(decree), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, wrong := ask(t, dsn, "", "calendar", "add-year", "--country", "RU", "--file", file, "2027"); code != 0 || !strings.Contains(out, "added") {
		t.Fatalf("%d %s%s", code, out, wrong)
	}
	code, out, _ := ask(t, dsn, "", "calendar", "list")
	if code != 0 || !strings.Contains(out, "2027  added     decreed  off 1, worked 0, short 0") || strings.Count(out, "2027") != 1 {
		t.Errorf("%d %s", code, out)
	}
	for in, args := range map[string][]string{
		decree:                   {"calendar", "add-year", "--file", "-", "2028"},
		decree + " ":             {"calendar", "add-year", "--country", "KZ", "--file", "-", "2027"},
		"{}":                     {"calendar", "add-year", "--file", "-", "2027"},
		"nonsense":               {"calendar", "add-year", "--file", "-", "2027"},
		"no file":                {"calendar", "add-year", "2027"},
		"a year that is none":    {"calendar", "add-year", "--file", file, "next"},
		"a file that is not one": {"calendar", "add-year", "--file", file + "x", "2027"},
	} {
		if code, out, wrong := ask(t, dsn, in, args...); code == 0 || wrong == "" || strings.Contains(out, "added") {
			t.Errorf("%s: %d %s%s", in, code, out, wrong)
		}
	}
}
