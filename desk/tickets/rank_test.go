package tickets_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk/tickets"
)

func TestTheOrderOfTheWorklist(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	ordered := []tickets.Ticket{
		{Priority: 1, Category: tickets.CategoryOpen, CreatedAt: now, WaitingSince: now.Add(-2 * time.Hour)},
		{Priority: 1, Category: tickets.CategoryInProgress, CreatedAt: now, WaitingSince: now.Add(-time.Hour)},
		{Priority: 1, Category: tickets.CategoryOpen, CreatedAt: now.Add(-99 * time.Hour)},
		{Priority: 2, Category: tickets.CategoryOpen, CreatedAt: now.Add(-999 * time.Hour), WaitingSince: now},
		{Priority: 4, Category: tickets.CategoryOpen, CreatedAt: now},
		{Priority: 1, Category: tickets.CategoryPending, CreatedAt: now, ResumeAt: now.Add(time.Hour)},
		{Priority: 1, Category: tickets.CategoryPending, CreatedAt: now, ResumeAt: now.Add(2 * time.Hour)},
	}
	for i := 1; i < len(ordered); i++ {
		if tickets.Rank(&ordered[i-1]) >= tickets.Rank(&ordered[i]) {
			t.Errorf("%d is not before %d", i-1, i)
		}
	}
	for i := range ordered {
		if paused := tickets.Rank(&ordered[i]) >= tickets.PausedRank; paused != (ordered[i].Category == tickets.CategoryPending) {
			t.Errorf("%d: paused %v", i, paused)
		}
	}
}

func TestARankKeepsItsClassForAllTimes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := func(name string) time.Time { return time.Unix(rapid.Int64Range(-1e10, 2e10).Draw(t, name), 0) }
		x := tickets.Ticket{
			Priority: rapid.IntRange(1, 4).Draw(t, "priority"), Category: tickets.Category(rapid.IntRange(1, 3).Draw(t, "category")),
			CreatedAt: at("created"), WaitingSince: at("waiting"), ResumeAt: at("resume"),
		}
		class := tickets.Rank(&x) / 10_000_000_000
		want := int64(2*x.Priority - 1)
		if x.Category == tickets.CategoryPending {
			want = 9
		} else if !x.ClientWaits() {
			want++
		}
		if class != want {
			t.Fatalf("class %d, want %d", class, want)
		}
		if tickets.RankAt(tickets.Rank(&x)).Year() > 9999 {
			t.Fatal("the instant has five digits")
		}
	})
}
