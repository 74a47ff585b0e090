package smtp

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"manydesk/desk"
)

// Encryption says when a van insists on TLS.
type Encryption string

// The ways of encryption.
const (
	// Opportunistic uses STARTTLS where it is offered.
	Opportunistic Encryption = "opportunistic"
	// Required refuses a server without STARTTLS.
	Required Encryption = "required"
	// Implicit speaks TLS from the first byte (smtps).
	Implicit Encryption = "implicit"
	// Plain never encrypts; for a server on this machine.
	Plain Encryption = "off"
)

// Van brings letters to one SMTP server. It keeps no connection and may be used by
// many goroutines at once.
type Van struct {
	address    string
	host       string
	user, pass string
	encryption Encryption
	helo       string
	timeout    time.Duration
	options    VanOptions
}

// VanOptions are what a URL cannot say.
type VanOptions struct {
	// TLS is the base of every TLS configuration, such as its roots.
	TLS *tls.Config
	// Dial opens connections; the caller may refuse addresses in it.
	Dial  func(ctx context.Context, network, address string) (net.Conn, error)
	Clock desk.Clock
}

// NewVan reads where to deliver: "smtp://user:password@host:587?tls=required" or
// "smtps://host". Query: tls (opportunistic, required, off), timeout ("30s", for
// each step), helo (how we introduce ourselves). Its error is one sentence for the
// person who wrote the URL and never holds the password.
func NewVan(raw string, options VanOptions) (*Van, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("the SMTP address must look like smtp://user:password@host:587")
	}
	v := &Van{host: u.Hostname(), timeout: time.Minute, options: options, encryption: Opportunistic}
	v.user = u.User.Username()
	v.pass, _ = u.User.Password()
	port := "25"
	switch u.Scheme {
	case "smtp":
		if v.user != "" {
			port = "587"
		}
	case "smtps":
		port, v.encryption = "465", Implicit
	default:
		return nil, fmt.Errorf("the SMTP address begins with %q, not with smtp: or smtps:", u.Scheme)
	}
	if u.Port() != "" {
		port = u.Port()
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return nil, fmt.Errorf("the port %q of the SMTP address is not a number from 1 to 65535", port)
	}
	v.address = net.JoinHostPort(v.host, port)
	if err := v.query(u.Query()); err != nil {
		return nil, err
	}
	if v.options.Clock == nil {
		v.options.Clock = desk.System
	}
	if v.options.Dial == nil {
		v.options.Dial = (&net.Dialer{}).DialContext
	}
	return v, nil
}

func (v *Van) query(q url.Values) error {
	for name := range q {
		value := q.Get(name)
		switch name {
		case "tls":
			e := Encryption(value)
			if v.encryption == Implicit || e != Opportunistic && e != Required && e != Plain {
				return fmt.Errorf("tls=%s in the SMTP address: smtp: knows opportunistic, required and off, smtps: always encrypts", value)
			}
			v.encryption = e
		case "timeout":
			d, err := time.ParseDuration(value)
			if err != nil || d < time.Second || d > 10*time.Minute {
				return fmt.Errorf("timeout=%s in the SMTP address is not a time from 1s to 10m", value)
			}
			v.timeout = d
		case "helo":
			v.helo = plainHost(value)
		default:
			return fmt.Errorf("the SMTP address has an unknown setting %q", name)
		}
	}
	return nil
}

// String names the server without the password.
func (v *Van) String() string { return v.address + " (" + string(v.encryption) + ")" }

func (v *Van) tls() *tls.Config {
	config := &tls.Config{}
	if v.options.TLS != nil {
		config = v.options.TLS.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = v.host
	}
	config.MinVersion = max(config.MinVersion, tls.VersionTLS12)
	return config
}
