package email

import (
	"strings"
	"testing"
)

func names(m Message) string {
	var out []string
	for _, a := range m.Attachments {
		out = append(out, a.Name)
	}
	return strings.Join(out, "|")
}

func TestPartsAreCutWhereTheBoundaryStands(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, content string
		want          []string
		closed        bool
	}{
		{"two", "--B\r\na\r\n--B\r\nb\r\n--B--\r\nepilogue", []string{"a", "b"}, true},
		{"preamble", "for old programs\n--B\na\n--B--", []string{"a"}, true},
		{"spaces after", "--B \t\r\na\r\n--B--", []string{"a"}, true},
		{"broken off", "--B\r\na\r\n--B\r\nb", []string{"a", "b"}, false},
		{"not at a line's start", "--B\r\na --B\r\nb\r\n--B--", []string{"a --B\r\nb"}, true},
		{"a longer boundary", "--B\r\na\r\n--BB\r\nb\r\n--B--", []string{"a\r\n--BB\r\nb"}, true},
		{"empty parts", "--B\r\n--B\r\n\r\n--B--", []string{"", ""}, true},
		{"none", "text", nil, false},
	} {
		got, closed := cut([]byte(c.content), "B", 10)
		if closed != c.closed || len(got) != len(c.want) {
			t.Errorf("%s: got %q %v", c.name, got, closed)
			continue
		}
		for i := range got {
			if string(got[i]) != c.want[i] {
				t.Errorf("%s: got %q, want %q", c.name, got, c.want)
			}
		}
	}
}

func TestTextIsFoundWhereverItStands(t *testing.T) {
	t.Parallel()
	multi := func(parts ...string) string {
		return "From: a@x.example\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n" + strings.Join(parts, "\r\n--B\r\n") + "\r\n--B--\r\n"
	}
	for _, c := range []struct{ name, raw, text, files string }{
		{"no header at all", "just words\r\nand more", "just words\nand more", ""},
		{"an empty line first", "\r\nfirst\r\n\r\nsecond", "first\n\nsecond", ""},
		{"mbox", "From a@x Mon Nov 23 12:04:05 2026\nFrom: a@x.example\n\nbody", "body", ""},
		{"a part without a header", multi("\r\nfirst\r\n\r\nsecond"), "first\n\nsecond", ""},
		{"multipart without boundary", "Content-Type: multipart/mixed\r\n\r\nwords", "words", ""},
		{"boundary that never comes", "Content-Type: multipart/mixed; boundary=B\r\n\r\nwords", "words", ""},
		{"two texts around a file", multi("\r\nbefore", "Content-Type: image/png; name=a.png\r\n\r\nx", "Content-Type: text/plain\r\n\r\nafter"), "before\n\nafter", "a.png"},
		{"a named text after the letter is a file", multi("\r\nsee log", "Content-Type: text/plain; name=app.log\r\n\r\nERROR"), "see log", "app.log"},
		{"an attached page is a file", multi("\r\nsee", "Content-Type: text/html\r\nContent-Disposition: attachment\r\n\r\n<p>x"), "see", "page.html"},
		{"quoted-printable that is broken", "Content-Transfer-Encoding: quoted-printable\r\n\r\na=3Db =zz c=", "a=b =zz c", ""},
		{"uuencoded file", multi("\r\nsee", "Content-Type: image/gif; name=x.gif\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x.gif\r\n#0V%T\r\n`\r\nend"), "see", "x.gif"},
	} {
		m := Read([]byte(c.raw))
		if m.Text != c.text || names(m) != c.files {
			t.Errorf("%s: text %q, files %q, problems %v", c.name, m.Text, names(m), m.Problems)
		}
	}
}

func TestFileNamesComeInEveryDisguise(t *testing.T) {
	t.Parallel()
	for disposition, want := range map[string]string{
		`attachment; filename="=?windows-1251?B?wOryLnBkZg==?="`:      "Акт.pdf",
		`attachment; filename*=windows-1251''%C0%EA%F2.pdf`:           "Акт.pdf",
		`attachment; filename*0*=koi8-r''%E1%CB; filename*1*=%D4.pdf`: "Акт.pdf",
		`attachment; filename*0="long "; filename*1="name.pdf"`:       "long name.pdf",
		`attachment; filename="C:\\Users\\vera\\a.pdf"`:               "a.pdf",
		`attachment; filename="..\..\a.pdf"`:                          "a.pdf",
		"attachment; filename=\"gpj\u202Eexe.pdf\"":                   "gpjexe.pdf",
		`attachment; filename="...."`:                                 "file.bin",
		`attachment; filename="` + strings.Repeat("я", 300) + `.pdf"`: strings.Repeat("я", 98) + ".pdf",
		`attachment; filename=Акт 12.pdf`:                             "Акт 12.pdf",
	} {
		m := Read([]byte("Content-Type: application/x-thing\r\nContent-Disposition: " + disposition + "\r\n\r\nx"))
		if names(m) != want {
			t.Errorf("%s: got %q, want %q", disposition, names(m), want)
		}
	}
}

func TestLongTextIsCutAndAttachedWhole(t *testing.T) {
	t.Parallel()
	m := Read([]byte("From: a@x.example\r\n\r\n" + strings.Repeat("слово ", 100_000)))
	if len(m.Text) > maxText || names(m) != "message.txt" || m.Attachments[0].Size != 1_100_000 {
		t.Errorf("%d bytes of text, files %+v", len(m.Text), m.Attachments)
	}
}
