package rota

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func at(t testing.TB, s string) time.Time {
	t.Helper()
	m, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAWeekIsKeptByTheClockOnTheWall(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		zone     string
		week     Week
		from, to string
		want     [][2]string
	}{
		"a plain day": {
			"Europe/Moscow",
			Week{"mon": {{"09:00", "18:00"}}},
			"2026-11-22T00:00:00Z", "2026-11-25T00:00:00Z",
			[][2]string{{"2026-11-23T06:00:00Z", "2026-11-23T15:00:00Z"}},
		},
		"nine stays nine when summer time ends": {
			"Europe/Berlin",
			Week{"sat": {{"09:00", "17:00"}}, "sun": {{"09:00", "17:00"}}},
			"2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z",
			[][2]string{{"2026-10-24T07:00:00Z", "2026-10-24T15:00:00Z"}, {"2026-10-25T08:00:00Z", "2026-10-25T16:00:00Z"}},
		},
		"the night in which the clocks go forward is an hour shorter": {
			"Europe/Berlin",
			Week{"sat": {{"22:00", "06:00"}}},
			"2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z",
			[][2]string{{"2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z"}},
		},
		"an hour that is left out begins with the change": {
			"Europe/Berlin",
			Week{"sun": {{"02:30", "06:00"}}},
			"2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z",
			[][2]string{{"2026-03-29T01:00:00Z", "2026-03-29T04:00:00Z"}},
		},
		"of an hour that comes twice the first counts": {
			"Europe/Berlin",
			Week{"sun": {{"02:30", "06:00"}}},
			"2026-10-25T00:00:00Z", "2026-10-26T00:00:00Z",
			[][2]string{{"2026-10-25T00:30:00Z", "2026-10-25T05:00:00Z"}},
		},
		"the night of the day before reaches in": {
			"UTC",
			Week{"sun": {{"22:00", "06:00"}}},
			"2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z",
			[][2]string{{"2026-11-22T22:00:00Z", "2026-11-23T06:00:00Z"}},
		},
		"a night that goes on into the morning is told once": {
			"UTC",
			Week{"sun": {{"22:00", "10:00"}}, "mon": {{"09:00", "12:00"}}},
			"2026-11-22T12:00:00Z", "2026-11-24T00:00:00Z",
			[][2]string{{"2026-11-22T22:00:00Z", "2026-11-23T10:00:00Z"}, {"2026-11-23T10:00:00Z", "2026-11-23T12:00:00Z"}},
		},
		"a whole day": {
			"UTC",
			Week{"mon": {{"00:00", "24:00"}}},
			"2026-11-23T05:00:00Z", "2026-11-24T00:00:00Z",
			[][2]string{{"2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"}},
		},
		"a week without days": {"UTC", Week{}, "2026-11-23T05:00:00Z", "2026-12-24T00:00:00Z", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got [][2]string
			for _, s := range c.week.Spans(zone(t, c.zone), at(t, c.from), at(t, c.to)) {
				got = append(got, [2]string{s.From.UTC().Format(time.RFC3339), s.To.UTC().Format(time.RFC3339)})
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("\n got %v\nwant %v", got, c.want)
			}
		})
	}
}

func TestWrongHoursAreNamed(t *testing.T) {
	t.Parallel()
	week := Week{
		"mon": {{"09:00", "13:00"}, {"12:00", "18:00"}}, "tue": {{"9:00", "18:00"}}, "wed": {{"24:00", "02:00"}},
		"thu": {{"01:00", "02:00"}, {"03:00", "04:00"}, {"05:00", "06:00"}, {"07:00", "08:00"}, {"09:00", "10:00"}},
		"day": {}, "fri": {{"22:00", "06:00"}}, "sat": {{"09:00", "25:00"}},
	}
	var got []string
	for _, f := range week.Validate("week") {
		got = append(got, f.Pointer+" "+string(f.Code))
	}
	want := []string{"/body/week/day unknown_field", "/body/week/mon/1 overlap", "/body/week/sat/0 time", "/body/week/thu max_items", "/body/week/tue/0 time", "/body/week/wed/0 time"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// Whatever the week and the zone, shifts come in order, do not overlap, lie
// where they were asked for and begin at the written time of day.
func TestShiftsComeInOrder(t *testing.T) {
	t.Parallel()
	zones := []string{"Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "Pacific/Apia", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		z, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		clock := rapid.Custom(func(t *rapid.T) string {
			return time.Date(2000, 1, 1, 0, rapid.IntRange(0, 24*60-1).Draw(t, "minute"), 0, 0, time.UTC).Format("15:04")
		})
		week := Week{}
		for _, day := range days {
			if rapid.Bool().Draw(t, "works") {
				week[day] = []Hours{{clock.Draw(t, "from"), clock.Draw(t, "to")}}
			}
		}
		if wrong := week.Validate(""); len(wrong) > 0 {
			t.Fatalf("%v: %v", week, wrong)
		}
		from := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "from"), 0)
		to := from.Add(time.Duration(rapid.IntRange(1, 60*24*40).Draw(t, "long")) * time.Minute)
		all := week.Spans(z, from, to)
		for i, s := range all {
			if !s.From.Before(s.To) || !s.To.After(from) || !s.From.Before(to) || i > 0 && s.From.Before(all[i-1].To) {
				t.Fatalf("%v in %s: %v of %v", week, z, s, all)
			}
			if s.To.Sub(s.From) > 26*time.Hour {
				t.Fatalf("a shift of %s", s.To.Sub(s.From))
			}
		}
	})
}
