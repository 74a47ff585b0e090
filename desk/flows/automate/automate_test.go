package automate_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/events"
	"manydesk/desk/flows/automate"
	"manydesk/desk/flows/triage"
	"manydesk/desk/macros"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/desk/triggers"
	"manydesk/jobs"
	"manydesk/tenants"
)

// world is a tenant whose triggers are heard.
type world struct {
	*ticketstest.World
	flow *automate.Automate
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{World: ticketstest.New(t)}
	minded := triage.New(w.House, w.Guard, w.Tickets, sla.NewShelf(w.House))
	w.flow = automate.New(w.House, w.Tickets, minded, minded, processes.New(w.Tickets, w.Guard, minded))
	events.Inside(w.Log, w.flow.Opened)
	events.Inside(w.Log, w.flow.Changed)
	return w
}

// publish makes triggers hold, in their order.
func (w *world) publish(all map[string]triggers.Trigger) {
	w.T.Helper()
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		position := 0
		for _, key := range sorted(all) {
			spec := all[key]
			spec.Name = settings.Words{RU: key, EN: key}
			if err := spec.Validate(); err != nil {
				return err
			}
			if _, err := triggers.Triggers.Put(ctx, tx, settings.Draft[triggers.Trigger]{Key: key, Position: position, Spec: spec}); err != nil {
				return err
			}
			position++
		}
		return nil
	})
	w.afresh()
}

// afresh takes the tenant as it is now, with what was published.
func (w *world) afresh() {
	w.T.Helper()
	w.House.Forget(w.Tenant.ID)
	tenant, err := w.House.ByID(context.Background(), w.Tenant.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	w.Tenant = tenant
}

func sorted[S any](all map[string]S) []string {
	keys := make([]string, 0, len(all))
	for key := range all {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// work does every job of triggers that waits, and tells how many there were.
func (w *world) work() (n int) {
	w.T.Helper()
	for {
		var rows []struct {
			ID        int64
			SubjectID desk.AnyID
			Seq       int
			Data      string
			CreatedAt time.Time
		}
		err := w.House.SharedReader(desk.Automaton("triggers")).Query(context.Background(), &rows, `select id, subject_id, coalesce(seq, 0) as seq, coalesce(data::text, '') as data, created_at
			from manydesk.outbox where name = 'triggers.run' order by id limit 1`)
		if err != nil {
			w.T.Fatal(err)
		}
		if len(rows) == 0 {
			return n
		}
		if n++; n > 200 {
			w.T.Fatal("triggers go round in circles")
		}
		r := rows[0]
		err = w.flow.Run(context.Background(), &jobs.Work{ID: r.ID, Tenant: w.Tenant, Name: automate.JobRun, Subject: r.SubjectID, Seq: r.Seq, Data: json.RawMessage(r.Data), Tries: 1, Created: r.CreatedAt})
		if err != nil {
			w.T.Fatal(err)
		}
	}
}

func (w *world) runs(key string) []triggers.Run {
	w.T.Helper()
	all, err := triggers.Runs(context.Background(), w.Read(w.Vera), key, 0, nil, 100)
	if err != nil {
		w.T.Fatal(err)
	}
	return all
}

func (w *world) ticket(id desk.TicketID) *tickets.Ticket {
	w.T.Helper()
	t, err := w.Tickets.Get(context.Background(), w.Read(w.Vera), tickets.ID(id))
	if err != nil {
		w.T.Fatal(err)
	}
	return t
}

func set(field string, value any) triggers.Action {
	return triggers.Action{Kind: triggers.Set, Field: field, Value: value}
}

func tag(add string) triggers.Action {
	return triggers.Action{Kind: triggers.Tag, Add: []string{add}}
}

func TestATriggerActsWhenItsConditionsHoldAndSaysWhyWhenNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(map[string]triggers.Trigger{
		"urgent": {On: triggers.Opened, When: conditions.Leaf("subject", conditions.Contains, "касса"), Actions: []triggers.Action{
			set("priority", 1.0), tag("касса"),
			{Kind: triggers.Note, Text: settings.Words{RU: "{ref}: «{subject}», {client}"}},
			{Kind: triggers.Status, To: "nowhere"},
			{Kind: triggers.Reply, Text: settings.Words{RU: "Уже смотрим"}},
		}},
		"never": {On: triggers.Opened, When: conditions.Leaf("priority", conditions.Is, 4), Actions: []triggers.Action{tag("x")}},
	})
	made := w.Open(w.Ivan, tickets.Open{Subject: "Касса молчит", Text: "x", Channel: tickets.Portal})
	if n := w.work(); n != 1 {
		t.Fatalf("%d jobs", n)
	}
	got := w.ticket(made.ID)
	if got.Priority != 1 || !slices.Contains(got.Tags, "касса") || slices.Contains(got.Tags, "x") {
		t.Errorf("the ticket is %+v", got)
	}
	if !got.FirstRepliedAt.IsZero() || got.WaitingSince.IsZero() {
		t.Error("a machine's answer keeps no promise: the client still waits")
	}
	run := w.runs("urgent")
	if len(run) != 1 || !run[0].Fired || len(run[0].Trace.Deeds) != 5 || run[0].Trace.Deeds[3].Code == "" || run[0].Trace.Deeds[4].Code != "" {
		t.Fatalf("the run is %+v", run)
	}
	quiet := w.runs("never")
	if len(quiet) != 1 || quiet[0].Fired || len(quiet[0].Trace.When.Leaves) != 1 || quiet[0].Trace.When.Leaves[0].Matched {
		t.Fatalf("the run that did nothing is %+v", quiet)
	}
	var note string
	err := w.Read(w.Vera).QueryRow(t.Context(), "select body from ?tenant.comments where ticket_id = $1 and internal", []any{made.ID}, &note)
	if want := w.Tenant.Ref(made.Number) + ": «Касса молчит», "; err != nil || !strings.HasPrefix(note, want) {
		t.Errorf("the note is %q, %v", note, err)
	}
}

func TestATenantWithoutTriggersLeavesNoJob(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Request(w.Ivan)
	if n := w.work(); n != 0 {
		t.Errorf("%d jobs", n)
	}
}

func TestStopAsksNoLaterTrigger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(map[string]triggers.Trigger{
		"a": {On: triggers.Opened, Actions: []triggers.Action{tag("a")}, Stop: true},
		"b": {On: triggers.Opened, Actions: []triggers.Action{tag("b")}},
	})
	made := w.Request(w.Ivan)
	w.work()
	if got := w.ticket(made.ID); !slices.Equal(got.Tags, []string{"a"}) {
		t.Errorf("tags %v", got.Tags)
	}
}

var someTriggers = rapid.Custom(func(r *rapid.T) map[string]triggers.Trigger {
	on := rapid.SampledFrom([]triggers.Event{triggers.Opened, triggers.Changed, triggers.PriorityChanged, triggers.Noted})
	mark := func(r *rapid.T) string { return fmt.Sprint("t", rapid.IntRange(0, 3).Draw(r, "tag")) }
	act := rapid.OneOf(
		rapid.Custom(func(r *rapid.T) triggers.Action { return tag(mark(r)) }),
		rapid.Custom(func(r *rapid.T) triggers.Action {
			return triggers.Action{Kind: triggers.Tag, Remove: []string{mark(r)}}
		}),
		rapid.Custom(func(r *rapid.T) triggers.Action {
			return set("priority", float64(rapid.IntRange(1, 4).Draw(r, "priority")))
		}),
		rapid.Just(triggers.Action{Kind: triggers.Note, Text: settings.Words{RU: "и"}}),
		rapid.Custom(func(r *rapid.T) triggers.Action {
			return triggers.Action{Kind: triggers.ApplyMacro, Macro: fmt.Sprint("m", rapid.IntRange(0, 2).Draw(r, "macro"))}
		}),
	)
	all := map[string]triggers.Trigger{}
	for i := range 12 {
		all[fmt.Sprintf("k%02d", i)] = triggers.Trigger{On: on.Draw(r, "on"), Actions: []triggers.Action{act.Draw(r, "action")}}
	}
	return all
})

// Whatever triggers a tenant makes: nothing goes on for ever, no trigger fires
// twice about one thing, and no chain is longer than it may be.
func TestTriggersNeverGoRoundInCircles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	// What a macro does wakes every event that the triggers listen to.
	w.offer(map[string]macros.Macro{
		"m0": {Actions: []triggers.Action{tag("t0"), set("priority", 1.0), {Kind: triggers.Note, Text: settings.Words{RU: "м"}}}},
		"m1": {Actions: []triggers.Action{{Kind: triggers.Tag, Remove: []string{"t0", "t1"}}, set("priority", 4.0)}},
	})
	for seed := range 15 {
		all := someTriggers.Example(seed)
		w.publish(all)
		made := w.Request(w.Ivan)
		w.work()
		for key := range all {
			fired := 0
			for _, run := range w.runs(key) {
				if run.Ticket != made.ID {
					continue
				}
				if run.Fired {
					fired++
				}
				if len(run.Chain) > triggers.MaxChain || run.Fired && (slices.Contains(run.Chain, key) || len(run.Chain) >= triggers.MaxChain) {
					t.Errorf("%s ran in %v", key, run.Chain)
				}
				for i, earlier := range run.Chain {
					if slices.Contains(run.Chain[:i], earlier) {
						t.Errorf("%s is twice in %v", earlier, run.Chain)
					}
				}
			}
			if fired > 1 {
				t.Errorf("%s fired %d times about one thing: %+v", key, fired, all)
			}
		}
	}
}

// A chain of twelve, each waking the next, ends at ten and says so.
func TestAChainEndsAtTen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := map[string]triggers.Trigger{"z": {On: triggers.Opened, Actions: []triggers.Action{tag("t1")}}}
	for i := 1; i < 12; i++ {
		// The next one is asked before the one that wakes it, so each comes by a job of its own.
		all[fmt.Sprintf("k%02d", 20-i)] = triggers.Trigger{
			On: triggers.Changed, When: conditions.Leaf("tags", conditions.HasAny, []string{fmt.Sprint("t", i)}), Actions: []triggers.Action{tag(fmt.Sprint("t", i+1))},
		}
	}
	w.publish(all)
	made := w.Request(w.Ivan)
	w.work()
	got := w.ticket(made.ID)
	if !slices.Contains(got.Tags, "t10") || slices.Contains(got.Tags, "t11") {
		t.Errorf("tags %v", got.Tags)
	}
	last := w.runs("k10")
	if !slices.ContainsFunc(last, func(r triggers.Run) bool {
		return !r.Fired && r.Trace.Code == triggers.CodeLength && len(r.Chain) == triggers.MaxChain
	}) {
		t.Errorf("the end of the chain is not told: %+v", last)
	}
}

func (w *world) fire() (n int) {
	w.T.Helper()
	var due []struct {
		SubjectID desk.AnyID
		Kind      string
		DueAt     time.Time
	}
	err := w.House.SharedReader(desk.Automaton("timer")).Query(context.Background(), &due, `select subject_id, kind, due_at from manydesk.timers where kind like 'trigger:%' and due_at <= $1`, w.Now())
	if err != nil {
		w.T.Fatal(err)
	}
	for _, d := range due {
		w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
			if _, err := tx.Exec(ctx, "delete from manydesk.timers where tenant_id = $1 and subject_id = $2 and kind = $3", int32(tx.Tenant().ID), d.SubjectID, d.Kind); err != nil {
				return err
			}
			return w.flow.Fire(ctx, tx, desk.Timer{Subject: d.SubjectID, Kind: d.Kind, DueAt: d.DueAt})
		})
	}
	return len(due)
}

func TestATriggerOfTimeLooksOnceAfterItsTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(map[string]triggers.Trigger{
		"silent": {On: triggers.Time, After: &triggers.After{Minutes: 60, Since: triggers.SinceWaiting}, Actions: []triggers.Action{tag("ждёт")}},
		"still":  {On: triggers.Time, After: &triggers.After{Minutes: 90, Since: triggers.SinceUpdated}, Actions: []triggers.Action{tag("тихо")}},
	})
	made := w.Request(w.Ivan)
	w.Pass(59 * time.Minute)
	if w.fire() != 0 {
		t.Fatal("too early")
	}
	w.Pass(2 * time.Minute)
	if w.fire() != 1 || !slices.Contains(w.ticket(made.ID).Tags, "ждёт") {
		t.Fatalf("tags %v", w.ticket(made.ID).Tags)
	}
	// What the first one changed is a change: the second one counts from it, once.
	w.Pass(89 * time.Minute)
	if w.fire() != 0 {
		t.Fatal("the second one counts from the change of the first")
	}
	w.Pass(2 * time.Minute)
	if w.fire() != 1 || !slices.Contains(w.ticket(made.ID).Tags, "тихо") {
		t.Fatalf("tags %v", w.ticket(made.ID).Tags)
	}
	w.Pass(100 * 24 * time.Hour)
	if n := w.fire(); n != 0 {
		t.Fatalf("%d timers go on, because triggers woke one another", n)
	}
	run := w.runs("still")
	if len(run) != 1 || !slices.Equal(run[0].Chain, []string{"silent"}) {
		t.Errorf("the second one came about by the first: %+v", run)
	}
}

func TestAnAnswerMovesTheTimeOfATrigger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish(map[string]triggers.Trigger{
		"silent": {On: triggers.Time, After: &triggers.After{Minutes: 60, Since: triggers.SinceWaiting}, Actions: []triggers.Action{tag("ждёт")}},
	})
	made := w.Request(w.Ivan)
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.ID(made.ID), Text: "Смотрим", Anyway: true})
		return err
	})
	w.Pass(2 * time.Hour)
	if w.fire() != 0 || len(w.runs("silent")) != 0 {
		t.Error("the client does not wait any more")
	}
}

// A trigger published today winds the tickets of yesterday, but goes back to none.
func TestPublishingWindsTheTicketsThatAreThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.Request(w.Ivan)
	w.Pass(2 * time.Hour)
	fresh := w.Request(w.Ivan)
	w.publish(map[string]triggers.Trigger{
		"silent": {On: triggers.Time, After: &triggers.After{Minutes: 60, Since: triggers.SinceStatus}, Actions: []triggers.Action{tag("ждёт")}},
	})
	var id int64
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		if err := jobs.Enqueue(ctx, tx, desk.Job{Name: automate.JobWind, Lane: desk.Bulk, Subject: old.ID.Any()}); err != nil {
			return err
		}
		return tx.QueryRow(ctx, "select max(id) from manydesk.outbox", nil, &id)
	})
	if err := w.flow.Wind(t.Context(), &jobs.Work{ID: id, Tenant: w.Tenant, Name: automate.JobWind}); err != nil {
		t.Fatal(err)
	}
	w.Pass(61 * time.Minute)
	if w.fire() != 1 || !slices.Contains(w.ticket(fresh.ID).Tags, "ждёт") || len(w.ticket(old.ID).Tags) != 0 {
		t.Errorf("%v and %v", w.ticket(fresh.ID).Tags, w.ticket(old.ID).Tags)
	}
}
