package queue

import (
	"context"
	"errors"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// tries bounds how many tickets Next loses to others before it gives up.
const tries = 60

// Next gives the actor the most urgent ticket that nobody has, in whichever of
// the tenants it is, and assigns it. Two people never get the same: whoever locks
// it first has it, and the other goes on to the next one without waiting.
//
// Rights: ticket.read and ticket.assign on its type. Errors: NotFound when there
// is none.
func (q *Queue) Next(ctx context.Context, actor desk.Actor, all []tenants.Tenant) (*Row, error) {
	may := make([]tenants.Tenant, 0, len(all))
	by := map[desk.TenantID]tenants.Tenant{}
	for _, t := range all {
		seen, err := q.guard.SightOf(ctx, t, actor, access.TicketAssign)
		if err != nil {
			return nil, err
		}
		if !seen.None() && t.State == tenants.Active {
			may, by[t.ID] = append(may, t), t
		}
	}
	in := Query{Tenants: may, View: Unassigned, Limit: 20}
	for lost := 0; lost < tries; {
		page, err := q.List(ctx, actor, in)
		if err != nil {
			return nil, err
		}
		for i := range page.Rows {
			row := &page.Rows[i]
			taken, err := q.take(ctx, actor, by[row.Tenant], row)
			if err != nil {
				return nil, err
			}
			if taken {
				return row, nil
			}
			lost++
		}
		if page.Next == nil {
			break
		}
		in.After = page.Next
	}
	return nil, desk.Missing()
}

var errTaken = errors.New("somebody else has it")

// take assigns one ticket if it is still free and nobody is at it.
func (q *Queue) take(ctx context.Context, actor desk.Actor, tenant tenants.Tenant, row *Row) (bool, error) {
	var got *tickets.Ticket
	err := q.house.Do(ctx, tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		n, err := tx.Exec(ctx, "select from ?tenant.tickets where id = $1 and assignee_id is null for no key update skip locked", row.ID)
		if err != nil {
			return fmt.Errorf("try a ticket: %w", err)
		}
		if n == 0 {
			return errTaken
		}
		got, err = q.tickets.Assign(ctx, tx, tickets.Assign{Ticket: tickets.ID(row.ID), To: actor.User(), OnlyFree: true})
		return err
	})
	switch desk.CodeOf(err) {
	case "":
		row.Version, row.AssigneeID, row.Assignee, row.UpdatedAt, row.Fresh = got.Version, got.AssigneeID, actor.Name, got.UpdatedAt, false
		return true, nil
	case desk.ChangedMeanwhile, desk.ClosedIsFinal, desk.Denied, desk.ScopeMissing, desk.NotFound:
		return false, nil
	default:
		if errors.Is(err, errTaken) {
			return false, nil
		}
		return false, err
	}
}
