package team

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// held is an open ticket that must go back, as the worklist says.
type held struct {
	TicketID   desk.TicketID
	AssigneeID desk.UserID
	Name       string
}

// back gives open tickets back to their groups with nobody, each in a unit of its
// own, so that a fault leaves the rest as it was and the job comes back for them.
// why is said in each, in the tenant's language.
func (t *Team) back(ctx context.Context, tenant tenants.Tenant, why settings.Words, where string, args ...any) (n int, err error) {
	var rows []held
	tx := t.house.Reader(tenant, me)
	err = tx.Query(ctx, &rows, `select i.ticket_id, i.assignee_id, coalesce(s.name, '') as name from manydesk.ticket_index i
		left join ?tenant.staff s on s.user_id = i.assignee_id where i.tenant_id = $1 and `+where+" order by i.ticket_id", append([]any{int32(tenant.ID)}, args...)...)
	if err != nil {
		return 0, fmt.Errorf("find what must go back: %w", err)
	}
	language := "ru"
	if len(tenant.Languages) > 0 {
		language = tenant.Languages[0]
	}
	for _, row := range rows {
		err := t.house.Do(ctx, tenant, me, func(ctx context.Context, tx tenants.Tx) error {
			_, err := t.tickets.Tend(ctx, tx, tickets.ID(row.TicketID), access.TicketAssign, func(_ context.Context, c *tickets.Change) error {
				if c.Ticket.AssigneeID != row.AssigneeID || !tickets.Listed(c.Ticket.Category) {
					return nil // somebody has seen to it meanwhile
				}
				d := tickets.Detail{Reason: why.In(language)}
				if !c.Ticket.VendorID.IsZero() {
					d.Changes = append(d.Changes, tickets.FieldChange{Field: "vendor", From: c.Ticket.VendorID})
					c.Ticket.VendorID = desk.CompanyID{}
				}
				if !row.AssigneeID.IsZero() {
					c.Give(desk.UserID{}, "", row.Name, d)
				} else if len(d.Changes) > 0 {
					c.Record(tickets.FactAssigned, false, d)
				}
				return nil
			})
			return err
		})
		if err != nil && !desk.Is(err, desk.NotFound) {
			return n, fmt.Errorf("give a ticket back: %w", err)
		}
		n++
	}
	return n, nil
}
