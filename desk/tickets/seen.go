package tickets

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// MarkSeen notes how far the actor has read. It is no fact and moves no version;
// the first look of anybody of the staff ends the mark "new".
//
// Rights: ticket.read; of a contact request.read. Errors: NotFound.
func (t *Tickets) MarkSeen(ctx context.Context, tx tenants.Tx, ticket Ref, seq int) error {
	f, err := find(ctx, tx.ReadTx, ticket)
	if err != nil {
		return err
	}
	if err := t.may(ctx, tx.ReadTx, f, access.TicketRead, access.RequestRead); err != nil {
		return err
	}
	if seq = min(seq, f.Version); seq <= f.SeenSeq || tx.Actor().Kind == desk.SystemActor {
		return nil
	}
	looked := 0
	if tx.Actor().Kind == desk.StaffActor {
		looked = FlagNew
	}
	_, err = tx.Exec(ctx, `with p as (insert into ?tenant.participants as p (ticket_id, person_id, person_kind, seen_seq) values ($1, $2, $3, $4)
			on conflict (ticket_id, person_id) do update set seen_seq = greatest(p.seen_seq, excluded.seen_seq))
		update manydesk.ticket_index set flags = flags & ~$5::smallint where tenant_id = $6 and ticket_id = $1 and flags & $5::smallint <> 0`,
		f.ID, tx.Actor().ID, string(tx.Actor().Kind), seq, looked, int32(tx.Tenant().ID))
	if err != nil {
		return fmt.Errorf("mark seen: %w", err)
	}
	return nil
}
