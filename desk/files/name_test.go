package files_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"manydesk/desk/files"
)

func TestNamesAreSafeToShow(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"отчёт.pdf":             "отчёт.pdf",
		"../../etc/passwd":      "passwd",
		`C:\Users\x\a.txt`:      "a.txt",
		"a\u202efdp.exe":        "afdp.exe",
		"a\u200b.txt":           "a.txt",
		"":                      "file",
		"...":                   "file",
		"a\x00b\r\n.txt":        "ab.txt",
		"con.txt":               "_con.txt",
		"a.txt. . ":             "a.txt",
		`what?<now>.txt`:        "what__now_.txt",
		"two   blanks\u00a0.md": "two blanks .md",
	} {
		if got := files.Name(given); got != want {
			t.Errorf("%q is shown as %q, want %q", given, got, want)
		}
	}
}

func TestAnyNameComesOutSafe(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		got := files.Name(rapid.String().Draw(t, "name"))
		if got == "" || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\\x00") || utf8.RuneCountInString(got) > 201 || files.Name(got) != got {
			t.Fatalf("%q, and again %q", got, files.Name(got))
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				t.Fatalf("%q has %U", got, r)
			}
		}
	})
}

func TestProgramsAreKnownByTheirNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"setup.exe": true, "Setup.EXE": true, "a.pdf.exe": true, "invoice.exe.pdf": true, "a.js ": true, "a.lnk.": true, "x.\u202escr": true, "a .bat": true,
		"report.pdf": false, "firmware.bin": false, "www.example.com.pdf": false, "exe": false, "archive.zip": false, "дамп.hex": false, "a.json": false,
	} {
		if files.Runnable(name) != want {
			t.Errorf("%q: want %v", name, want)
		}
	}
}
