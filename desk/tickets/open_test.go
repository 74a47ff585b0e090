package tickets_test

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func TestAClientsRequestStandsWholeAfterOneStatement(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	made := w.Request(w.Petra)
	if made.Number == 0 || made.Version != 1 || made.PublicSeq != 1 || made.Channel != tickets.Portal || made.CompanyID != w.Lotos {
		t.Fatalf("made %+v", made)
	}
	v, err := w.Tickets.View(t.Context(), w.Read(w.Vera), made.Number, 0)
	if err != nil {
		t.Fatal(err)
	}
	if v.Contact == nil || v.Contact.Name != "Петра" || v.Contact.Email != "petra@lotos.example" || v.Company != "Лотос" || !v.IsNew || !v.ClientWaits() {
		t.Fatalf("view %+v %+v", v, v.Contact)
	}
	if len(v.Timeline.Entries) != 1 || v.Timeline.Entries[0].Comment == nil || v.Timeline.Entries[0].Author.Name != "Петра" {
		t.Fatalf("timeline %+v", v.Timeline)
	}
}

func TestOpeningTakesThreeRoundTrips(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	for range 20 { // every connection of the pool has its plan
		w.Request(w.Ivan)
	}
	if n := w.Trips.Count(func() { w.Request(w.Ivan) }); n > 3 {
		t.Fatalf("%d round trips, want begin, one statement, commit", n)
	}
}

func TestATicketIsRefusedWithAllItsWrongFields(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	err := w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Open(ctx, tx, tickets.Open{Subject: "  ", Text: "a\x00b", Type: "incident", Priority: 7, Fields: map[string]any{"impact": "nobody", "colour": "red"}})
		return err
	})
	var refusal *desk.Error
	if !asRefusal(err, &refusal) || len(refusal.Fields) != 5 {
		t.Fatalf("refused with %v", err)
	}
}

func TestWhoMayOpen(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	for _, c := range []struct {
		who  desk.Actor
		in   tickets.Open
		want desk.Code
	}{
		{w.Vera, tickets.Open{Subject: "a", Type: "problem", Contact: w.Ivan.Contact()}, ""},
		{w.Nina, tickets.Open{Subject: "a", Type: "problem"}, desk.Denied},
		{ticketstest.Staff("чужой"), tickets.Open{Subject: "a", Type: "question"}, desk.NotFound},
		{w.Ivan, tickets.Open{Subject: "a", Type: "problem"}, desk.ValidationFailed},
		{w.Ivan, tickets.Open{Subject: "a", Type: "question"}, ""},
		{w.Vera, tickets.Open{Subject: "a", Type: "question", Contact: desk.NewContactID(w.Now())}, desk.ValidationFailed},
		{desk.Automaton("intake"), tickets.Open{Subject: "a", Contact: w.Ivan.Contact(), Channel: tickets.Mail}, ""},
		{desk.Automaton("nobody"), tickets.Open{Subject: "a"}, desk.NotFound},
	} {
		err := w.Do(c.who, func(ctx context.Context, tx tenants.Tx) error {
			_, err := w.Tickets.Open(ctx, tx, c.in)
			return err
		})
		if got := desk.CodeOf(err); got != c.want {
			t.Errorf("%s opening %+v: %v, want %q", c.who.Name, c.in, err, c.want)
		}
	}
}
