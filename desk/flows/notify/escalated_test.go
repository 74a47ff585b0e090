package notify_test

import (
	"context"
	"strings"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

func TestAnEscalationTellsEverybodyItNamesOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.request(w.Ivan)
	w.assign(made, w.Oleg, w.Vera)
	w.letters()
	var seq int
	w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Tend(ctx, tx, tickets.ID(made.ID), access.TicketEdit, func(_ context.Context, c *tickets.Change) error {
			c.Ticket.FirstDueAt = w.Now().Add(-1)
			seq = c.Record(tickets.FactEscalated, false, tickets.Detail{Rule: "warn@1/0", Code: "first_response"})
			return nil
		})
		if err != nil {
			return err
		}
		// Oleg is named and is a dispatcher; Vera has the ticket.
		data := `{"roles":["dispatcher"],"people":["` + desk.UserID(w.Oleg.ID).String() + `"],"assignee":true}`
		return jobs.Enqueue(ctx, tx, desk.Job{Name: "notify.escalated", Lane: desk.MailLane, Subject: made.ID.Any(), Seq: seq, Data: []byte(data)})
	})
	told := map[string]bool{}
	for _, m := range w.letters() {
		told[to(m)] = true
		if !strings.Contains(m.Subject, "Просрочено") || !strings.Contains(m.Text, "время реакции") || !strings.Contains(m.Text, "https://desk.example/t/") {
			t.Errorf("%q\n%s", m.Subject, m.Text)
		}
	}
	if len(told) != 2 {
		t.Errorf("told %v", told)
	}
	w.none("again")
}
