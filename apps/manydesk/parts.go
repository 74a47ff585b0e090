package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"manydesk/apps/manydesk/config"
	"manydesk/apps/manydesk/embedded/catcher"
	"manydesk/apps/manydesk/embedded/postgres"
	"manydesk/apps/manydesk/embedded/redis"
	"manydesk/tenants"
)

// parts are what the program stands on: its own or the operator's.
type parts struct {
	dsn, ownerDSN string
	redisURL      string
	smtpURL       string
	// login and password are set when the login role is ours to make.
	login, password string
	catcher         *catcher.Catcher
	failed          <-chan error
	stops           []func(ctx context.Context) error
}

// beside is what a running `up` leaves in the data folder for the other
// commands, readable by its owner alone.
type beside struct {
	DSN      string `json:"database_url"`
	OwnerDSN string `json:"database_owner_url"`
	RedisURL string `json:"redis_url"`
	SMTPURL  string `json:"smtp_url"`
}

func besidePath(cfg config.Config) string { return filepath.Join(cfg.Data, "running.json") }

// openDatabase gives the database alone: the operator's, that of a running `up`
// on the same folder, or a private one for as long as the command runs.
func openDatabase(ctx context.Context, cfg config.Config) (*parts, error) {
	p := &parts{dsn: cfg.DatabaseURL, ownerDSN: cfg.DatabaseOwnerURL, redisURL: cfg.RedisURL}
	if p.dsn != "" {
		if p.ownerDSN == "" {
			p.ownerDSN = p.dsn
		}
		return p, nil
	}
	err := p.startPostgres(ctx, cfg, false)
	var refusal *postgres.Refusal
	if errors.As(err, &refusal) {
		// Another instance holds the folder: work on what it runs.
		if b, ok := readBeside(cfg); ok && b.answers(ctx, cfg) {
			return &parts{dsn: b.DSN, ownerDSN: b.OwnerDSN, redisURL: b.RedisURL, smtpURL: b.SMTPURL}, nil
		}
	}
	return p, err
}

// startPostgres brings the private database up; anew takes what it held away first.
func (p *parts) startPostgres(ctx context.Context, cfg config.Config, anew bool) error {
	server, err := postgres.Start(ctx, postgres.Options{
		Data: filepath.Join(cfg.Data, "postgres"), Programs: cfg.PostgresPrograms, TCP: cfg.PostgresPort, Log: slog.Default(), Anew: anew,
	})
	if err != nil {
		return err
	}
	p.stops = append(p.stops, server.Stop)
	p.failed = server.Failed()
	p.dsn, p.ownerDSN = server.DSN(postgres.Login), server.DSN(postgres.Owner)
	p.login, p.password = postgres.Login, server.Password(postgres.Login)
	return nil
}

// openAll brings up whatever the settings do not name, for `up`; anew begins a
// private database from nothing.
func openAll(ctx context.Context, cfg config.Config, anew bool) (*parts, error) {
	p := &parts{dsn: cfg.DatabaseURL, ownerDSN: cfg.DatabaseOwnerURL, redisURL: cfg.RedisURL, smtpURL: cfg.SMTPURL}
	if err := os.MkdirAll(cfg.Data, 0o711); err != nil { //nolint:gosec // the database's account goes through to its own folder
		return p, fmt.Errorf("MANYDESK_DATA: make the data folder: %w", err)
	}
	if p.dsn == "" {
		if err := p.startPostgres(ctx, cfg, anew); err != nil {
			return p, err
		}
	} else if p.ownerDSN == "" {
		p.ownerDSN = p.dsn
	}
	if p.redisURL == "" {
		server, err := redis.Start()
		if err != nil {
			return p, err
		}
		p.redisURL = server.URL()
		p.stops = append(p.stops, func(context.Context) error { server.Stop(); return nil })
	}
	if p.smtpURL == "" {
		if err := p.catchMail(ctx, cfg); err != nil {
			return p, err
		}
	}
	return p, p.leaveBeside(cfg)
}

func (p *parts) catchMail(ctx context.Context, cfg config.Config) error {
	page, err := config.ListenNear(ctx, "MANYDESK_CATCHER_LISTEN", cfg.CatcherListen)
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	in, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("mail catcher: %w", err)
	}
	p.catcher, err = catcher.Open(ctx, catcher.Options{Folder: filepath.Join(cfg.Data, "caught"), SMTP: in, Page: page, Log: slog.Default()})
	if err != nil {
		return err
	}
	p.smtpURL = p.catcher.SMTPURL()
	p.stops = append(p.stops, p.catcher.Stop)
	return nil
}

func (p *parts) leaveBeside(cfg config.Config) error {
	b, err := json.Marshal(beside{p.dsn, p.ownerDSN, p.redisURL, p.smtpURL})
	if err != nil {
		return fmt.Errorf("encode %s: %w", besidePath(cfg), err)
	}
	if err := os.WriteFile(besidePath(cfg), b, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", besidePath(cfg), err)
	}
	p.stops = append(p.stops, func(context.Context) error { return os.Remove(besidePath(cfg)) })
	return nil
}

func readBeside(cfg config.Config) (b beside, ok bool) {
	text, err := os.ReadFile(besidePath(cfg))
	return b, err == nil && json.Unmarshal(text, &b) == nil && b.DSN != ""
}

// answers reports whether the database behind it is there. One that is not was
// left by an `up` that was killed: it goes, and its Redis and mail with it.
func (b beside) answers(ctx context.Context, cfg config.Config) bool {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	house, err := tenants.Open(tenants.Options{DSN: b.DSN, Backends: 1})
	if err != nil {
		return false
	}
	defer house.Close() //nolint:errcheck // nothing is lost with it
	if err := house.Ready(ctx); err != nil {
		slog.Warn("another start left "+besidePath(cfg)+", and its database does not answer", "error", err)
		_ = os.Remove(besidePath(cfg)) // it is written anew by the next start
		return false
	}
	return true
}

// stop takes the parts down in the reverse order of their coming up.
func (p *parts) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	var all error
	for i := len(p.stops) - 1; i >= 0; i-- {
		all = errors.Join(all, p.stops[i](ctx))
	}
	return all
}
