//go:build !race

package main

import (
	"context"
	"testing"
	"time"

	"manydesk/apps/manydesk/bench"
)

// Ten thousand deadlines fall due while the workers are killed three times. Each
// is recorded once; those that were late because nobody lived fire at once. The
// workers are this binary, so that it is built without the race detector
// (scripts/test.sh): with it they would be slower than the deadlines come.
func TestTimersFireOnceThroughKills(t *testing.T) {
	t.Parallel()
	const timers, kills = 10_000, 3
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	p := newPlant(t)
	// Nobody rings for rows that are put in by hand: a worker that starts looks by itself.
	p.kill("work")
	first := time.Now().Add(5 * time.Second)
	last, err := bench.Promise(ctx, p.w.house, p.tenant, timers, first, 4*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	p.start("work")

	for i := range kills {
		at := first.Add(last.Sub(first) * time.Duration(i+1) / (kills + 1))
		p.until(ctx, func() bool { return !time.Now().Before(at) })
		p.kill("work")
		p.until(ctx, func() bool { return !time.Now().Before(at.Add(time.Second)) })
		p.start("work")
	}
	p.until(ctx, func() bool { return p.count(ctx, "select count(*) from manydesk.timers where kind = 'clock'") == 0 })
	if ctx.Err() != nil {
		t.Fatalf("%d timers are left\n%s", p.count(t.Context(), "select count(*) from manydesk.timers where kind = 'clock'"), p.said())
	}
	late, err := bench.Lateness(ctx, p.w.house, p.tenant)
	if err != nil {
		t.Fatal(err)
	}
	if len(late) != timers {
		t.Errorf("%d of %d were recorded", len(late), timers)
	}
	t.Logf("late by %s in the middle, %s at 99 %%, %s at most, with three workers killed", late[len(late)/2], late[len(late)*99/100], late[len(late)-1])
}
