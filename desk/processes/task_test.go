package processes_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

func TestATaskIsAddedChangedDoneAndTakenUpAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	due := w.Now().Add(time.Hour).Truncate(time.Second)
	made := w.add(w.Vera, processes.NewTask{Title: "  Позвонить\nв банк ", Person: w.Oleg.User(), Due: due})
	if made.Title != "Позвонить в банк" || made.Version != 1 {
		t.Errorf("made %+v", made)
	}
	title := "Написать в банк"
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.work.Change(ctx, tx, processes.Edit{Ticket: w.ticket, Task: made.ID, Version: 1, Title: &title})
		return err
	})
	if err := w.complete(w.Vera, made.ID); err != nil {
		t.Fatal(err)
	}
	all := w.list()
	if is := all.Tasks[0]; is.Title != title || is.State != processes.Done || is.DoneBy != w.Vera.User() || is.Assignee != w.Oleg.User() || !is.DueAt.Equal(due) || is.Version != 3 {
		t.Errorf("the task is %+v", is)
	}
	if all.Summary.Tasks != (processes.Count{Open: 0, Total: 1}) {
		t.Errorf("the ticket keeps %+v", all.Summary)
	}
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.work.Reopen(ctx, tx, w.ticket, made.ID)
		return err
	})
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		return w.work.Remove(ctx, tx, w.ticket, made.ID, 4)
	})
	if all := w.list(); len(all.Tasks) != 0 || all.Summary.Tasks.Total != 0 {
		t.Errorf("left are %+v", all)
	}
	want := []string{"task.added", "task.changed", "task.done", "task.reopened", "task.removed"}
	if got := w.facts("task.%"); !slices.Equal(got, want) {
		t.Errorf("the log says %v, want %v", got, want)
	}
}

func TestATaskRefusesWhatItCannotBe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, in := range map[string]processes.NewTask{
		"without a title":        {Title: " "},
		"for a group not there":  {Title: "x", Group: "nobody"},
		"for a person not there": {Title: "x", Person: desk.NewUserID(w.Now())},
	} {
		in.Ticket = w.ticket
		err := w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
			_, err := w.work.Add(ctx, tx, in)
			return err
		})
		if !desk.Is(err, desk.ValidationFailed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	made := w.add(w.Vera, processes.NewTask{Title: "x"})
	title := "y"
	refused(t, w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.work.Change(ctx, tx, processes.Edit{Ticket: w.ticket, Task: made.ID, Version: 9, Title: &title})
		return err
	}), desk.ChangedMeanwhile)
	refused(t, w.complete(w.Vera, desk.NewTaskID(w.Now())), desk.NotFound)
}

func TestWhoeverATaskWasGivenToMayDoItWithoutTheRightToEdit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put(w, settings.Roles, "helper", access.Role{Name: named("Помощник"), Grants: []access.Grant{{Permission: access.TicketRead.String()}, {Permission: access.TicketNote.String()}}})
	lena, mark := ticketstest.Staff("Лена"), ticketstest.Staff("Марк")
	w.Hire(lena, "helper")
	w.Hire(mark, "helper")
	made := w.add(w.Vera, processes.NewTask{Title: "Проверить", Person: lena.User()})
	refused(t, w.complete(mark, made.ID), desk.Denied)
	refused(t, w.complete(w.Nina, made.ID), desk.Denied)
	refused(t, w.Do(lena, func(ctx context.Context, tx tenants.Tx) error {
		return w.work.Remove(ctx, tx, w.ticket, made.ID, 1)
	}), desk.Denied)
	if err := w.complete(lena, made.ID); err != nil {
		t.Error(err)
	}
}

func TestOfTwoWhoDoATaskAtOnceTheFirstDidIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.add(w.Vera, processes.NewTask{Title: "Проверить"})
	together(t, func() error { return w.complete(w.Vera, made.ID) }, func() error { return w.complete(w.Oleg, made.ID) })
	if got := w.facts("task.done"); len(got) != 1 {
		t.Errorf("it was done %d times", len(got))
	}
	if got := w.list().Tasks[0]; got.State != processes.Done || got.Version != 2 {
		t.Errorf("the task is %+v", got)
	}
}

// together does things at once and fails the test where one of them failed.
func together(t *testing.T, all ...func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), late)
	defer cancel()
	begin, done := make(chan struct{}), make(chan struct{})
	errs := make([]error, len(all))
	var group sync.WaitGroup
	for i, do := range all {
		group.Go(func() {
			<-begin
			errs[i] = do()
		})
	}
	close(begin)
	go func() { group.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
		t.Fatal("they wait for each other")
	}
	for _, err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
}

func TestSomebodyWhoIsGoneHasNoTasks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.add(w.Vera, processes.NewTask{Title: "Проверить", Group: "first", Person: w.Oleg.User()})
	ids, err := processes.Holding(t.Context(), w.Read(desk.Automaton("triage")), w.Oleg.User())
	if err != nil || len(ids) != 1 {
		t.Fatalf("he has tasks in %v: %v", ids, err)
	}
	for range 2 { // to ask twice does no more than to ask once
		w.Must(desk.Automaton("triage"), func(ctx context.Context, tx tenants.Tx) error {
			return w.work.TakeBack(ctx, tx, ids[0], w.Oleg.User())
		})
	}
	if is := w.list().Tasks[0]; !is.Assignee.IsZero() || is.Group != "first" || is.ID != made.ID {
		t.Errorf("the task is %+v", is)
	}
	if got := w.facts("task.changed"); len(got) != 1 {
		t.Errorf("it was told %d times", len(got))
	}
}
