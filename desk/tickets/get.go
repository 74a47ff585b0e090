package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Get reads a ticket's row.
//
// Rights: ticket.read; of a contact request.read on a ticket it sees. Errors: NotFound.
func (t *Tickets) Get(ctx context.Context, tx tenants.ReadTx, ticket Ref) (*Ticket, error) {
	f, err := find(ctx, tx, ticket)
	if err != nil {
		return nil, err
	}
	if err := t.may(ctx, tx, f, access.TicketRead, access.RequestRead); err != nil {
		return nil, err
	}
	return &f.Ticket, nil
}

// MayReadFile answers whether the actor may see what lies under a comment of a
// ticket: nil, or NotFound. Clients see nothing under notes and held replies.
func (t *Tickets) MayReadFile(ctx context.Context, tx tenants.ReadTx, ticket desk.TicketID, seq int) error {
	f, err := find(ctx, tx, ID(ticket))
	if err != nil {
		return err
	}
	if err := t.may(ctx, tx, f, access.TicketRead, access.RequestRead); err != nil || tx.Actor().Kind != desk.ContactActor {
		return err
	}
	var visible bool
	err = tx.QueryRow(ctx, "select true"+entryTables+" where f.subject_id = $1 and f.seq = $2 and c.internal is false and "+clientSees,
		[]any{ticket, seq}, &visible)
	if errors.Is(err, sql.ErrNoRows) {
		return desk.Missing()
	}
	if err != nil {
		return fmt.Errorf("find comment: %w", err)
	}
	return nil
}
