package triage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/processes"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// repairs is a process whose first stage is for what is written to a till alone.
func repairs(w *world, person desk.UserID) {
	w.T.Helper()
	put(w, settings.Groups, settings.Draft[settings.Group]{Key: "depot", Spec: settings.Group{Name: settings.Words{RU: "Склад", EN: "Depot"}, Line: 3}})
	put(w, processes.Kind, settings.Draft[processes.Process]{Key: "repair", Spec: processes.Process{
		Name: settings.Words{RU: "Ремонт", EN: "Repair"},
		Stages: []processes.Stage{
			{Key: "ask", Name: settings.Words{RU: "Опрос", EN: "Ask"}, When: conditions.Leaf("description", conditions.Contains, "не помню")},
			{Key: "fetch", Name: settings.Words{RU: "Доставка", EN: "Fetch"}, Group: "depot", Person: person, Hours: 8},
			{Key: "mend", Name: settings.Words{RU: "Починка", EN: "Mend"}},
		},
	}})
	w.rules(routing.Rules{
		Rules: []routing.Rule{
			{Key: "tag", Name: settings.Words{RU: "Метка", EN: "Tag"}, Then: routing.Then{Tags: []string{"новое"}, Process: "gone"}, When: conditions.Leaf("subject", conditions.Contains, "пропуск")},
			byWord("cash", "касса", routing.Then{Group: "cash", Strategy: routing.LeastLoaded, Process: "repair"}),
		},
		Default: routing.Then{Group: "first"},
	})
}

func TestARuleBeginsAProcessInWhatIsOpened(t *testing.T) {
	t.Parallel()
	w, anna, _ := routed(t)
	boss := w.agent("Глеб", "depot")
	repairs(w, boss.User())
	w.at(23, 17, 0)
	made := w.ask("Касса стоит", 3)
	w.has(made.Number, "depot", boss)
	got := w.read(made.Number)
	s, err := processes.Of(got)
	if err != nil || s.Key != "repair" || s.Stage != "fetch" || s.Place != 2 || s.Of != 3 {
		t.Fatalf("the ticket keeps %+v, %v", s, err)
	}
	work, err := processes.New(w.Tickets, w.Guard, w.triage).List(t.Context(), w.Read(w.Vera), tickets.ID(got.ID))
	if err != nil {
		t.Fatal(err)
	}
	// Eight working hours from 17:00 on, of a day from nine to six with a break.
	near(t, "the stage", work.Stages[1].DueAt, moscow(24, 17, 0))
	if work.Stages[0].State != processes.Skipped {
		t.Errorf("the first stage is %s", work.Stages[0].State)
	}
	if tr := w.trace(made.Number); tr.To.Process != "repair" || tr.To.Group != "cash" || tr.To.Person != anna.User() {
		t.Errorf("the rules said %+v", tr.To)
	}
	var types []string
	if err := w.Read(w.Vera).Query(t.Context(), &types, "select type from ?tenant.facts where subject_id = $1 order by seq", got.ID); err != nil {
		t.Fatal(err)
	}
	if want := []string{"ticket.opened", "ticket.routed", "process.started", "stage.skipped", "stage.begun", "ticket.assigned"}; !slices.Equal(types, want) {
		t.Errorf("the log says %v", types)
	}
	w.sound()
	w.refolded(made.Number)
	// A rule that names a process which is gone goes on without it.
	if got := w.read(w.ask("пропуск", 3).Number); len(got.Process) != 0 || !slices.Contains(got.Tags, "новое") {
		t.Errorf("it keeps %s, tags %v", got.Process, got.Tags)
	}
}

func TestWhoIsRemovedLosesTasksToo(t *testing.T) {
	t.Parallel()
	w, _, _ := routed(t)
	boss := w.agent("Глеб", "depot")
	repairs(w, boss.User())
	made := w.ask("Касса стоит", 3)
	w.sql("update ?tenant.staff set active = false where user_id = $1", boss.ID)
	if _, err := w.triage.ReleaseNow(t.Context(), w.Tenant, boss.User(), "removed"); err != nil {
		t.Fatal(err)
	}
	w.has(made.Number, "depot", nobody)
	ids, err := processes.Holding(t.Context(), w.Read(w.Vera), boss.User())
	if err != nil || len(ids) > 0 {
		t.Errorf("he still has tasks in %v, %v", ids, err)
	}
	w.sound()
}

func TestATrialTellsAnotherProcess(t *testing.T) {
	t.Parallel()
	w, _, _ := routed(t)
	repairs(w, desk.UserID{})
	w.ask("Касса стоит", 3)
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := routing.Sets.Draft(ctx, tx, settings.Draft[routing.Rules]{Key: routing.Main, Spec: routing.Rules{
			Rules:   []routing.Rule{byWord("cash", "касса", routing.Then{Group: "cash", Strategy: routing.LeastLoaded})},
			Default: routing.Then{Group: "first"},
		}})
		return err
	})
	w.Pass(time.Second)
	r, err := w.triage.TryRules(t.Context(), w.Read(desk.Automaton("setup")))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 1 || r.Rows[0].Before.Process != "repair" || r.Rows[0].After.Process != "" {
		t.Errorf("the trial says %+v", r.Rows)
	}
}
