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

func TestADayOfATicket(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	made := w.Request(w.Ivan)
	n := tickets.Number(made.Number)

	got, err := assign(w, w.Vera, tickets.Assign{Ticket: n, To: w.Vera.User()})
	check(t, err)
	if got.AssigneeID != w.Vera.User() || got.Version != 2 || got.PublicSeq != 1 {
		t.Fatalf("assigned %+v", got)
	}

	until := w.Now().Add(24 * time.Hour)
	c, err := reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Какая модель?", Seen: 1, Status: &tickets.Move{To: "pending", Until: until}})
	check(t, err)
	if c.Seq != 3 || c.State != "held" || c.HeldUntil.IsZero() || len(c.Data.To) != 1 || c.Data.To[0].Address != "ivan@example.com" {
		t.Fatalf("comment %+v", c)
	}
	if v := view(t, w, w.Ivan, made.Number); len(v.Timeline.Entries) != 1 || v.Status != "open" {
		t.Fatalf("the client sees %+v before the hold is over", v.Timeline.Entries)
	}
	v := view(t, w, w.Vera, made.Number)
	if v.Status != "pending" || !v.ResumeAt.Equal(until) || v.ClientWaits() || v.Version != 4 || v.FirstRepliedAt.IsZero() || v.IsNew {
		t.Fatalf("after the reply %+v", v.Ticket)
	}

	w.Pass(tickets.Hold)
	timer := desk.Timer{Subject: made.ID.Any(), Kind: "send:3"}
	w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error { return w.Tickets.Release(ctx, tx, timer) })
	w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error { return w.Tickets.Release(ctx, tx, timer) })
	if jobs := outbox(t, w, tickets.JobSend); jobs != 1 {
		t.Fatalf("%d mails are to leave", jobs)
	}
	client := view(t, w, w.Ivan, made.Number)
	if len(client.Timeline.Entries) != 3 || client.Timeline.Entries[1].Comment.Body != "Какая модель?" || client.Timeline.Entries[1].Comment.State != "" {
		t.Fatalf("the client sees %+v", client.Timeline.Entries)
	}

	_, err = answer(w, w.Ivan, tickets.ClientReply{Ticket: n, Text: "СО2-4471"})
	check(t, err)
	v = view(t, w, w.Vera, made.Number)
	if v.Status != "open" || !v.ResumeAt.IsZero() || !v.ClientWaits() || timers(t, w) != 0 || v.FirstUnread != 5 {
		t.Fatalf("after the client's answer %+v, timers %d", v.Ticket, timers(t, w))
	}

	_, err = reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Готово", Seen: v.PublicSeq, Status: &tickets.Move{To: "resolved"}, Hold: -1})
	check(t, err)
	if indexed(t, w) != 0 {
		t.Fatal("a resolved ticket stands in the worklist")
	}
	rated, err := verb(w, w.Ivan, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.Rate(ctx, tx, tickets.Rate{Ticket: n, Score: 5, Comment: "Быстро"})
	})
	check(t, err)
	if rated.Rating != 5 {
		t.Fatalf("rated %+v", rated)
	}
	w.Pass(8 * 24 * time.Hour)
	w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
		return w.Tickets.AutoClose(ctx, tx, desk.Timer{Subject: made.ID.Any(), Kind: tickets.TimerClose})
	})
	v = view(t, w, w.Vera, made.Number)
	if v.Category != tickets.CategoryClosed || v.Rating == nil || v.Rating.Comment != "Быстро" || v.Contact.Tickets != 1 {
		t.Fatalf("in the end %+v %+v", v.Ticket, v.Rating)
	}
	_, err = answer(w, w.Ivan, tickets.ClientReply{Ticket: n, Text: "Опять"})
	refused(t, err, desk.ClosedIsFinal)
	_, err = verb(w, w.Ivan, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.Rate(ctx, tx, tickets.Rate{Ticket: n, Score: 1})
	})
	refused(t, err, desk.ValidationFailed)
}

func outbox(t *testing.T, w *ticketstest.World, name string) (n int) {
	t.Helper()
	check(t, w.House.SharedReader(w.Vera).QueryRow(t.Context(), "select count(*) from manydesk.outbox where name = $1", []any{name}, &n))
	return n
}

func timers(t *testing.T, w *ticketstest.World) (n int) {
	t.Helper()
	check(t, w.House.SharedReader(w.Vera).QueryRow(t.Context(), "select count(*) from manydesk.timers", nil, &n))
	return n
}

func indexed(t *testing.T, w *ticketstest.World) (n int) {
	t.Helper()
	check(t, w.House.SharedReader(w.Vera).QueryRow(t.Context(), "select count(*) from manydesk.ticket_index", nil, &n))
	return n
}
