package tickets_test

import (
	"context"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func TestTheDefaultWorkflowIsWalkedAsItIsDrawn(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	until := w.Now().Add(100 * time.Hour)
	for from, ways := range map[string]map[string]desk.Code{
		"open":        {"open": "", "in_progress": "", "pending": "", "resolved": "", "closed": desk.TransitionRefused},
		"in_progress": {"open": desk.TransitionRefused, "pending": "", "resolved": "", "closed": desk.TransitionRefused},
		"pending":     {"open": "", "in_progress": "", "resolved": "", "pending": "", "closed": desk.TransitionRefused},
		"resolved":    {"closed": "", "open": "", "in_progress": desk.TransitionRefused, "pending": desk.TransitionRefused},
		"closed":      {"open": desk.ClosedIsFinal, "resolved": desk.ClosedIsFinal, "closed": ""},
	} {
		for to, want := range ways {
			n := tickets.Number(w.Request(w.Ivan).Number)
			for _, step := range map[string][]string{"in_progress": {"in_progress"}, "pending": {"pending"}, "resolved": {"resolved"}, "closed": {"resolved", "closed"}}[from] {
				_, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: step, Until: until}})
				check(t, err)
			}
			got, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: to, Until: until}})
			if desk.CodeOf(err) != want || err == nil && got.Status != to {
				t.Errorf("%s → %s: %v, want %q", from, to, err, want)
			}
		}
	}
}

func TestAPauseAsksUntilWhenAndEndsByItself(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	made := w.Request(w.Ivan)
	n := tickets.Number(made.Number)
	for _, c := range []struct {
		until time.Time
		want  desk.Code
	}{{time.Time{}, desk.UntilRequired}, {w.Now().Add(-time.Hour), desk.ValidationFailed}, {w.Now().AddDate(3, 0, 0), desk.ValidationFailed}, {w.Now().Add(time.Hour), ""}, {w.Now().Add(2 * time.Hour), ""}} {
		_, err := status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "pending", Until: c.until}})
		if desk.CodeOf(err) != c.want {
			t.Fatalf("until %s: %v, want %q", c.until, err, c.want)
		}
	}
	fire := func() {
		w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
			return w.Tickets.Resume(ctx, tx, desk.Timer{Subject: made.ID.Any(), Kind: tickets.TimerResume})
		})
	}
	w.Pass(90 * time.Minute)
	fire()
	if v := view(t, w, w.Vera, made.Number); v.Status != "pending" {
		t.Fatalf("the old time ended the new pause: %s", v.Status)
	}
	w.Pass(time.Hour)
	fire()
	fire()
	v := view(t, w, w.Vera, made.Number)
	last := v.Timeline.Entries[len(v.Timeline.Entries)-1]
	if v.Status != "open" || v.ClientWaits() || last.Type != tickets.FactResumed || !last.Author.IsSystem() || v.Version != 4 {
		t.Fatalf("%+v %+v", v.Ticket, last)
	}
}

func TestACommentIsAskedWhereTheWorkflowSaysSo(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	flow := settings.DefaultWorkflow()
	flow.Statuses[3].CommentRequired = true
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "delete from ?tenant.config where kind = 'workflow'")
		if err == nil {
			err = settings.Fill(ctx, tx, settings.Default{Kind: "workflow", Key: settings.Main, Spec: flow})
		}
		if err == nil {
			err = tx.ConfigChanged(ctx)
		}
		return err
	})
	var err error
	w.Tenant, err = w.House.ByID(t.Context(), w.Tenant.ID)
	check(t, err)
	n := tickets.Number(w.Request(w.Ivan).Number)
	_, err = status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved"}})
	refused(t, err, desk.CommentRequired)
	_, err = status(w, w.Vera, tickets.SetStatus{Ticket: n, Move: tickets.Move{To: "resolved", Comment: "Заменили ленту"}})
	check(t, err)
	v := view(t, w, w.Ivan, n.Number)
	if e := v.Timeline.Entries[1]; e.Type != tickets.FactStatusChanged || e.Detail.Comment != "" {
		t.Fatalf("the client reads %+v", e)
	}
	if e := view(t, w, w.Vera, n.Number).Timeline.Entries[1]; e.Detail.Comment != "Заменили ленту" {
		t.Fatalf("the agent reads %+v", e)
	}
	other := tickets.Number(w.Request(w.Ivan).Number)
	_, err = reply(w, w.Vera, tickets.Reply{Ticket: other, Text: "Заменили", Seen: 1, Status: &tickets.Move{To: "resolved"}})
	check(t, err)
}

func TestAChangeAgainstAnOldVersionPassesIfItTouchesSomethingElse(t *testing.T) {
	t.Parallel()
	w := ticketstest.New(t)
	n := tickets.Number(w.Request(w.Ivan).Number)
	_, err := assign(w, w.Oleg, tickets.Assign{Ticket: n, To: w.Oleg.User(), Version: 1})
	check(t, err)
	_, err = status(w, w.Vera, tickets.SetStatus{Ticket: n, Version: 1, Move: tickets.Move{To: "in_progress"}})
	check(t, err)
	_, err = assign(w, w.Vera, tickets.Assign{Ticket: n, To: w.Vera.User(), Version: 1})
	refused(t, err, desk.ChangedMeanwhile)
	var refusal *desk.Error
	asRefusal(err, &refusal)
	if refusal.Extra["current"] != 3 || refusal.Params["who"] != "Олег" {
		t.Fatalf("%+v", refusal)
	}
	edit := func(version int, fields map[string]any) error {
		return w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
			_, err := w.Tickets.Edit(ctx, tx, tickets.Edit{Ticket: n, Version: version, Type: ptr("incident"), Fields: fields})
			return err
		})
	}
	check(t, edit(3, map[string]any{"impact": "one"}))
	check(t, edit(3, map[string]any{"since": "2026-11-20"}))
	refused(t, edit(3, map[string]any{"impact": "all"}), desk.ChangedMeanwhile)
	if v := view(t, w, w.Vera, n.Number); v.Fields["impact"] != "one" || v.Fields["since"] != "2026-11-20" || v.Type != "incident" {
		t.Fatalf("%+v", v.Fields)
	}
}
