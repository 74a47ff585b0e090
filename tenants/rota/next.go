package rota

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
)

// Next is the next moment at which a person comes or goes; zero for none.
func (r *Rota) Next(ctx context.Context, now time.Time, user desk.UserID) (time.Time, error) {
	var next bun.NullTime
	err := r.house.SharedReader(me).QueryRow(ctx, `select least(
			(select min(starts_at) from manydesk.shifts where user_id = $1 and kind <> 'on_call' and starts_at > $2),
			(select min(ends_at) from manydesk.shifts where user_id = $1 and kind <> 'on_call' and ends_at > $2))`, []any{user, now}, &next)
	if err != nil {
		return time.Time{}, fmt.Errorf("find when somebody comes or goes: %w", err)
	}
	return next.Time, nil
}
