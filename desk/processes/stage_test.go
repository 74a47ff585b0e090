package processes_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

func TestStagesAreDoneInTheirOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put(w, processes.Kind, "return", returns())
	began := w.Now()
	if err := w.start(w.Vera, "return"); err != nil {
		t.Fatal(err)
	}
	all := w.list()
	if got := w.states(); !slices.Equal(got, []string{"look:open", "urgent:waiting", "parts:waiting", "pay:waiting"}) {
		t.Fatalf("the stages are %v", got)
	}
	if s := all.Summary; s.Stage != "look" || s.Place != 1 || s.Of != 4 || s.Tasks != (processes.Count{Open: 2, Total: 2}) || s.Name.RU != "Возврат" {
		t.Errorf("the ticket keeps %+v", s)
	}
	if due := all.Stages[0].DueAt; due.Sub(began.Add(8*time.Hour)).Abs() > time.Minute {
		t.Errorf("the first stage is due at %s", due)
	}
	refused(t, w.pass(w.Vera, "pay"), desk.StageNotOpen)
	err := w.pass(w.Vera, "look")
	refused(t, err, desk.TasksOpen)
	if !strings.Contains(paramOf(err, "tasks"), "«Фото»") || strings.Contains(paramOf(err, "tasks"), "Заметка") {
		t.Errorf("what is left is told as %q", paramOf(err, "tasks"))
	}
	if err := w.complete(w.Vera, all.Tasks[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := w.pass(w.Vera, "look"); err != nil {
		t.Fatal(err)
	}
	// It is not urgent: the second is skipped, and what goes beside it comes alone.
	if got := w.states(); !slices.Equal(got, []string{"look:done", "urgent:skipped", "parts:open", "pay:waiting"}) {
		t.Errorf("the stages are %v", got)
	}
	for _, stage := range []string{"parts", "pay", "pay"} { // to say it again is no change
		if err := w.pass(w.Vera, stage); err != nil {
			t.Fatal(err)
		}
	}
	all = w.list()
	if !all.Summary.Done || all.Summary.Stage != "" || all.Ticket.Category == tickets.CategoryResolved {
		t.Errorf("at the end the ticket keeps %+v, category %v", all.Summary, all.Ticket.Category)
	}
	want := []string{"process.started", "process.done"}
	if got := w.facts("process.%"); !slices.Equal(got, want) {
		t.Errorf("the log says %v, want %v", got, want)
	}
}

func paramOf(err error, name string) string {
	var e *desk.Error
	if !errors.As(err, &e) {
		return ""
	}
	text, _ := e.Params[name].(string)
	return text
}

func TestStagesSideBySideAreOpenTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put(w, processes.Kind, "return", returns())
	w.Must(w.Oleg, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.SetPriority(ctx, tx, tickets.SetPriority{Ticket: w.ticket, Priority: 1})
		return err
	})
	if err := w.start(w.Vera, "return"); err != nil {
		t.Fatal(err)
	}
	if err := w.complete(w.Vera, w.list().Tasks[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := w.pass(w.Vera, "look"); err != nil {
		t.Fatal(err)
	}
	if got := w.states(); !slices.Equal(got, []string{"look:done", "urgent:open", "parts:open", "pay:waiting"}) {
		t.Fatalf("the stages are %v", got)
	}
	// Two specialists are done at the same moment, and each is told twice: the last
	// stage begins once.
	together(t, func() error { return w.pass(w.Vera, "urgent") }, func() error { return w.pass(w.Oleg, "parts") },
		func() error { return w.pass(w.Oleg, "urgent") }, func() error { return w.pass(w.Vera, "parts") })
	if got := w.states(); !slices.Equal(got, []string{"look:done", "urgent:done", "parts:done", "pay:open"}) {
		t.Errorf("the stages are %v", got)
	}
	if got := w.facts("stage.begun"); len(got) != 4 {
		t.Errorf("stages began %d times", len(got))
	}
}

func TestAStageGivesTheTicketToWhomItNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put(w, settings.Groups, "depot", settings.Group{Name: named("Склад")})
	gone := desk.NewUserID(w.Now())
	put(w, processes.Kind, "move", processes.Process{Name: named("Перевозка"), Stages: []processes.Stage{
		{Key: "call", Name: named("Звонок"), Group: "first", Person: w.Oleg.User(), Tasks: []processes.Step{{Title: named("Дозвониться")}}},
		{Key: "carry", Name: named("Доставка"), Group: "depot", Person: gone},
		{Key: "sign", Name: named("Подпись"), Group: "nowhere"},
	}})
	if err := w.start(w.Vera, "move"); err != nil {
		t.Fatal(err)
	}
	all := w.list()
	if all.Ticket.GroupKey != "first" || all.Ticket.AssigneeID != w.Oleg.User() || all.Tasks[0].Assignee != w.Oleg.User() {
		t.Errorf("in the first stage it is with %s of %s", all.Ticket.AssigneeID, all.Ticket.GroupKey)
	}
	// Who is gone gets nothing, and he who had it is in another group.
	if err := w.pass(w.Vera, "call"); err != nil {
		t.Fatal(err)
	}
	all = w.list()
	if all.Ticket.GroupKey != "depot" || !all.Ticket.AssigneeID.IsZero() || !all.Stages[1].Assignee.IsZero() {
		t.Errorf("in the second it is with %s of %s", all.Ticket.AssigneeID, all.Ticket.GroupKey)
	}
	// A group that is gone leaves the ticket where it is.
	if err := w.pass(w.Vera, "carry"); err != nil {
		t.Fatal(err)
	}
	if all = w.list(); all.Ticket.GroupKey != "depot" {
		t.Errorf("in the third it is in %s", all.Ticket.GroupKey)
	}
}

func TestAnotherProcessReplacesOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put(w, processes.Kind, "return", returns())
	put(w, processes.Kind, "other", processes.Process{Name: named("Другой"), Types: []string{"elsewhere"}, Stages: []processes.Stage{{Key: "look", Name: named("Взгляд")}}})
	refused(t, w.start(w.Nina, "return"), desk.Denied)
	refused(t, w.start(w.Vera, "none"), desk.ValidationFailed)
	refused(t, w.start(w.Vera, "other"), desk.ValidationFailed) // not for tickets of this type
	if err := w.start(w.Vera, "return"); err != nil {
		t.Fatal(err)
	}
	own := w.add(w.Vera, processes.NewTask{Title: "Своя"})
	refused(t, w.start(w.Vera, "return"), desk.ProcessRuns)
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.work.Replace(ctx, tx, w.ticket, "return", "заново")
		return err
	})
	all := w.list()
	if got := w.states(); got[0] != "look:open" || len(got) != 4 {
		t.Errorf("the stages are %v", got)
	}
	if len(all.Tasks) != 3 || all.Tasks[0].ID != own.ID || all.Summary.Tasks != (processes.Count{Open: 3, Total: 3}) {
		t.Errorf("left are %d tasks, the ticket keeps %+v", len(all.Tasks), all.Summary)
	}
}
