package processes

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// board is the work in one ticket while its ticket is held.
type board struct {
	p     *Processes
	tx    tenants.Tx
	c     *tickets.Change
	sum   Summary
	tasks []*Task
	spec  *Process
	// touched are those to be kept, gone those to be removed.
	touched map[desk.TaskID]bool
	gone    []string
	// due is the working time of stages that begin: by then the ticket's clock is
	// known, which a new ticket gets later.
	due map[desk.TaskID]time.Duration
}

// open reads the work of a ticket that is being changed; what has none is not asked.
func (p *Processes) open(ctx context.Context, tx tenants.Tx, c *tickets.Change) (*board, error) {
	b := &board{p: p, tx: tx, c: c, touched: map[desk.TaskID]bool{}, due: map[desk.TaskID]time.Duration{}}
	var err error
	if b.sum, err = Of(&c.Ticket); err != nil || len(c.Ticket.Process) == 0 {
		return b, err
	}
	b.tasks, err = read(ctx, tx.ReadTx, c.Ticket.ID)
	return b, err
}

// find gives a task, not a stage. Errors: NotFound.
func (b *board) find(id desk.TaskID) (*Task, error) {
	for _, t := range b.tasks {
		if t.ID == id && t.Stage == "" {
			return t, nil
		}
	}
	return nil, desk.Missing()
}

// stages are those of the process that was started last, in order.
func (b *board) stages() []*Task { return stagesOf(b.tasks, b.sum.Run) }

func stagesOf(all []*Task, run int) (stages []*Task) {
	for _, t := range all {
		if t.Stage != "" && t.Run == run {
			stages = append(stages, t)
		}
	}
	return stages
}

// under are the tasks of a stage.
func under(all []*Task, stage *Task) (tasks []*Task) {
	for _, t := range all {
		if t.Under == stage.Stage && t.Stage == "" && t.Run == stage.Run {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

// stageOf is the stage that a task belongs to, nil for none.
func stageOf(all []*Task, t *Task) *Task {
	for _, s := range all {
		if t.Under != "" && s.Stage == t.Under && s.Run == t.Run {
			return s
		}
	}
	return nil
}

// add puts a new task or stage at the end.
func (b *board) add(t Task) *Task {
	t.ID, t.Ticket = desk.NewTaskID(b.c.Now()), b.c.Ticket.ID
	if n := len(b.tasks); n > 0 {
		t.Position = b.tasks[n-1].Position + 1
	}
	b.tasks = append(b.tasks, &t)
	b.touch(&t)
	return &t
}

// touch has a task kept, as another version of it.
func (b *board) touch(t *Task) {
	if !b.touched[t.ID] {
		b.touched[t.ID] = true
		t.Version++
	}
}

// drop has a task removed.
func (b *board) drop(t *Task) {
	b.tasks = slices.DeleteFunc(b.tasks, func(x *Task) bool { return x == t })
	b.gone = append(b.gone, t.ID.UUID())
	delete(b.touched, t.ID)
}

// finish ends a task or a stage.
func (b *board) finish(t *Task, as State) {
	t.State, t.DoneAt, t.DoneBy = as, b.c.Now(), b.tx.Actor().User()
	b.touch(t)
}

// keep writes what the ticket keeps of its work, and has the rest written after it.
func (b *board) keep() error {
	if len(b.touched)+len(b.gone) == 0 {
		return nil
	}
	b.count()
	var err error
	if b.c.Ticket.Process, err = json.Marshal(b.sum); err != nil {
		return fmt.Errorf("encode the work of a ticket: %w", err)
	}
	b.c.Afterwards(b.write)
	return nil
}

func (b *board) count() {
	b.sum.Tasks, b.sum.Stage, b.sum.StageName.RU, b.sum.StageName.EN, b.sum.Place = Count{}, "", "", "", 0
	for _, t := range b.tasks {
		if t.Stage != "" || t.State == Skipped {
			continue
		}
		b.sum.Tasks.Total++
		if t.State == Open {
			b.sum.Tasks.Open++
		}
	}
	stages := b.stages()
	b.sum.Of = len(stages)
	for i, s := range stages {
		if s.State == Open {
			b.sum.Stage, b.sum.StageName, b.sum.Place = s.Stage, s.Words, i+1
			break
		}
	}
}

// write keeps the rows, once the ticket is kept.
func (b *board) write(ctx context.Context, tx tenants.Tx) error {
	var changed []*Task
	for _, t := range b.tasks {
		if !b.touched[t.ID] {
			continue
		}
		if d := b.due[t.ID]; d > 0 {
			due, err := b.p.around.After(ctx, tx.ReadTx, &b.c.Ticket, d)
			if err != nil {
				return err
			}
			t.DueAt = due
		}
		changed = append(changed, t)
	}
	if len(b.gone) > 0 {
		if _, err := tx.Exec(ctx, "delete from ?tenant.tasks where id = any($1::uuid[])", b.gone); err != nil {
			return fmt.Errorf("remove tasks: %w", err)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return write(ctx, tx, b.c.Ticket.ID, changed)
}
