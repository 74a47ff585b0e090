package processes

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Remove takes a task off the list. What a stage that is open requires stays.
//
// Rights: ticket.edit. Errors: NotFound, Denied, ClosedIsFinal; ChangedMeanwhile
// when the task is not at version; InUse for a task that its stage requires.
func (p *Processes) Remove(ctx context.Context, tx tenants.Tx, ticket tickets.Ref, task desk.TaskID, version int) error {
	_, err := p.tend(ctx, tx, ticket, func(ctx context.Context, b *board) error {
		t, err := b.find(task)
		if err != nil {
			return err
		}
		if err := b.edits(ctx); err != nil {
			return err
		}
		if version != t.Version {
			return desk.Refuse(desk.ChangedMeanwhile).With("current", t.Version)
		}
		if stage := stageOf(b.tasks, t); t.Required && stage != nil && stage.State == Open {
			return desk.Refuse(desk.InUse, "where", stage.In(b.tx.Actor().Language))
		}
		b.drop(t)
		b.c.Record(FactTaskRemoved, false, tickets.Detail{Work: t.about()})
		return nil
	})
	return err
}
