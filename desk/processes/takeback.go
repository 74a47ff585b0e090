package processes

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Holding are the tickets in which somebody has an open task or stage, the oldest first.
func Holding(ctx context.Context, tx tenants.ReadTx, who desk.UserID) ([]desk.TicketID, error) {
	var rows []struct{ TicketID desk.TicketID }
	err := tx.Query(ctx, &rows, "select distinct ticket_id from ?tenant.tasks where assignee_id = $1 and state = 'open' order by ticket_id", who)
	if err != nil {
		return nil, fmt.Errorf("read whose tasks they are: %w", err)
	}
	ids := make([]desk.TicketID, len(rows))
	for i, r := range rows {
		ids[i] = r.TicketID
	}
	return ids, nil
}

// TakeBack takes the open tasks and stages of a ticket from somebody who works
// here no more: nobody has them then, their group stays, and the log says so.
//
// Rights: ticket.assign of the automaton. Errors: NotFound, Denied.
func (p *Processes) TakeBack(ctx context.Context, tx tenants.Tx, ticket desk.TicketID, from desk.UserID) error {
	who, err := colleague(ctx, tx.ReadTx, from)
	if err != nil {
		return err
	}
	_, err = p.tickets.Tend(ctx, tx, tickets.ID(ticket), access.TicketAssign, func(ctx context.Context, c *tickets.Change) error {
		b, err := p.open(ctx, tx, c)
		if err != nil || b.lasts() != nil {
			return err
		}
		for _, t := range b.tasks {
			if t.Assignee != from || t.State != Open {
				continue
			}
			t.Assignee = desk.UserID{}
			b.touch(t)
			c.Record(FactTaskChanged, false, tickets.Detail{
				Work: t.about(), Changes: []tickets.FieldChange{{Field: "task.assignee", From: from.String(), FromName: who.Name}},
			})
		}
		return b.keep()
	})
	return err
}
