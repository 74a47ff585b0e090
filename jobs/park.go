package jobs

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// Parked is a row that the line has given up and kept.
type Parked struct {
	ID      int64
	Tenant  desk.TenantID
	Name    string
	Lane    desk.Lane
	Tries   int
	Error   string
	Created time.Time
}

// park gives a row up: it stays, with its error, until people decide.
func (l *Line) park(ctx context.Context, r row, cause error) error {
	p := Parked{ID: r.ID, Tenant: desk.TenantID(r.TenantID), Name: r.Name, Lane: desk.Lane(r.Lane), Tries: r.Tries, Error: said(cause), Created: r.CreatedAt}
	err := l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
		n, err := tx.Exec(ctx, "update manydesk.outbox set again_at = null, error = $2 where id = $1 and again_at is not null", p.ID, p.Error)
		if err == nil && n > 0 {
			tx.AfterCommit(func() {
				l.stats.parked.Add(1)
				l.log.Error("a job was given up", "job", p.Name, "id", p.ID, "tenant", p.Tenant, "tries", p.Tries, "error", p.Error)
				if l.o.Parked != nil {
					l.o.Parked(p)
				}
			})
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("park job %d: %w", r.ID, err)
	}
	return nil
}

// Parked lists rows that were given up, oldest first, after an id.
func (l *Line) Parked(ctx context.Context, after int64, limit int) ([]Parked, error) {
	var rows []struct {
		row
		Error string
	}
	err := l.house.SharedReader(desk.Automaton("relay")).NewRaw(`select id, tenant_id, name, lane, tries, coalesce(error, '') as error, created_at
		from manydesk.outbox where offered_at is not null and again_at is null and id > ? order by id limit ?`, after, min(max(limit, 1), 1000)).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("list parked jobs: %w", err)
	}
	all := make([]Parked, len(rows))
	for i, r := range rows {
		all[i] = Parked{ID: r.ID, Tenant: desk.TenantID(r.TenantID), Name: r.Name, Lane: desk.Lane(r.Lane), Tries: r.Tries, Error: r.Error, Created: r.CreatedAt}
	}
	return all, nil
}

// Retry offers parked rows anew, from the first try on, and says how many there were.
func (l *Line) Retry(ctx context.Context, ids ...int64) (int, error) {
	var n int64
	err := l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) (err error) {
		// A new row, because Redis remembers the old one's tries.
		n, err = tx.Exec(ctx, `with gone as (delete from manydesk.outbox
				where id = any($1::bigint[]) and offered_at is not null and again_at is null returning *)
			insert into manydesk.outbox (tenant_id, name, lane, subject_id, seq, data, created_at, error)
			select tenant_id, name, lane, subject_id, seq, data, created_at, error from gone order by id`, ids)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("retry parked jobs: %w", err)
	}
	l.Wake()
	return int(n), nil
}

// Backlog is how much lies in the outbox, for the metrics page; it is asked for, never polled.
type Backlog struct {
	Piled
	// Lanes are the same by lane; every lane is there.
	Lanes map[desk.Lane]Piled
	// Timers there are, and Late ones that are due.
	Timers, Late int64
}

// Piled is how much lies somewhere.
type Piled struct {
	// Open rows were not offered yet, Offered ones are on their way, Parked ones given up.
	Open, Offered, Parked int64
	// Oldest is the age of the oldest row that is not parked.
	Oldest time.Duration
}

// Backlog counts.
func (l *Line) Backlog(ctx context.Context) (Backlog, error) {
	b := Backlog{Lanes: map[desk.Lane]Piled{}}
	for lane := range lanesByName {
		b.Lanes[lane] = Piled{}
	}
	reader := l.house.SharedReader(desk.Automaton("relay"))
	var rows []struct {
		Lane                  string
		Open, Offered, Parked int64
		Oldest                *time.Time
	}
	err := reader.Query(ctx, &rows, `select lane, count(*) filter (where offered_at is null) as open, count(*) filter (where again_at is not null) as offered,
			count(*) filter (where offered_at is not null and again_at is null) as parked,
			min(created_at) filter (where offered_at is null or again_at is not null) as oldest
		from manydesk.outbox group by lane`)
	if err != nil {
		return Backlog{}, fmt.Errorf("count jobs: %w", err)
	}
	for _, r := range rows {
		p := Piled{Open: r.Open, Offered: r.Offered, Parked: r.Parked}
		if r.Oldest != nil {
			p.Oldest = reader.Now().Sub(*r.Oldest)
		}
		b.Lanes[desk.Lane(r.Lane)] = p
		b.Open, b.Offered, b.Parked, b.Oldest = b.Open+p.Open, b.Offered+p.Offered, b.Parked+p.Parked, max(b.Oldest, p.Oldest)
	}
	err = reader.QueryRow(ctx, "select count(*), count(*) filter (where greatest(due_at, retry_at) <= $1) from manydesk.timers", []any{reader.Now()}, &b.Timers, &b.Late)
	if err != nil {
		return Backlog{}, fmt.Errorf("count timers: %w", err)
	}
	return b, nil
}
