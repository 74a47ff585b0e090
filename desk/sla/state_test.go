package sla

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyLife draws a ticket's events: it stands and goes on, is retargeted to other
// calendars and targets, answered and reopened.
func anyLife(t *rapid.T) (Book, []Event) {
	calendars := make([]*Calendar, 3)
	for i := range calendars {
		spec := anyCalendar().Draw(t, "calendar")
		// One that opens for a minute a week is true as well, and takes an age.
		spec.Weekly["wed"] = []Hours{{"08:00", "20:00"}}
		calendars[i] = made(t, spec)
	}
	terms := func() *Terms {
		return &Terms{
			Policy: "p", Version: rapid.IntRange(1, 3).Draw(t, "version"), Calendar: rapid.IntRange(0, 2).Draw(t, "which"),
			Targets: map[Clock]int{FirstResponse: rapid.IntRange(1, 300).Draw(t, "first"), Resolution: rapid.IntRange(1, 900).Draw(t, "fix")},
			Rules:   []Rule{{"warn", 1}},
		}
	}
	at := epoch.Add(time.Duration(rapid.IntRange(0, 400*24*3600).Draw(t, "opened")) * time.Second)
	events := []Event{{At: at, Kind: Began, Terms: terms()}}
	for range rapid.IntRange(0, 8).Draw(t, "events") {
		at = at.Add(time.Duration(rapid.IntRange(0, 3*24*3600).Draw(t, "later")) * time.Second)
		e := Event{At: at, Kind: rapid.SampledFrom([]EventKind{Stood, Resumed, Retargeted, Met, Unmet, Started}).Draw(t, "kind")}
		switch e.Kind {
		case Retargeted:
			e.Terms = terms()
		case Started:
			e.Clock = NextResponse
		case Met, Unmet:
			e.Clock = rapid.SampledFrom([]Clock{FirstResponse, Resolution, NextResponse}).Draw(t, "clock")
		case Began, Stood, Resumed, Breached, Escalated:
		}
		events = append(events, e)
	}
	return func(id int) *Calendar { return calendars[id] }, events
}

func TestADeadlineIsWhereItsTargetIsUsedUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		book, events := anyLife(t)
		s := Fold(State{}, book, events...)
		for _, kind := range Clocks() {
			d, err := s.Deadline(book, kind)
			if err != nil {
				continue
			}
			r := s.Run(kind)
			target := s.Target(book, r)
			if used := s.Used(book, r, d.At); used != target {
				t.Fatalf("%s: %s used at the deadline, the target is %s", kind, used, target)
			}
			if d.At.After(r.Started) && s.Used(book, r, d.At.Add(-time.Second)) >= target {
				t.Fatalf("%s: it is due earlier than %s", kind, d.At)
			}
			var sum time.Duration
			at := r.Started
			for i, part := range d.Segments {
				if !part.From.Equal(at) || i > 0 && d.Segments[i-1].Kind == part.Kind {
					t.Fatalf("%s: segment %d begins at %s, not at %s", kind, i, part.From, at)
				}
				if part.Kind == Working {
					sum += part.To.Sub(part.From)
				}
				at = part.To
			}
			if !at.Equal(d.At) || sum != target {
				t.Fatalf("%s: the segments lead to %s with %s", kind, at, sum)
			}
		}
	})
}

func TestNewTermsLoseNoTimeAndNoPause(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		book, events := anyLife(t)
		last := events[len(events)-1].At
		before := Fold(State{}, book, events...)
		terms := before.Terms
		terms.Calendar, terms.Version = (terms.Calendar+1)%3, 9
		after := Fold(before, book, Event{At: last, Kind: Retargeted, Terms: &terms})
		if !reflect.DeepEqual(before.Pauses, after.Pauses) {
			t.Fatalf("pauses %v, had %v", after.Pauses, before.Pauses)
		}
		for _, r := range before.Runs {
			if x, y := before.Used(book, &r, last), after.Used(book, &r, last); x != y {
				t.Fatalf("%s: %s used, had %s", r.Clock, y, x)
			}
		}
	})
}

func TestAStateSurvivesItsJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		book, events := anyLife(t)
		half := len(events) / 2
		whole := Fold(State{}, book, events...)
		var kept State
		encoded, err := json.Marshal(Fold(State{}, book, events[:half]...))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(encoded, &kept); err != nil {
			t.Fatal(err)
		}
		got, want := text(Fold(kept, book, events[half:]...)), text(whole)
		if got != want {
			t.Fatalf("folded in two parts\n%s\nin one\n%s", got, want)
		}
	})
}

func TestAMomentComesOnce(t *testing.T) {
	t.Parallel()
	levels := []Level{{Clock: AnyClock, At: Share, Value: 50}, {Clock: Resolution, At: Before, Value: 30}, {Clock: Resolution, At: Breach}, {Clock: Resolution, At: After, Value: 60}}
	rules := func(Rule) ([]Level, bool) { return levels, true }
	rapid.Check(t, func(t *rapid.T) {
		book, events := anyLife(t)
		s := Fold(State{}, book, events...)
		seen := map[string]bool{}
		for range 50 {
			moments := s.Moments(book, rules)
			if len(moments) == 0 {
				return
			}
			m := moments[0]
			if seen[m.Mark] {
				t.Fatalf("%s came twice", m.Mark)
			}
			seen[m.Mark] = true
			e := Event{At: m.At, Kind: Escalated, Clock: m.Clock, Fired: m.Mark}
			if m.IsBreach() {
				e.Kind = Breached
			}
			s = Fold(s, book, e)
		}
		t.Fatalf("it never ends: %v", seen)
	})
}

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
