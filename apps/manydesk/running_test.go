package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/smtp"
	"os"
	"strings"
	"testing"
	"time"

	"manydesk/apps/manydesk/config"
	"manydesk/apps/manydesk/embedded/catcher"
	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/flows/intake"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// running is the product in this process, on parts of the test's own.
type running struct {
	*works
	t      *testing.T
	door   net.Listener
	tenant tenants.Tenant
	redis  string
	dsn    string
	stop   func() error
}

func run(t *testing.T) *running {
	t.Helper()
	ctx := t.Context()
	r := &running{t: t, dsn: stage.DSN(t), redis: cluster.AnyRedis(t)}
	cfg := config.Config{Data: t.TempDir(), S3URL: os.Getenv("S3_URL"), Secret: hex.EncodeToString(stage.Secret), Backends: 4, Workers: 4, StopWithin: 20 * time.Second}
	var listen net.ListenConfig
	var err error
	if r.door, err = listen.Listen(ctx, "tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	r.works, err = open(ctx, cfg, &parts{dsn: stage.AsApplication(t, r.dsn), ownerDSN: r.dsn, redisURL: r.redis, smtpURL: mailServer(t)},
		linksTo(cfg, nil), func(*tenants.House) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if r.tenant, err = r.house.Create(ctx, tenants.New{Slug: "acme", Name: "ACME", Code: "ACME"}, desk.Automaton("test"), r.joining.Fill(people.User{})); err != nil {
		t.Fatal(err)
	}
	inside, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() { ended <- r.works.run(inside, roles{door: r.door, work: true}) }()
	stopped := false
	r.stop = func() error {
		cancel()
		if stopped {
			return nil
		}
		stopped = true
		return <-ended
	}
	t.Cleanup(func() { _ = r.stop() })
	return r
}

// mailServer is where letters go out: the server of SMTP_URL, or one of the test's own.
func mailServer(t *testing.T) string {
	t.Helper()
	if outside := os.Getenv("SMTP_URL"); outside != "" {
		return outside
	}
	caught, err := catcher.Open(t.Context(), catcher.Options{Folder: t.TempDir(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = caught.Stop(ctx)
	})
	return caught.SMTPURL()
}

// mail gives letters over one line; each was heard to be accepted.
func (r *running) mail(from, n int) {
	r.t.Helper()
	c, err := smtp.Dial(r.door.Addr().String())
	if err != nil {
		r.t.Fatal(err)
	}
	for i := range n {
		if err := post(c, int64(from+i), "acme@localhost"); err != nil {
			r.t.Fatal(err)
		}
	}
	_ = c.Quit()
}

// until waits for a number in the database of the test.
func (r *running) until(what string, h *tenants.House, sql string, want int) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for n := -1; n != want; <-tick.C {
		if err := h.Reader(r.tenant, operator).QueryRow(ctx, sql, nil, &n); err != nil {
			r.t.Fatalf("%s: %d, not %d: %v", what, n, want, err)
		}
	}
}

func TestAStopFinishesWhatWasAccepted(t *testing.T) {
	t.Parallel()
	r := run(t)
	const n = 40
	r.mail(1, n)
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	after := stage.Open(t, r.dsn)
	r.until("letters kept", after, "select count(*) from ?tenant.messages where direction = 'in'", n)
	// Each is a ticket, or its job waits whole for the next start: none half done.
	r.until("tickets and jobs", after, fmt.Sprintf(`select (select count(*) from ?tenant.tickets) + (select count(*) from manydesk.outbox where name = '%s' and error is null)`, intake.Job), n)
	r.until("tickets of settled letters", after, "select (select count(*) from ?tenant.tickets) - (select count(*) from ?tenant.messages where direction = 'in' and state = 'done')", 0)
}

func TestAResumedTenantGoesOnAtOnce(t *testing.T) {
	t.Parallel()
	r := run(t)
	ctx := t.Context()
	if err := r.house.SetState(ctx, r.tenant.ID, tenants.Suspended, "unpaid", operator); err != nil {
		t.Fatal(err)
	}
	// A letter that was accepted just before.
	active := r.tenant
	active.State = tenants.Active
	raw := "From: anna@roga.example\r\nTo: acme@localhost\r\nSubject: x\r\nMessage-ID: <1@roga.example>\r\n\r\nx\r\n"
	if err := r.intake.Accept(ctx, active, "acme@localhost", intake.Envelope{}, []byte(raw)); err != nil {
		t.Fatal(err)
	}
	r.until("put off", r.house, "select count(*) from manydesk.outbox where error like 'tenant_%' and again_at > now() + interval '5 minutes'", 1)
	if err := r.house.SetState(ctx, r.tenant.ID, tenants.Active, "", operator); err != nil {
		t.Fatal(err)
	}
	if err := r.works.resume(ctx, r.tenant); err != nil {
		t.Fatal(err)
	}
	r.until("tickets", r.house, "select count(*) from ?tenant.tickets", 1)
}

func TestTheFiguresTellOfTheJobs(t *testing.T) {
	t.Parallel()
	r := run(t)
	edge, err := r.edge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.mail(1, 3)
	r.until("tickets", r.house, "select count(*) from ?tenant.tickets", 3)
	page := httptest.NewRecorder()
	edge.Metrics().ServeHTTP(page, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	for _, want := range []string{`manydesk_jobs_total{outcome="done"}`, `manydesk_jobs_total{outcome="parked"} 0`, `manydesk_outbox_rows{lane="default",state="open"}`, `manydesk_outbox_oldest_seconds{lane="mail"}`, `manydesk_timers{state="due"} 0`} {
		if !strings.Contains(page.Body.String(), want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(page.Body.String(), "acme") {
		t.Error("a figure is of one tenant")
	}
}
