package processes

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Complete says that a task is done. What is done already is no change: of two
// people who say so at once the first did it.
//
// Rights: ticket.edit, or ticket.note for whoever the task was given to. Errors:
// NotFound, Denied, ClosedIsFinal.
func (p *Processes) Complete(ctx context.Context, tx tenants.Tx, ticket tickets.Ref, task desk.TaskID) (*Task, error) {
	return p.mark(ctx, tx, ticket, task, func(b *board, t *Task) error {
		if t.State != Open {
			return nil
		}
		b.finish(t, Done)
		b.c.Record(FactTaskDone, false, tickets.Detail{Work: t.about()})
		return nil
	})
}

// Reopen takes back that a task is done. One of a stage that is over stays done.
//
// Rights as of Complete. Errors: NotFound, Denied, ClosedIsFinal, StageNotOpen.
func (p *Processes) Reopen(ctx context.Context, tx tenants.Tx, ticket tickets.Ref, task desk.TaskID) (*Task, error) {
	return p.mark(ctx, tx, ticket, task, func(b *board, t *Task) error {
		if t.State == Open {
			return nil
		}
		if stage := stageOf(b.tasks, t); stage != nil && stage.State != Open {
			return desk.Refuse(desk.StageNotOpen, "stage", stage.In(b.tx.Actor().Language))
		}
		t.State, t.DoneAt, t.DoneBy = Open, time.Time{}, desk.UserID{}
		b.touch(t)
		b.c.Record(FactTaskReopened, false, tickets.Detail{Work: t.about()})
		return nil
	})
}

func (p *Processes) mark(ctx context.Context, tx tenants.Tx, ticket tickets.Ref, task desk.TaskID, as func(b *board, t *Task) error) (*Task, error) {
	var is *Task
	_, err := p.tend(ctx, tx, ticket, func(ctx context.Context, b *board) (err error) {
		if is, err = b.find(task); err != nil {
			return err
		}
		if err := b.does(ctx, is); err != nil {
			return err
		}
		return as(b, is)
	})
	return is, err
}
