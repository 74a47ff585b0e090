package automate_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/flows/automate"
	"manydesk/desk/macros"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/tenants"
)

// offer publishes macros, in the order of their keys.
func (w *world) offer(all map[string]macros.Macro) {
	w.T.Helper()
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		for i, key := range sorted(all) {
			spec := all[key]
			if spec.Name = (settings.Words{RU: key, EN: key}); spec.Validate() != nil {
				return spec.Validate()
			}
			if _, err := macros.Macros.Put(ctx, tx, settings.Draft[macros.Macro]{Key: key, Position: i, Spec: spec}); err != nil {
				return err
			}
		}
		return nil
	})
	w.afresh()
}

func (w *world) apply(who desk.Actor, id desk.TicketID, key string) (done *automate.Applied, err error) {
	w.T.Helper()
	err = w.Do(who, func(ctx context.Context, tx tenants.Tx) (err error) {
		done, err = w.flow.Apply(ctx, tx, automate.Application{Ticket: tickets.ID(id), Macro: key})
		return err
	})
	return done, err
}

type fact struct {
	Type    string
	ActorID desk.AnyID
	Data    json.RawMessage
}

func (w *world) facts(id desk.TicketID) (all []fact) {
	w.T.Helper()
	if err := w.Read(w.Vera).Query(w.T.Context(), &all, "select type, actor_id, data from ?tenant.facts where subject_id = $1 order by seq", id); err != nil {
		w.T.Fatal(err)
	}
	return all
}

func (w *world) tasks(id desk.TicketID) (titles []string) {
	w.T.Helper()
	var rows []struct{ Title string }
	if err := w.Read(w.Vera).Query(w.T.Context(), &rows, "select title from ?tenant.tasks where ticket_id = $1 order by position", id); err != nil {
		w.T.Fatal(err)
	}
	for _, r := range rows {
		titles = append(titles, r.Title)
	}
	return titles
}

var visit = macros.Macro{Actions: []triggers.Action{
	set("priority", 2.0), tag("выезд"),
	{Kind: triggers.Note, Text: settings.Words{RU: "Нужен выезд: {subject}"}},
	{Kind: triggers.CreateTask, Text: settings.Words{RU: "Согласовать время с клиентом {client}"}, UntilHours: 4},
	{Kind: triggers.Reply, Text: settings.Words{RU: "{client}, приедет инженер."}},
}}

func TestAPersonsMacroIsDoneInTheirNameAndItsReplyIsLeftToThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.offer(map[string]macros.Macro{"visit": visit})
	made := w.Request(w.Ivan)
	done, err := w.apply(w.Vera, made.ID, "visit")
	if err != nil {
		t.Fatal(err)
	}
	if done.Reply != "Иван, приедет инженер." {
		t.Errorf("the reply is %q", done.Reply)
	}
	got := w.ticket(made.ID)
	if got.Priority != 2 || !slices.Contains(got.Tags, "выезд") || !got.FirstRepliedAt.IsZero() {
		t.Errorf("the ticket is %+v", got)
	}
	if list := w.tasks(made.ID); !slices.Equal(list, []string{"Согласовать время с клиентом Иван"}) {
		t.Errorf("tasks %q", list)
	}
	all := w.facts(made.ID)[1:]
	if all[0].Type != macros.FactApplied {
		t.Errorf("it begins with %s", all[0].Type)
	}
	for _, f := range all {
		if f.ActorID != w.Vera.ID || f.Type == tickets.FactReplied {
			t.Errorf("%s by %s", f.Type, f.ActorID)
		}
	}
}

func TestAMacroThatCannotBeDoneWhollyChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.offer(map[string]macros.Macro{
		"astray":  {Actions: []triggers.Action{tag("x"), {Kind: triggers.Status, To: "nowhere"}}},
		"nobodys": {Actions: []triggers.Action{tag("x"), {Kind: triggers.Assign, Person: desk.NewUserID(w.Now())}}},
		"words":   {Actions: []triggers.Action{{Kind: triggers.Reply, Text: settings.Words{RU: "Привет"}}}},
	})
	made := w.Request(w.Ivan)
	for key, want := range map[string]desk.Code{"astray": desk.ValidationFailed, "nobodys": desk.ValidationFailed} {
		_, err := w.apply(w.Vera, made.ID, key)
		var s *automate.Stopped
		if !errors.As(err, &s) || s.At != 1 || s.Macro.Key != key || desk.CodeOf(err) != want {
			t.Errorf("%s: %v", key, err)
		}
	}
	// Nina only looks: neither tags nor words are hers.
	for _, key := range []string{"astray", "words"} {
		if _, err := w.apply(w.Nina, made.ID, key); !desk.Is(err, desk.Denied) {
			t.Errorf("%s by an observer: %v", key, err)
		}
	}
	if _, err := w.apply(w.Ivan, made.ID, "words"); !desk.Is(err, desk.NotFound) {
		t.Errorf("by a client: %v", err)
	}
	if n := len(w.facts(made.ID)); n != 1 || len(w.ticket(made.ID).Tags) != 0 {
		t.Errorf("%d facts, tags %v", n, w.ticket(made.ID).Tags)
	}
}

func TestMacrosAreOfferedWhereTheirConditionsHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.offer(map[string]macros.Macro{
		"always": {Actions: []triggers.Action{tag("a")}},
		"low":    {When: conditions.Leaf("priority", conditions.Is, 4), Actions: []triggers.Action{tag("b")}},
	})
	made := w.Request(w.Ivan)
	_, offered, err := w.flow.Offered(t.Context(), w.Read(w.Nina), tickets.ID(made.ID))
	if err != nil || len(offered) != 1 || offered[0].Key != "always" {
		t.Errorf("offered %v, %v", offered, err)
	}
	if _, _, err := w.flow.Offered(t.Context(), w.Read(w.Ivan), tickets.ID(made.ID)); !desk.Is(err, desk.NotFound) {
		t.Errorf("to a client: %v", err)
	}
	for _, key := range []string{"low", "none"} {
		if _, err := w.apply(w.Vera, made.ID, key); !desk.Is(err, desk.ValidationFailed) {
			t.Errorf("%s: %v", key, err)
		}
	}
	err = w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.flow.Apply(ctx, tx, automate.Application{Ticket: tickets.ID(made.ID), Macro: "always", Version: 7})
		return err
	})
	if !desk.Is(err, desk.ChangedMeanwhile) {
		t.Errorf("another version: %v", err)
	}
	w.Must(w.Oleg, func(ctx context.Context, tx tenants.Tx) error {
		for _, to := range []string{"resolved", "closed"} {
			if _, err := w.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.ID(made.ID), Move: tickets.Move{To: to, Comment: "x"}}); err != nil {
				return err
			}
		}
		return nil
	})
	if _, offered, err := w.flow.Offered(t.Context(), w.Read(w.Nina), tickets.ID(made.ID)); err != nil || len(offered) != 0 {
		t.Errorf("on a closed one: %v, %v", offered, err)
	}
	if _, err := w.apply(w.Vera, made.ID, "always"); !desk.Is(err, desk.ClosedIsFinal) {
		t.Errorf("to a closed one: %v", err)
	}
}

func TestATriggerAppliesAMacroAndTellsEachOfItsActions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	astray := visit
	astray.Actions = append(slices.Clone(visit.Actions), triggers.Action{Kind: triggers.Status, To: "nowhere"})
	w.offer(map[string]macros.Macro{"visit": astray})
	w.publish(map[string]triggers.Trigger{
		"bell": {On: triggers.Opened, Actions: []triggers.Action{{Kind: triggers.ApplyMacro, Macro: "visit"}, {Kind: triggers.ApplyMacro, Macro: "gone"}, tag("после")}},
		// What a macro changed wakes the next trigger, with the chain that led to it.
		"next": {On: triggers.PriorityChanged, Actions: []triggers.Action{tag("второй")}},
	})
	made := w.Request(w.Ivan)
	w.work()
	got := w.ticket(made.ID)
	if got.Priority != 2 || !slices.Equal(got.Tags, []string{"второй", "выезд", "после"}) || len(w.tasks(made.ID)) != 1 {
		t.Errorf("the ticket is %+v, tasks %q", got, w.tasks(made.ID))
	}
	run := w.runs("bell")
	if len(run) != 1 || len(run[0].Trace.Deeds) != 9 {
		t.Fatalf("the run is %+v", run)
	}
	for i, d := range run[0].Trace.Deeds {
		if want := i < 7; d.Macro == "visit" != want || (d.Code != "") != (i == 6 || i == 7) {
			t.Errorf("deed %d is %+v", i, d)
		}
	}
	if led := w.runs("next"); len(led) != 1 || !slices.Equal(led[0].Chain, []string{"bell"}) {
		t.Errorf("the next one ran as %+v", led)
	}
	replied := false
	for _, f := range w.facts(made.ID)[1:] {
		var d struct{ Chain []string }
		if err := json.Unmarshal(f.Data, &d); err != nil || !slices.Contains(d.Chain, "bell") {
			t.Errorf("%s carries %v, %v", f.Type, d.Chain, err)
		}
		replied = replied || f.Type == tickets.FactReplied
	}
	if !replied {
		t.Error("an automaton's reply is sent")
	}
}

// A trigger of time acts in the name of the clock, which may write notes and tasks.
func TestATriggerOfTimeWritesANoteAndATask(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(map[string]triggers.Trigger{
		"silent": {On: triggers.Time, After: &triggers.After{Minutes: 60, Since: triggers.SinceWaiting}, Actions: []triggers.Action{
			{Kind: triggers.Note, Text: settings.Words{RU: "Позвонить"}}, {Kind: triggers.CreateTask, Text: settings.Words{RU: "Позвонить"}},
		}},
	})
	made := w.Request(w.Ivan)
	w.Pass(61 * time.Minute)
	w.fire()
	for _, d := range w.runs("silent")[0].Trace.Deeds {
		if d.Code != "" {
			t.Errorf("not done: %+v", d)
		}
	}
	if list := w.tasks(made.ID); len(list) != 1 {
		t.Errorf("tasks %q", list)
	}
}
