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

func confirm(w *ticketstest.World, who desk.Actor, n tickets.Ref) (*tickets.Ticket, error) {
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.Confirm(ctx, tx, n)
	})
}

// A client closes a request from wherever it stands: the trouble went away by itself.
func TestAClientSaysThatItWorksAlready(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	until := w.Now().Add(100 * time.Hour)
	for name, steps := range map[string][]string{
		"open": nil, "in_progress": {"in_progress"}, "pending": {"pending"}, "resolved": {"resolved"},
	} {
		n := tickets.Number(w.Request(w.Ivan).Number)
		for _, step := range steps {
			_, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: step, Until: until}})
			check(t, err)
		}
		got, err := confirm(w, w.Ivan, n)
		check(t, err)
		if got.Category != tickets.CategoryClosed || got.ClosedAt.IsZero() || got.ResolvedAt.IsZero() || !got.ResumeAt.IsZero() || !got.WaitingSince.IsZero() || got.Reopened != 0 {
			t.Errorf("confirmed from %s: %+v", name, got)
		}
		version := got.Version
		if got, err = confirm(w, w.Ivan, n); err != nil || got.Version != version {
			t.Errorf("confirmed twice from %s: version %d after %d, %v", name, got.Version, version, err)
		}
		seen := view(t, w, w.Ivan, n.Number).Timeline.Entries
		last := seen[len(seen)-1]
		if last.Type != tickets.FactStatusChanged || last.Author.ID != w.Ivan.ID || !last.Public {
			t.Errorf("the last word from %s is %+v", name, last)
		}
	}
	if n := timers(t, w); n != 0 {
		t.Errorf("%d timers of closed tickets go on", n)
	}
	if n := indexed(t, w); n != 0 {
		t.Errorf("%d closed tickets stand in the worklist", n)
	}
}

func TestOnlyAClientConfirmsWhatIsNotResolved(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	_, err := confirm(w, w.Oleg, n)
	refused(t, err, desk.TransitionRefused)
	_, err = status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved"}})
	check(t, err)
	got, err := confirm(w, w.Oleg, n)
	check(t, err)
	if got.Category != tickets.CategoryClosed {
		t.Fatalf("confirmed by the staff: %+v", got)
	}
}
