package processes_test

import (
	"context"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/flows/triage"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

// world is a tenant whose tickets have work in them.
type world struct {
	*ticketstest.World
	work   *processes.Processes
	ticket tickets.Ref
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{World: ticketstest.New(t)}
	w.work = processes.New(w.Tickets, w.Guard, triage.New(w.House, w.Guard, w.Tickets, sla.NewShelf(w.House)))
	w.ticket = tickets.ID(w.Request(w.Ivan).ID)
	return w
}

func put[T any](w *world, k settings.Kind[T], key string, spec T) {
	w.T.Helper()
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		if v, ok := any(spec).(interface{ Validate() error }); ok {
			if err := v.Validate(); err != nil {
				return err
			}
		}
		_, err := k.Put(ctx, tx, settings.Draft[T]{Key: key, Spec: spec})
		return err
	})
	w.House.Forget(w.Tenant.ID)
	tenant, err := w.House.ByID(w.T.Context(), w.Tenant.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	w.Tenant = tenant
}

func named(text string) settings.Words { return settings.Words{RU: text, EN: text} }

func (w *world) add(who desk.Actor, in processes.NewTask) *processes.Task {
	w.T.Helper()
	in.Ticket = w.ticket
	var made *processes.Task
	w.Must(who, func(ctx context.Context, tx tenants.Tx) (err error) {
		made, err = w.work.Add(ctx, tx, in)
		return err
	})
	return made
}

func (w *world) complete(who desk.Actor, id desk.TaskID) error {
	return w.Do(who, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.work.Complete(ctx, tx, w.ticket, id)
		return err
	})
}

func (w *world) start(who desk.Actor, key string) error {
	return w.Do(who, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.work.Start(ctx, tx, w.ticket, key, "")
		return err
	})
}

func (w *world) pass(who desk.Actor, stage string) error {
	return w.Do(who, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.work.CompleteStage(ctx, tx, w.ticket, stage)
		return err
	})
}

func (w *world) list() *processes.Work {
	w.T.Helper()
	all, err := w.work.List(w.T.Context(), w.Read(w.Vera), w.ticket)
	if err != nil {
		w.T.Fatal(err)
	}
	return all
}

// states are the stages by key, "key:state" in order.
func (w *world) states() (all []string) {
	w.T.Helper()
	for _, s := range w.list().Stages {
		all = append(all, s.Stage+":"+string(s.State))
	}
	return all
}

// facts are the types of what happened to the work, in order.
func (w *world) facts(like string) (all []string) {
	w.T.Helper()
	var rows []struct{ Type string }
	err := w.Read(w.Vera).Query(w.T.Context(), &rows, "select type from ?tenant.facts where subject_id = $1 and type like $2 order by seq", w.list().Ticket.ID, like)
	if err != nil {
		w.T.Fatal(err)
	}
	for _, r := range rows {
		all = append(all, r.Type)
	}
	return all
}

func refused(t testing.TB, err error, code desk.Code) {
	t.Helper()
	if !desk.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// returns is a process of four stages: the second only for urgent tickets, the
// third beside it.
func returns() processes.Process {
	return processes.Process{Name: named("Возврат"), Stages: []processes.Stage{
		{Key: "look", Name: named("Осмотр"), Hours: 8, Tasks: []processes.Step{{Title: named("Фото"), Required: true}, {Title: named("Заметка")}}},
		{Key: "urgent", Name: named("Срочно"), When: conditions.Leaf("priority", conditions.AtMost, 2)},
		{Key: "parts", Name: named("Склад"), Beside: true},
		{Key: "pay", Name: named("Деньги")},
	}}
}

// late allows a test as much time as a loaded machine needs.
const late = 20 * time.Second
