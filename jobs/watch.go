package jobs

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"manydesk/desk"
)

// lookEvery bounds how often a ringing bell makes the timers look: under load
// every commit rings, and a deadline is promised to the second.
const lookEvery = 100 * time.Millisecond

// watch sleeps until the earliest timer it has seen and fires what is due,
// until ctx ends. A ring may mean an earlier one.
func (l *Line) watch(ctx context.Context) {
	wait := time.NewTimer(0)
	defer wait.Stop()
	trouble := time.Duration(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.bell.timers:
		case <-wait.C:
		}
		sleep, err := l.fireDue(ctx)
		if err != nil {
			l.log.Warn("timers could not be fired", "error", err)
			trouble = min(max(trouble*2, 100*time.Millisecond), 5*time.Second)
			if !pause(ctx, trouble) {
				return
			}
			wait.Reset(0)
			continue
		}
		trouble = 0
		wait.Reset(sleep)
		if sleep > lookEvery && !pause(ctx, lookEvery) {
			return
		}
	}
}

// fireDue fires until nothing is due, and says how long there is to sleep.
func (l *Line) fireDue(ctx context.Context) (sleep time.Duration, err error) {
	for ctx.Err() == nil {
		now := l.house.Clock()()
		due, next, err := l.dueTimers(ctx, now)
		if err != nil {
			return 0, err
		}
		if len(due) == 0 {
			return min(max(next.Sub(now), time.Millisecond), l.o.Sweep), nil
		}
		fired := l.fireAll(ctx, due)
		if fired == 0 {
			// Other processes have them, or those that failed wait for their pause.
			return lookEvery, nil
		}
	}
	return l.o.Sweep, nil
}

// dueTimer is a timer as it was seen when it was due.
type dueTimer struct {
	TenantID  int32
	SubjectID desk.AnyID
	Kind      string
	DueAt     time.Time
	Version   int
	Tries     int
}

func (d dueTimer) timer() desk.Timer {
	return desk.Timer{Subject: d.SubjectID, Kind: d.Kind, DueAt: d.DueAt, Version: d.Version}
}

// dueTimers reads up to a batch, the most overdue first, or when the next is due:
// one statement when there is nothing to do.
func (l *Line) dueTimers(ctx context.Context, now time.Time) (due []dueTimer, next time.Time, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), statement)
	defer cancel()
	reader := l.house.SharedReader(desk.Automaton("timer"))
	var first *time.Time
	err = reader.QueryRow(ctx, "select min(greatest(due_at, retry_at)) from manydesk.timers", nil, &first)
	switch {
	case err != nil:
		return nil, next, fmt.Errorf("find the next timer: %w", err)
	case first == nil:
		return nil, now.Add(l.o.Sweep), nil
	case first.After(now):
		return nil, *first, nil
	}
	err = reader.Query(ctx, &due, `select tenant_id, subject_id, kind, due_at, version, tries
		from manydesk.timers where greatest(due_at, retry_at) <= $1 order by greatest(due_at, retry_at) limit $2`, now, batch)
	if err != nil {
		return nil, next, fmt.Errorf("find due timers: %w", err)
	}
	return due, now, nil
}

// fireAll fires the timers of several tenants at once and those of one tenant
// in turn, and counts those that are settled: fired, failed or moved.
func (l *Line) fireAll(ctx context.Context, due []dueTimer) int {
	byTenant := map[int32][]dueTimer{}
	var order []int32
	for _, d := range due {
		if len(byTenant[d.TenantID]) == 0 {
			order = append(order, d.TenantID)
		}
		byTenant[d.TenantID] = append(byTenant[d.TenantID], d)
	}
	settled := make([]int, len(order))
	var g errgroup.Group
	g.SetLimit(4)
	for i, id := range order {
		g.Go(func() error {
			settled[i] = l.fireTenant(context.WithoutCancel(ctx), desk.TenantID(id), byTenant[id])
			return nil
		})
	}
	_ = g.Wait()
	n := 0
	for _, s := range settled {
		n += s
	}
	return n
}
