package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"manydesk/apps/api/ratelimit"
	"manydesk/apps/manydesk/config"
	"manydesk/apps/manydesk/demo"
	"manydesk/desk"
	"manydesk/desk/channels/email/smtp"
	"manydesk/desk/flows/intake"
	"manydesk/desk/flows/triage"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/people"
	"manydesk/tenants/rota"
)

// up is everything in one process tree: the parts that the settings do not name
// come with it. A taken port gives the next free one.
func up(ctx context.Context, p *program, cfg config.Config, rest []string) error {
	fill := false
	for _, arg := range rest {
		if arg != "--demo" {
			return config.Mistakes{config.Stray(arg, "--demo")}
		}
		fill = true
	}
	began := desk.System()
	half := interrupted(cfg)
	anew := half && fill && cfg.DatabaseURL == ""
	stands, err := openAll(ctx, cfg, anew)
	defer func() { logStop(stands.stop(ctx)) }()
	switch {
	case err != nil:
		return err
	case anew:
		// Only now: whoever holds the folder would have refused us.
		if err := clearFiles(cfg); err != nil {
			return err
		}
	case half:
		return leaveHalf(cfg)
	}
	web, err := config.ListenNear(ctx, "MANYDESK_LISTEN", cfg.Listen)
	if err != nil {
		return err
	}
	door, err := config.ListenNear(ctx, "MANYDESK_MAIL_LISTEN", cfg.MailListen)
	if err != nil {
		return err
	}
	w, err := open(ctx, cfg, stands, linksTo(cfg, web.Addr()), func(h *tenants.House) error {
		if err := h.Migrate(ctx, 2, nil); err != nil || stands.login == "" {
			return err
		}
		return h.Login(ctx, stands.login, stands.password)
	})
	if err != nil {
		return err
	}
	if fill {
		if err := w.demo(ctx, p); err != nil {
			return err
		}
	}
	return w.run(ctx, roles{web: web, door: door, work: true, failed: stands.failed, ready: func() { w.announce(p, stands, door.Addr(), fill, desk.System().Sub(began)) }})
}

// serve is the server against real parts; it takes no work.
func serve(ctx context.Context, _ *program, cfg config.Config, rest []string) error {
	return real(ctx, cfg, rest, func(ctx context.Context, r *roles) (err error) {
		if r.web, err = config.Listen(ctx, "MANYDESK_LISTEN", cfg.Listen); err != nil {
			return err
		}
		r.door, err = config.Listen(ctx, "MANYDESK_MAIL_LISTEN", cfg.MailListen)
		return err
	})
}

// work is the worker against real parts; it listens to nothing.
func work(ctx context.Context, _ *program, cfg config.Config, rest []string) error {
	return real(ctx, cfg, rest, func(_ context.Context, r *roles) error { r.work = true; return nil })
}

func real(ctx context.Context, cfg config.Config, rest []string, take func(ctx context.Context, r *roles) error) error {
	if len(rest) > 0 {
		return config.Mistakes{config.Stray(rest[0])}
	}
	if missing := cfg.Missing("DATABASE_URL", "REDIS_URL", "SMTP_URL"); len(missing) > 0 {
		return missing
	}
	var r roles
	if err := take(ctx, &r); err != nil {
		return err
	}
	var address net.Addr
	if r.web != nil {
		address = r.web.Addr()
	}
	owner := cfg.DatabaseOwnerURL
	if owner == "" {
		owner = cfg.DatabaseURL
	}
	w, err := open(ctx, cfg, &parts{dsn: cfg.DatabaseURL, ownerDSN: owner, redisURL: cfg.RedisURL, smtpURL: cfg.SMTPURL}, linksTo(cfg, address),
		func(h *tenants.House) error { return h.Current(ctx) })
	if err != nil {
		return err
	}
	return w.run(ctx, r)
}

// roles are what this process does.
type roles struct {
	web, door net.Listener
	work      bool
	failed    <-chan error
	ready     func()
}

// run works until ctx ends, then finishes what was accepted.
func (w *works) run(ctx context.Context, r roles) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	// The line outlives the edge and the door: what they accept in their last
	// moments still gets its job.
	lineCtx, stopLine := context.WithCancel(context.WithoutCancel(ctx))
	defer stopLine()
	var all errgroup.Group
	all.Go(func() error {
		run := w.line.Carry
		if r.work {
			run = w.line.Run
		}
		return fault(cancel, run(lineCtx))
	})
	if r.work {
		all.Go(func() error { w.daily(ctx); return nil })
	}
	stops := []func(ctx context.Context) error{}
	if r.web != nil {
		edge, err := w.edge(ctx)
		if err != nil {
			return err
		}
		all.Go(func() error { return fault(cancel, edge.Listen(r.web)) })
		stops = append(stops, edge.Shutdown)
	}
	if r.door != nil {
		door := smtp.OpenOn(context.WithoutCancel(ctx), r.door, inbox{w.intake}, smtp.Options{Domain: w.links.domain, Log: slog.Default()})
		stops = append(stops, door.Close)
	}
	if r.ready != nil {
		r.ready()
	}
	// What starting took is given back at once: an idle installation is small.
	debug.FreeOSMemory()
	select {
	case <-ctx.Done():
	case err := <-r.failed:
		cancel(fmt.Errorf("the embedded database stopped: %w", err))
	}
	slog.Info("stopping")
	deadline, done := context.WithTimeout(context.WithoutCancel(ctx), w.cfg.StopWithin)
	defer done()
	var errs error
	for _, stop := range stops {
		errs = errors.Join(errs, stop(deadline))
	}
	stopLine()
	errs = errors.Join(errs, all.Wait(), w.line.Close(), w.redis.Close(), w.house.Close())
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return errors.Join(cause, errs)
	}
	return errs
}

// daily leaves the nightly tidying for the workers: the first ten minutes after
// the start, so that it is in nobody's way, then each day. Of several processes
// the later ones find nothing to do.
func (w *works) daily(ctx context.Context) {
	next := time.NewTimer(10 * time.Minute)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		err := w.house.Shared(ctx, desk.Automaton("relay"), func(ctx context.Context, tx tenants.SharedTx) error {
			return jobs.EnqueueShared(ctx, tx, 0, desk.Job{Name: people.TidyJob, Lane: desk.Bulk}, desk.Job{Name: rota.SweepJob, Lane: desk.Bulk}, desk.Job{Name: triage.JobRecount, Lane: desk.Bulk})
		})
		if err != nil {
			slog.Warn("the nightly tidying could not be left to the workers", "error", err)
		}
		next.Reset(24 * time.Hour)
	}
}

// fault ends the whole process with the first part of it that fails.
func fault(cancel context.CancelCauseFunc, err error) error {
	if err != nil {
		cancel(err)
	}
	return err
}

func logStop(err error) {
	if err != nil {
		slog.Warn("stopping the parts", "error", err)
	}
}

// inbox stands between the door and the intake.
type inbox struct{ intake *intake.Intake }

// Accepts names the tenant's mailbox behind a recipient.
func (i inbox) Accepts(ctx context.Context, recipient string) (string, bool, error) {
	_, mailbox, err := i.intake.Mailbox(ctx, recipient)
	if desk.Is(err, desk.NotFound) {
		return "", false, nil
	}
	return mailbox, err == nil, err
}

// Store keeps the letter for the tenant of the mailbox.
func (i inbox) Store(ctx context.Context, d smtp.Delivery) error {
	tenant, mailbox, err := i.intake.Mailbox(ctx, d.Account)
	if err != nil {
		return err
	}
	return i.intake.Accept(ctx, tenant, mailbox, intake.Envelope{From: d.From, Recipients: d.Recipients, Remote: d.Remote}, d.Raw)
}

// limiter lends the edge's limits to the sign-ins (people.Limiter).
type limiter struct{ limits *ratelimit.Limiter }

// Take counts one try.
func (l limiter) Take(ctx context.Context, rule people.Rule, key string) (bool, time.Duration) {
	v := l.limits.Take(ctx, ratelimit.Rule{Name: rule.Name, Quota: rule.Quota, Window: rule.Window}, key)
	return v.Allowed, v.Retry
}

// furnish puts into a new tenant what the rooms below cannot know of: its first
// mail address.
func (w *works) furnish(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
	_, err := shared.Exec(ctx, `insert into manydesk.entry_points (kind, value, tenant_id, channel, verified_at) values ('mail', $1, $2, 'mail', $3) on conflict do nothing`,
		w.links.Mailbox(tx.Tenant()), int32(tx.Tenant().ID), tx.Now())
	if err != nil {
		return fmt.Errorf("give the tenant its mail address: %w", err)
	}
	return nil
}

// demo fills an empty installation and remembers its people for `manydesk demo`.
func (w *works) demo(ctx context.Context, p *program) error {
	past := func(ctx context.Context, clock desk.Clock) (demo.Rooms, func() error, error) {
		then := &works{cfg: w.cfg, links: w.links}
		var err error
		if then.house, err = w.house.At(clock); err != nil {
			return demo.Rooms{}, nil, err
		}
		if err := then.rooms(ctx, nil); err != nil {
			return demo.Rooms{}, nil, errors.Join(err, then.house.Close())
		}
		return then.demoRooms(), then.house.Close, nil
	}
	empty, err := w.people.NeedsSetup(ctx)
	if err != nil || !empty {
		return err
	}
	if err := os.WriteFile(unfinished(w.cfg), nil, 0o600); err != nil {
		return fmt.Errorf("mark the demo as unfinished: %w", err)
	}
	made, err := demo.Fill(ctx, w.demoRooms(), past, p.err)
	if err != nil || made == nil {
		return err
	}
	if err := made.Keep(filepath.Join(w.cfg.Data, "demo.json")); err != nil {
		return err
	}
	return os.Remove(unfinished(w.cfg))
}

func (w *works) demoRooms() demo.Rooms {
	return demo.Rooms{House: w.house, People: w.people, Joining: w.joining, Customers: w.customers, Tickets: w.tickets}
}
