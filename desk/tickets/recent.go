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

// Numbered finds tickets whole by their numbers; those that are not there are
// left out. Rights are those of the caller.
func Numbered(ctx context.Context, tx tenants.ReadTx, numbers []int64) (map[int64]Ticket, error) {
	var rows []Ticket
	if err := tx.Query(ctx, &rows, "select "+ticketColumns+" from ?tenant.tickets t where t.number = any($1::bigint[])", numbers); err != nil {
		return nil, fmt.Errorf("read tickets: %w", err)
	}
	all := make(map[int64]Ticket, len(rows))
	for _, t := range rows {
		all[t.Number] = t
	}
	return all, nil
}

// FirstWords are the first comments of tickets, as plain as they are kept. Rights
// are those of the caller.
func FirstWords(ctx context.Context, tx tenants.ReadTx, all []Ticket) (map[desk.TicketID]string, error) {
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].ID.UUID()
	}
	var rows []struct {
		TicketID desk.TicketID
		Body     string
	}
	if err := tx.Query(ctx, &rows, "select ticket_id, body from ?tenant.comments where ticket_id = any($1::uuid[]) and seq = 1", ids); err != nil {
		return nil, fmt.Errorf("read the first words of tickets: %w", err)
	}
	words := make(map[desk.TicketID]string, len(rows))
	for _, row := range rows {
		words[row.TicketID] = row.Body
	}
	return words, nil
}
