package tickets_test

import (
	"context"
	"slices"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func TestAPageOfATicketIsOneStatementHoweverLongItIs(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	for range 30 {
		_, err := answer(w, w.Ivan, tickets.ClientReply{Ticket: n, Text: "ещё"})
		check(t, err)
	}
	view(t, w, w.Vera, n.Number)
	var v *tickets.View
	if trips := w.Trips.Count(func() { v = view(t, w, w.Vera, n.Number) }); trips > 1 {
		t.Fatalf("%d round trips", trips)
	}
	if len(v.Timeline.Entries) != 20 || !v.Timeline.More || v.Timeline.Entries[0].Seq != 12 || v.FirstUnread != 1 || !v.IsNew {
		t.Fatalf("%d entries from %d, unread from %d", len(v.Timeline.Entries), v.Timeline.Entries[0].Seq, v.FirstUnread)
	}
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error { return w.Tickets.MarkSeen(ctx, tx, n, 30) })
	v = view(t, w, w.Vera, n.Number)
	if v.FirstUnread != 31 || v.IsNew || v.SeenSeq != 30 {
		t.Fatalf("after reading: unread from %d, new %v", v.FirstUnread, v.IsNew)
	}
}

func TestATimelineIsReadBothWays(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	for i := range 9 {
		switch i % 3 {
		case 0:
			_, err := answer(w, w.Ivan, tickets.ClientReply{Ticket: n, Text: "a"})
			check(t, err)
		case 1:
			_, err := verb(w, w.Vera, func(ctx context.Context, tx tenants.Tx) (*tickets.Comment, error) {
				return w.Tickets.Note(ctx, tx, tickets.Note{Ticket: n, Text: "b"})
			})
			check(t, err)
		default:
			_, err := verb(w, w.Vera, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
				return w.Tickets.SetPriority(ctx, tx, tickets.SetPriority{Ticket: n, Priority: 1 + i%2})
			})
			check(t, err)
		}
	}
	for name, c := range map[string]struct {
		who  desk.Actor
		q    tickets.TimelineQuery
		want []int
		more bool
	}{
		"newest":           {w.Vera, tickets.TimelineQuery{Limit: 3}, []int{8, 9, 10}, true},
		"before":           {w.Vera, tickets.TimelineQuery{Before: 4, Limit: 5}, []int{1, 2, 3}, false},
		"after":            {w.Vera, tickets.TimelineQuery{After: 7, Limit: 2}, []int{8, 9}, true},
		"after to the end": {w.Vera, tickets.TimelineQuery{After: 8}, []int{9, 10}, false},
		"comments":         {w.Vera, tickets.TimelineQuery{Kind: "comment"}, []int{1, 2, 5, 8}, false},
		"notes":            {w.Vera, tickets.TimelineQuery{Kind: "note"}, []int{3, 6, 9}, false},
		"events":           {w.Vera, tickets.TimelineQuery{Kind: "event"}, []int{4, 7, 10}, false},
		"the client":       {w.Ivan, tickets.TimelineQuery{}, []int{1, 2, 5, 8}, false},
		"its notes":        {w.Ivan, tickets.TimelineQuery{Kind: "note"}, nil, false},
	} {
		c.q.Ticket = n
		p, err := w.Tickets.Timeline(t.Context(), w.Read(c.who), c.q)
		check(t, err)
		var seqs []int
		for _, e := range p.Entries {
			seqs = append(seqs, e.Seq)
		}
		if !slices.Equal(seqs, c.want) || p.More != c.more {
			t.Errorf("%s: %v more %v, want %v %v", name, seqs, p.More, c.want, c.more)
		}
	}
	_, err := w.Tickets.Timeline(t.Context(), w.Read(w.Vera), tickets.TimelineQuery{Ticket: n, Kind: "x"})
	refused(t, err, desk.ValidationFailed)
}

func TestClientsSeeNothingOfTheStaffsOwn(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	made := w.Open(w.Ivan, tickets.Open{Subject: "a", Text: "b", Type: "incident", Fields: map[string]any{"impact": "one"}})
	n := tickets.Number(made.Number)
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		if _, err := w.Tickets.Note(ctx, tx, tickets.Note{Ticket: n, Text: "тайна"}); err != nil {
			return err
		}
		_, err := w.Tickets.Edit(ctx, tx, tickets.Edit{Ticket: n, Tags: &[]string{"vip"}, Fields: map[string]any{"cause": "лента"}})
		return err
	})
	v := view(t, w, w.Ivan, made.Number)
	if len(v.Timeline.Entries) != 1 || len(v.Tags) != 0 || v.Fields["cause"] != nil || v.Fields["impact"] != "one" {
		t.Fatalf("%+v %v %v", v.Timeline.Entries, v.Tags, v.Fields)
	}
	check(t, w.Tickets.MayReadFile(t.Context(), w.Read(w.Ivan), made.ID, 1))
	refused(t, w.Tickets.MayReadFile(t.Context(), w.Read(w.Ivan), made.ID, 2), desk.NotFound)
	refused(t, w.Tickets.MayReadFile(t.Context(), w.Read(w.Petra), made.ID, 1), desk.NotFound)
	check(t, w.Tickets.MayReadFile(t.Context(), w.Read(w.Nina), made.ID, 2))
	_, err := verb(w, w.Ivan, func(ctx context.Context, tx tenants.Tx) (*tickets.Ticket, error) {
		return w.Tickets.Open(ctx, tx, tickets.Open{Subject: "a", Type: "incident", Fields: map[string]any{"cause": "x"}})
	})
	refused(t, err, desk.ValidationFailed)
}
