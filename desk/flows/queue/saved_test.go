package queue_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/flows/queue"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

func wants(t *testing.T, err error, code desk.Code) {
	t.Helper()
	if desk.CodeOf(err) != code {
		t.Errorf("%v, not %q", err, code)
	}
}

func (o *office) saved(t *testing.T, who desk.Actor, in []tenants.Tenant) string {
	t.Helper()
	all, err := o.q.Saved(t.Context(), who, in)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

func TestASavedViewIsItsOwnersOrOfAllInTheTenant(t *testing.T) {
	t.Parallel()
	o := open(t)
	boss := ticketstest.Staff("Борис")
	o.Hire(boss, access.Admin)
	ctx, all := t.Context(), o.tenants()
	urgent := conditions.Leaf("priority", conditions.AtMost, 2)
	own, err := o.q.Save(ctx, o.Vera, all, queue.Kept{Name: " Критические ", Look: queue.Look{View: queue.All, Filter: "assignee:me", Where: urgent}})
	if err != nil || own.Name != "Критические" || own.Version != 1 {
		t.Fatalf("saved %+v: %v", own, err)
	}
	// Sharing is for who may change the tenant's settings, and a view has to be of one tenant to be shared.
	shared := queue.Kept{Name: "Ночные", Scope: o.Tenant.ID, Shared: true, Look: queue.Look{View: queue.Unassigned}}
	_, err = o.q.Save(ctx, o.Vera, all, shared)
	wants(t, err, desk.Denied)
	team, err := o.q.Save(ctx, boss, all, shared)
	if err != nil {
		t.Fatal(err)
	}
	everywhere := shared
	everywhere.Scope = 0
	_, err = o.q.Save(ctx, boss, all, everywhere)
	wants(t, err, desk.ValidationFailed)
	elsewhere := shared
	elsewhere.Scope = o.more[1].Tenant.ID
	_, err = o.q.Save(ctx, boss, all, elsewhere)
	wants(t, err, desk.Denied)

	if got := o.saved(t, o.Vera, all); got != "Критические, Ночные" {
		t.Errorf("Vera has %s", got)
	}
	if got := o.saved(t, o.Oleg, all); got != "Ночные" {
		t.Errorf("Oleg has %s", got)
	}
	if got := o.saved(t, o.Oleg, []tenants.Tenant{o.more[0].Tenant}); got != "" {
		t.Errorf("in another tenant Oleg has %s", got)
	}
	// What is not theirs is not there; what is shared is not theirs to change.
	wants(t, o.q.Unsave(ctx, o.Oleg, all, own.ID, 1), desk.NotFound)
	wants(t, o.q.Unsave(ctx, o.Oleg, all, team.ID, 1), desk.Denied)
	_, err = o.q.Resave(ctx, o.Oleg, all, team.ID, 1, shared)
	wants(t, err, desk.Denied)

	changed, err := o.q.Resave(ctx, o.Vera, all, own.ID, 1, queue.Kept{Name: "Мои", Look: queue.Look{View: queue.Mine}})
	if err != nil || changed.Version != 2 || changed.Look.View != queue.Mine {
		t.Errorf("changed to %+v: %v", changed, err)
	}
	_, err = o.q.Resave(ctx, o.Vera, all, own.ID, 1, queue.Kept{Name: "Старое", Look: queue.Look{View: queue.All}})
	wants(t, err, desk.ChangedMeanwhile)
	wants(t, o.q.Unsave(ctx, o.Vera, all, own.ID, 1), desk.ChangedMeanwhile)
	wants(t, o.q.Unsave(ctx, o.Vera, all, own.ID, 2), "")
	if got := o.saved(t, o.Vera, all); got != "Ночные" {
		t.Errorf("Vera is left with %s", got)
	}
}

func TestWhatASavedViewCannotBe(t *testing.T) {
	t.Parallel()
	o := open(t)
	ok := queue.Look{View: queue.All}
	for name, in := range map[string]queue.Kept{
		"no name":       {Name: " ", Look: ok},
		"a long name":   {Name: strings.Repeat("я", 61), Look: ok},
		"no view":       {Name: "x"},
		"a strange one": {Name: "x", Look: queue.Look{View: "gone"}},
		"no field":      {Name: "x", Look: queue.Look{View: queue.All, Where: conditions.Leaf("wish", conditions.Is, "1")}},
		"a wrong type":  {Name: "x", Look: queue.Look{View: queue.All, Where: conditions.Leaf("priority", conditions.Is, "high")}},
	} {
		_, err := o.q.Save(t.Context(), o.Vera, o.tenants(), in)
		if desk.CodeOf(err) != desk.ValidationFailed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPersonKeepsAHundredViews(t *testing.T) {
	t.Parallel()
	o := open(t)
	err := o.House.Shared(t.Context(), desk.Automaton("setup"), func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, `insert into manydesk.views (id, owner_id, name, look) select gen_random_uuid(), $1, 'v' || n, '{"view":"all"}' from generate_series(1, 98) n`, o.Vera.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	told := make([]desk.Code, 4)
	for i := range told {
		wg.Go(func() {
			_, err := o.q.Save(t.Context(), o.Vera, o.tenants(), queue.Kept{Name: fmt.Sprint("новый ", i), Look: queue.Look{View: queue.All}})
			told[i] = desk.CodeOf(err)
		})
	}
	wg.Wait()
	kept := 0
	for _, code := range told {
		switch code {
		case "":
			kept++
		case desk.LimitReached:
		default:
			t.Errorf("told %q", code)
		}
	}
	if kept != 2 {
		t.Errorf("%d more were kept, not 2", kept)
	}
}

// Each comparison that the builder offers for a field is one that the list takes.
func TestEveryFieldOfTheQueueCanBeAsked(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, f := range queue.Words().Fields() {
		for _, op := range f.Kind.Ops() {
			if op == conditions.InCalendar || op == conditions.NotInCalendar {
				continue
			}
			where := conditions.Leaf(f.Key, op, sample(f.Kind, op))
			if wrong := queue.Words().Check(where, ""); len(wrong) > 0 {
				t.Errorf("%s %s: %v", f.Key, op, wrong)
				continue
			}
			if _, err := o.q.List(t.Context(), o.Vera, queue.Query{Tenants: o.tenants(), View: queue.All, Where: where}); err != nil {
				t.Errorf("%s %s: %v", f.Key, op, err)
			}
		}
	}
}

func sample(kind conditions.Kind, op conditions.Op) any {
	switch op {
	case conditions.Empty, conditions.NotEmpty:
		return nil
	case conditions.Between:
		return []any{1.0, 3.0}
	case conditions.Within:
		return map[string]any{"seconds": 7200.0}
	case conditions.AtHours:
		return []any{"09:00", "18:00"}
	case conditions.OnDays:
		return []any{"mon"}
	default:
	}
	switch kind {
	case conditions.Number:
		return 2.0
	case conditions.Person:
		return []any{desk.UserID{1}.String()}
	case conditions.Company:
		return []any{desk.CompanyID{1}.String()}
	case conditions.Choice:
		return []any{"open"}
	case conditions.Time:
		return "2026-11-16T09:00:00Z"
	default:
		return "x"
	}
}
