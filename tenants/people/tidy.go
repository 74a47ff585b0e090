package people

import (
	"context"
	"fmt"
	"time"

	"manydesk/jobs"
	"manydesk/tenants"
)

// TidyJob takes away what nobody needs any more; each day leaves one.
const TidyJob = "people.tidy"

// How long is kept what has ended or happened.
const (
	// endedKept is for those who come with an old link: they hear that it has ended.
	endedKept   = 30 * 24 * time.Hour
	signInsKept = 400 * 24 * time.Hour
	answersKept = 8 * 24 * time.Hour
)

// tidied is how many rows one unit takes: few enough to be in nobody's way.
const tidied = 1000

// old are the statements, each of which takes the oldest rows by its index and
// answers how many. $1 is the moment before which a row is old, $2 how many go at
// once. Sign-ins are numbered as they happen, so only the lowest numbers are
// looked at; their lines can be taken away by the database's own function alone.
var old = []struct {
	what, sql string
	kept      time.Duration
}{
	{"credentials that ended", `with old as (select hash from manydesk.credentials where expires_at < $1 order by expires_at limit $2 for update skip locked),
		gone as (delete from manydesk.credentials c using old where c.hash = old.hash returning 1) select count(*) from gone`, endedKept},
	{"sign-ins", "select manydesk.forget_sign_ins($1, $2)", signInsKept},
	{"answers kept for repeated requests", `with old as (select key16 from manydesk.idempotency where created_at < $1 limit $2),
		gone as (delete from manydesk.idempotency i using old where i.key16 = old.key16 returning 1) select count(*) from gone`, answersKept},
}

// Tidy is the handler of TidyJob: it takes old rows away in short units and
// closes the job when there are none. Called twice it finds less to do.
func (p *People) Tidy(ctx context.Context, w *jobs.Work) error {
	for _, o := range old {
		before := p.house.Clock()().Add(-o.kept)
		for n := tidied; n == tidied; {
			var err error
			if n, err = p.take(ctx, o.sql, before); err != nil {
				return fmt.Errorf("take away %s: %w", o.what, err)
			}
		}
	}
	return p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error { return w.DoneShared(ctx, tx) })
}

func (p *People) take(ctx context.Context, sql string, before time.Time) (n int, err error) {
	err = p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		// Whatever the planner thinks of tables that were small when it was asked.
		if _, err := tx.Exec(ctx, "select set_config('enable_seqscan', 'off', true)"); err != nil {
			return err
		}
		return tx.QueryRow(ctx, sql, []any{before, tidied}, &n)
	})
	return n, err
}
