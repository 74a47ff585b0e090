package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"manydesk/desk"
)

// Inbox is where the door asks and delivers.
type Inbox interface {
	// Accepts names the account that owns an address; ok is false for a stranger's
	// address, which is refused. It is asked once for each recipient.
	Accepts(ctx context.Context, recipient string) (account string, ok bool, err error)
	// Store keeps a delivery durably before it returns nil. The same letter may come
	// again when the sender did not hear our 250 or another account failed: it must
	// be told by account and message id.
	Store(ctx context.Context, d Delivery) error
}

// Delivery is one letter for one account, with what the envelope said.
type Delivery struct {
	Account string
	// Recipients are the addresses of this account alone, as they were given.
	Recipients []string
	// From is the envelope sender; empty for bounces.
	From string
	Helo string
	// Remote is the IP address of the other side.
	Remote string
	TLS    bool
	At     time.Time
	// Raw begins with our trace (Return-Path, Delivered-To, Received) and is the
	// letter as it came after that. It is the receiver's to keep.
	Raw []byte
}

// Options of a door. Zero values take the defaults named beside them.
type Options struct {
	// Domain is how we introduce ourselves; "localhost".
	Domain string
	// LMTP answers for every recipient apart (RFC 2033).
	LMTP bool
	// TLS offers STARTTLS when set.
	TLS *tls.Config
	// MaxBytes limits one letter; 35 MB.
	MaxBytes int64
	// MaxInFlight limits the bytes of all letters that are being received; 512 MB.
	MaxInFlight int64
	// MaxRecipients limits one letter's recipients; 100.
	MaxRecipients int
	// MaxStrangers is how many unknown recipients one connection may try; 20.
	MaxStrangers int
	// MaxConnections and MaxPerHost limit who talks at once; 300 and 30.
	MaxConnections, MaxPerHost int
	// Timeout limits each command and each letter's transfer; 5 min (RFC 5321, 4.5.3.2).
	Timeout time.Duration
	// MaxSession limits a whole connection; 1 h.
	MaxSession time.Duration
	// StoreTimeout limits Accepts and Store; 30 s.
	StoreTimeout time.Duration
	Clock        desk.Clock
	Log          *slog.Logger
}

func (o Options) filled() Options {
	set(&o.Domain, "localhost")
	set(&o.MaxBytes, 35<<20)
	set(&o.MaxInFlight, 512<<20)
	set(&o.MaxRecipients, 100)
	set(&o.MaxStrangers, 20)
	set(&o.MaxConnections, 300)
	set(&o.MaxPerHost, 30)
	set(&o.Timeout, 5*time.Minute)
	set(&o.MaxSession, time.Hour)
	set(&o.StoreTimeout, 30*time.Second)
	if o.Clock == nil {
		o.Clock = desk.System
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func set[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Door listens for letters.
type Door struct {
	inbox    Inbox
	options  Options
	server   *gosmtp.Server
	lines    *lines
	ctx      context.Context
	cancel   context.CancelFunc
	served   chan struct{}
	err      error
	inFlight atomic.Int64
	closing  atomic.Bool
	once     sync.Once
}

// Open begins to listen on address ("127.0.0.1:2525", or port 0 for any) and serves
// until Close. The context is the parent of every call to the inbox; its values are
// kept and its end closes the door at once.
func Open(ctx context.Context, address string, inbox Inbox, options Options) (*Door, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for mail on %s: %w", address, err)
	}
	return OpenOn(ctx, listener, inbox, options), nil
}

// OpenOn serves a listener that is there already, such as a unix socket for LMTP.
func OpenOn(ctx context.Context, listener net.Listener, inbox Inbox, options Options) *Door {
	options = options.filled()
	d := &Door{inbox: inbox, options: options, served: make(chan struct{})}
	d.ctx, d.cancel = context.WithCancel(ctx)
	d.lines = newLines(listener, options)
	d.server = gosmtp.NewServer(gosmtp.BackendFunc(d.greet))
	d.server.Domain = options.Domain
	d.server.LMTP = options.LMTP
	d.server.TLSConfig = options.TLS
	d.server.MaxMessageBytes = options.MaxBytes
	d.server.MaxRecipients = options.MaxRecipients
	d.server.MaxLineLength = 64 << 10 // real mail holds lines far over the 998 that are allowed
	d.server.ReadTimeout = options.Timeout
	d.server.WriteTimeout = options.Timeout
	d.server.EnableSMTPUTF8 = true
	d.server.ErrorLog = complaints{options.Log}
	go func() {
		defer close(d.served)
		d.err = d.server.Serve(d.lines)
	}()
	context.AfterFunc(d.ctx, d.slam)
	return d
}

// Addr is where the door listens.
func (d *Door) Addr() net.Addr { return d.lines.Addr() }

// Close takes no more letters, finishes those that are being received or stored,
// and then returns. When ctx ends first, what is left is broken off: it was not
// acknowledged, and its sender keeps it.
func (d *Door) Close(ctx context.Context) error {
	d.closing.Store(true)
	d.lines.closeIdle()
	err := d.server.Shutdown(ctx)
	d.slam()
	<-d.served
	switch {
	case errors.Is(err, gosmtp.ErrServerClosed):
		err = nil
	case err != nil:
		err = fmt.Errorf("close the mail door: %w", err)
	}
	return errors.Join(err, d.err)
}

// slam closes everything at once.
func (d *Door) slam() {
	d.once.Do(func() {
		d.closing.Store(true)
		d.cancel()
		_ = d.lines.Close() // the listener may be closed already
		d.lines.closeAll()
	})
}

func (d *Door) greet(c *gosmtp.Conn) (gosmtp.Session, error) {
	if d.closing.Load() {
		return nil, errClosing
	}
	return newSession(d, c), nil
}

// complaints turns the library's words into our log.
type complaints struct{ log *slog.Logger }

func (c complaints) Printf(format string, v ...any) {
	c.log.Warn("mail door", "problem", fmt.Sprintf(format, v...))
}
func (c complaints) Println(v ...any) { c.log.Warn("mail door", "problem", fmt.Sprintln(v...)) }
