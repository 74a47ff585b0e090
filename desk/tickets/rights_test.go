package tickets_test

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

// Every verb of the staff is refused to who may not: an observer is told which
// right it takes, all others that there is no such ticket.
func TestVerbsOfTheStaffAreTheirs(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	r := w.Tickets
	for name, act := range map[string]func(ctx context.Context, tx tenants.Tx) error{
		"reply": func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.Reply(ctx, tx, tickets.Reply{Ticket: n, Text: "a"})
			return err
		},
		"note": func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.Note(ctx, tx, tickets.Note{Ticket: n, Text: "a"})
			return err
		},
		"assign": func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.Assign(ctx, tx, tickets.Assign{Ticket: n, To: w.Vera.User()})
			return err
		},
		"unassign": func(ctx context.Context, tx tenants.Tx) error { _, err := r.Unassign(ctx, tx, n, 0, ""); return err },
		"status": func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.SetStatus(ctx, tx, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved"}})
			return err
		},
		"priority": func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.SetPriority(ctx, tx, tickets.SetPriority{Ticket: n, Priority: 1})
			return err
		},
		"edit": func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.Edit(ctx, tx, tickets.Edit{Ticket: n, Subject: ptr("a")})
			return err
		},
		"withdraw": func(ctx context.Context, tx tenants.Tx) error { _, err := r.Withdraw(ctx, tx, n, 1); return err },
		"delivered": func(ctx context.Context, tx tenants.Tx) error {
			return r.Delivered(ctx, tx, tickets.Delivery{Ticket: n, State: "sent"})
		},
		"resume": func(ctx context.Context, tx tenants.Tx) error {
			v, err := r.View(ctx, w.Read(w.Vera), n.Number, 1)
			if err != nil {
				return err
			}
			return r.Resume(ctx, tx, desk.Timer{Subject: v.ID.Any()})
		},
	} {
		for _, c := range []struct {
			who  desk.Actor
			want desk.Code
		}{{w.Nina, desk.Denied}, {w.Ivan, desk.NotFound}, {w.Petra, desk.NotFound}, {ticketstest.Staff("чужой"), desk.NotFound}, {desk.Automaton("nobody"), desk.NotFound}} {
			if err := w.Do(c.who, act); desk.CodeOf(err) != c.want {
				t.Errorf("%s by %s: %v, want %s", name, c.who.Name, err, c.want)
			}
		}
	}
	if v := view(t, w, w.Vera, n.Number); v.Version != 1 {
		t.Fatalf("something happened: version %d", v.Version)
	}
}

func TestVerbsOfClientsAreTheirs(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Sasha).Number)
	_, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved"}})
	check(t, err)
	r := w.Tickets
	rate := func(ctx context.Context, tx tenants.Tx) error {
		_, err := r.Rate(ctx, tx, tickets.Rate{Ticket: n, Score: 4})
		return err
	}
	for name, c := range map[string]struct {
		who  desk.Actor
		act  func(ctx context.Context, tx tenants.Tx) error
		want desk.Code
	}{
		"another client rates":          {w.Ivan, rate, desk.NotFound},
		"the manager rates for another": {w.Petra, rate, desk.NotFound},
		"an agent rates":                {w.Vera, rate, desk.NotFound},
		"the link of another rates": {desk.Automaton("rating"), func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.Rate(ctx, tx, tickets.Rate{Ticket: n, Score: 4, Contact: w.Ivan.Contact()})
			return err
		}, desk.NotFound},
		"its own link rates": {desk.Automaton("rating"), func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.Rate(ctx, tx, tickets.Rate{Ticket: n, Score: 4, Contact: w.Sasha.Contact()})
			return err
		}, ""},
		"another client reopens": {w.Ivan, func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.Reopen(ctx, tx, tickets.Reopen{Ticket: n})
			return err
		}, desk.NotFound},
		"another client confirms": {w.Ivan, func(ctx context.Context, tx tenants.Tx) error { _, err := r.Confirm(ctx, tx, n); return err }, desk.NotFound},
		"an observer confirms":    {w.Nina, func(ctx context.Context, tx tenants.Tx) error { _, err := r.Confirm(ctx, tx, n); return err }, desk.Denied},
		"an observer follows":     {w.Nina, func(ctx context.Context, tx tenants.Tx) error { return r.Follow(ctx, tx, n) }, ""},
		"another client follows":  {w.Ivan, func(ctx context.Context, tx tenants.Tx) error { return r.Follow(ctx, tx, n) }, desk.NotFound},
		"another client reads on": {w.Ivan, func(ctx context.Context, tx tenants.Tx) error { return r.MarkSeen(ctx, tx, n, 1) }, desk.NotFound},
		"a client drafts": {w.Sasha, func(ctx context.Context, tx tenants.Tx) error {
			_, err := r.SaveDraft(ctx, tx, n, tickets.Draft{Kind: "reply"})
			return err
		}, desk.NotFound},
	} {
		if err := w.Do(c.who, c.act); desk.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
