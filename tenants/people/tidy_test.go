package people

import (
	"context"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

func TestWhatNobodyNeedsGoesAtNight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	vera := w.person("vera@acme.example")
	ctx, now := t.Context(), w.now()
	w.shared(func(ctx context.Context, tx tenants.SharedTx) error {
		// More than one unit takes, and some of each that must stay.
		for _, sql := range []string{
			`insert into manydesk.credentials (hash, id, kind, user_id, expires_at) select decode(lpad(to_hex(n), 64, '0'), 'hex'), pg_catalog.gen_random_uuid(), 'reset', $1, $2::timestamptz - n * interval '1 hour' from generate_series(1, 2200) n`,
			`insert into manydesk.sign_ins (user_id, what, ok, at) select $1, 'tidy', true, $2::timestamptz - (2500 - n) * interval '6 hours' from generate_series(1, 2500) n`,
			`insert into manydesk.idempotency (key16, fingerprint, tenant_id, status, created_at) select decode(lpad(to_hex(n), 32, '0'), 'hex'), $1::uuid::text::bytea, 0, 201, $2::timestamptz - n * interval '10 minutes' from generate_series(1, 2400) n`,
		} {
			if _, err := tx.Exec(ctx, sql, vera.ID, now); err != nil {
				return err
			}
		}
		return jobs.EnqueueShared(ctx, tx, 0, desk.Job{Name: TidyJob, Lane: desk.Bulk})
	})
	var id int64
	if err := w.house.SharedReader(me).QueryRow(ctx, "select id from manydesk.outbox where name = $1", []any{TidyJob}, &id); err != nil {
		t.Fatal(err)
	}
	if err := w.Tidy(ctx, &jobs.Work{ID: id, Name: TidyJob}); err != nil {
		t.Fatal(err)
	}
	for sql, want := range map[string]int{
		"select count(*) from manydesk.credentials where kind = 'reset'": 720,
		"select count(*) from manydesk.sign_ins where what = 'tidy'":     1601,
		"select count(*) from manydesk.idempotency":                      8 * 24 * 6,
		"select count(*) from manydesk.outbox":                           0,
	} {
		var n int
		if err := w.house.SharedReader(me).QueryRow(ctx, sql, nil, &n); err != nil || n != want {
			t.Errorf("%s: %d, not %d (%v)", sql, n, want, err)
		}
	}
	w.pass(time.Hour)
	if w.in("vera@acme.example", password).Token == "" {
		t.Error("Vera cannot come in")
	}
}
