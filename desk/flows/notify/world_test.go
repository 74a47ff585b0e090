package notify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/channels/email/smtp"
	"manydesk/desk/channels/post"
	"manydesk/desk/events"
	"manydesk/desk/flows/notify"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/jobs"
	"manydesk/tenants"
)

// server is a mail server of somebody else's, spoken to by real SMTP.
type server struct {
	mu   sync.Mutex
	got  []email.Message
	down bool
	gone map[string]bool
}

// Accepts puts everybody off while the server is down.
func (s *server) Accepts(_ context.Context, to string) (string, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return "", false, errors.New("down")
	}
	return "everybody", !s.gone[to], nil
}

// Store keeps a letter.
func (s *server) Store(_ context.Context, d smtp.Delivery) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = append(s.got, email.Read(d.Raw))
	return nil
}

func (s *server) set(down bool, gone ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down, s.gone = down, map[string]bool{}
	for _, address := range gone {
		s.gone[address] = true
	}
}

// took gives the letters since it was last asked.
func (s *server) took() []email.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.got
	s.got = nil
	return all
}

// world is a tenant whose jobs are done when the test says so.
type world struct {
	*ticketstest.World
	t      *testing.T
	notify *notify.Notify
	server *server
	mux    map[string]func(ctx context.Context, w *jobs.Work) error
	under  []notify.File
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{World: ticketstest.New(t), t: t, server: &server{}}
	door, err := smtp.Open(context.Background(), "127.0.0.1:0", w.server, smtp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = door.Close(ctx)
	})
	van, err := smtp.NewVan("smtp://"+door.Addr().String()+"?tls=off", smtp.VanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	w.notify = notify.New(w.House, w.Tickets, van, w, w)
	for fact, job := range map[string]string{
		tickets.FactOpened: notify.JobOpened, tickets.FactStatusChanged: notify.JobStatus, tickets.FactAssigned: notify.JobAssigned,
		tickets.FactClientReplied: notify.JobReplied, tickets.FactResumed: notify.JobResumed,
	} {
		events.After(w.Log, fact, job, desk.MailLane)
	}
	w.mux = map[string]func(ctx context.Context, w *jobs.Work) error{
		tickets.JobSend: w.notify.Send, notify.JobOpened: w.notify.Opened, notify.JobStatus: w.notify.Status,
		notify.JobAssigned: w.notify.Assigned, notify.JobReplied: w.notify.ClientReplied, notify.JobResumed: w.notify.Resumed,
		"notify.escalated": w.notify.Escalated, "routing.returned": w.notify.Returned, notify.JobDigest: w.notify.Digest,
	}
	return w
}

// Under is notify.Files.
func (w *world) Under(context.Context, tenants.ReadTx, desk.AnyID, int) ([]notify.File, error) {
	return w.under, nil
}

func file(name, content string) notify.File {
	return notify.File{Name: name, Type: "text/plain", Size: int64(len(content)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader([]byte(content))), nil
	}}
}

// Console, Portal, Mailbox and Rating are notify.Links.
func (w *world) Console(path string) string { return "https://desk.example" + path }

// Portal is the tenant's.
func (w *world) Portal(t tenants.Tenant, path string) string {
	return "https://" + t.Slug + ".desk.example" + path
}

// Mailbox is the tenant's.
func (w *world) Mailbox(t tenants.Tenant) string { return t.Slug + "@desk.example" }

// Rating is a word for the ticket.
func (w *world) Rating(_ context.Context, _ tenants.Tenant, ticket desk.TicketID) (string, error) {
	return "rate-" + ticket.UUID()[:8], nil
}

// work does each job that waits, and those that they leave, once; it gives what
// the failed ones said.
func (w *world) work() (failed []error) {
	w.t.Helper()
	after := int64(0)
	for {
		var rows []struct {
			ID        int64
			Name      string
			SubjectID desk.AnyID
			Seq       int
			Data      string
			CreatedAt time.Time
			Tries     int
		}
		err := w.House.SharedReader(desk.Automaton("notify")).Query(w.t.Context(), &rows, `select id, name, subject_id, coalesce(seq, 0) as seq, coalesce(data::text, '') as data, created_at, tries
			from manydesk.outbox where id > $1 order by id limit 1`, after)
		if err != nil {
			w.t.Fatal(err)
		}
		if len(rows) == 0 {
			return failed
		}
		r := rows[0]
		after = r.ID
		if handle, ok := w.mux[r.Name]; ok {
			job := &jobs.Work{ID: r.ID, Tenant: w.Tenant, Name: r.Name, Subject: r.SubjectID, Seq: r.Seq, Data: json.RawMessage(r.Data), Tries: r.Tries + 1, Created: r.CreatedAt}
			if err := handle(w.t.Context(), job); err != nil {
				failed = append(failed, err)
			}
		}
	}
}

// letters does what waits and gives the letters that left.
func (w *world) letters() []email.Message {
	w.t.Helper()
	if failed := w.work(); len(failed) > 0 {
		w.t.Fatalf("jobs failed: %v", failed)
	}
	return w.server.took()
}

// one is the only letter.
func (w *world) one(what string) email.Message {
	w.t.Helper()
	all := w.letters()
	if len(all) != 1 {
		w.t.Fatalf("%s: %d letters", what, len(all))
	}
	return all[0]
}

func (w *world) none(what string) {
	w.t.Helper()
	for _, m := range w.letters() {
		w.t.Errorf("%s: a letter to %v, %q", what, m.Delivered, m.Subject)
	}
}

// request is a ticket of a client's, whose acknowledgement has gone.
func (w *world) request(who desk.Actor) *tickets.Ticket {
	w.t.Helper()
	made := w.Request(who)
	w.letters()
	return made
}

func (w *world) reply(ticket *tickets.Ticket, in tickets.Reply) *tickets.Comment {
	w.t.Helper()
	in.Ticket, in.Anyway = tickets.ID(ticket.ID), true
	var made *tickets.Comment
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) (err error) {
		made, err = w.Tickets.Reply(ctx, tx, in)
		return err
	})
	return made
}

// release ends the hold of a reply.
func (w *world) release(ticket *tickets.Ticket, c *tickets.Comment) {
	w.t.Helper()
	w.Pass(tickets.Hold)
	w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
		return w.Tickets.Release(ctx, tx, desk.Timer{Subject: ticket.ID.Any(), Kind: tickets.TimerSend + ":" + itoa(c.Seq)})
	})
}

func (w *world) move(ticket *tickets.Ticket, who desk.Actor, m tickets.Move) {
	w.t.Helper()
	w.Must(who, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.ID(ticket.ID), Move: m})
		return err
	})
}

func (w *world) assign(ticket *tickets.Ticket, by, to desk.Actor) {
	w.t.Helper()
	w.Must(by, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Assign(ctx, tx, tickets.Assign{Ticket: tickets.ID(ticket.ID), To: to.User()})
		return err
	})
}

func (w *world) set(sql string, args ...any) {
	w.t.Helper()
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
}

func (w *world) count(sql string, args ...any) (n int) {
	w.t.Helper()
	if err := w.Read(w.Vera).QueryRow(w.t.Context(), sql, args, &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// newest is the letter that was queued last.
func (w *world) newest() (m post.Message) {
	w.t.Helper()
	err := w.Read(w.Vera).Query(w.t.Context(), &m, `select m.id, m.state, m.tries, coalesce(m.code, '') as code, coalesce(m.error, '') as error
		from ?tenant.messages m where m.direction = 'out' order by m.id desc limit 1`)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func to(m email.Message) string { return strings.Join(m.Delivered, " ") }
