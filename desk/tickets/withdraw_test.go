package tickets_test

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func withdraw(w *ticketstest.World, who desk.Actor, n tickets.Ref, seq int) (*tickets.Draft, error) {
	return verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Draft, error) {
		return w.Tickets.Withdraw(ctx, tx, n, seq)
	})
}

func TestAReplyTakenBackIsADraftAgainAndTheClientNeverSawIt(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	before := view(t, w, w.Vera, n.Number)
	_, err := reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Не туда", Seen: 1, Status: &tickets.Move{To: "resolved"}})
	check(t, err)
	_, err = withdraw(w, w.Oleg, n, 2)
	refused(t, err, desk.NotFound)
	d, err := withdraw(w, w.Vera, n, 2)
	check(t, err)
	if d.Kind != "reply" || d.Body != "Не туда" {
		t.Fatalf("draft %+v", d)
	}
	kept, err := w.Tickets.Draft(t.Context(), w.Read(w.Vera), n, "reply")
	if check(t, err); kept.Body != "Не туда" {
		t.Fatalf("kept %+v", kept)
	}
	after := view(t, w, w.Vera, n.Number)
	if after.Status != "open" || !after.WaitingSince.Equal(before.WaitingSince) || !after.FirstRepliedAt.IsZero() || after.Reopened != 0 || !after.ResolvedAt.IsZero() {
		t.Fatalf("before %+v\nafter %+v", before.Ticket, after.Ticket)
	}
	if timers(t, w) != 0 || indexed(t, w) != 1 {
		t.Fatal("a timer stays, or the ticket is not in the worklist")
	}
	for _, e := range view(t, w, w.Ivan, n.Number).Timeline.Entries {
		if e.Seq > 1 && e.Comment != nil {
			t.Fatalf("the client sees %+v", e)
		}
	}
	_, err = withdraw(w, w.Vera, n, 2)
	refused(t, err, desk.NotFound)
}

func TestWhatHasLeftCannotBeTakenBack(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	_, err := reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "Ушло", Seen: 1, Hold: -1})
	check(t, err)
	_, err = withdraw(w, w.Vera, n, 2)
	refused(t, err, desk.InUse)
	if outbox(t, w, tickets.JobSend) != 1 {
		t.Fatal("nothing is to be sent")
	}
}

func TestDraftsOfReplyAndNoteAreApartAndTheirWritersOnly(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	save := func(who desk.Actor, kind, text string) error {
		_, err := verb(w, who, func(ctx context.Context, tx tenants.Tx) (*tickets.Draft, error) {
			return w.Tickets.SaveDraft(ctx, tx, n, tickets.Draft{Kind: kind, Body: text, Base: 1})
		})
		return err
	}
	check(t, save(w.Vera, "reply", "ответ"))
	check(t, save(w.Vera, "note", "заметка"))
	refused(t, save(w.Vera, "order", "a"), desk.ValidationFailed)
	_, err := w.Tickets.Draft(t.Context(), w.Read(w.Oleg), n, "note")
	refused(t, err, desk.NotFound)
	_, err = reply(w, w.Vera, tickets.Reply{Ticket: n, Text: "ответ", Seen: 1})
	check(t, err)
	_, err = w.Tickets.Draft(t.Context(), w.Read(w.Vera), n, "reply")
	refused(t, err, desk.NotFound)
	d, err := w.Tickets.Draft(t.Context(), w.Read(w.Vera), n, "note")
	if check(t, err); d.Body != "заметка" || d.Base != 1 {
		t.Fatalf("%+v", d)
	}
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error { return w.Tickets.DropDraft(ctx, tx, n, "note") })
	_, err = w.Tickets.Draft(t.Context(), w.Read(w.Vera), n, "note")
	refused(t, err, desk.NotFound)
}
