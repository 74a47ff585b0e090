package rota

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

// SweepJob writes shifts another day ahead and takes away those of last season;
// each day leaves one for the whole installation.
const SweepJob = "rota.sweep"

// swept is how many people one unit takes.
const swept = 200

// Sweep is the handler of SweepJob. It goes through the people who have hours, in
// short units; idle tenants are not looked at. Called twice it comes to the same.
func (r *Rota) Sweep(ctx context.Context, w *jobs.Work) error {
	last := desk.UserID{}
	for n := swept; n == swept; {
		err := r.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
			var rows []struct{ ID desk.UserID }
			err := tx.Query(ctx, &rows, "select id from manydesk.users where week <> '{}' and state = 'active' and id > $1::uuid order by id limit $2", last.UUID(), swept)
			if err != nil {
				return fmt.Errorf("find who has hours: %w", err)
			}
			n = len(rows)
			if n == 0 {
				return nil
			}
			users := make([]desk.UserID, n)
			for i, row := range rows {
				users[i] = row.ID
			}
			last = users[n-1]
			return r.expand(ctx, tx, users)
		})
		if err != nil {
			return err
		}
	}
	return r.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		if _, err := tx.Exec(ctx, "delete from manydesk.shifts where ends_at < $1", tx.Now().Add(-kept)); err != nil {
			return fmt.Errorf("take old shifts away: %w", err)
		}
		return w.DoneShared(ctx, tx)
	})
}
