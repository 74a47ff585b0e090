package jobs

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
)

// relay gives open rows to Asynq until ctx ends. It asks the database when it is
// rung, when an offered row's patience ends, and at each sweep.
func (l *Line) relay(ctx context.Context) {
	wait := time.NewTimer(0)
	defer wait.Stop()
	trouble, swept := time.Duration(0), true
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.bell.relay:
		case <-wait.C:
			swept = true
		}
		if err := l.round(ctx, swept); err != nil {
			l.log.Warn("the relay could not carry jobs", "error", err)
			// Not asked again before the pause is over, however often the bell rings.
			trouble = min(max(trouble*2, 100*time.Millisecond), 5*time.Second)
			if !pause(ctx, trouble) {
				return
			}
			wait.Reset(0)
			continue
		}
		trouble, swept = 0, false
		wait.Reset(l.untilNext())
	}
}

// pause is false when ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// round carries all that is open now. A swept one also looks at the rows that
// were offered before, and whether Redis still is the one we know.
func (l *Line) round(ctx context.Context, swept bool) error {
	now := l.house.Clock()()
	if due := l.due(now); swept || due {
		if err := l.recognise(ctx); err != nil {
			return err
		}
		open, err := l.look(ctx)
		if err != nil {
			return err
		}
		if err := l.lookAgain(ctx); err != nil {
			return err
		}
		if !open {
			return nil
		}
	}
	return l.carryFresh(ctx)
}

// carryFresh claims and offers until nothing is open that may go. While rows of
// noisy tenants are held back it waits for room here, asking Redis only, and
// goes on with everybody's rows when the bell rings.
func (l *Line) carryFresh(ctx context.Context) error {
	for ctx.Err() == nil {
		held, err := l.held(ctx)
		if err != nil {
			return err
		}
		rows, more, err := l.claimFresh(ctx, held)
		if err != nil {
			return err
		}
		for _, r := range rows {
			l.notice(r.AgainAt)
		}
		if err := l.offer(ctx, rows); err != nil {
			return err
		}
		if more {
			continue
		}
		if len(held) == 0 || l.due(l.house.Clock()()) {
			return nil
		}
		if err := l.waitForRoom(ctx, held); err != nil {
			return err
		}
	}
	return nil
}

// waitForRoom returns when one of the lanes may go on, or the bell rings.
func (l *Line) waitForRoom(ctx context.Context, held []tenantLane) error {
	tick := time.NewTicker(lookForRoom)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-l.bell.relay:
			return nil
		case <-tick.C:
		}
		now, err := l.held(ctx)
		if err != nil || len(now) < len(held) || l.due(l.house.Clock()()) {
			return err
		}
	}
}

// look asks, in one statement, what there is to do and when.
func (l *Line) look(ctx context.Context) (open bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, statement)
	defer cancel()
	var next *time.Time
	err = l.house.SharedReader(desk.Automaton("relay")).QueryRow(ctx,
		`select exists (select from manydesk.outbox where offered_at is null),
			(select min(again_at) from manydesk.outbox where again_at is not null)`, nil, &open, &next)
	if err != nil {
		return false, fmt.Errorf("look into the outbox: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next = l.house.Clock()().Add(l.o.Sweep)
	if next != nil && next.Before(l.next) {
		l.next = *next
	}
	return open, nil
}

// lookAgain takes care of offered rows that are still open after their time.
func (l *Line) lookAgain(ctx context.Context) error {
	for l.due(l.house.Clock()()) && ctx.Err() == nil {
		rows, err := l.claimStale(ctx)
		if err != nil {
			return err
		}
		if err := l.repeat(ctx, rows); err != nil {
			return err
		}
		if _, err := l.look(ctx); err != nil {
			return err
		}
		if len(rows) == 0 {
			// Another relay has them.
			return nil
		}
	}
	return nil
}

// notice remembers that the relay must look at that moment.
func (l *Line) notice(at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.next.IsZero() || at.Before(l.next) {
		l.next = at
	}
}

func (l *Line) due(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.next.After(now)
}

// untilNext is how long the relay may sleep.
func (l *Line) untilNext() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return min(max(l.next.Sub(l.house.Clock()()), time.Millisecond), l.o.Sweep)
}
