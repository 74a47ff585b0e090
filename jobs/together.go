package jobs

import (
	"context"
	"fmt"
	"hash/fnv"

	"manydesk/desk"
	"manydesk/tenants"
)

// Alike is a row of the same job and tenant that waits too.
type Alike struct {
	ID      int64
	Subject desk.AnyID
}

// Alike finds rows of this job and tenant that wait beside it and never failed,
// oldest first: a handler that is behind may do several in one unit and close
// them with DoneTogether. Only for jobs whose rows have an index by tenant
// (outbox_letters_ix); the name stands in the text, or no plan could use it.
func (w *Work) Alike(ctx context.Context, tx tenants.ReadTx, limit int) ([]Alike, error) {
	var rows []struct {
		ID        int64
		SubjectID desk.AnyID
	}
	err := tx.Query(ctx, &rows, "select id, subject_id from manydesk.outbox where name = "+quoted(w.Name)+
		" and tenant_id = $1 and id <> $2 and error is null order by id limit $3", int32(w.Tenant.ID), w.ID, limit)
	if err != nil {
		return nil, fmt.Errorf("find jobs like job %d: %w", w.ID, err)
	}
	all := make([]Alike, len(rows))
	for i, r := range rows {
		all[i] = Alike{r.ID, r.SubjectID}
	}
	return all, nil
}

// DoneTogether is Done for this row and, as far as nobody else is busy with
// them, for others like it; it says which of those it closed. Of one tenant only
// one unit at a time takes others: two that take each other's subjects in
// different order would wait for each other.
//
// Errors: ErrDone when this row is closed, or another call is closing it.
func (w *Work) DoneTogether(ctx context.Context, tx tenants.Tx, others []int64) (closed map[int64]bool, err error) {
	if tx.Tenant().ID != w.Tenant.ID {
		return nil, fmt.Errorf("job %d of tenant %d closed in tenant %d", w.ID, w.Tenant.ID, tx.Tenant().ID)
	}
	if len(others) == 0 {
		return nil, w.Done(ctx, tx)
	}
	var gone []struct{ ID int64 }
	err = tx.Query(ctx, &gone, `with free as (select o.id from manydesk.outbox o where o.id = any($1::bigint[]) and o.tenant_id = $2 and o.name = $3
			and (o.id = $4 or o.error is null and (select pg_try_advisory_xact_lock($5))) for update skip locked)
		delete from manydesk.outbox o using free where o.id = free.id returning o.id`,
		append(others, w.ID), int32(w.Tenant.ID), w.Name, w.ID, w.turn())
	if err != nil {
		return nil, fmt.Errorf("close job %d and others: %w", w.ID, err)
	}
	closed = make(map[int64]bool, len(gone))
	for _, g := range gone {
		closed[g.ID] = true
	}
	if !closed[w.ID] {
		return nil, ErrDone
	}
	w.closed = true
	return closed, nil
}

// turn names the lock of those who do several of a tenant's jobs at once.
func (w *Work) turn() int64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "together %d %s", w.Tenant.ID, w.Name)
	return int64(h.Sum64()) //nolint:gosec // a lock's name: any 64 bits
}

// quoted is a job's name as a literal. Names are words of this program; one that
// is not is worth a plan without the index, not a hole.
func quoted(name string) string {
	for _, r := range name {
		if (r < 'a' || r > 'z') && r != '.' && r != '_' {
			return "''"
		}
	}
	return "'" + name + "'"
}
