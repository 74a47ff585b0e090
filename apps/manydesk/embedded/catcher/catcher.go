package catcher

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/emersion/go-smtp"

	"manydesk/desk"
)

// Options say where letters are kept and where the two servers listen.
type Options struct {
	// Folder is made when missing; letters are readable by its owner alone.
	Folder string
	// SMTP and Page listen on loopback. Nil: a free port of 127.0.0.1.
	SMTP, Page net.Listener
	// MostLetters and MostBytes bound what is kept; the oldest go first. Zero:
	// 2,000 letters and 512 MiB.
	MostLetters int
	MostBytes   int64
	Clock       desk.Clock
	Log         *slog.Logger
}

// Catcher is a running mail catcher.
type Catcher struct {
	*store
	log  *slog.Logger
	smtp *smtp.Server
	page *http.Server
	// smtpAddr and pageAddr are where the servers listen.
	smtpAddr, pageAddr string
}

// Open reads what was caught before and starts both servers.
func Open(ctx context.Context, o Options) (*Catcher, error) {
	if o.Clock == nil {
		o.Clock = desk.System
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.MostLetters == 0 {
		o.MostLetters = 2000
	}
	if o.MostBytes == 0 {
		o.MostBytes = 512 << 20
	}
	kept, err := openStore(o)
	if err != nil {
		return nil, err
	}
	for _, l := range []*net.Listener{&o.SMTP, &o.Page} {
		if *l != nil {
			continue
		}
		var config net.ListenConfig
		if *l, err = config.Listen(ctx, "tcp", "127.0.0.1:0"); err != nil {
			return nil, fmt.Errorf("mail catcher: %w", err)
		}
	}
	c := &Catcher{store: kept, log: o.Log, smtpAddr: o.SMTP.Addr().String(), pageAddr: o.Page.Addr().String()}
	c.smtp = c.newSMTP()
	c.page = &http.Server{
		Handler:           c.routes(),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10,
		ErrorLog:       slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	go c.run("smtp", func() error { return c.smtp.Serve(o.SMTP) })
	go c.run("page", func() error { return c.page.Serve(o.Page) })
	return c, nil
}

func (c *Catcher) run(what string, serve func() error) {
	err := serve()
	if err == nil || errors.Is(err, http.ErrServerClosed) || errors.Is(err, smtp.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return
	}
	c.log.Error("mail catcher stopped", "server", what, "error", err)
}

// SMTPURL is where the product sends its mail: smtp://127.0.0.1:port.
func (c *Catcher) SMTPURL() string { return "smtp://" + c.smtpAddr }

// PageURL is where people read it.
func (c *Catcher) PageURL() string { return "http://" + c.pageAddr + "/" }

// Stop lets letters and answers on their way finish and ends both servers. It
// may be called twice.
func (c *Catcher) Stop(ctx context.Context) error {
	err := c.smtp.Shutdown(ctx)
	if errors.Is(err, smtp.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, c.page.Shutdown(ctx))
}
