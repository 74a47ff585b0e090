package demo

import (
	"math/rand/v2"
	"testing"
	"time"
)

// Whoever starts the demo at night, or on a Sunday, finds as much to do as by day.
func TestTheDemoHasFreshTicketsAtAnyHour(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for _, zone := range []string{"Europe/Moscow", "Asia/Novosibirsk", "America/New_York"} {
		place, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		for hour := range 7 * 24 {
			end := monday.Add(time.Duration(hour) * time.Hour)
			told := &teller{stage: &stage{zone: place}, rand: rand.New(rand.NewPCG(1, uint64(hour))), end: end}
			old, late := 0, 0
			for _, at := range told.openings(end.AddDate(0, 0, -days)) {
				switch {
				case !at.Before(end.Add(-lately*time.Minute)) && at.Before(end):
					late++
				case at.Before(end):
					old++
				}
			}
			if late < fresh || old+late < each-20 {
				t.Fatalf("%s, %s: %d late of %d", zone, end, late, old+late)
			}
		}
	}
}
