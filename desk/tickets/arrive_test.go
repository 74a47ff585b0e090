package tickets_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func arrive(w *ticketstest.World, who desk.Actor, n tickets.Ref, at time.Time) (*tickets.Ticket, error) {
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.Arrive(ctx, tx, tickets.Arrive{Ticket: n, At: at})
	})
}

func notArrived(w *ticketstest.World, who desk.Actor, n tickets.Ref) (*tickets.Ticket, error) {
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.NotArrived(ctx, tx, n)
	})
}

func TestAnArrivalIsToldCorrectedAndTakenBack(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	w.Pass(2 * time.Hour)
	came := w.Now()
	first, err := arrive(w, w.Vera, n, time.Time{})
	check(t, err)
	again, err := arrive(w, w.Vera, n, time.Time{})
	check(t, err)
	if again.Version != first.Version {
		t.Fatal("told twice, it is two facts")
	}
	_, err = arrive(w, w.Vera, n, came.Add(-time.Hour))
	check(t, err)
	_, err = notArrived(w, w.Vera, n)
	check(t, err)
	last, err := notArrived(w, w.Vera, n)
	check(t, err)
	if last.Version != first.Version+2 {
		t.Fatalf("version %d, it was %d", last.Version, first.Version)
	}
	var types []string
	for _, e := range view(t, w, w.Ivan, n.Number).Timeline.Entries {
		types = append(types, e.Type)
	}
	if len(types) != 4 || types[1] != tickets.FactArrived || types[2] != tickets.FactArrived || types[3] != tickets.FactNotArrived {
		t.Fatalf("the client sees %v", types)
	}
}

func TestAnArrivalIsNeitherAheadNorBeforeTheTicket(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	w.Pass(time.Hour)
	for at, wrong := range map[time.Time]desk.FieldCode{w.Now().Add(time.Hour): desk.InFuture, w.Now().Add(-24 * time.Hour): desk.BeforeOpened} {
		_, err := arrive(w, w.Vera, n, at)
		refused(t, err, desk.ValidationFailed)
		var why *desk.Error
		if !errors.As(err, &why) || len(why.Fields) != 1 || why.Fields[0].Pointer != "/body/at" || why.Fields[0].Code != wrong {
			t.Errorf("at %s: %v, not %s", at, err, wrong)
		}
	}
	opened := view(t, w, w.Vera, n.Number).Ticket.CreatedAt
	_, err := arrive(w, w.Vera, n, opened.Truncate(time.Millisecond))
	check(t, err)
	_, err = arrive(w, w.Ivan, n, time.Time{})
	if err == nil {
		t.Fatal("the client says who came")
	}
}
