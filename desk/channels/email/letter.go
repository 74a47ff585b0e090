package email

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

// Letter is one outgoing letter, complete: the same Letter gives the same bytes.
type Letter struct {
	From Address
	// Envelope is the address that bounces go to; From's when empty.
	Envelope string
	To, Cc   []Address
	ReplyTo  []Address
	Subject  string
	Text     string
	HTML     string
	// Inline are the pictures that the HTML shows by "cid:"; Attachments are files.
	Inline, Attachments []File
	Date                time.Time
	// MessageID is given without brackets, by the caller, who remembers it.
	MessageID  string
	InReplyTo  string
	References []string
	// Mailbox is where the letter leaves from, for the loop mark; From's when empty.
	Mailbox string
	// Automatic letters say so, that no machine answers them (RFC 3834).
	Automatic bool
	// Unsubscribe is an https or mailto address, shown by mail programs as a button.
	Unsubscribe string
	// Headers are added as they are; a name that the letter writes itself is refused.
	Headers map[string]string
	DKIM    *DKIM
}

// File is a file of a letter. Open is called once for each time the letter is built.
type File struct {
	Name string
	Type string
	// ContentID is what the HTML names; only for Inline.
	ContentID string
	Open      func() (io.ReadCloser, error)
}

// DKIM signs letters in a domain's name (RFC 6376).
type DKIM struct {
	Domain, Selector string
	Key              crypto.Signer
}

// Sender hands letters to the world. Its errors are *SendError, or the context's.
type Sender interface {
	Send(ctx context.Context, l Letter) (Receipt, error)
}

// Receipt is what became of a letter that at least one server took.
type Receipt struct {
	MessageID string
	// Response is the server's last word, which often names its queue id.
	Response string
	// Refused are the recipients that were turned down while others were taken.
	Refused []Refusal
	// Bytes is the size of what was sent.
	Bytes int
}

// Refusal is one recipient that a server did not take.
type Refusal struct {
	Recipient string
	Err       *SendError
}

// SendError says whether another try may help.
type SendError struct {
	Temporary bool
	// Code is the SMTP reply code, zero when no server spoke.
	Code int
	// Enhanced is the code of RFC 3463, "5.1.1", empty when none was given.
	Enhanced string
	// Text is the server's sentence or our own; it is fit to show to staff.
	Text  string
	Cause error
}

// Error tells the reply as it came.
func (e *SendError) Error() string {
	kind := "permanent"
	if e.Temporary {
		kind = "temporary"
	}
	if e.Code == 0 {
		return fmt.Sprintf("send letter (%s): %s", kind, e.Text)
	}
	return fmt.Sprintf("send letter (%s): %d %s", kind, e.Code, e.Text)
}

// Unwrap gives the cause.
func (e *SendError) Unwrap() error { return e.Cause }

// Recipients are all whom the letter goes to, each once, with domains in ASCII.
func (l Letter) Recipients() []string {
	list := emails(append(append([]Address{}, l.To...), l.Cc...))
	for i, address := range list {
		if ascii, err := mailbox(address); err == nil {
			list[i] = ascii
		}
	}
	return list
}

// EnvelopeFrom is where bounces go, with its domain in ASCII.
func (l Letter) EnvelopeFrom() string {
	from := l.Envelope
	if from == "" {
		from = l.From.Email
	}
	if ascii, err := mailbox(from); err == nil {
		return ascii
	}
	return from
}

// Validate reports why a letter cannot be sent; nothing of it is a matter of trying again.
func (l Letter) Validate() error {
	var wrong []error
	check := func(what, address string) {
		if _, err := mailbox(address); err != nil {
			wrong = append(wrong, fmt.Errorf("%s %q: %w", what, address, err))
		}
	}
	check("from", l.From.Email)
	check("envelope", l.EnvelopeFrom())
	for _, a := range append(append(append([]Address{}, l.To...), l.Cc...), l.ReplyTo...) {
		check("address", a.Email)
	}
	if len(l.To)+len(l.Cc) == 0 {
		wrong = append(wrong, errors.New("nobody to send to"))
	}
	if !idLike(l.MessageID) || strings.Count(l.MessageID, "@") != 1 {
		wrong = append(wrong, fmt.Errorf("message id %q", l.MessageID))
	}
	if l.Date.IsZero() {
		wrong = append(wrong, errors.New("no date"))
	}
	for name, value := range l.Headers {
		if !fieldName(name) || written[strings.ToLower(name)] || strings.ContainsAny(value, "\r\n\x00") {
			wrong = append(wrong, fmt.Errorf("header %q", name))
		}
	}
	return errors.Join(wrong...)
}

var errMailbox = errors.New("is no mail address")

// mailbox checks an address and writes its domain in ASCII.
func mailbox(address string) (string, error) {
	at := strings.LastIndexByte(address, '@')
	if at <= 0 || at == len(address)-1 || len(address) > 320 || strings.ContainsAny(address, " <>\r\n\t\x00,;\"") {
		return "", errMailbox
	}
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil {
		return "", errMailbox
	}
	return address[:at+1] + domain, nil
}

func idLike(id string) bool {
	return id != "" && len(id) <= 900 && plainASCII(id) && !strings.ContainsAny(id, " <>")
}

func fieldName(s string) bool {
	for _, r := range s {
		if r <= ' ' || r > '~' || r == ':' {
			return false
		}
	}
	return s != ""
}

// wellFormed drops the ids that a header cannot carry: clients send what they like,
// and an odd id of theirs must not keep an answer from them.
func wellFormed(ids ...string) []string {
	var out []string
	for _, id := range ids {
		if idLike(id) {
			out = append(out, id)
		}
	}
	return out
}
