package tickets

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Follow makes the actor hear of what happens on a ticket.
//
// Rights: ticket.read; of a contact request.read. Errors: NotFound.
func (t *Tickets) Follow(ctx context.Context, tx tenants.Tx, ticket Ref) error {
	return t.follow(ctx, tx, ticket, true)
}

// Unfollow ends Follow.
//
// Rights: ticket.read; of a contact request.read. Errors: NotFound.
func (t *Tickets) Unfollow(ctx context.Context, tx tenants.Tx, ticket Ref) error {
	return t.follow(ctx, tx, ticket, false)
}

func (t *Tickets) follow(ctx context.Context, tx tenants.Tx, ticket Ref, on bool) error {
	f, err := find(ctx, tx.ReadTx, ticket)
	if err != nil {
		return err
	}
	if err := t.may(ctx, tx.ReadTx, f, access.TicketRead, access.RequestRead); err != nil {
		return err
	}
	if tx.Actor().Kind == desk.SystemActor {
		return nil
	}
	_, err = tx.Exec(ctx, `insert into ?tenant.participants as p (ticket_id, person_id, person_kind, follows, added_by) values ($1, $2, $3, $4, $2)
		on conflict (ticket_id, person_id) do update set follows = excluded.follows`, f.ID, tx.Actor().ID, string(tx.Actor().Kind), on)
	if err != nil {
		return fmt.Errorf("follow: %w", err)
	}
	return nil
}
