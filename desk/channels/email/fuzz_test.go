package email

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzReadNeverFails(f *testing.F) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		f.Add(readFile(f, file))
	}
	for _, s := range []string{
		"", "\n", ":", "a", "From:\r\n\r\n", "\xff\xfe\x00", "Subject: =?", "Subject: =?utf-8?B?", "From: <",
		"Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n", "Content-Type: multipart/mixed\r\n\r\n--x",
		"Content-Type: text/html\r\n\r\n<a href=javascript:alert(1)><svg><blockquote>",
		"Content-Transfer-Encoding: uuencode\r\n\r\nbegin 644 x\r\n#AAA\r\nend",
		"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		start := time.Now()
		checkClean(t, Read(raw))
		if took := time.Since(start); took > 5*time.Second {
			t.Fatalf("%d bytes took %v", len(raw), took)
		}
	})
}

func FuzzQuoteIsCutFromWhatWasThere(f *testing.F) {
	for _, c := range quotes {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = cleanText(text)
		got := withoutQuote(text)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is no text", got)
		}
		// Every line that is left stood in the text, in the same order.
		rest := strings.Split(text, "\n")
		for _, line := range strings.Split(got, "\n") {
			line = strings.TrimSpace(line)
			found := line == ""
			for !found && len(rest) > 0 {
				found = strings.TrimSpace(rest[0]) == line
				rest = rest[1:]
			}
			if !found {
				t.Fatalf("%q was not in %q", line, text)
			}
		}
		if again := withoutQuote(got); len(again) > len(got) {
			t.Fatalf("cutting twice added to %q: %q", got, again)
		}
	})
}

func FuzzCleanHTMLActsOnNothing(f *testing.F) {
	for _, s := range []string{
		`<p>ok</p>`, `<img src=x onerror=alert(1)>`, `<a href="javascript:alert(1)">x</a>`, `<svg><script>1</script>`,
		`<math><mtext><table><mglyph><style><img src=x onerror=1>`, `<img src="cid:a@b">`, `<a href="java&#10;script:1">`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := CleanHTML(s)
		low := strings.ToLower(got)
		for _, bad := range []string{"<script", "<style", "<iframe", "<svg", "<form", "<object", "<link", "<meta", "<base"} {
			if strings.Contains(low, bad) {
				t.Fatalf("%q left %q in %q", s, bad, got)
			}
		}
		if again := CleanHTML(got); again != got {
			t.Fatalf("cleaning %q again gave %q", got, again)
		}
		TextOfHTML(got)
	})
}
