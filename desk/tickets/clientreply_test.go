package tickets_test

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func TestAMailSpeaksWithItsSendersVoiceAndAQuietOneWakesNobody(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	intake := desk.Automaton("intake")
	made := w.Open(intake, tickets.Open{Subject: " Re:\r\n касса ", Text: "a", Channel: tickets.Mail, Contact: w.Ivan.Contact(), Cc: []desk.ContactID{w.Sasha.Contact()}})
	n := tickets.ID(made.ID)
	if made.Subject != "Re: касса" || made.Type != "incident" {
		t.Fatalf("%+v", made)
	}
	_, err := reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "b", Seen: 1, Status: &tickets.Move{To: "resolved"}})
	check(t, err)
	quiet, err := answer(w, intake, tickets.ClientReply{Ticket: n, Text: "Я в отпуске", Channel: tickets.Mail, Contact: w.Ivan.Contact(), Quiet: true})
	check(t, err)
	if v := view(t, w, w.Vera, made.Number); v.Status != "resolved" || v.ClientWaits() {
		t.Fatalf("an out-of-office answer opened it: %+v", v.Ticket)
	}
	if quiet.AuthorID != w.Ivan.ID || quiet.AuthorKind != "contact" {
		t.Fatalf("%+v", quiet)
	}
	_, err = answer(w, intake, tickets.ClientReply{Ticket: n, Text: "Опять", Channel: tickets.Mail, Contact: w.Ivan.Contact()})
	check(t, err)
	v := view(t, w, w.Vera, made.Number)
	if v.Status != "open" || v.Reopened != 1 || !v.ClientWaits() || v.Timeline.Entries[0].Author.Name != "Иван" {
		t.Fatalf("%+v", v.Ticket)
	}
	if len(v.People) != 1 || v.People[0].Name != "Саша" || !v.People[0].Copied {
		t.Fatalf("people %+v", v.People)
	}
}

func TestWhatComesAfterAClosedTicketGoesOnFromIt(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	first := w.Request(w.Ivan)
	second := w.Open(desk.Automaton("intake"), tickets.Open{Subject: "a", Channel: tickets.Mail, Contact: w.Ivan.Contact(), Follows: first.ID})
	var target desk.TicketID
	check(t, w.Read(w.Vera).QueryRow(t.Context(), "select target_id from ?tenant.links where ticket_id = $1 and kind = 'related'", []any{second.ID}, &target))
	if target != first.ID {
		t.Fatalf("linked to %s", target)
	}
}

func TestAFailedMailIsSeenOnTheTicket(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	made := w.Request(w.Ivan)
	n := tickets.ID(made.ID)
	c, err := reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "b", Seen: 1, Hold: -1})
	check(t, err)
	w.Must(desk.Automaton("notify"), func(ctx context.Context, tx tenants.Tx) error {
		return w.Tickets.Delivered(ctx, tx, tickets.Delivery{Ticket: n, Message: c.Message, Reply: c.Seq, State: "bounced", Code: "5.1.1", Text: "no such user"})
	})
	v := view(t, w, w.Vera, made.Number)
	if len(v.Problems) != 1 || v.Problems[0].Code != "5.1.1" || v.Problems[0].Reply != c.Seq || v.Problems[0].Address != "ivan@example.com" {
		t.Fatalf("%+v", v.Problems)
	}
	if e := v.Timeline.Entries; e[1].Comment.State != "bounced" || e[2].Type != tickets.FactSendFailed {
		t.Fatalf("%+v", e)
	}
	if client := view(t, w, w.Ivan, made.Number); len(client.Problems) != 0 || len(client.Timeline.Entries) != 2 {
		t.Fatalf("the client sees %+v", client)
	}
}
