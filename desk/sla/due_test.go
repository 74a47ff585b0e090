package sla

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

type aCase struct {
	ID            string    `json:"id"`
	Calendar      Spec      `json:"calendar"`
	Start         time.Time `json:"start"`
	TargetMinutes int       `json:"target_minutes"`
	Pauses        []struct {
		From time.Time `json:"from"`
		To   time.Time `json:"to"`
	} `json:"pauses"`
	Due time.Time `json:"due"`
}

func (c aCase) pauses() (all []Pause) {
	for _, p := range c.Pauses {
		all = append(all, Pause{p.From, p.To})
	}
	return all
}

// cases were computed by an implementation that has nothing in common with ours.
func cases(t testing.TB) (all []aCase) {
	t.Helper()
	text, err := os.ReadFile("testdata/deadlines.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != 150 {
		t.Fatalf("%d cases", len(all))
	}
	return all
}

func made(t interface {
	Helper()
	Fatalf(string, ...any)
}, s Spec,
) *Calendar {
	t.Helper()
	c, wrong := s.Calendar()
	if len(wrong) > 0 {
		t.Fatalf("%v", wrong)
	}
	return c
}

func TestTheDeadlinesOfAnotherImplementation(t *testing.T) {
	t.Parallel()
	for _, c := range cases(t) {
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			cal, target := made(t, c.Calendar), time.Duration(c.TargetMinutes)*time.Minute
			got, err := Due(cal, c.Start, target, c.pauses())
			if err != nil {
				t.Fatal(err)
			}
			if !got.At.Equal(c.Due) {
				t.Errorf("due %s, want %s", got.At.UTC(), c.Due)
			}
			explains(t, cal, c.Start, target, got)
			if e := Elapsed(cal, c.Start, got.At, c.pauses()); e != target {
				t.Errorf("%s have passed until then, want %s", e, target)
			}
		})
	}
}

// explains checks that the segments lead from the start to the deadline without
// a gap and that the working ones sum up to the target.
func explains(t interface {
	Helper()
	Errorf(string, ...any)
}, c *Calendar, start time.Time, target time.Duration, d Deadline,
) {
	t.Helper()
	at, sum := start, time.Duration(0)
	for i, s := range d.Segments {
		if !s.From.Equal(at) || !s.From.Before(s.To) || i > 0 && d.Segments[i-1].Kind == s.Kind {
			t.Errorf("segment %d, %v, after %s", i, s, at)
		}
		if s.Kind == Working {
			sum += s.To.Sub(s.From)
		}
		if opened := c.Open(s.From); opened != (s.Kind != Closed) {
			t.Errorf("segment %v begins while the calendar says open: %t", s, opened)
		}
		at = s.To
	}
	if !at.Equal(d.At) || sum != target {
		t.Errorf("the segments end at %s with %s, want %s with %s", at, sum, d.At, target)
	}
}

var zones = []string{
	"UTC", "Europe/Moscow", "Europe/Berlin", "America/New_York", "America/St_Johns", "America/Santiago", "Australia/Lord_Howe",
	"Asia/Kolkata", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia", "Asia/Gaza", "America/Havana",
}

// anyCalendar draws a calendar whose intervals may begin and end at any minute.
func anyCalendar() *rapid.Generator[Spec] {
	return rapid.Custom(func(t *rapid.T) Spec {
		s := Spec{TimeZone: rapid.SampledFrom(zones).Draw(t, "zone"), Weekly: map[string][]Hours{}}
		for _, name := range weekdays {
			if hours := anyHours().Draw(t, name); len(hours) > 0 {
				s.Weekly[name] = hours
			}
		}
		from := rapid.IntRange(0, 700).Draw(t, "holidays from")
		for range rapid.IntRange(0, 12).Draw(t, "holidays") {
			from += rapid.IntRange(1, 9).Draw(t, "further")
			s.Holidays = append(s.Holidays, epoch.AddDate(0, 0, from).Format(time.DateOnly))
		}
		from = rapid.IntRange(0, 700).Draw(t, "extra days from")
		for range rapid.IntRange(0, 4).Draw(t, "extra days") {
			from += rapid.IntRange(1, 9).Draw(t, "later")
			s.ExtraDays = append(s.ExtraDays, ExtraDay{epoch.AddDate(0, 0, from).Format(time.DateOnly), anyHours().Draw(t, "its hours")})
		}
		return s
	})
}

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func anyHours() *rapid.Generator[[]Hours] {
	return rapid.Custom(func(t *rapid.T) []Hours {
		marks := rapid.SliceOfNDistinct(rapid.IntRange(0, 1440), 0, 6, rapid.ID[int]).Draw(t, "marks")
		slices.Sort(marks)
		var all []Hours
		for i := 0; i+1 < len(marks); i += 2 {
			all = append(all, Hours{clock(marks[i]), clock(marks[i+1])})
		}
		return all
	})
}

func clock(m int) string {
	if m == 1440 {
		return "24:00"
	}
	return time.Time{}.Add(time.Duration(m) * time.Minute).Format("15:04")
}

// byTheMinute is the rule itself: every minute asks the wall clock and the date.
func byTheMinute(s Spec, zone *time.Location, at time.Time) bool {
	local := at.In(zone)
	date, wall := local.Format(time.DateOnly), local.Format("15:04")
	hours := s.Weekly[weekdays[local.Weekday()]]
	if slices.Contains(s.Holidays, date) {
		hours = nil
	}
	for _, e := range s.ExtraDays {
		if e.Date == date {
			hours = e.Hours
		}
	}
	return slices.ContainsFunc(hours, func(h Hours) bool { return h[0] <= wall && wall < h[1] })
}

func TestWorkingTimeIsThatOfEachMinute(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anyCalendar().Draw(t, "calendar")
		c := made(t, s)
		start := epoch.Add(time.Duration(rapid.IntRange(0, 700*1440).Draw(t, "start")) * time.Minute)
		var pauses []Pause
		for range rapid.IntRange(0, 3).Draw(t, "pauses") {
			from := start.Add(time.Duration(rapid.IntRange(-600, 6000).Draw(t, "pause from")) * time.Minute)
			pauses = append(pauses, Pause{from, from.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "for")) * time.Minute)})
		}
		minutes := rapid.IntRange(0, 3000).Draw(t, "target")
		target := time.Duration(minutes) * time.Minute
		at, left := start, minutes
		for steps := 0; left > 0 && steps < 14*1440; steps++ {
			paused := slices.ContainsFunc(pauses, func(p Pause) bool { return !at.Before(p.From) && at.Before(p.To) })
			if byTheMinute(s, c.Zone(), at) && !paused {
				left--
			}
			at = at.Add(time.Minute)
		}
		passed := target - time.Duration(left)*time.Minute
		if got := Elapsed(c, start, at, pauses); got != passed {
			t.Fatalf("%s have passed, the minutes say %s", got, passed)
		}
		if left > 0 {
			return // further away than the reference walks
		}
		got, err := Due(c, start, target, pauses)
		if err != nil || !got.At.Equal(at) {
			t.Fatalf("due %s (%v), the minutes say %s", got.At, err, at)
		}
		explains(t, c, start, target, got)
		if len(pauses) == 0 {
			added, err := Add(c, start, target)
			if err != nil || !added.Equal(at) || Left(c, start, at) != target || Left(c, at, start) != -target {
				t.Fatalf("Add %s %v, Left %s", added, err, Left(c, start, at))
			}
		}
	})
}

func TestSecondsAndFractionsAreKept(t *testing.T) {
	t.Parallel()
	c := made(t, Spec{TimeZone: "Europe/Moscow", Weekly: map[string][]Hours{"mon": {{"09:00", "18:00"}}, "tue": {{"09:00", "18:00"}}}})
	start := time.Date(2026, 11, 23, 14, 59, 59, 250e6, time.UTC) // Monday, 17:59:59.25
	got, err := Due(c, start, time.Hour, nil)
	if want := time.Date(2026, 11, 24, 6, 59, 59, 250e6, time.UTC); err != nil || !got.At.Equal(want) {
		t.Fatalf("%s %v, want %s", got.At, err, want)
	}
}

func TestWhatNeverComesIsAnError(t *testing.T) {
	t.Parallel()
	monday := map[string][]Hours{"mon": {{"09:00", "18:00"}}}
	start := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		spec   Spec
		target time.Duration
		pauses []Pause
		want   error
	}{
		"no hours at all":                {Spec{TimeZone: "UTC"}, time.Minute, nil, ErrNeverOpens},
		"extra days that do not suffice": {Spec{TimeZone: "UTC", ExtraDays: []ExtraDay{{"2026-12-01", []Hours{{"09:00", "10:00"}}}}}, 2 * time.Hour, nil, ErrNeverOpens},
		"a pause that goes on":           {Spec{TimeZone: "UTC", Weekly: monday}, time.Minute, []Pause{{From: start}}, ErrPaused},
		"a pause that goes on later":     {Spec{TimeZone: "UTC", Weekly: monday}, 20 * time.Hour, []Pause{{From: start.AddDate(0, 0, 7)}}, ErrPaused},
		"a pause that goes on, always":   {Spec{TimeZone: "UTC", Always: true}, time.Hour, []Pause{{From: start.Add(time.Minute)}}, ErrPaused},
		"a minute a week for ages":       {Spec{TimeZone: "UTC", Weekly: map[string][]Hours{"mon": {{"09:00", "09:01"}}}}, 6000 * time.Minute, nil, ErrTooFar},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := Due(made(t, c.spec), start, c.target, c.pauses); !errors.Is(err, c.want) {
				t.Errorf("%v %v, want %v", got, err, c.want)
			}
		})
	}
}

func TestAYearsClosureEnds(t *testing.T) {
	t.Parallel()
	got, err := Due(closedForAYear(t), time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC), time.Hour, nil)
	if want := time.Date(2027, 1, 1, 7, 0, 0, 0, time.UTC); err != nil || !got.At.Equal(want) || len(got.Segments) != 2 || got.Segments[0].Kind != Closed {
		t.Fatalf("%v %v", got, err)
	}
}

func closedForAYear(t testing.TB) *Calendar {
	t.Helper()
	s := Spec{TimeZone: "Europe/Moscow", Weekly: map[string][]Hours{}}
	for _, d := range []string{"mon", "tue", "wed", "thu", "fri"} {
		s.Weekly[d] = []Hours{{"09:00", "18:00"}}
	}
	for d := epoch; d.Year() == 2026; d = d.AddDate(0, 0, 1) {
		s.Holidays = append(s.Holidays, d.Format(time.DateOnly))
	}
	return made(t, s)
}

func BenchmarkDueEightHours(b *testing.B) {
	c := made(b, Spec{TimeZone: "Europe/Berlin", Weekly: map[string][]Hours{
		"mon": {{"09:00", "13:00"}, {"14:00", "18:00"}}, "tue": {{"09:00", "13:00"}, {"14:00", "18:00"}}, "wed": {{"09:00", "18:00"}}, "thu": {{"09:00", "18:00"}}, "fri": {{"09:00", "18:00"}},
	}})
	start := time.Date(2026, 11, 20, 15, 12, 0, 0, time.UTC)
	for b.Loop() {
		if _, err := Due(c, start, 8*time.Hour, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDueOverAYearsClosure(b *testing.B) {
	c, start := closedForAYear(b), time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	for b.Loop() {
		if _, err := Due(c, start, 8*time.Hour, nil); err != nil {
			b.Fatal(err)
		}
	}
}
