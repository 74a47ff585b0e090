package smtp

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"manydesk/desk/channels/email"
)

// What we answer. Texts are for administrators of other servers and stay in English.
var (
	errClosing    = reply(421, 4, 3, 2, "Closing for maintenance, try again later")
	errUnknown    = reply(550, 5, 1, 1, "No such mailbox here")
	errStrangers  = reply(421, 4, 7, 0, "Too many unknown recipients")
	errTemporary  = reply(451, 4, 3, 0, "Cannot take this right now, try again later")
	errBusy       = reply(452, 4, 3, 1, "Too much mail at once, try again later")
	errBrokenOff  = reply(451, 4, 4, 2, "The message broke off")
	errBadAddress = reply(553, 5, 1, 3, "The address cannot be read")
)

func reply(code, class, subject, detail int, text string) *gosmtp.SMTPError {
	return &gosmtp.SMTPError{Code: code, EnhancedCode: gosmtp.EnhancedCode{class, subject, detail}, Message: text}
}

// session is one connection's conversation.
type session struct {
	door      *Door
	conn      *gosmtp.Conn
	line      *line
	from      string
	to        []recipient
	strangers int
}

type recipient struct{ address, account string }

func newSession(d *Door, c *gosmtp.Conn) *session {
	return &session{door: d, conn: c, line: lineOf(c.Conn())}
}

// Reset forgets the letter. The library calls it after its answer was written.
func (s *session) Reset() {
	s.from, s.to = "", nil
	if s.line != nil {
		s.line.rest()
	}
}

// Logout ends the conversation.
func (s *session) Logout() error { return nil }

// Mail begins a letter.
func (s *session) Mail(from string, _ *gosmtp.MailOptions) error {
	if s.door.closing.Load() {
		return errClosing
	}
	if strings.ContainsAny(from, "\r\n\x00") || len(from) > 320 {
		return errBadAddress
	}
	s.from, s.to = from, nil
	return nil
}

// Rcpt takes a recipient whom somebody here knows. Nobody else is relayed for.
func (s *session) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	if s.strangers >= s.door.options.MaxStrangers {
		return errStrangers
	}
	if strings.ContainsAny(to, "\r\n\x00") || len(to) > 320 {
		return errBadAddress
	}
	ctx, cancel := context.WithTimeout(s.door.ctx, s.door.options.StoreTimeout)
	defer cancel()
	account, ok, err := s.door.inbox.Accepts(ctx, to)
	if err != nil {
		s.door.options.Log.Error("mail recipient not looked up", "error", err)
		return errTemporary
	}
	if !ok {
		s.strangers++
		return errUnknown
	}
	s.to = append(s.to, recipient{to, account})
	return nil
}

// Data receives a letter and stores it for every account among its recipients.
// Only when all have it is the answer 250.
func (s *session) Data(r io.Reader) error {
	raw, release, err := s.receive(r)
	if err != nil {
		return err
	}
	defer release()
	for _, account := range s.accounts() {
		if err := s.store(account, raw); err != nil {
			return err
		}
	}
	return nil
}

// LMTPData answers for each recipient apart: one account's failure holds up no other.
func (s *session) LMTPData(r io.Reader, status gosmtp.StatusCollector) error {
	raw, release, err := s.receive(r)
	if err != nil {
		return err
	}
	defer release()
	for _, account := range s.accounts() {
		err := s.store(account, raw)
		for _, to := range s.to {
			if to.account == account {
				status.SetStatus(to.address, err)
			}
		}
	}
	return nil
}

// receive reads the letter to its end. A letter that breaks off is none.
func (s *session) receive(r io.Reader) (raw []byte, release func(), err error) {
	if s.line != nil {
		s.line.work()
	}
	var held int64
	release = func() { s.door.inFlight.Add(-held) }
	var buf bytes.Buffer
	chunk := make([]byte, 32<<10)
	for {
		n, err := r.Read(chunk)
		held += int64(n)
		if total := s.door.inFlight.Add(int64(n)); total > s.door.options.MaxInFlight {
			release()
			return nil, nil, errBusy
		}
		buf.Write(chunk[:n])
		if errors.Is(err, io.EOF) {
			return buf.Bytes(), release, nil
		}
		if err != nil {
			release()
			var refusal *gosmtp.SMTPError
			if errors.As(err, &refusal) {
				return nil, nil, refusal
			}
			return nil, nil, errBrokenOff
		}
	}
}

// accounts are whom the letter is for, in the order of their first recipients.
func (s *session) accounts() []string {
	var out []string
	seen := map[string]bool{}
	for _, to := range s.to {
		if !seen[to.account] {
			seen[to.account] = true
			out = append(out, to.account)
		}
	}
	return out
}

func (s *session) store(account string, raw []byte) error {
	_, encrypted := s.conn.TLSConnectionState()
	if s.line != nil && !encrypted {
		_, encrypted = s.line.Conn.(*tls.Conn) // a listener that speaks TLS itself
	}
	d := Delivery{
		Account: account, From: s.from, Helo: s.conn.Hostname(), Remote: hostOf(s.conn.Conn()),
		TLS: encrypted, At: s.door.options.Clock(),
	}
	for _, to := range s.to {
		if to.account == account {
			d.Recipients = append(d.Recipients, to.address)
		}
	}
	d.Raw = append(trace(d, s.door.options), raw...)
	ctx, cancel := context.WithTimeout(s.door.ctx, s.door.options.StoreTimeout)
	defer cancel()
	if err := s.door.inbox.Store(ctx, d); err != nil {
		s.door.options.Log.Error("mail not stored", "account", account, "bytes", len(raw), "error", err)
		return errTemporary
	}
	s.door.options.Log.Info("mail stored", "account", account, "bytes", len(raw), "remote", d.Remote)
	return nil
}

// trace is what a server writes on top of what it took (RFC 5321, section 4.4). It
// names the recipients of this account alone: who else got the letter in blind copy
// is nobody's business.
func trace(d Delivery, o Options) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Return-Path: <%s>\r\n", d.From)
	for _, to := range d.Recipients {
		fmt.Fprintf(&b, "Delivered-To: %s\r\n", to)
	}
	with := "ESMTP"
	if o.LMTP {
		with = "LMTP"
	}
	if d.TLS {
		with += "S"
	}
	fmt.Fprintf(&b, "Received: from %s ([%s])\r\n\tby %s %s with %s;\r\n\t%s\r\n",
		plainHost(d.Helo), d.Remote, plainHost(o.Domain), email.OurTrace, with, d.At.Format(time.RFC1123Z))
	return b.Bytes()
}

// plainHost keeps of a name only what names are made of.
func plainHost(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune(".-_:[]", r):
			return r
		}
		return '?'
	}, s)
	return s[:min(len(s), 255)]
}
