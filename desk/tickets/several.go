package tickets

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Several gives tickets by their ids, in one statement: those that the actor may
// see; the others are left out.
//
// Rights: ticket.read, of each ticket's type and vendor. Clients see none.
func (t *Tickets) Several(ctx context.Context, tx tenants.ReadTx, ids []desk.TicketID) (map[desk.TicketID]Ticket, error) {
	all := make(map[desk.TicketID]Ticket, len(ids))
	if len(ids) == 0 || tx.Actor().Kind == desk.ContactActor {
		return all, nil
	}
	sight, err := t.guard.Sight(ctx, tx, access.TicketRead)
	if err != nil || sight.None() {
		return all, err
	}
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = id.UUID()
	}
	var rows []Ticket
	if err := tx.Query(ctx, &rows, "select "+ticketColumns+" from ?tenant.tickets t where t.id = any($1::uuid[])", keys); err != nil {
		return nil, fmt.Errorf("read several tickets: %w", err)
	}
	for i := range rows {
		is := &rows[i]
		if sight.Has(is.Type) && (sight.Vendor.IsZero() || sight.Vendor == is.VendorID) {
			all[is.ID] = *is
		}
	}
	return all, nil
}
