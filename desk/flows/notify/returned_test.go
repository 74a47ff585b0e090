package notify_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// back takes tickets from Vera and leaves the job of the cause.
func (w *world) back(since time.Time, all ...*tickets.Ticket) {
	w.t.Helper()
	w.Must(desk.Automaton("triage"), func(ctx context.Context, tx tenants.Tx) error {
		for _, is := range all {
			_, err := w.Tickets.Tend(ctx, tx, tickets.ID(is.ID), access.TicketAssign, func(_ context.Context, c *tickets.Change) error {
				c.Give(desk.UserID{}, "", "Vera", tickets.Detail{})
				return nil
			})
			if err != nil {
				return err
			}
		}
		data, err := json.Marshal(map[string]any{"cause": "removed", "person": w.Vera.User(), "since": since})
		if err != nil {
			return err
		}
		return jobs.Enqueue(ctx, tx, desk.Job{Name: "routing.returned", Lane: desk.MailLane, Subject: w.Vera.ID, Data: data})
	})
}

func TestDispatchersAreToldOnceOfWhatCameBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("update ?tenant.staff set roles = case when user_id = $1 then '{dispatcher}'::text[] else '{agent}' end", w.Oleg.ID)
	first, second, taken := w.request(w.Ivan), w.request(w.Ivan), w.request(w.Ivan)
	for _, is := range []*tickets.Ticket{first, second, taken} {
		w.assign(is, w.Oleg, w.Vera)
	}
	w.letters()
	since := w.Now()
	w.back(since, first, second, taken)
	w.assign(taken, w.Oleg, w.Oleg) // somebody has seen to it meanwhile
	told := digests(w)
	if len(told) != 1 {
		t.Fatalf("%d letters", len(told))
	}
	m := told[0]
	for _, said := range []string{w.Tenant.Ref(first.Number), w.Tenant.Ref(second.Number), "https://desk.example/t/" + w.Tenant.Slug + "/distribution", "больше не"} {
		if !strings.Contains(m.Text, said) {
			t.Errorf("%q is not said in\n%s", said, m.Text)
		}
	}
	if strings.Contains(m.Text, w.Tenant.Ref(taken.Number)) || !strings.Contains(m.Subject, ": 2") {
		t.Errorf("what somebody has was told: %q\n%s", m.Subject, m.Text)
	}
	w.none("again")
	w.assign(first, w.Oleg, w.Oleg)
	w.assign(second, w.Oleg, w.Oleg)
	w.letters()
	w.back(since)
	w.none("with nothing left")
}

// digests are the letters of what came back, among others.
func digests(w *world) (all []email.Message) {
	w.t.Helper()
	for _, m := range w.letters() {
		if strings.Contains(m.Subject, "без ответственного") {
			all = append(all, m)
		}
	}
	return all
}

// A worker that dies between the queueing and its answer is asked again: no
// second letter is queued.
func TestWhatCameBackIsQueuedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	is := w.request(w.Ivan)
	w.assign(is, w.Oleg, w.Vera)
	w.letters()
	w.back(w.Now(), is)
	var row struct {
		ID   int64
		Data string
	}
	err := w.House.SharedReader(desk.Automaton("notify")).Query(t.Context(), &row, "select id, data::text as data from manydesk.outbox where name = 'routing.returned'")
	if err != nil {
		t.Fatal(err)
	}
	job := func() error {
		return w.notify.Returned(t.Context(), &jobs.Work{ID: row.ID, Tenant: w.Tenant, Name: "routing.returned", Data: json.RawMessage(row.Data), Created: w.Now()})
	}
	if err := job(); err != nil {
		t.Fatal(err)
	}
	queued := func() (n int) {
		if err := w.House.SharedReader(desk.Automaton("notify")).QueryRow(t.Context(), "select count(*) from manydesk.outbox where name = 'notify.digest'", nil, &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	once := queued()
	if once == 0 {
		t.Fatal("nobody is told")
	}
	if err := job(); err == nil || queued() != once {
		t.Errorf("again: %v, %d letters are queued, not %d", err, queued(), once)
	}
}
