package triage_test

import (
	"context"
	"testing"
	"time"

	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// visited is a world whose normal tickets are promised a visit within four hours.
func visited(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	spec := standard()
	target := spec.Targets["3"]
	target.Arrival = 240
	spec.Targets["3"] = target
	put(w, sla.Policies, settings.Draft[sla.Policy]{Key: "standard", Spec: spec})
	return w
}

func (w *world) arrive(n int64, at time.Time) {
	w.T.Helper()
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Arrive(ctx, tx, tickets.Arrive{Ticket: tickets.Number(n), At: at})
		return err
	})
}

func TestAnArrivalMeetsItsPromiseAndIsTakenBack(t *testing.T) {
	t.Parallel()
	w := visited(t)
	w.at(23, 10, 0)
	n := w.Request(w.Ivan).Number
	s := w.state(n)
	near(t, "the visit is due", s.Run(sla.Arrival).Due, moscow(23, 15, 0))
	w.at(23, 14, 30)
	w.arrive(n, time.Time{})
	s = w.state(n)
	if r := s.Run(sla.Arrival); r.Met.IsZero() || !r.Breached.IsZero() {
		t.Fatalf("after the visit %+v", r)
	}
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.NotArrived(ctx, tx, tickets.Number(n))
		return err
	})
	s = w.state(n)
	if r := s.Run(sla.Arrival); !r.Met.IsZero() {
		t.Fatalf("taken back %+v", r)
	}
	near(t, "the visit is due again", s.Run(sla.Arrival).Due, moscow(23, 15, 0))
	w.refolded(n)
}

func TestAnArrivalThatIsToldLateWasInTime(t *testing.T) {
	t.Parallel()
	w := visited(t)
	w.at(23, 10, 0)
	made := w.Request(w.Ivan)
	w.at(23, 15, 1)
	w.fire(made.ID)
	s := w.state(made.Number)
	if s.Run(sla.Arrival).Breached.IsZero() {
		t.Fatal("a visit that nobody told of is not late")
	}
	w.arrive(made.Number, moscow(23, 14, 50))
	s = w.state(made.Number)
	if r := s.Run(sla.Arrival); !r.Breached.IsZero() || !r.Met.Equal(moscow(23, 14, 50)) {
		t.Fatalf("told late %+v", r)
	}
	w.arrive(made.Number, moscow(23, 15, 1))
	s = w.state(made.Number)
	if r := s.Run(sla.Arrival); r.Breached.IsZero() || !r.Met.Equal(moscow(23, 15, 1)) {
		t.Fatalf("corrected %+v", r)
	}
	w.refolded(made.Number)
}
