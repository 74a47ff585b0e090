package catcher

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/smtp"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func noon() time.Time { return time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC) }

func open(t *testing.T, o Options) *Catcher {
	t.Helper()
	if o.Folder == "" {
		o.Folder = t.TempDir()
	}
	o.Clock, o.Log = noon, quiet()
	c, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := c.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return c
}

func send(t *testing.T, c *Catcher, to, letter string) {
	t.Helper()
	u, err := url.Parse(c.SMTPURL())
	if err != nil {
		t.Fatal(err)
	}
	letter = strings.ReplaceAll(letter, "\n", "\r\n")
	if err := smtp.SendMail(u.Host, nil, "help@acme.example", []string{to}, []byte(letter)); err != nil {
		t.Fatal(err)
	}
}

var logo = []byte("\x89PNG\r\n\x1a\nlogo")

func letter(subject string) string {
	return `From: =?utf-8?q?=D0=90=D0=BA=D0=BC=D0=B5?= <help@acme.example>
To: Vera <vera@client.example>
Subject: ` + subject + `
Message-ID: <1@acme.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: multipart/related; boundary=inner

--inner
Content-Type: multipart/alternative; boundary=deep

--deep
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82
--deep
Content-Type: text/html; charset=utf-8

<html><head><title>x</title></head><body><script>alert(1)</script><p>Привет</p><img src="cid:logo@acme" alt="Акме"></body></html>
--deep--
--inner
Content-Type: image/png
Content-ID: <logo@acme>
Content-Transfer-Encoding: base64

` + base64.StdEncoding.EncodeToString(logo) + `
--inner--
--outer
Content-Type: text/html; name="=?utf-8?q?=D0=B0=D0=BA=D1=82.html?="
Content-Disposition: attachment

<script>alert(2)</script>
--outer--
`
}

func get(t *testing.T, c *Catcher, path string, change ...func(*http.Request)) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.TrimSuffix(c.PageURL(), "/")+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(r)
	}
	return do(t, r)
}

func do(t *testing.T, r *http.Request) (*http.Response, string) {
	t.Helper()
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(b)
}

func TestALetterIsCaughtAndTakenApart(t *testing.T) {
	t.Parallel()
	c := open(t, Options{})
	send(t, c, "vera@client.example", letter("=?utf-8?q?=D0=97=D0=B0=D1=8F=D0=B2=D0=BA=D0=B0?= ACME-1"))
	mails, next := c.List(Query{})
	if len(mails) != 1 || next != 0 {
		t.Fatalf("%d letters, next %d", len(mails), next)
	}
	m, l, err := c.Get(mails[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "Заявка ACME-1" || m.From != "Акме <help@acme.example>" || m.EnvelopeTo[0] != "vera@client.example" || !m.At.Equal(noon()) {
		t.Errorf("%+v", m)
	}
	if strings.TrimSpace(l.Text) != "Привет" || !strings.Contains(l.HTML, "<p>Привет</p>") {
		t.Errorf("text %q, html %q", l.Text, l.HTML)
	}
	if len(l.Parts) != 2 || !bytes.Equal(l.Parts[0].Content, logo) || l.Parts[1].Name != "акт.html" {
		t.Errorf("%+v", l.Parts)
	}
	raw, err := c.Raw(m.ID)
	if err != nil || !bytes.Contains(raw, []byte("Message-ID: <1@acme.example>")) {
		t.Errorf("%s, %v", raw, err)
	}
}

func TestLettersOutliveARestart(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	c := open(t, Options{Folder: folder})
	send(t, c, "vera@client.example", letter("One"))
	if err := c.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	// A half-written letter of a killed process is no letter.
	if err := os.WriteFile(filepath.Join(folder, "00000007.part"), []byte("From:"), 0o600); err != nil {
		t.Fatal(err)
	}
	c = open(t, Options{Folder: folder})
	send(t, c, "vera@client.example", letter("Two"))
	mails, _ := c.List(Query{})
	if len(mails) != 2 || mails[0].Subject != "Two" || mails[1].Subject != "One" || mails[0].ID <= mails[1].ID {
		t.Errorf("%+v", mails)
	}
}

func TestTheOldestLettersGo(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]Options{
		"by number": {MostLetters: 3},
		"by size":   {MostBytes: 4 * int64(len(letter("Letter 0")))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.Folder = t.TempDir()
			c := open(t, o)
			for n := range 9 {
				send(t, c, "vera@client.example", letter(fmt.Sprintf("Letter %d", n)))
			}
			mails, _ := c.List(Query{})
			if len(mails) != 3 || mails[0].Subject != "Letter 8" || mails[2].Subject != "Letter 6" {
				t.Errorf("%+v", mails)
			}
			if left, _ := filepath.Glob(filepath.Join(o.Folder, "*")); len(left) != 6 {
				t.Errorf("left on disk: %v", left)
			}
			if _, _, err := c.Get(1); !desk.Is(err, desk.NotFound) {
				t.Errorf("the first letter: %v", err)
			}
		})
	}
}

func TestPagesCoverEveryLetterOnce(t *testing.T) {
	t.Parallel()
	c := open(t, Options{})
	for n := range 23 {
		to := "vera@client.example"
		if n%3 == 0 {
			to = "Boris@client.example"
		}
		send(t, c, to, letter(fmt.Sprintf("Letter %d", n)))
	}
	rapid.Check(t, func(r *rapid.T) {
		q := Query{Limit: rapid.IntRange(1, 30).Draw(r, "limit"), To: rapid.SampledFrom([]string{"", "boris", "nobody"}).Draw(r, "to")}
		want := map[string]int{"": 23, "boris": 8, "nobody": 0}[q.To]
		seen := map[int]bool{}
		for {
			page, next := c.List(q)
			for _, m := range page {
				if seen[m.ID] {
					r.Fatalf("%d twice", m.ID)
				}
				seen[m.ID] = true
			}
			if next == 0 {
				break
			}
			q.Before = next
		}
		if len(seen) != want {
			r.Fatalf("%d letters, want %d", len(seen), want)
		}
	})
}

func TestLettersOfAnyShapeAreShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		head := rapid.SampledFrom([]string{"", "Subject: x\r\n\r\n", "Content-Type: multipart/mixed; boundary=b\r\n\r\n", "Content-Type: text/html; charset=koi8-r\r\nContent-Transfer-Encoding: base64\r\n\r\n"}).Draw(r, "head")
		raw := append([]byte(head), rapid.SliceOf(rapid.Byte()).Draw(r, "body")...)
		l := read(raw)
		for _, s := range []string{l.Text, l.HTML} {
			if strings.ToValidUTF8(s, "") != s {
				r.Fatalf("not UTF-8: %q", s)
			}
		}
	})
}
