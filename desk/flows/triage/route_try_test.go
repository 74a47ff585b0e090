package triage_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

var errBack = errors.New("back to where it was")

// wouldGo is where routing a ticket puts it; the unit is rolled back.
func (w *world) wouldGo(n int64) (to routing.To) {
	w.T.Helper()
	err := w.Do(w.Oleg, func(ctx context.Context, tx tenants.Tx) error {
		is, err := w.triage.Route(ctx, tx, tickets.Number(n), "")
		if err != nil {
			return err
		}
		to = routing.To{Group: is.GroupKey, Person: is.AssigneeID, Vendor: is.VendorID}
		return errBack
	})
	if !errors.Is(err, errBack) {
		w.T.Fatal(err)
	}
	return to
}

func someRules(t *rapid.T, people []desk.Actor) routing.Rules {
	then := func() routing.Then {
		then := routing.Then{Group: rapid.SampledFrom([]string{"first", "second", "cash"}).Draw(t, "group")}
		then.Strategy = rapid.SampledFrom([]routing.Strategy{"", routing.Manual, routing.LeastLoaded, routing.RoundRobin, routing.Previous, routing.OnShift}).Draw(t, "strategy")
		if rapid.IntRange(0, 5).Draw(t, "named") == 0 {
			then.Person = rapid.SampledFrom(people).Draw(t, "person").User()
		}
		return then
	}
	r := routing.Rules{Default: then()}
	for i := range rapid.IntRange(0, 5).Draw(t, "rules") {
		when := rapid.SampledFrom([]conditions.Tree{
			conditions.Leaf("subject", conditions.Contains, "касса"), conditions.Leaf("description", conditions.Contains, "горит"), conditions.Leaf("priority", conditions.AtMost, 2),
			conditions.Leaf("assignee", conditions.Empty, nil), conditions.Leaf("group", conditions.In, []string{"cash"}), conditions.Leaf("contact.vip", conditions.Is, true), conditions.Leaf("channel", conditions.In, []string{"mail", "api"}),
		}).Draw(t, "when")
		rule := routing.Rule{Key: fmt.Sprintf("r%d", i), Name: settings.Words{RU: "Имя", EN: "Name"}, When: when, Then: then(), Stop: rapid.Bool().Draw(t, "stop")}
		r.Rules = append(r.Rules, rule)
	}
	return r
}

// What a trial tells of a draft is what happens to the very tickets once it is
// published: who goes elsewhere, where to, and who stays.
func TestATrialTellsWhatThenHappens(t *testing.T) {
	t.Parallel()
	w, anna, boris := routed(t)
	people := []desk.Actor{anna, boris, w.agent("Влад", "second", "cash")}
	var all []int64
	for i, subject := range []string{"Касса", "Пропуск", "Касса и чек", "Сеть", "Почта"} {
		made := w.Open(w.Oleg, tickets.Open{Subject: subject, Text: []string{"Всё горит", "Так"}[i%2], Priority: i%4 + 1, Contact: []desk.Actor{w.Ivan, w.Petra}[i%2].Contact()})
		all = append(all, made.Number)
	}
	rapid.Check(t, func(rt *rapid.T) {
		before := map[int64]routing.To{}
		for _, n := range all {
			before[n] = w.wouldGo(n)
		}
		var draft int
		w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) (err error) {
			draft, err = routing.Sets.Draft(ctx, tx, settings.Draft[routing.Rules]{Key: routing.Main, Spec: someRules(rt, people)})
			return err
		})
		told, err := w.triage.TryRules(t.Context(), w.Read(desk.Automaton("triage")))
		if err != nil {
			rt.Fatal(err)
		}
		w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
			return routing.Sets.Publish(ctx, tx, routing.Main, draft)
		})
		w.refresh()
		moved := map[int64]routing.To{}
		for _, row := range told.Rows {
			moved[row.Number] = routing.To{Group: row.After.Group, Person: row.After.Person, Vendor: row.After.Vendor}
		}
		for _, n := range all {
			want, goes := moved[n]
			if !goes {
				want = before[n]
			}
			if got := w.wouldGo(n); fmt.Sprint(got) != fmt.Sprint(want) {
				rt.Fatalf("ticket %d went to %+v, told was %+v (moves: %v)", n, got, want, goes)
			}
		}
		if told.Tickets != len(all) || told.Unchanged+told.Changed+told.Unruled != len(all) {
			rt.Fatalf("%+v", told)
		}
	})
}

func TestLoadsAreRecountedAsTheyAre(t *testing.T) {
	t.Parallel()
	w, anna, _ := routed(t)
	w.ask("Касса 1", 1)
	w.ask("Касса 2", 3)
	w.shared("update manydesk.workload set points = 77, tickets = 9 where user_id = $1", anna.ID)
	err := w.House.Shared(t.Context(), desk.Automaton("setup"), func(ctx context.Context, tx tenants.SharedTx) error {
		n, err := routing.Recount(ctx, tx)
		if n != 1 {
			t.Errorf("%d were wrong", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.sound()
}
