package email

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"io"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"pgregory.net/rapid"
)

func file(name, typ, content string) File {
	return File{Name: name, Type: typ, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

func letter() Letter {
	return Letter{
		From: Address{"ACME, поддержка", "support@acme.example"}, Envelope: "support+bounce@acme.example",
		To: []Address{{"Иван Петров", "ivan@client.example"}}, Cc: []Address{{"", "vera@client.example"}},
		ReplyTo: []Address{{"", "support+tag@acme.example"}},
		Subject: "[ACME-1042] Не печатает касса", Text: "Добрый день!\n\nПерезапустите кассу.", HTML: `<p>Добрый день!</p><img src="cid:logo@md">`,
		Inline:      []File{{Name: "logo.png", Type: "image/png", ContentID: "logo@md", Open: file("", "", "PNG").Open}},
		Attachments: []File{file("Акт выполненных работ № 12 от 23 ноября.pdf", "application/pdf", "%PDF")},
		Date:        time.Date(2026, 11, 23, 12, 4, 5, 0, time.FixedZone("", 3*3600)), MessageID: "md.x.1@acme.example",
		InReplyTo: "c1@client.example", References: []string{"c0@client.example", "c1@client.example"},
		Automatic: true, Unsubscribe: "https://acme.example/letters", Headers: map[string]string{"X-Manydesk-Ticket": "ACME-1042"},
	}
}

func TestLetterReadsBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	l := letter()
	raw, err := Build(l)
	if err != nil {
		t.Fatal(err)
	}
	m := Read(raw)
	if len(m.Problems) > 0 || m.Kind != AutoReply {
		t.Errorf("kind %s, problems %v", m.Kind, m.Problems)
	}
	if m.Subject != l.Subject || m.FromName != l.From.Name || m.Text != l.Text || !m.Date.Equal(l.Date) || m.MessageID != l.MessageID {
		t.Errorf("came back as %+v", m)
	}
	if len(m.Attachments) != 2 || !m.Attachments[0].Inline || m.Attachments[1].Inline || m.Attachments[1].Name != l.Attachments[0].Name ||
		string(m.Attachments[1].Content()) != "%PDF" {
		t.Errorf("files %+v", m.Attachments)
	}
	if again, err := Build(l); err != nil || !bytes.Equal(again, raw) {
		t.Error("the same letter gave other bytes")
	}
	if std, err := mail.ReadMessage(bytes.NewReader(raw)); err != nil || std.Header.Get("X-Manydesk-Ticket") != "ACME-1042" {
		t.Errorf("the standard library reads %v, %v", std, err)
	}
}

func TestAnyLetterReadsBack(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[а-яёА-ЯЁa-zA-Z0-9 .,:;?!№«»"'()<>=_/\\😀-]{0,120}`)
	rapid.Check(t, func(t *rapid.T) {
		line := func(label string) string {
			s, _ := cleanName(word.Draw(t, label))
			return s
		}
		var lines []string
		for range rapid.IntRange(0, 30).Draw(t, "lines") {
			lines = append(lines, strings.TrimRight(word.Draw(t, "line"), " "))
		}
		l := Letter{
			From: Address{strings.TrimSpace(strings.Trim(line("from"), `"' `)), "support@acme.example"},
			To:   []Address{{line("to"), "ivan@client.example"}}, Subject: line("subject"),
			Text: strings.TrimSpace(strings.Join(lines, "\n")), Date: noon, MessageID: "1@acme.example",
		}
		var bodies []string
		for range rapid.IntRange(0, 3).Draw(t, "files") {
			bodies = append(bodies, rapid.String().Draw(t, "content"))
			l.Attachments = append(l.Attachments, file(line("file"), "application/pdf", bodies[len(bodies)-1]))
		}
		raw, err := Build(l)
		if err != nil {
			t.Fatal(err)
		}
		m := Read(raw)
		if m.Subject != l.Subject || m.FromName != l.From.Name || m.Text != l.Text || len(m.Problems) > 0 {
			t.Fatalf("came back as %q %q %q %v from\n%s", m.Subject, m.FromName, m.Text, m.Problems, raw)
		}
		for i, a := range m.Attachments {
			want, _ := cleanFile(l.Attachments[i].Name)
			if want == "" {
				want = "file"
			}
			if a.Name != want || string(a.Content()) != bodies[i] {
				t.Fatalf("file %q came back as %q from\n%s", want, a.Name, raw)
			}
		}
		for at, header := 0, topOf(raw); at >= 0; {
			end := bytes.IndexByte(header[at:], '\n')
			if end > 200 {
				t.Fatalf("a header line of %d bytes", end)
			}
			if at += end + 1; end < 0 || at >= len(header) {
				break
			}
		}
	})
}

func TestLetterRefusesWhatWouldBecomeAHeader(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Letter){
		"line break in an address": func(l *Letter) { l.To[0].Email = "a@x.example\r\nBcc: b@x.example" },
		"two addresses in one":     func(l *Letter) { l.To[0].Email = "a@x.example,b@x.example" },
		"no address":               func(l *Letter) { l.From.Email = "support" },
		"nobody":                   func(l *Letter) { l.To, l.Cc = nil, nil },
		"no id":                    func(l *Letter) { l.MessageID = "" },
		"an id without a domain":   func(l *Letter) { l.MessageID = "a.acme.example" },
		"line break in an id":      func(l *Letter) { l.MessageID = "a@x>\r\nX: y" },
		"own header":               func(l *Letter) { l.Headers = map[string]string{"Subject": "x"} },
		"header with a break":      func(l *Letter) { l.Headers = map[string]string{"X-A": "x\nBcc: b@x"} },
		"header name with a colon": func(l *Letter) { l.Headers = map[string]string{"X:A": "x"} },
		"file that cannot be read": func(l *Letter) {
			l.Attachments[0].Open = func() (io.ReadCloser, error) { return nil, errors.New("gone") }
		},
	} {
		l := letter()
		spoil(&l)
		if raw, err := Build(l); err == nil {
			t.Errorf("%s: built\n%s", name, raw)
		}
	}
	l := letter()
	l.Subject, l.From.Name = "a\r\nBcc: b@x.example", "x\r\nBcc: b@x.example"
	l.InReplyTo, l.References = "a@x>\r\nBcc: b@x.example", []string{"ok@x", "a b@x\nBcc: y", "письмо@x"}
	raw, err := Build(l)
	if err != nil || bytes.Contains(raw, []byte("\nBcc:")) || !bytes.Contains(raw, []byte("\nReferences: <ok@x>\r\n")) {
		t.Errorf("%v\n%s", err, raw)
	}
}

func TestDomainInAnotherScriptIsWrittenInASCII(t *testing.T) {
	t.Parallel()
	l := letter()
	l.To[0].Email = "ivan@почта.рф"
	raw, err := Build(l)
	if err != nil || !bytes.Contains(raw, []byte("<ivan@xn--80a1acny.xn--p1ai>")) {
		t.Errorf("%v\n%s", err, raw)
	}
	if got := l.Recipients()[0]; got != "ivan@xn--80a1acny.xn--p1ai" {
		t.Errorf("recipient %s", got)
	}
}

func TestSignatureHolds(t *testing.T) {
	t.Parallel()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := Build(letter())
	if err != nil {
		t.Fatal(err)
	}
	signed, err := Sign(raw, DKIM{Domain: "acme.example", Selector: "md1", Key: private})
	if err != nil {
		t.Fatal(err)
	}
	verify := func(raw []byte) error {
		found, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
			if name != "md1._domainkey.acme.example" {
				return nil, errors.New("no such name")
			}
			return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}, nil
		}})
		if err != nil || len(found) != 1 {
			return errors.Join(err, errors.New("not one signature"))
		}
		return found[0].Err
	}
	if err := verify(signed); err != nil {
		t.Error(err)
	}
	if err := verify(bytes.Replace(signed, []byte("[ACME-1042]"), []byte("[ACME-1043]"), 1)); err == nil && bytes.Contains(signed, []byte("[ACME-1042]")) {
		t.Error("another subject still verifies")
	}
	if m := Read(signed); m.MessageID != "md.x.1@acme.example" || len(m.Problems) > 0 {
		t.Errorf("the signed letter reads as %+v", m.Problems)
	}
}
