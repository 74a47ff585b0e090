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

// clientSees is what a client's page, list and counts say of its only ticket.
func clientSees(t *testing.T, w *ticketstest.World, n tickets.Ref) (status string, lines int) {
	t.Helper()
	v := view(t, w, w.Ivan, n.Number)
	l, err := w.Tickets.List(t.Context(), w.Read(w.Ivan), tickets.ListQuery{})
	check(t, err)
	if len(l.Rows) != 1 || l.Rows[0].Status != v.Status || l.Rows[0].Category != v.Category || !l.Rows[0].ResumeAt.Equal(v.ResumeAt) || !l.Rows[0].ResolvedAt.Equal(v.ResolvedAt) {
		t.Fatalf("the list says %+v, the page %+v", l.Rows, v.Ticket)
	}
	for c := tickets.CategoryOpen; c <= tickets.CategoryClosed; c++ {
		want := 0
		if c == v.Category {
			want = 1
		}
		q := tickets.ListQuery{Filter: tickets.Filter{Categories: []tickets.Category{c}}}
		got, err := w.Tickets.Count(t.Context(), w.Read(w.Ivan), q, 10)
		check(t, err)
		l, err := w.Tickets.List(t.Context(), w.Read(w.Ivan), q)
		check(t, err)
		if got != want || len(l.Rows) != want {
			t.Fatalf("%s: %d counted, %d listed, while the page says %s", c, got, len(l.Rows), v.Category)
		}
	}
	return v.Status, len(v.Timeline.Entries)
}

func release(w *ticketstest.World, id desk.TicketID, seq string) {
	w.T.Helper()
	w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
		return w.Tickets.Release(ctx, tx, desk.Timer{Subject: id.Any(), Kind: "send:" + seq})
	})
}

func TestAClientLearnsOfTheStatusWithTheReplyItCameWith(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	made := w.Request(w.Ivan)
	n := tickets.Number(made.Number)
	until := w.Now().Add(48 * time.Hour)
	want := func(when, status string, lines int) {
		t.Helper()
		if got, n := clientSees(t, w, n); got != status || n != lines {
			t.Fatalf("%s the client sees %s and %d lines, not %s and %d", when, got, n, status, lines)
		}
	}
	_, err := reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Какая модель?", Seen: 1, Status: &tickets.Move{To: "pending", Until: until}})
	check(t, err)
	if v := view(t, w, w.Vera, n.Number); v.Status != "pending" {
		t.Fatalf("the staff sees %s", v.Status)
	}
	want("while a question is held", "open", 1)
	_, err = reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Нашли сами.", Seen: 3, Status: &tickets.Move{To: "resolved"}})
	check(t, err)
	want("while two answers are held", "open", 1)
	release(w, made.ID, "2")
	want("with the first answer", "pending", 3)
	release(w, made.ID, "4")
	want("with both", "resolved", 5)
}

func TestAClientNeverLearnsOfAStatusThatWasTakenBack(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	_, err := reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Готово", Seen: 1, Status: &tickets.Move{To: "resolved"}})
	check(t, err)
	_, err = withdraw(w, w.Vera, n, 2)
	check(t, err)
	if status, lines := clientSees(t, w, n); status != "open" || lines != 1 {
		t.Fatalf("after the answer was taken back the client sees %s and %d lines", status, lines)
	}
}

// Who writes meanwhile acts on the ticket as it is, and sees that.
func TestWhatAClientDoesMeanwhileIsSeenAtOnce(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	_, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "in_progress"}})
	check(t, err)
	_, err = reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Готово", Seen: 2, Status: &tickets.Move{To: "resolved"}})
	check(t, err)
	_, err = answer(w, w.Ivan, tickets.ClientReply{Ticket: n, Text: "Ещё вот что"})
	check(t, err)
	if got, _ := clientSees(t, w, n); got != "open" {
		t.Fatalf("after its own words the client sees %s", got)
	}
}
