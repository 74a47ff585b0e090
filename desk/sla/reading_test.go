package sla

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestReadingsOfAClockDifferByWhatHasElapsed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := &placed{calendar: made(t, anyCalendar().Draw(t, "calendar")), years: map[int]int64{}}
		from := epoch.Add(time.Duration(rapid.IntRange(0, 700*24*3600).Draw(t, "from")) * time.Second)
		to := from.Add(time.Duration(rapid.IntRange(0, 90*24*3600).Draw(t, "for")) * time.Second)
		got, want := p.tick(to)-p.tick(from), int64(Elapsed(p.calendar, from, to, nil)/time.Second)
		if got != want {
			t.Fatalf("from %s to %s the clock went %d s, want %d", from, to, got, want)
		}
	})
}

func TestAReadingTellsWhenItChanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := made(t, anyCalendar().Draw(t, "calendar"))
		at := epoch.Add(time.Duration(rapid.IntRange(0, 700*24*3600).Draw(t, "at")) * time.Second)
		r := c.Read(at)
		if r.Open != c.Open(at) {
			t.Fatalf("open %t at %s", r.Open, at)
		}
		if r.ChangesAt.IsZero() || r.ChangesAt.Sub(at) > 31*24*time.Hour {
			return
		}
		if c.Open(r.ChangesAt) == r.Open || c.Open(r.ChangesAt.Add(-time.Second)) != r.Open {
			t.Fatalf("at %s it is open: %t, until %s", at, r.Open, r.ChangesAt)
		}
	})
}
