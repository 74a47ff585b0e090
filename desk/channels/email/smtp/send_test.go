package smtp

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"manydesk/desk/channels/email"
)

var noon = time.Date(2026, 11, 23, 9, 4, 5, 0, time.UTC)

func letter() email.Letter {
	return email.Letter{
		From: email.Address{Name: "ACME Поддержка", Email: "support@acme.example"}, Envelope: "support+b@acme.example",
		To: []email.Address{{Name: "Иван", Email: "ivan@lis.example"}}, Cc: []email.Address{{Email: "vera@lis.example"}},
		Subject: "[ACME-1042] Не печатает касса", Text: "Перезапустите кассу.\n.\nточка", Date: noon, MessageID: "1@acme.example",
		Attachments: []email.File{{Name: "лог.txt", Type: "text/plain", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(strings.Repeat("строка\n", 10_000))), nil
		}}},
	}
}

func van(t *testing.T, url string, o VanOptions) *Van {
	t.Helper()
	v, err := NewVan(url, o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLetterGoesFromVanToDoor(t *testing.T) {
	t.Parallel()
	b := &inbox{}
	d := open(t, b, Options{})
	receipt, err := van(t, "smtp://"+d.Addr().String(), VanOptions{}).Send(context.Background(), letter())
	if err != nil || receipt.MessageID != "1@acme.example" || len(receipt.Refused) != 0 {
		t.Fatalf("%+v, %v", receipt, err)
	}
	got := b.all()
	if len(got) != 1 || got[0].From != "support+b@acme.example" || len(got[0].Recipients) != 2 || got[0].Helo != "acme.example" {
		t.Fatalf("stored %+v", got)
	}
	m := email.Read(got[0].Raw)
	if m.Subject != letter().Subject || m.Text != letter().Text || m.FromName != "ACME Поддержка" || m.Attachments[0].Name != "лог.txt" || len(m.Problems) > 0 {
		t.Errorf("read %+v", m)
	}
}

func TestOneRefusedRecipientDoesNotHoldUpTheOther(t *testing.T) {
	t.Parallel()
	b := &inbox{}
	d := open(t, b, Options{})
	l := letter()
	l.Cc = []email.Address{{Email: "ghost@nowhere.example"}}
	receipt, err := van(t, "smtp://"+d.Addr().String(), VanOptions{}).Send(context.Background(), l)
	if err != nil || len(receipt.Refused) != 1 || receipt.Refused[0].Err.Code != 550 || receipt.Refused[0].Err.Temporary {
		t.Fatalf("%+v, %v", receipt, err)
	}
	if got := b.all(); len(got) != 1 || len(got[0].Recipients) != 1 {
		t.Errorf("stored %+v", got)
	}
}

func TestRefusalSaysWhetherToTryAgain(t *testing.T) {
	t.Parallel()
	d := open(t, &inbox{fail: map[string]error{"lis": errors.New("disk full")}}, Options{MaxBytes: 100_000})
	url := "smtp://" + d.Addr().String()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := nobody.Addr().String()
	_ = nobody.Close()
	small := letter()
	small.Attachments = nil
	stranger := small
	stranger.To, stranger.Cc = []email.Address{{Email: "ghost@nowhere.example"}}, nil
	broken := small
	broken.MessageID = ""
	for _, c := range []struct {
		name      string
		url       string
		letter    email.Letter
		temporary bool
		code      int
	}{
		{"disk full over there", url, small, true, 451},
		{"unknown recipient", url, stranger, false, 550},
		{"too large", url, letter(), false, 552},
		{"nobody answers", "smtp://" + closed, small, true, 0},
		{"encryption required and not offered", url + "?tls=required", small, true, 0},
		{"no way to sign in", strings.Replace(url, "//", "//user:secret@", 1), small, true, 0},
		{"a letter that cannot be built", url, broken, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := van(t, c.url, VanOptions{}).Send(context.Background(), c.letter)
			var refused *email.SendError
			if !errors.As(err, &refused) || refused.Temporary != c.temporary || refused.Code != c.code {
				t.Errorf("refused with %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Error("the password is in the error")
			}
		})
	}
}

func TestSendingStopsWithItsContext(t *testing.T) {
	t.Parallel()
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	held := make(chan net.Conn, 1)
	go func() {
		conn, err := mute.Accept() // and never a word
		if err == nil {
			held <- conn
		}
		cancel()
	}()
	t.Cleanup(func() {
		_ = mute.Close()
		_ = (<-held).Close()
	})
	_, err = van(t, "smtp://"+mute.Addr().String(), VanOptions{}).Send(ctx, letter())
	var refused *email.SendError
	if !errors.As(err, &refused) || !refused.Temporary || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	slow := van(t, "smtp://"+mute.Addr().String()+"?timeout=1s", VanOptions{})
	if _, err := slow.Send(context.Background(), letter()); !errors.As(err, &refused) || !refused.Temporary {
		t.Errorf("a server that says nothing: %v", err)
	}
}

// certificate makes a server's configuration and the one that trusts it.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}},
		&tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}
}

func TestLineIsEncryptedWhereItCanBe(t *testing.T) {
	t.Parallel()
	server, client := certificate(t)
	b := &inbox{}
	d := open(t, b, Options{TLS: server})
	for _, query := range []string{"", "?tls=required"} {
		if _, err := van(t, "smtp://"+d.Addr().String()+query, VanOptions{TLS: client}).Send(context.Background(), letter()); err != nil {
			t.Fatal(err)
		}
	}
	for _, got := range b.all() {
		if !got.TLS || !strings.Contains(string(got.Raw), "with ESMTPS;") {
			t.Errorf("stored %+v", got)
		}
	}
	// A certificate that nobody vouches for is no encryption.
	if _, err := van(t, "smtp://"+d.Addr().String(), VanOptions{}).Send(context.Background(), letter()); err == nil {
		t.Error("an unknown certificate was taken")
	}
}

func TestImplicitEncryption(t *testing.T) {
	t.Parallel()
	server, client := certificate(t)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", server)
	if err != nil {
		t.Fatal(err)
	}
	b := &inbox{}
	d := OpenOn(context.Background(), listener, b, Options{})
	if _, err := van(t, "smtps://"+d.Addr().String(), VanOptions{TLS: client}).Send(context.Background(), letter()); err != nil {
		t.Error(err)
	}
	if err := d.Close(context.Background()); err != nil || len(b.all()) != 1 {
		t.Errorf("%v, %d letters", err, len(b.all()))
	}
}

func TestAddressOfTheServerIsExplained(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"smtp://mail.example":                     "mail.example:25 (opportunistic)",
		"smtp://u:p@mail.example":                 "mail.example:587 (opportunistic)",
		"smtps://u:p@mail.example":                "mail.example:465 (implicit)",
		"smtp://u:p@mail.example:2525?tls=off":    "mail.example:2525 (off)",
		"smtp://[::1]:25?timeout=5s&helo=x.y":     "[::1]:25 (opportunistic)",
		"http://mail.example":                     "error",
		"mail.example":                            "error",
		"smtp://mail.example:99999":               "error",
		"smtp://mail.example?tls=maybe":           "error",
		"smtps://mail.example?tls=off":            "error",
		"smtp://mail.example?timeout=soon":        "error",
		"smtp://mail.example?verify=off":          "error",
		"smtp://u:secret@mail.example?verify=off": "error",
	} {
		v, err := NewVan(raw, VanOptions{})
		got := "error"
		if err == nil {
			got = v.String()
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the password is in %q", raw, err)
		}
		if got != want {
			t.Errorf("%s: got %s (%v), want %s", raw, got, err, want)
		}
	}
}

func BenchmarkLettersThroughTheDoor(b *testing.B) {
	box := &inbox{}
	d, err := Open(context.Background(), "127.0.0.1:0", box, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = d.Close(context.Background()) }()
	v, err := NewVan("smtp://"+d.Addr().String(), VanOptions{})
	if err != nil {
		b.Fatal(err)
	}
	l := letter()
	l.Attachments = nil
	for i := 0; b.Loop(); i++ {
		l.MessageID = fmt.Sprintf("%d@acme.example", i)
		if _, err := v.Send(context.Background(), l); err != nil {
			b.Fatal(err)
		}
	}
}
