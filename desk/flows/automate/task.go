package automate

import (
	"context"

	"manydesk/desk/processes"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/tenants"
)

// Tasks are the task lists of tickets (desk/processes).
type Tasks interface {
	Add(ctx context.Context, tx tenants.Tx, in processes.NewTask) (*processes.Task, error)
}

// task adds one to the ticket's list, in the tenant's language.
func (d *deeds) task(ctx context.Context, ref tickets.Ref, a triggers.Action) error {
	title, err := d.fill(ctx, a.Text, d.tx.Tenant().Language(""))
	if err != nil {
		return err
	}
	_, err = d.flow.tasks.Add(ctx, d.tx, processes.NewTask{Ticket: ref, Title: title, Group: a.Group, Person: a.Person, Due: d.until(a)})
	return err
}
