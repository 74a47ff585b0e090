package jobs

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// Enqueue leaves jobs for after the commit, in the given order.
//
// Errors: a job without a name or in a lane that there is not.
func Enqueue(ctx context.Context, tx tenants.Tx, jobs ...desk.Job) error {
	if len(jobs) == 0 {
		return nil
	}
	defer tx.Wake()
	return enqueue(ctx, tx.Exec, tx.Tenant().ID, tx.Now(), jobs)
}

// EnqueueShared is Enqueue for units in the shared schema. Tenant 0 is work of
// the installation itself.
func EnqueueShared(ctx context.Context, tx tenants.SharedTx, tenant desk.TenantID, jobs ...desk.Job) error {
	if len(jobs) == 0 {
		return nil
	}
	defer tx.Wake()
	return enqueue(ctx, tx.Exec, tenant, tx.Now(), jobs)
}

type execute func(ctx context.Context, query string, args ...any) (int64, error)

func enqueue(ctx context.Context, run execute, tenant desk.TenantID, now time.Time, jobs []desk.Job) error {
	n := len(jobs)
	names, lanes, subjects := make([]string, n), make([]string, n), make([]string, n)
	seqs, data := make([]int32, n), make([]string, n)
	for i, j := range jobs {
		if j.Lane == "" {
			j.Lane = desk.Default
		}
		if _, ok := lanesByName[j.Lane]; !ok || j.Name == "" {
			return fmt.Errorf("job %q in lane %q: there is no such name or lane", j.Name, j.Lane)
		}
		names[i], lanes[i], data[i] = j.Name, string(j.Lane), string(j.Data)
		seqs[i] = int32(j.Seq) //nolint:gosec // a fact's number is an integer in Postgres
		if !j.Subject.IsZero() {
			subjects[i] = j.Subject.UUID()
		}
	}
	_, err := run(ctx, `insert into manydesk.outbox (tenant_id, name, lane, subject_id, seq, data, created_at)
		select $1, name, lane, nullif(subject, '')::uuid, nullif(seq, 0), nullif(data, '')::jsonb, $2
		from unnest($3::text[], $4::text[], $5::text[], $6::integer[], $7::text[]) with ordinality u(name, lane, subject, seq, data, n) order by n`,
		int32(tenant), now, names, lanes, subjects, seqs, data)
	if err != nil {
		return fmt.Errorf("insert jobs: %w", err)
	}
	return nil
}
