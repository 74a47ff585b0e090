package tickets_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/events"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// The benchmarks ask for a Postgres with fsync on (MANYDESK_TEST_DATABASE_URL).
// pgbench's rate of the same five bare inserts is their yardstick.

type track struct {
	house   *tenants.House
	tenant  tenants.Tenant
	tickets *tickets.Tickets
	vera    desk.Actor
	contact desk.ContactID
	dsn     string
}

func newTrack(b *testing.B) *track {
	b.Helper()
	r := &track{dsn: stage.DSN(b), vera: ticketstest.Staff("Вера"), contact: desk.NewContactID(time.Now())}
	var err error
	r.house, err = tenants.Open(tenants.Options{DSN: stage.AsApplication(b, r.dsn), OwnerDSN: r.dsn, Backends: 32, Secret: stage.Secret})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = r.house.Close() })
	log, guard := events.New(), access.New(r.house)
	events.After(log, tickets.FactOpened, "notify.opened", desk.MailLane)
	events.After(log, tickets.FactReplied, "notify.replied", desk.MailLane)
	r.tickets = tickets.New(log, guard, ticketstest.Files{})
	r.tenant = stage.Tenant(b, r.house, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		if err := settings.Fill(ctx, tx, settings.Defaults("ru")...); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "insert into ?tenant.staff (user_id, email, name, roles) values ($1, 'v@desk.example', 'Вера', '{agent}')", r.vera.ID)
		if err == nil {
			_, err = tx.Exec(ctx, "insert into ?tenant.contacts (id, name) values ($1, 'Иван')", r.contact)
		}
		return err
	})
	return r
}

const words = "С утра касса печатает пустые чеки, перезагрузка не помогла. After the update the printer prints blank receipts, a restart did not help. " +
	"Пробовали другую ленту и другой кабель, всё то же самое, покупатели ждут."

func (r *track) open(ctx context.Context) (made *tickets.Ticket, err error) {
	err = r.house.Do(ctx, r.tenant, r.vera, func(ctx context.Context, tx tenants.Tx) (err error) {
		made, err = r.tickets.Open(ctx, tx, tickets.Open{Subject: "Не печатает касса №3", Text: words, Type: "question", Contact: r.contact})
		return err
	})
	return made, err
}

// at runs fn on n goroutines and reports the rate.
func at(b *testing.B, n int, fn func(i int64) error) float64 {
	b.Helper()
	b.SetParallelism(max(n/2, 1)) // the machine of record has two cores
	var i atomic.Int64
	b.ResetTimer()
	start := time.Now()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := fn(i.Add(1)); err != nil {
				b.Error(err)
				return
			}
		}
	})
	rate := float64(b.N) / time.Since(start).Seconds()
	b.ReportMetric(rate, "per_s")
	return rate
}

func BenchmarkOpen32AtOnce(b *testing.B) {
	r := newTrack(b)
	for range 64 {
		if _, err := r.open(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	floor := r.floor(b)
	rate := at(b, 32, func(int64) error { _, err := r.open(b.Context()); return err })
	b.StopTimer()
	if floor > 0 {
		floor = (floor + r.floor(b)) / 2
		b.ReportMetric(rate/floor, "of_floor")
	}
}

func BenchmarkView20Comments8AtOnce(b *testing.B) {
	r := newTrack(b)
	numbers := make([]int64, 100)
	for i := range numbers {
		made, err := r.open(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		numbers[i] = made.Number
		for j := range 20 {
			err := r.house.Do(b.Context(), r.tenant, r.vera, func(ctx context.Context, tx tenants.Tx) (err error) {
				if j%2 == 0 {
					_, err = r.tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.Number(made.Number), Text: words, Anyway: true, Hold: -1})
				} else {
					_, err = r.tickets.Note(ctx, tx, tickets.Note{Ticket: tickets.Number(made.Number), Text: words})
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	tx := r.house.Reader(r.tenant, r.vera)
	at(b, 8, func(i int64) error {
		v, err := r.tickets.View(b.Context(), tx, numbers[i%100], 20)
		if err == nil && len(v.Timeline.Entries) != 20 {
			return fmt.Errorf("%d entries", len(v.Timeline.Entries))
		}
		return err
	})
}

func BenchmarkReply32AtOnce(b *testing.B) {
	r := newTrack(b)
	numbers := make([]int64, 1000)
	for i := range numbers {
		made, err := r.open(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		numbers[i] = made.Number
	}
	at(b, 32, func(i int64) error {
		return r.house.Do(b.Context(), r.tenant, r.vera, func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.Number(numbers[i%1000]), Text: words, Anyway: true})
			return err
		})
	})
}

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

// floor is pgbench's rate of five bare inserts in one transaction, 32 at once; 0
// where there is no pgbench.
func (r *track) floor(b *testing.B) float64 {
	b.Helper()
	pgbench, err := exec.LookPath("pgbench")
	if err != nil {
		return 0
	}
	u, err := url.Parse(r.dsn)
	if err != nil {
		b.Fatal(err)
	}
	script := filepath.Join(b.TempDir(), "floor.sql")
	body := `begin;
insert into floor_tickets (subject, body) values ('Не печатает касса №3', 'x') returning id \gset
insert into floor_comments (ticket_id, body) values (:id, '` + words + `');
insert into floor_events (ticket_id, type, data) values (:id, 'ticket.opened', '{"channel":"api"}');
insert into floor_outbox (name, ticket_id) values ('notify.opened', :id);
insert into floor_queue (ticket_id, subject) values (:id, 'Не печатает касса №3');
commit;
`
	if err := os.WriteFile(script, []byte(body), 0o600); err != nil {
		b.Fatal(err)
	}
	owner, err := tenants.Open(tenants.Options{DSN: r.dsn, Secret: stage.Secret})
	if err != nil {
		b.Fatal(err)
	}
	defer owner.Close() //nolint:errcheck // the benchmark is done with it
	for _, table := range []string{
		"floor_tickets (id bigserial primary key, subject text, body text)", "floor_comments (id bigserial primary key, ticket_id bigint, body text)",
		"floor_events (id bigserial primary key, ticket_id bigint, type text, data jsonb)", "floor_outbox (id bigserial primary key, name text, ticket_id bigint)",
		"floor_queue (ticket_id bigint primary key, subject text)",
	} {
		err := owner.Shared(b.Context(), r.vera, func(ctx context.Context, tx tenants.SharedTx) error {
			_, err := tx.Exec(ctx, "create table if not exists public."+table)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	out, err := exec.CommandContext(b.Context(), pgbench, "-n", "-M", "prepared", "-c", "32", "-j", "2", "-T", "3", "-f", script, u.String()).CombinedOutput()
	m := tps.FindSubmatch(out)
	if err != nil || m == nil {
		b.Fatalf("pgbench: %v\n%s", err, out)
	}
	rate, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(rate, "floor_per_s")
	return rate
}
