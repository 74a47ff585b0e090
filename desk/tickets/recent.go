package tickets

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Recent gives the newest tickets whole, with their first words and their
// clients' standing left to the caller: what a trial of settings runs over.
// Rights are those of the caller.
func Recent(ctx context.Context, tx tenants.ReadTx, limit int) ([]Ticket, error) {
	var rows []Ticket
	err := tx.Query(ctx, &rows, "select "+ticketColumns+" from ?tenant.tickets t where t.merged_into is null order by t.number desc limit $1", limit)
	if err != nil {
		return nil, fmt.Errorf("read recent tickets: %w", err)
	}
	return rows, nil
}

// Working gives open tickets whole, in order of id, after one of them: for what
// goes over all of them in portions. Rights are those of the caller.
func Working(ctx context.Context, tx tenants.ReadTx, after desk.TicketID, limit int) ([]Ticket, error) {
	var rows []Ticket
	err := tx.Query(ctx, &rows, "select "+ticketColumns+` from (select i.ticket_id from manydesk.ticket_index i where i.tenant_id = $1 and ($2::uuid is null or i.ticket_id > $2) order by i.ticket_id limit $3) i
		cross join lateral (select x.* from ?tenant.tickets x where x.id = i.ticket_id limit 1) t order by t.id`, int32(tx.Tenant().ID), after, limit)
	if err != nil {
		return nil, fmt.Errorf("read open tickets: %w", err)
	}
	return rows, nil
}

// CountWorking counts the open tickets of the tenant.
func CountWorking(ctx context.Context, tx tenants.ReadTx) (n int, err error) {
	err = tx.QueryRow(ctx, "select count(*) from manydesk.ticket_index where tenant_id = $1", []any{int32(tx.Tenant().ID)}, &n)
	if err != nil {
		return 0, fmt.Errorf("count open tickets: %w", err)
	}
	return n, nil
}
