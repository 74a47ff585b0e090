package catcher

import (
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/emersion/go-smtp"
)

// largest is the size of a letter that is taken; ours stay far below.
const largest = 64 << 20

func (c *Catcher) newSMTP() *smtp.Server {
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &session{catcher: c}, nil
	}))
	s.Domain = "localhost"
	s.MaxMessageBytes = largest
	s.MaxRecipients = 1000
	s.ReadTimeout = time.Minute
	s.WriteTimeout = time.Minute
	s.EnableSMTPUTF8 = true
	s.ErrorLog = slog.NewLogLogger(c.log.Handler(), slog.LevelDebug)
	return s
}

// session takes every letter from anyone on this machine.
type session struct {
	catcher *Catcher
	from    string
	to      []string
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

// Data keeps the letter. A full disk answers 452, so that the sender tries again.
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	var answer *smtp.SMTPError
	if errors.As(err, &answer) {
		return err
	}
	if err != nil {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "The letter broke off"}
	}
	if _, err := s.catcher.keep(s.from, s.to, raw); err != nil {
		s.catcher.log.Error("mail catcher cannot keep a letter", "error", err)
		return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "The letter could not be kept"}
	}
	return nil
}

func (s *session) Reset() { s.from, s.to = "", nil }

func (s *session) Logout() error { return nil }
