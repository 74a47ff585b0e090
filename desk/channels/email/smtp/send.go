package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail/smtp"

	"manydesk/desk/channels/email"
)

// Send builds the letter, signs it when it has a key and hands it over. It returns a
// receipt when the server took it for at least one recipient. Errors are
// *email.SendError: what is wrong with the letter or refused with 5xx is permanent;
// a network that fails, a 4xx and a server that wants another way of signing in are
// temporary, since they change without us.
func (v *Van) Send(ctx context.Context, l email.Letter) (email.Receipt, error) {
	raw, err := email.Build(l)
	if err == nil && l.DKIM != nil {
		raw, err = email.Sign(raw, *l.DKIM)
	}
	if err != nil {
		return email.Receipt{}, &email.SendError{Text: err.Error(), Cause: err}
	}
	c, err := v.call(ctx, l.EnvelopeFrom())
	if err != nil {
		// Before the first word about the letter every refusal is about us.
		refused := failure(ctx, err)
		refused.Temporary = true
		return email.Receipt{}, refused
	}
	defer c.hangUp()
	receipt, err := c.deliver(l.EnvelopeFrom(), l.Recipients(), raw)
	receipt.MessageID = l.MessageID
	if err != nil {
		return email.Receipt{}, failure(ctx, err)
	}
	return receipt, nil
}

// call is one connection to the server; every step of it has its own deadline.
type call struct {
	van    *Van
	conn   net.Conn
	client *gomail.Client
	stop   func() bool
}

// call connects, says hello, encrypts and signs in. The end of ctx cuts the line.
func (v *Van) call(ctx context.Context, from string) (*call, error) {
	dial, cancel := context.WithTimeout(ctx, v.timeout)
	defer cancel()
	conn, err := v.options.Dial(dial, "tcp", v.address)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	c := &call{van: v, conn: conn, stop: context.AfterFunc(ctx, func() { _ = conn.Close() })}
	if err := c.greet(dial, from); err != nil {
		c.hangUp()
		return nil, err
	}
	return c, nil
}

func (c *call) greet(ctx context.Context, from string) error {
	v := c.van
	conn := c.conn
	if err := c.wait(v.timeout); err != nil {
		return err
	}
	if v.encryption == Implicit {
		secure := tls.Client(conn, v.tls())
		if err := secure.HandshakeContext(ctx); err != nil {
			return fmt.Errorf("encrypt: %w", err)
		}
		conn = secure
	}
	client, err := gomail.NewClient(conn, v.host)
	if err != nil {
		return fmt.Errorf("greeting: %w", err)
	}
	c.client = client
	helo := v.helo
	if helo == "" {
		helo = plainHost(from[strings.LastIndexByte(from, '@')+1:])
	}
	if err := client.Hello(helo); err != nil {
		return fmt.Errorf("hello: %w", err)
	}
	if err := c.encrypt(); err != nil {
		return err
	}
	return c.signIn()
}

func (c *call) encrypt() error {
	v := c.van
	if v.encryption == Implicit || v.encryption == Plain {
		return nil
	}
	if offered, _ := c.client.Extension("STARTTLS"); !offered {
		if v.encryption == Required {
			return errors.New("the server does not offer encryption, and the settings require it")
		}
		return nil
	}
	if err := c.client.StartTLS(v.tls()); err != nil {
		return fmt.Errorf("encrypt: %w", err)
	}
	return nil
}

// signIn picks the best way that the server offers. PLAIN and LOGIN go over an
// encrypted line or to this machine alone; the library refuses otherwise.
func (c *call) signIn() error {
	v := c.van
	if v.user == "" {
		return nil
	}
	_, offered := c.client.Extension("AUTH")
	ways := " " + strings.ToUpper(offered) + " "
	var way gomail.Auth
	switch {
	case strings.Contains(ways, " SCRAM-SHA-256 "):
		way = gomail.ScramSHA256Auth(v.user, v.pass)
	case strings.Contains(ways, " PLAIN "):
		way = gomail.PlainAuth("", v.user, v.pass, v.host, false)
	case strings.Contains(ways, " LOGIN "):
		way = gomail.LoginAuth(v.user, v.pass, v.host, false)
	case strings.Contains(ways, " CRAM-MD5 "):
		way = gomail.CRAMMD5Auth(v.user, v.pass)
	default:
		return errors.New("the server offers no way to sign in that is known here")
	}
	if err := c.client.Auth(way); err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	return nil
}

func (c *call) deliver(from string, to []string, raw []byte) (email.Receipt, error) {
	receipt := email.Receipt{Bytes: len(raw)}
	if err := c.step(func() error { return c.client.Mail("<" + from + ">") }); err != nil {
		return receipt, fmt.Errorf("sender: %w", err)
	}
	taken := 0
	for _, address := range to {
		err := c.step(func() error { return c.client.Rcpt("<" + address + ">") })
		var spoken *textproto.Error
		switch {
		case err == nil:
			taken++
		case errors.As(err, &spoken):
			receipt.Refused = append(receipt.Refused, email.Refusal{Recipient: address, Err: spokenError(spoken)})
		default:
			return receipt, fmt.Errorf("recipient: %w", err)
		}
	}
	if taken == 0 {
		return receipt, worst(receipt.Refused)
	}
	if err := c.wait(c.van.timeout + time.Duration(len(raw)>>10)*100*time.Millisecond); err != nil { // at least 10 kB/s
		return receipt, err
	}
	w, err := c.client.Data()
	if err != nil {
		return receipt, fmt.Errorf("data: %w", err)
	}
	if _, err := w.Write(raw); err != nil {
		return receipt, fmt.Errorf("data: %w", err)
	}
	if err := w.Close(); err != nil {
		return receipt, fmt.Errorf("data: %w", err)
	}
	if d, ok := w.(*gomail.DataCloser); ok {
		receipt.Response = d.ServerResponse()
	}
	return receipt, nil
}

// worst answers for all refused recipients: temporary as long as one of them is.
func worst(refused []email.Refusal) error {
	for _, r := range refused {
		if r.Err.Temporary {
			return r.Err
		}
	}
	return refused[0].Err
}

func (c *call) step(do func() error) error {
	if err := c.wait(c.van.timeout); err != nil {
		return err
	}
	return do()
}

func (c *call) wait(d time.Duration) error {
	return c.conn.SetDeadline(c.van.options.Clock().Add(d))
}

// hangUp says goodbye shortly and cuts the line.
func (c *call) hangUp() {
	if c.client != nil && c.wait(time.Second) == nil {
		_ = c.client.Quit() // the letter is delivered or refused already
	}
	c.stop()
	_ = c.conn.Close()
}

// failure tells what an error means for the letter.
func failure(ctx context.Context, err error) *email.SendError {
	if ctx.Err() != nil {
		return &email.SendError{Temporary: true, Text: "stopped before the server had it", Cause: ctx.Err()}
	}
	var known *email.SendError
	if errors.As(err, &known) {
		return known
	}
	var spoken *textproto.Error
	if !errors.As(err, &spoken) {
		return &email.SendError{Temporary: true, Text: err.Error(), Cause: err}
	}
	e := spokenError(spoken)
	e.Cause = err
	return e
}

var enhanced = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}\b`)

func spokenError(spoken *textproto.Error) *email.SendError {
	text := strings.Join(strings.Fields(spoken.Msg), " ")
	text = strings.ToValidUTF8(strings.ReplaceAll(text[:min(len(text), 500)], "\x00", ""), "?")
	return &email.SendError{
		// 530 to 538 are about signing in (RFC 4954): a matter of settings, not of the letter.
		Temporary: spoken.Code < 500 || spoken.Code >= 530 && spoken.Code <= 538,
		Code:      spoken.Code, Enhanced: enhanced.FindString(text), Text: text, Cause: spoken,
	}
}
