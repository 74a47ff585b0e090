package files

import (
	"context"
	"fmt"
	"slices"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

// attachable bounds how many files one comment may have.
const attachable = 50

// Attach puts uploads of the actor under a comment of a ticket.
//
// Errors: ValidationFailed on "uploads" when one of them is not the actor's, not
// whole or attached already.
func (f *Files) Attach(ctx context.Context, tx tenants.Tx, uploads []desk.FileID, owner desk.AnyID, seq int, internal bool) error {
	uploads = slices.Clone(uploads)
	slices.SortFunc(uploads, func(a, b desk.FileID) int { return slices.Compare(a[:], b[:]) })
	uploads = slices.Compact(uploads)
	if len(uploads) > attachable {
		return desk.Invalid(desk.Field("uploads", desk.MaxItems, "max", attachable))
	}
	ids := make([]string, len(uploads))
	gone := make([]desk.Timer, len(uploads))
	for i, id := range uploads {
		ids[i], gone[i] = id.UUID(), desk.Timer{Subject: id.Any(), Kind: TimerUpload}
	}
	n, err := tx.Exec(ctx, `update ?tenant.files set owner_id = $1, owner_seq = $2, owner_kind = $3, internal = $4
		where id = any($5::uuid[]) and owner_kind = $6 and state = $7 and created_by = $8`,
		owner, seq, OwnerTicket, internal, ids, OwnerUpload, Ready, tx.Actor().ID)
	if err != nil {
		return fmt.Errorf("attach files: %w", err)
	}
	if n != int64(len(ids)) {
		return desk.Invalid(desk.Field("uploads", desk.UnknownID))
	}
	return jobs.SetTimers(ctx, tx, gone...)
}

// Detach makes what lies under a comment uploads of the actor again.
func (f *Files) Detach(ctx context.Context, tx tenants.Tx, owner desk.AnyID, seq int) ([]desk.FileID, error) {
	var rows []struct{ ID desk.FileID }
	err := tx.Query(ctx, &rows, `update ?tenant.files set owner_id = $3, owner_seq = 0, owner_kind = $4, internal = false
		where owner_id = $1 and owner_seq = $2 and created_by = $3 returning id`, owner, seq, tx.Actor().ID, OwnerUpload)
	if err != nil {
		return nil, fmt.Errorf("detach files: %w", err)
	}
	ids := make([]desk.FileID, len(rows))
	again := make([]desk.Timer, len(rows))
	for i, r := range rows {
		ids[i], again[i] = r.ID, desk.Timer{Subject: r.ID.Any(), Kind: TimerUpload, DueAt: tx.Now().Add(Keep)}
	}
	return ids, jobs.SetTimers(ctx, tx, again...)
}
