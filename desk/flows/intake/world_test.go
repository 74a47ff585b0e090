package intake_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/channels/post"
	"manydesk/desk/customers"
	"manydesk/desk/files"
	"manydesk/desk/flows/intake"
	"manydesk/desk/lookup"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/jobs"
	"manydesk/tenants"
)

const (
	support = "support@acme.example"
	sales   = "sales@acme.example"
)

var me = desk.Automaton("intake")

// world is a tenant with a mailbox or two, and nobody at work on its letters but
// the test.
type world struct {
	*ticketstest.World
	t         *testing.T
	intake    *intake.Intake
	customers *customers.Customers
	files     *files.Files
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{World: ticketstest.New(t), t: t}
	ctx := t.Context()
	store, err := files.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if w.files, err = files.Open(ctx, w.House, store, 1<<20); err != nil {
		t.Fatal(err)
	}
	index, err := lookup.Open(ctx, w.House)
	if err != nil {
		t.Fatal(err)
	}
	w.Tickets = tickets.New(w.Log, w.Guard, w.files)
	w.customers = customers.New(w.Log, w.Guard, index)
	w.intake = intake.New(w.House, w.Tickets, w.customers, w.files)
	return w
}

// letter is a message in the making; what is empty is left out.
type letter struct {
	from, to, subject, id, head, body string
}

func (l letter) raw() []byte {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", name, value)
		}
	}
	line("From", l.from)
	line("To", l.to)
	line("Subject", l.subject)
	if l.id != "" {
		line("Message-ID", "<"+l.id+">")
	}
	line("Date", "Mon, 23 Nov 2026 12:00:00 +0300")
	b.WriteString(strings.ReplaceAll(l.head, "\n", "\r\n"))
	if !strings.Contains(l.head, "Content-Type") {
		b.WriteString("Content-Type: text/plain; charset=utf-8\r\n")
	}
	b.WriteString("\r\n" + strings.ReplaceAll(l.body, "\n", "\r\n") + "\r\n")
	return []byte(b.String())
}

// accept is the door's part: the letter is stored for a mailbox.
func (w *world) accept(mailbox string, raw []byte, recipients ...string) {
	w.t.Helper()
	m := email.Read(raw)
	if err := w.intake.Accept(w.t.Context(), w.Tenant, mailbox, intake.Envelope{From: m.From, Recipients: recipients}, raw); err != nil {
		w.t.Fatal(err)
	}
}

// work does the jobs that wait, in their order, and returns the last error.
func (w *world) work() (last error) {
	w.t.Helper()
	for {
		job, ok := w.next()
		if !ok {
			return last
		}
		if last = w.intake.Receive(w.t.Context(), job); last != nil {
			return last
		}
	}
}

func (w *world) next() (*jobs.Work, bool) {
	w.t.Helper()
	var rows []struct {
		ID        int64
		SubjectID desk.AnyID
	}
	if err := w.House.SharedReader(me).Query(w.t.Context(), &rows, "select id, subject_id from manydesk.outbox where name = $1 order by id limit 1", intake.Job); err != nil {
		w.t.Fatal(err)
	}
	if len(rows) == 0 {
		return nil, false
	}
	return &jobs.Work{ID: rows[0].ID, Tenant: w.Tenant, Name: intake.Job, Subject: rows[0].SubjectID, Tries: 1, Created: w.Now()}, true
}

// arrives has one letter come in to support and be settled; it gives its fate.
func (w *world) arrives(l letter) post.Message {
	w.t.Helper()
	if l.to == "" {
		l.to = support
	}
	return w.arrivesRaw(l.raw(), l.to)
}

func (w *world) arrivesRaw(raw []byte, to string) post.Message {
	w.t.Helper()
	w.accept(support, raw, to)
	if err := w.work(); err != nil {
		w.t.Fatal(err)
	}
	return w.last()
}

// last is the letter that came last.
func (w *world) last() post.Message {
	w.t.Helper()
	var all []post.Message
	err := w.Read(me).Query(w.t.Context(), &all, `select m.id, m.state, m.subject_id, coalesce(m.seq, 0) as seq, coalesce(m.code, '') as code, m.data
		from ?tenant.messages m where m.direction = 'in' order by m.id desc limit 1`)
	if err != nil || len(all) == 0 {
		w.t.Fatalf("the last letter: %v", err)
	}
	return all[0]
}

// ticket is what became of a letter that became something.
func (w *world) ticket(m post.Message) *tickets.View {
	w.t.Helper()
	if m.State != post.Done {
		w.t.Fatalf("the letter is %s (%s), no ticket", m.State, m.Code)
	}
	var number int64
	if err := w.Read(me).QueryRow(w.t.Context(), "select number from ?tenant.tickets where id = $1", []any{m.SubjectID}, &number); err != nil {
		w.t.Fatal(err)
	}
	v, err := w.Tickets.View(w.t.Context(), w.Read(w.Vera), number, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

func (w *world) count(sql string, args ...any) (n int) {
	w.t.Helper()
	if err := w.Read(me).QueryRow(w.t.Context(), sql, args, &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) tickets() int { return w.count("select count(*) from ?tenant.tickets") }

// said are the texts of a ticket, oldest first.
func (w *world) said(ticket desk.TicketID) []string {
	w.t.Helper()
	var rows []struct{ Body string }
	if err := w.Read(me).Query(w.t.Context(), &rows, "select body from ?tenant.comments where ticket_id = $1 order by seq", ticket); err != nil {
		w.t.Fatal(err)
	}
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = r.Body
	}
	return all
}

func (w *world) signer() email.Signer {
	w.t.Helper()
	keys, err := w.House.SigningKeys(w.t.Context(), "mail")
	if err != nil {
		w.t.Fatal(err)
	}
	return email.Signer{Tenant: w.Tenant.ID, Keys: keys}
}

// sent is a letter of ours about a ticket, as it stands after it has gone.
func (w *world) sent(ticket desk.TicketID, to, id string) desk.MessageID {
	w.t.Helper()
	var out *post.Message
	w.Must(me, func(ctx context.Context, tx tenants.Tx) (err error) {
		out, err = post.Post(ctx, tx, post.Outgoing{Channel: "mail", Address: to, Subject: ticket.Any(), Seq: 1, Data: map[string]any{"kind": "received", "automatic": true}})
		if err != nil {
			return err
		}
		return post.Settle(ctx, tx, post.Settled{ID: out.ID, State: post.Sent, ExternalID: id})
	})
	return out.ID
}

func (w *world) move(ticket desk.TicketID, to string) {
	w.t.Helper()
	m := tickets.Move{To: to, Comment: "Готово."}
	if to == "pending" {
		m.Until = w.Now().Add(48 * time.Hour)
	}
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.ID(ticket), Move: m})
		return err
	})
}

func decode(t *testing.T, data json.RawMessage) (about struct {
	Kind     string
	Problems []string
},
) {
	t.Helper()
	if err := json.Unmarshal(data, &about); err != nil {
		t.Fatal(err)
	}
	return about
}
