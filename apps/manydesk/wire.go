package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"manydesk/apps/api"
	"manydesk/apps/api/ratelimit"
	"manydesk/apps/console"
	"manydesk/apps/manydesk/config"
	"manydesk/apps/portal"
	"manydesk/desk"
	"manydesk/desk/channels/email/smtp"
	"manydesk/desk/channels/webhook"
	"manydesk/desk/customers"
	"manydesk/desk/events"
	"manydesk/desk/files"
	"manydesk/desk/flows/automate"
	"manydesk/desk/flows/intake"
	"manydesk/desk/flows/joining"
	"manydesk/desk/flows/notify"
	"manydesk/desk/flows/queue"
	"manydesk/desk/flows/rating"
	"manydesk/desk/flows/reports"
	"manydesk/desk/flows/team"
	"manydesk/desk/flows/triage"
	"manydesk/desk/flows/webhooks"
	"manydesk/desk/lookup"
	"manydesk/desk/macros"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
	"manydesk/tenants/rota"
)

// works is everything that runs, made from the settings and the parts. This file
// is the product's table of contents: the only place that knows everybody.
type works struct {
	cfg       config.Config
	links     links
	redis     *goredis.Client
	redisURL  string
	bell      *jobs.Bell
	house     *tenants.House
	guard     *access.Guard
	log       *events.Log
	editor    *settings.Editor
	people    *people.People
	staff     *staff.Staff
	customers *customers.Customers
	files     *files.Files
	tickets   *tickets.Tickets
	shelf     *sla.Shelf
	triage    *triage.Triage
	processes *processes.Processes
	automate  *automate.Automate
	joining   *joining.Joining
	rota      *rota.Rota
	team      *team.Team
	intake    *intake.Intake
	notify    *notify.Notify
	webhooks  *webhooks.Webhooks
	ratings   *rating.Ratings
	queue     *queue.Queue
	reports   *reports.Reports
	mux       *jobs.Mux
	line      *jobs.Line
}

// openHouse opens the data alone, for commands that need no more.
func openHouse(cfg config.Config, p *parts) (*works, error) {
	secret, err := cfg.Key()
	if err != nil {
		return nil, err
	}
	w := &works{cfg: cfg, bell: jobs.NewBell(), redisURL: p.redisURL}
	w.house, err = tenants.Open(tenants.Options{DSN: p.dsn, OwnerDSN: p.ownerDSN, Clock: clock(), Backends: cfg.Backends, Wake: w.bell.Ring, Secret: secret})
	return w, err
}

// rooms opens the nouns and the flows that need no wire to the world.
func (w *works) rooms(ctx context.Context, limits people.Limiter) error {
	var err error
	w.guard = access.New(w.house)
	w.log = events.New()
	w.editor = settings.NewEditor(w.log, w.guard)
	w.people = people.New(w.house, people.Options{Limits: limits})
	w.staff = staff.New(w.log, w.guard)
	identifiers, err := lookup.Open(ctx, w.house)
	if err != nil {
		return fmt.Errorf("open the identifiers: %w", err)
	}
	w.customers = customers.New(w.log, w.guard, identifiers)
	store, err := w.store(ctx)
	if err != nil {
		return err
	}
	if w.files, err = files.Open(ctx, w.house, store, 0); err != nil {
		return fmt.Errorf("open the files: %w", err)
	}
	w.tickets = tickets.New(w.log, w.guard, w.files)
	w.shelf = sla.NewShelf(w.house)
	w.triage = triage.New(w.house, w.guard, w.tickets, w.shelf)
	w.processes = processes.New(w.tickets, w.guard, w.triage)
	// What must be true together with a ticket is so whoever makes it, the demo too.
	events.Inside(w.log, w.triage.Opened)
	events.Inside(w.log, w.triage.Changed)
	// Last: what other rooms add to a change is heard too.
	w.automate = automate.New(w.house, w.tickets, w.triage, w.triage, w.processes)
	events.Inside(w.log, w.automate.Opened)
	events.Inside(w.log, w.automate.Changed)
	w.joining = joining.New(w.house, w.people, w.staff, w.guard, w.log, w.furnish)
	w.rota = rota.New(w.house)
	w.team = team.New(team.Rooms{
		House: w.house, People: w.people, Staff: w.staff, Customers: w.customers, Tickets: w.tickets, Rota: w.rota, Log: w.log, Releaser: w.triage,
	})
	w.intake = intake.New(w.house, w.tickets, w.customers, w.files)
	w.ratings = rating.New(w.house, w.tickets)
	w.queue = queue.New(w.house, w.guard, w.tickets, w.shelf)
	w.reports = reports.New(w.guard)
	return nil
}

// store is where bytes lie: S3 by configuration, else the data folder.
func (w *works) store(ctx context.Context) (files.Store, error) {
	if w.cfg.S3URL != "" {
		return files.NewBucket(ctx, w.cfg.S3URL)
	}
	return files.NewFolder(filepath.Join(w.cfg.Data, "files"))
}

// reactions say who hears of what, after the commit. The names are those of jobs in the outbox and
// stay the same across deploys.
func (w *works) reactions() {
	events.After(w.log, tickets.FactOpened, notify.JobOpened, desk.MailLane)
	events.After(w.log, tickets.FactStatusChanged, notify.JobStatus, desk.MailLane)
	events.After(w.log, tickets.FactAssigned, notify.JobAssigned, desk.MailLane)
	events.After(w.log, tickets.FactClientReplied, notify.JobReplied, desk.MailLane)
	events.After(w.log, tickets.FactResumed, notify.JobResumed, desk.MailLane)

	for _, fact := range []string{staff.FactJoined, staff.FactChanged, staff.FactLeft} {
		events.After(w.log, fact, team.JobMember, desk.Default)
		events.After(w.log, fact, rota.HintLoad, desk.Critical)
	}
	events.After(w.log, customers.FactVendorEnded, team.JobVendor, desk.Default)
	events.After(w.log, settings.FactPublished, automate.JobWind, desk.Bulk)

	events.After(w.log, tickets.FactOpened, "live.ticket.opened", desk.Critical)
	for _, fact := range append(processes.Facts(),
		tickets.FactReplied, tickets.FactClientReplied, tickets.FactNoted, tickets.FactAssigned, tickets.FactStatusChanged, tickets.FactPriorityChanged,
		tickets.FactChanged, tickets.FactResumed, tickets.FactRated, tickets.FactSent, tickets.FactSendFailed, tickets.FactWithdrawn,
		tickets.FactBreached, tickets.FactEscalated, tickets.FactRetargeted, tickets.FactArrived, tickets.FactNotArrived, macros.FactApplied,
	) {
		events.After(w.log, fact, "live.ticket.changed", desk.Critical)
	}
}

// handlers say who does the work that waits.
func (w *works) handlers() {
	w.mux = jobs.NewMux()
	w.mux.Handle(intake.Job, w.intake.Receive)
	w.mux.Handle(tickets.JobSend, w.notify.Send)
	w.mux.Handle(notify.JobOpened, w.notify.Opened)
	w.mux.Handle(notify.JobStatus, w.notify.Status)
	w.mux.Handle(notify.JobAssigned, w.notify.Assigned)
	w.mux.Handle(notify.JobReplied, w.notify.ClientReplied)
	w.mux.Handle(notify.JobResumed, w.notify.Resumed)
	w.mux.Handle(triage.JobTell, w.notify.Escalated)
	w.mux.Handle(triage.JobReturned, w.notify.Returned)
	w.mux.Handle(team.JobReturned, w.notify.Returned)
	w.mux.Handle(notify.JobDigest, w.notify.Digest)
	w.mux.Handle(triage.JobWebhook, w.webhooks.Escalated)
	w.mux.Handle(webhooks.JobSend, w.webhooks.Send)
	w.mux.Handle(automate.JobRun, w.automate.Run)
	w.mux.Handle(automate.JobWind, w.automate.Wind)
	w.mux.Handle(automate.JobTell, w.notify.Triggered)
	w.mux.Handle(automate.JobWebhook, w.webhooks.Triggered)
	w.mux.Handle(triage.JobRecalculate, w.triage.Portion)
	w.mux.Handle(triage.JobRelease, w.triage.Released)
	w.mux.Handle(triage.JobRecount, w.triage.Recount)
	w.mux.Handle(people.InvitationLetter, w.notify.Invitation)
	w.mux.Handle(people.ResetLetter, w.notify.PasswordReset)
	w.mux.Handle(people.CodeLetter, w.notify.SignInCode)
	w.mux.Handle(joining.EndJob, w.joining.EndDue)
	w.mux.Handle(people.Renamed, w.joining.Renamed)
	w.mux.Handle(files.JobSweep, w.files.Sweep)
	w.mux.Handle(people.TidyJob, w.people.Tidy)
	w.mux.Handle(rota.SweepJob, w.rota.Sweep)
	w.mux.Handle(rota.Moved, w.team.Moved)
	w.mux.Handle(team.JobMember, w.team.Member)
	w.mux.Handle(team.JobVendor, w.team.Vendor)

	w.mux.Timer(tickets.TimerResume, w.tickets.Resume)
	w.mux.Timer(tickets.TimerClose, w.tickets.AutoClose)
	w.mux.Timer(tickets.TimerSend, w.tickets.Release)
	w.mux.Timer(tickets.TimerClock, w.triage.Fire)
	w.mux.Timer(triggers.TimerKind, w.automate.Fire)
	w.mux.Timer(files.TimerUpload, w.files.Expire)
	w.mux.Timer(joining.EndTimer, w.joining.Due)
	w.mux.Timer(team.Timer, w.team.Due)
}

// open makes everything on data that level has found or brought to this binary's
// level; nothing runs yet.
func open(ctx context.Context, cfg config.Config, p *parts, l links, level func(h *tenants.House) error) (*works, error) {
	w, err := openHouse(cfg, p)
	if err != nil {
		return nil, err
	}
	if err := level(w.house); err != nil {
		return w, err
	}
	w.links = l
	o, err := goredis.ParseURL(p.redisURL)
	if err != nil {
		return w, config.Mistakes{}
	}
	w.redis = goredis.NewClient(o)
	if err := w.rooms(ctx, limiter{ratelimit.New(w.redis, w.house.Clock())}); err != nil {
		return w, err
	}
	w.links.ratings = w.ratings
	van, err := smtp.NewVan(p.smtpURL, smtp.VanOptions{Clock: w.house.Clock()})
	if err != nil {
		return w, err
	}
	w.notify = notify.New(w.house, w.tickets, van, attached{w.files}, &w.links)
	w.webhooks = webhooks.New(w.house, w.tickets, webhook.New(webhook.Options{Clock: w.house.Clock()}), w.links.Console)
	if err := w.warm(ctx); err != nil {
		return w, err
	}
	w.reactions()
	w.handlers()
	if missing := w.mux.Missing(w.log.JobNames()); len(missing) > 0 {
		return w, fmt.Errorf("jobs without a handler: %v", missing)
	}
	line := jobs.Options{Redis: o, Bell: w.bell, Workers: cfg.Workers, Grace: cfg.StopWithin, Logger: slog.Default()}
	if cfg.RedisURL == "" {
		line.Retention = 10 * time.Minute // the embedded Redis keeps it in our own memory
	}
	w.line, err = jobs.Open(w.house, w.mux, line)
	return w, err
}

// warm makes the keys that are signed with before anybody asks for one: a key is
// made on a connection of its own, and units that hold all of them would wait for
// it for ever. The rooms that sign inside their units warm theirs themselves.
func (w *works) warm(ctx context.Context) error {
	for _, purpose := range []string{"mail", "rating", "cursor", "code"} {
		if _, err := w.house.SigningKeys(ctx, purpose); err != nil {
			return fmt.Errorf("prepare the key of %s: %w", purpose, err)
		}
	}
	return nil
}

// edge is the HTTP side of the works.
func (w *works) edge(ctx context.Context) (*api.App, error) {
	return api.New(api.Deps{
		Context: ctx, House: w.house, Guard: w.guard, People: w.people, Tickets: w.tickets, Files: w.files, Customers: w.customers, Staff: w.staff,
		Joining: w.joining, Queue: w.queue, Reports: w.reports, Ratings: w.ratings, Editor: w.editor, Triage: w.triage, Processes: w.processes, Automate: w.automate, Rota: w.rota, Team: w.team, Line: w.line, Redis: w.redis, Mailbox: w.links.Mailbox,
		Log: slog.Default(), Console: console.Files(), Portal: portal.Files(),
	}, api.Config{Public: w.links.public.String(), Base: w.links.base, Proxies: w.cfg.Proxies, Build: version})
}
