package tickets_test

import (
	"context"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func TestARatingIsForWhatIsDoneAndChangesForAWeek(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	rate := func(in tickets.Rate) error {
		in.Ticket = n
		return w.Do(w.Ivan, func(ctx context.Context, tx tenants.Tx) error { _, err := w.Tickets.Rate(ctx, tx, in); return err })
	}
	refused(t, rate(tickets.Rate{Score: 5}), desk.TransitionRefused)
	_, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved"}})
	check(t, err)
	for _, in := range []tickets.Rate{{Score: 0}, {Score: 6}, {Score: 3, Reasons: []string{"a", "b", "c", "d"}}, {Score: 3, Comment: "a\x00"}} {
		refused(t, rate(in), desk.ValidationFailed)
	}
	check(t, rate(tickets.Rate{Score: 2, Reasons: []string{"slow"}, Comment: " долго "}))
	w.Pass(6 * 24 * time.Hour)
	check(t, rate(tickets.Rate{Score: 4}))
	v := view(t, w, w.Vera, n.Number)
	if v.Rating.Score != 4 || v.Ticket.Rating != 4 || !v.Rating.FirstAt.Before(v.Rating.At) || len(v.Timeline.Entries) != 4 {
		t.Fatalf("%+v", v.Rating)
	}
	w.Pass(2 * 24 * time.Hour)
	refused(t, rate(tickets.Rate{Score: 5}), desk.ValidationFailed)
}

func TestAClientReopensWhatIsNotDoneAndConfirmsWhatIs(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	resolve := func() {
		_, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved"}})
		check(t, err)
	}
	confirm := func() error {
		return w.Do(w.Ivan, func(ctx context.Context, tx tenants.Tx) error { _, err := w.Tickets.Confirm(ctx, tx, n); return err })
	}
	reopen := func(text string) (*tickets.Ticket, error) {
		return verb(w, w.Ivan, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
			return w.Tickets.Reopen(ctx, tx, tickets.Reopen{Ticket: n, Text: text})
		})
	}
	resolve()
	got, err := reopen("Опять пустые")
	if check(t, err); got.Category != tickets.CategoryOpen || got.Reopened != 1 || !got.ClientWaits() || !got.ResolvedAt.IsZero() {
		t.Fatalf("%+v", got)
	}
	got, err = reopen("")
	if check(t, err); got.Reopened != 1 {
		t.Fatal("an open one was opened again")
	}
	resolve()
	check(t, confirm())
	check(t, confirm())
	_, err = reopen("")
	refused(t, err, desk.ClosedIsFinal)
	if timers(t, w) != 0 {
		t.Fatal("a timer stays on a closed ticket")
	}
}
