package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/webhook"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

func sender(t *testing.T, o webhook.Options) *webhook.Sender {
	t.Helper()
	o.Clock = clock
	s := webhook.New(o)
	t.Cleanup(s.Close)
	return s
}

func secret(t *testing.T) string {
	t.Helper()
	s, err := webhook.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func serve(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return server.URL
}

// expected signs as the receiver does, by the text of the standard.
func expected(t *testing.T, secret, signed string) string {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(signed))
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func TestTheReceiverCanVerifyTheCallWithEitherSecret(t *testing.T) {
	t.Parallel()
	old, fresh := secret(t), secret(t)
	type got struct {
		header http.Header
		body   string
	}
	calls := make(chan got, 1)
	to := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		calls <- got{r.Header.Clone(), string(body)}
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, "thanks")
	})
	s := sender(t, webhook.Options{Loopback: true})
	o := s.Send(t.Context(), webhook.Call{URL: to, ID: "msg_1", Body: []byte(`{"type":"ticket.opened"}`), Secrets: []string{fresh, old}})
	if o.Fate != webhook.Delivered || o.Status != 202 || o.Reason != "" || string(o.Reply) != "thanks" || !o.At.Equal(noon) {
		t.Fatalf("%+v", o)
	}
	call := <-calls
	signed := `msg_1.1795608000.{"type":"ticket.opened"}`
	signatures := strings.Fields(call.header.Get("webhook-signature"))
	if !slices.Equal(signatures, []string{expected(t, fresh, signed), expected(t, old, signed)}) {
		t.Errorf("signatures %v", signatures)
	}
	if call.header.Get("webhook-id") != "msg_1" || call.header.Get("webhook-timestamp") != "1795608000" || call.header.Get("Content-Type") != "application/json" {
		t.Errorf("headers %v", call.header)
	}
	if call.body != `{"type":"ticket.opened"}` {
		t.Errorf("body %s", call.body)
	}
}

func TestWhatAnAnswerMeans(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]webhook.Outcome{
		200: {Fate: webhook.Delivered},
		204: {Fate: webhook.Delivered},
		302: {Fate: webhook.Temporary, Reason: webhook.Redirected},
		404: {Fate: webhook.Temporary, Reason: webhook.Answered},
		410: {Fate: webhook.Permanent, Reason: webhook.Answered},
		429: {Fate: webhook.Temporary, Reason: webhook.Answered, RetryAfter: 7 * time.Second},
		500: {Fate: webhook.Temporary, Reason: webhook.Answered},
		503: {Fate: webhook.Temporary, Reason: webhook.Answered, RetryAfter: 24 * time.Hour},
	} {
		var calls atomic.Int32
		to := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			calls.Add(1)
			w.Header().Set("Location", "/elsewhere")
			w.Header().Set("Retry-After", map[int]string{429: "7", 503: "999999999", 500: "soon"}[status])
			w.WriteHeader(status)
		})
		o := sender(t, webhook.Options{Loopback: true}).Send(t.Context(), webhook.Call{URL: to, ID: "msg_1", Secrets: []string{secret(t)}})
		if o.Fate != want.Fate || o.Reason != want.Reason || o.RetryAfter != want.RetryAfter || o.Status != status {
			t.Errorf("%d: %+v", status, o)
		}
		if calls.Load() != 1 {
			t.Errorf("%d: called %d times", status, calls.Load())
		}
	}
}

func TestNoCallLeavesForTheHouseItself(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var connections atomic.Int32
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			_ = c.Close()
		}
	}()
	t.Cleanup(func() { _ = listener.Close() })
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s := sender(t, webhook.Options{})
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0", "[::]", "169.254.169.254", "10.0.0.1", "[fd00:ec2::254]"} {
		o := s.Send(t.Context(), webhook.Call{URL: "https://" + host + ":" + port + "/", ID: "msg_1", Secrets: []string{secret(t)}})
		if o.Fate != webhook.Permanent || o.Reason != webhook.BadAddress {
			t.Errorf("%s: %+v", host, o)
		}
	}
	if n := connections.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
	// A name is refused by the dial, not by its look.
	o := s.Send(t.Context(), webhook.Call{URL: "https://localhost:" + port, ID: "msg_1", Secrets: []string{secret(t)}})
	if !errors.Is(o.Cause, webhook.ErrAddress) {
		t.Errorf("localhost: %v", o.Cause)
	}
}

func TestARedirectIntoTheHouseIsNotFollowed(t *testing.T) {
	t.Parallel()
	inside := make(chan struct{}, 1)
	secretPlace := serve(t, func(http.ResponseWriter, *http.Request) { inside <- struct{}{} })
	to := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, secretPlace, http.StatusTemporaryRedirect)
	})
	o := sender(t, webhook.Options{Loopback: true}).Send(t.Context(), webhook.Call{URL: to, ID: "msg_1", Secrets: []string{secret(t)}})
	if o.Reason != webhook.Redirected || len(inside) != 0 {
		t.Fatalf("%+v", o)
	}
}

func TestASilentReceiverIsLeftInTime(t *testing.T) {
	t.Parallel()
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	to := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-over:
		case <-r.Context().Done():
		}
	})
	o := sender(t, webhook.Options{Loopback: true, Timeout: 50 * time.Millisecond}).Send(t.Context(), webhook.Call{URL: to, ID: "msg_1", Secrets: []string{secret(t)}})
	if o.Fate != webhook.Temporary || o.Reason != webhook.TimedOut {
		t.Fatalf("%+v", o)
	}
}

func TestAnEndlessAnswerIsCutOff(t *testing.T) {
	t.Parallel()
	to := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		page := []byte(strings.Repeat("x", 4096))
		for r.Context().Err() == nil {
			if _, err := w.Write(page); err != nil {
				return
			}
		}
	})
	o := sender(t, webhook.Options{Loopback: true}).Send(t.Context(), webhook.Call{URL: to, ID: "msg_1", Secrets: []string{secret(t)}})
	if o.Fate != webhook.Delivered || len(o.Reply) != webhook.MaxReply {
		t.Fatalf("%s, %d bytes", o.Fate, len(o.Reply))
	}
}

func TestWhatCannotBeSentIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	s := sender(t, webhook.Options{})
	good := webhook.Call{URL: "https://hooks.example/x", ID: "msg_1", Secrets: []string{secret(t)}}
	for want, change := range map[webhook.Reason]func(*webhook.Call){
		webhook.TooLarge:   func(c *webhook.Call) { c.Body = make([]byte, webhook.MaxBody+1) },
		webhook.BadSecret:  func(c *webhook.Call) { c.Secrets = []string{"whsec_short"} },
		webhook.BadAddress: func(c *webhook.Call) { c.URL = "http://hooks.example/x" },
	} {
		call := good
		change(&call)
		if o := s.Send(t.Context(), call); o.Fate != webhook.Permanent || o.Reason != want {
			t.Errorf("%s: %+v", want, o)
		}
	}
	if _, err := webhook.Sign("msg_1", noon, nil); !errors.Is(err, webhook.ErrSecret) {
		t.Errorf("signed without a secret: %v", err)
	}
}

func TestAClosedPortIsUnreachableAndABadCertificateInsecure(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(http.NotFoundHandler())
	address := closed.URL
	closed.Close()
	s := sender(t, webhook.Options{Loopback: true})
	if o := s.Send(t.Context(), webhook.Call{URL: address, ID: "msg_1", Secrets: []string{secret(t)}}); o.Fate != webhook.Temporary || o.Reason != webhook.Unreachable {
		t.Errorf("%+v", o)
	}
	tls := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(tls.Close)
	if o := s.Send(t.Context(), webhook.Call{URL: tls.URL, ID: "msg_1", Secrets: []string{secret(t)}}); o.Fate != webhook.Temporary || o.Reason != webhook.Insecure {
		t.Errorf("%+v", o)
	}
}

func TestAddressesAreCheckedWhenTheyAreTyped(t *testing.T) {
	t.Parallel()
	s := sender(t, webhook.Options{})
	for address, want := range map[string]desk.FieldCode{
		"https://hooks.example/x?y=1":            "",
		"https://hooks.example:8443":             "",
		"http://hooks.example":                   desk.Pattern,
		"ftp://hooks.example":                    desk.Pattern,
		"hooks.example":                          desk.URL,
		"https://":                               desk.URL,
		"https://user:word@hooks.example":        desk.URL,
		"https://hooks.example/#a":               desk.URL,
		"https://192.168.0.1/":                   desk.URL,
		"https://[::1]/":                         desk.URL,
		"https://93.184.215.14/":                 "",
		"https://a/" + strings.Repeat("a", 2000): desk.MaxLength,
	} {
		wrong := s.Check(address, "/body/url")
		switch {
		case want == "" && len(wrong) > 0, want != "" && (len(wrong) != 1 || wrong[0].Code != want || wrong[0].Pointer != "/body/url"):
			t.Errorf("%.60s: %v, want %q", address, wrong, want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{"https://a/", "https://[::ffff:7f00:1]/", "https://0x7f.1/", "https://①.example"} {
		f.Add(seed)
	}
	s := webhook.New(webhook.Options{Clock: clock})
	f.Fuzz(func(t *testing.T, address string) {
		if len(s.Check(address, "url")) > 0 {
			return
		}
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" || u.Hostname() == "" {
			t.Fatalf("%q passed", address)
		}
		if ip := net.ParseIP(u.Hostname()); ip != nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()) {
			t.Fatalf("%q passed", address)
		}
	})
}
