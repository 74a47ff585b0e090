package webhook

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"manydesk/desk"
)

// The bounds of a call.
const (
	Timeout  = 15 * time.Second
	MaxBody  = 20 << 10
	MaxReply = 16 << 10
	maxURL   = 2000
	maxWait  = 24 * time.Hour
)

// Options of a Sender.
type Options struct {
	// Clock dates the calls.
	Clock desk.Clock
	// Timeout is 15 seconds when it is 0.
	Timeout time.Duration
	// Loopback allows this machine's own addresses and plain HTTP: for tests and
	// an installation of one machine, never for tenants' addresses.
	Loopback bool
}

// Sender makes calls. One serves a process; its connections are kept for a while.
type Sender struct {
	client   *http.Client
	clock    desk.Clock
	loopback bool
}

// New makes a Sender.
func New(o Options) *Sender {
	if o.Timeout == 0 {
		o.Timeout = Timeout
	}
	s := &Sender{clock: o.Clock, loopback: o.Loopback}
	dialer := &net.Dialer{Timeout: o.Timeout, Control: s.guard}
	s.client = &http.Client{
		Timeout: o.Timeout,
		Transport: &http.Transport{
			// Without Proxy: a proxy would dial for us, past the guard.
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
			TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: o.Timeout, ResponseHeaderTimeout: o.Timeout,
			MaxResponseHeaderBytes: 32 << 10, DisableCompression: true,
			MaxIdleConns: 100, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return s
}

// Close lets go of the connections kept.
func (s *Sender) Close() { s.client.CloseIdleConnections() }

// Call is what is sent.
type Call struct {
	URL string
	// ID stays the same on each retry: "msg_…".
	ID string
	// Body is JSON, at most 20 KB.
	Body []byte
	// Secrets are the live ones, "whsec_…".
	Secrets []string
}

// Check refuses an address that no call can go to, with the field at pointer. A
// name is judged when it is called; what it comes to may change.
func (s *Sender) Check(address, pointer string) []desk.FieldError {
	u, err := url.Parse(address)
	switch {
	case len(address) > maxURL:
		return []desk.FieldError{desk.Field(pointer, desk.MaxLength, "max", maxURL)}
	case err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "":
		return []desk.FieldError{desk.Field(pointer, desk.URL)}
	case u.Scheme != "https" && (u.Scheme != "http" || !s.loopback):
		return []desk.FieldError{desk.Field(pointer, desk.Pattern, "pattern", "https://…")}
	}
	if ip := net.ParseIP(u.Hostname()); ip != nil && s.guard("", net.JoinHostPort(u.Hostname(), "443"), nil) != nil {
		return []desk.FieldError{desk.Field(pointer, desk.URL)}
	}
	return nil
}

// Send makes one attempt and says what came of it; every failure is in the
// Outcome.
func (s *Sender) Send(ctx context.Context, c Call) Outcome {
	start := s.clock()
	o := s.send(ctx, c, start)
	o.At, o.Took = start, s.clock().Sub(start)
	return o
}

func (s *Sender) send(ctx context.Context, c Call, at time.Time) Outcome {
	if len(c.Body) > MaxBody {
		return Outcome{Fate: Permanent, Reason: TooLarge}
	}
	signature, err := Sign(c.ID, at, c.Body, c.Secrets...)
	if err != nil {
		return Outcome{Fate: Permanent, Reason: BadSecret, Cause: err}
	}
	if len(s.Check(c.URL, "url")) > 0 {
		return Outcome{Fate: Permanent, Reason: BadAddress}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL, bytes.NewReader(c.Body))
	if err != nil {
		return Outcome{Fate: Permanent, Reason: BadAddress, Cause: err}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Manydesk-Webhooks/1")
	r.Header.Set(HeaderID, c.ID)
	r.Header.Set(HeaderTimestamp, strconv.FormatInt(at.Unix(), 10))
	r.Header.Set(HeaderSignature, signature)
	answer, err := s.client.Do(r)
	if err != nil {
		return failed(err)
	}
	defer answer.Body.Close() //nolint:errcheck // what was wanted of it is read
	o := judged(answer)
	// An answer that breaks off has still said its status.
	o.Reply, _ = io.ReadAll(io.LimitReader(answer.Body, MaxReply))
	return o
}

// failed says why there was no answer.
func failed(err error) Outcome {
	o := Outcome{Fate: Temporary, Reason: Unreachable, Cause: err}
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var alert tls.AlertError
	var record tls.RecordHeaderError
	var slow net.Error
	switch {
	case errors.Is(err, ErrAddress):
		o.Fate, o.Reason = Permanent, BadAddress
	case errors.Is(err, context.Canceled):
		o.Reason = Interrupted
	case errors.As(err, &dns):
		o.Reason = Unresolved
	case errors.As(err, &certificate), errors.As(err, &alert), errors.As(err, &record):
		o.Reason = Insecure
	case errors.As(err, &slow) && slow.Timeout():
		o.Reason = TimedOut
	}
	return o
}
