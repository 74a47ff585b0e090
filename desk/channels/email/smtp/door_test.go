package smtp

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"manydesk/desk/channels/email"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// inbox keeps what the door delivers: mailboxes of acme and of lis, nobody else's.
type inbox struct {
	mu    sync.Mutex
	kept  []Delivery
	fail  map[string]error
	enter chan struct{}
	leave chan struct{}
}

func (b *inbox) Accepts(_ context.Context, to string) (string, bool, error) {
	_, domain, _ := strings.Cut(to, "@")
	if to == "broken@acme.example" {
		return "", false, errors.New("no database")
	}
	account, _, ok := strings.Cut(domain, ".example")
	return account, ok && (account == "acme" || account == "lis"), nil
}

func (b *inbox) Store(ctx context.Context, d Delivery) error {
	if b.enter != nil {
		b.enter <- struct{}{}
		select {
		case <-b.leave:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.fail[d.Account]; err != nil {
		return err
	}
	b.kept = append(b.kept, d)
	return nil
}

func (b *inbox) all() []Delivery {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]Delivery(nil), b.kept...)
}

func open(t *testing.T, b Inbox, o Options) *Door {
	t.Helper()
	d, err := Open(context.Background(), "127.0.0.1:0", b, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := d.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return d
}

// talk is a bare SMTP client that can misbehave.
type talk struct {
	t *testing.T
	net.Conn
	r *bufio.Reader
}

func dial(t *testing.T, d *Door) *talk {
	t.Helper()
	conn, err := net.Dial("tcp", d.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(30 * time.Second))
	return &talk{t, conn, bufio.NewReader(conn)}
}

// hear reads one reply and gives its code; empty when the line is cut.
func (c *talk) hear() string {
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return ""
		}
		if len(line) < 4 || line[3] != '-' {
			return strings.TrimSpace(line)
		}
	}
}

func (c *talk) say(line, want string) {
	c.t.Helper()
	if _, err := fmt.Fprintf(c, "%s\r\n", line); err != nil {
		c.t.Fatal(err)
	}
	if got := c.hear(); !strings.HasPrefix(got, want) {
		c.t.Fatalf("%q was answered %q, not %s", line, got, want)
	}
}

func (c *talk) begin(to ...string) {
	c.t.Helper()
	if got := c.hear(); !strings.HasPrefix(got, "220") {
		c.t.Fatalf("greeting %q", got)
	}
	c.say("EHLO client.example", "250")
	c.say("MAIL FROM:<vera@client.example>", "250")
	for _, to := range to {
		c.say("RCPT TO:<"+to+">", "250")
	}
}

func TestLetterIsStoredForEachAccountOnItsOwn(t *testing.T) {
	t.Parallel()
	b := &inbox{}
	c := dial(t, open(t, b, Options{Domain: "mx.manydesk.example"}))
	c.begin("support@acme.example", "help@lis.example", "sales@acme.example")
	c.say("DATA", "354")
	c.say("Subject: x\r\n\r\n..dot\r\nend\r\n.", "250")
	got := b.all()
	if len(got) != 2 || got[0].Account != "acme" || len(got[0].Recipients) != 2 || got[1].Account != "lis" {
		t.Fatalf("stored %+v", got)
	}
	for _, d := range got {
		m := email.Read(d.Raw)
		if m.Text != ".dot\nend" || d.From != "vera@client.example" || d.Remote != "127.0.0.1" || d.Helo != "client.example" {
			t.Errorf("stored %+v", d)
		}
		if strings.Join(m.Delivered, " ") != strings.Join(d.Recipients, " ") {
			t.Errorf("delivered to %q", m.Delivered)
		}
		if !bytes.Contains(d.Raw, []byte("by mx.manydesk.example (Manydesk) with ESMTP")) {
			t.Errorf("no trace in %s", d.Raw)
		}
	}
	c.say("QUIT", "221")
}

func TestDoorRefuses(t *testing.T) {
	t.Parallel()
	b := &inbox{fail: map[string]error{"lis": errors.New("disk full")}}
	d := open(t, b, Options{MaxBytes: 1000, MaxRecipients: 3, MaxStrangers: 2})
	t.Run("strangers and relays", func(t *testing.T) {
		c := dial(t, d)
		c.begin()
		c.say("RCPT TO:<ivan@elsewhere.example>", "550")
		c.say("RCPT TO:<broken@acme.example>", "451")
		c.say("RCPT TO:<ivan@elsewhere.example>", "550")
		c.say("RCPT TO:<support@acme.example>", "421")
	})
	t.Run("too many recipients", func(t *testing.T) {
		c := dial(t, d)
		c.begin("a@acme.example", "b@acme.example", "c@acme.example")
		c.say("RCPT TO:<d@acme.example>", "452")
	})
	t.Run("too large by its word", func(t *testing.T) {
		c := dial(t, d)
		c.begin()
		c.say("RSET", "250")
		c.say("MAIL FROM:<vera@client.example> SIZE=5000", "552")
	})
	t.Run("too large in fact", func(t *testing.T) {
		c := dial(t, d)
		c.begin("support@acme.example")
		c.say("DATA", "354")
		c.say(strings.Repeat("0123456789\r\n", 1000)+".", "552")
		c.say("NOOP", "250")
	})
	t.Run("a store that fails", func(t *testing.T) {
		c := dial(t, d)
		c.begin("help@lis.example")
		c.say("DATA", "354")
		c.say("x\r\n.", "451")
	})
	t.Run("data without recipients", func(t *testing.T) {
		c := dial(t, d)
		c.begin()
		c.say("DATA", "502")
	})
	if got := b.all(); len(got) != 0 {
		t.Errorf("stored %+v", got)
	}
}

func TestLetterThatBreaksOffIsNotStored(t *testing.T) {
	t.Parallel()
	b := &inbox{}
	d := open(t, b, Options{})
	c := dial(t, d)
	c.begin("support@acme.example")
	c.say("DATA", "354")
	if _, err := c.Write([]byte("Subject: half\r\n\r\nhal")); err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	// A bare line feed before the dot ends nothing: that would let a second letter be smuggled in.
	c = dial(t, d)
	c.begin("support@acme.example")
	c.say("DATA", "354")
	c.say("one\n.\nMAIL FROM:<x@y>\r\n.", "250")
	if got := b.all(); len(got) != 1 || !bytes.Contains(got[0].Raw, []byte("MAIL FROM")) {
		t.Errorf("stored %d letters", len(got))
	}
}

func TestPipelinedCommandsAndChunksAreTaken(t *testing.T) {
	t.Parallel()
	b := &inbox{}
	c := dial(t, open(t, b, Options{}))
	c.hear()
	c.say("EHLO client.example", "250")
	_, err := c.Write([]byte("MAIL FROM:<>\r\nRCPT TO:<support@acme.example>\r\nDATA\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"250", "250", "354"} {
		if got := c.hear(); !strings.HasPrefix(got, want) {
			t.Fatalf("heard %q, want %s", got, want)
		}
	}
	c.say("first\r\n.", "250")
	c.say("MAIL FROM:<vera@client.example>", "250")
	c.say("RCPT TO:<support@acme.example>", "250")
	if _, err := c.Write([]byte("BDAT 5\r\nhelloBDAT 6 LAST\r\n world")); err != nil {
		t.Fatal(err)
	}
	if got := c.hear() + c.hear(); strings.Count(got, "250") != 2 {
		t.Fatalf("heard %q", got)
	}
	got := b.all()
	if len(got) != 2 || got[0].From != "" || !bytes.HasSuffix(got[1].Raw, []byte("hello world")) {
		t.Errorf("stored %+v", got)
	}
}

func TestSlowClientIsLeft(t *testing.T) {
	t.Parallel()
	b := &inbox{}
	d := open(t, b, Options{Timeout: 200 * time.Millisecond})
	c := dial(t, d)
	c.begin("support@acme.example")
	c.say("DATA", "354")
	if got := c.hear(); got != "" && !strings.HasPrefix(got, "4") {
		t.Errorf("heard %q", got)
	}
	if got := dial(t, d); !strings.HasPrefix(got.hear(), "220") || !strings.HasPrefix(got.hear(), "421") {
		t.Error("a silent client was not sent away")
	}
}

func TestOneHostTakesNoMoreThanItsShare(t *testing.T) {
	t.Parallel()
	d := open(t, &inbox{}, Options{MaxPerHost: 2})
	a, b := dial(t, d), dial(t, d)
	a.hear()
	b.hear()
	if got := dial(t, d).hear(); !strings.HasPrefix(got, "421") {
		t.Errorf("the third heard %q", got)
	}
	a.say("QUIT", "221")
	a.hear() // the line is cut
	for range 100 {
		if c := dial(t, d); strings.HasPrefix(c.hear(), "220") {
			return
		}
	}
	t.Error("the place was not given back")
}

func TestTooMuchAtOnceIsPutOff(t *testing.T) {
	t.Parallel()
	b := &inbox{}
	d := open(t, b, Options{MaxInFlight: 2000})
	c := dial(t, d)
	c.begin("support@acme.example")
	c.say("DATA", "354")
	c.say(strings.Repeat("0123456789\r\n", 1000)+".", "452")
	c.say("MAIL FROM:<vera@client.example>", "250")
	c.say("RCPT TO:<support@acme.example>", "250")
	c.say("DATA", "354")
	c.say("small\r\n.", "250")
	if d.inFlight.Load() != 0 {
		t.Errorf("%d bytes are still held", d.inFlight.Load())
	}
}

func TestClosingFinishesWhatWasTakenOn(t *testing.T) {
	t.Parallel()
	b := &inbox{enter: make(chan struct{}), leave: make(chan struct{})}
	d, err := Open(context.Background(), "127.0.0.1:0", b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	idle, busy := dial(t, d), dial(t, d)
	idle.begin("support@acme.example")
	busy.begin("support@acme.example")
	busy.say("DATA", "354")
	if _, err := busy.Write([]byte("kept\r\n.\r\n")); err != nil {
		t.Fatal(err)
	}
	<-b.enter
	closed := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		closed <- d.Close(ctx)
	}()
	if got := idle.hear(); got != "" {
		t.Errorf("the idle line heard %q", got)
	}
	close(b.leave)
	if got := busy.hear(); !strings.HasPrefix(got, "250") {
		t.Errorf("the busy line heard %q", got)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if len(b.all()) != 1 {
		t.Error("the letter is lost")
	}
	if _, err := net.Dial("tcp", d.Addr().String()); err == nil {
		t.Error("the door still answers")
	}
}

func TestClosingDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	b := &inbox{enter: make(chan struct{}), leave: make(chan struct{})}
	d, err := Open(context.Background(), "127.0.0.1:0", b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := dial(t, d)
	c.begin("support@acme.example")
	c.say("DATA", "354")
	if _, err := c.Write([]byte("stuck\r\n.\r\n")); err != nil {
		t.Fatal(err)
	}
	<-b.enter
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := d.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("closed with %v", err)
	}
	if got := c.hear(); strings.HasPrefix(got, "250") {
		t.Error("a letter that was not stored was acknowledged")
	}
}

func TestLMTPAnswersForEachRecipient(t *testing.T) {
	t.Parallel()
	b := &inbox{fail: map[string]error{"lis": errors.New("disk full")}}
	c := dial(t, open(t, b, Options{LMTP: true}))
	c.hear()
	c.say("LHLO client.example", "250")
	c.say("MAIL FROM:<vera@client.example>", "250")
	for _, to := range []string{"support@acme.example", "help@lis.example", "support@acme.example"} {
		c.say("RCPT TO:<"+to+">", "250")
	}
	c.say("DATA", "354")
	c.say("x\r\n.", "250")
	for _, want := range []string{"451", "250"} {
		if got := c.hear(); !strings.HasPrefix(got, want) {
			t.Errorf("heard %q, want %s", got, want)
		}
	}
	if got := b.all(); len(got) != 1 || !bytes.Contains(got[0].Raw, []byte("with LMTP")) {
		t.Errorf("stored %+v", got)
	}
}
