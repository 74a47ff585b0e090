package sla

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// twoLives draws the events of two tickets that count by the same calendars.
func twoLives(t *rapid.T) (Book, []Event, []Event) {
	book, one := anyLife(t)
	_, other := anyLife(t)
	return book, one, other
}

func last(lives ...[]Event) time.Time {
	var at time.Time
	for _, events := range lives {
		at = later(at, events[len(events)-1].At)
	}
	return at
}

func TestAMergeKeepsTheEarliestPromise(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		book, one, other := twoLives(t)
		a, b := Fold(State{}, book, one...), Fold(State{}, book, other...)
		m, back := Merge(a, b, book), Merge(b, a, book)
		for _, c := range Clocks() {
			var earliest time.Time
			for _, s := range []State{a, b} {
				if r := s.Run(c); r != nil && s.Promised(c) && r.Met.IsZero() && !r.Due.IsZero() && (earliest.IsZero() || r.Due.Before(earliest)) {
					earliest = r.Due
				}
			}
			r := m.Run(c)
			if r == nil {
				continue
			}
			if x, y := dueOf(&m, c), dueOf(&back, c); !x.Equal(y) {
				t.Fatalf("%s: due %s, the other way round %s", c, x, y)
			}
			if !earliest.IsZero() && (!r.Met.IsZero() || !r.Due.Equal(earliest)) {
				t.Fatalf("%s: %+v, the earliest promise is %s", c, r, earliest)
			}
		}
	})
}

func dueOf(s *State, c Clock) time.Time {
	if r := s.Run(c); r != nil && s.Promised(c) {
		return r.Due
	}
	return time.Time{}
}

func TestAMergeLosesNoPauseAndNoTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		book, one, other := twoLives(t)
		a, b := Fold(State{}, book, one...), Fold(State{}, book, other...)
		m := Merge(a, b, book)
		at := last(one, other)
		// What comes later comes to the merged one as it would have come to each.
		var after []Event
		for range rapid.IntRange(0, 5).Draw(t, "later") {
			at = at.Add(time.Duration(rapid.IntRange(1, 2*24*3600).Draw(t, "by")) * time.Second)
			after = append(after, Event{At: at, Kind: rapid.SampledFrom([]EventKind{Stood, Resumed}).Draw(t, "what")})
		}
		kept := map[Clock]*State{}
		for i := range m.Runs {
			r := &m.Runs[i]
			kept[r.Clock] = &a
			if r.Of != nil {
				kept[r.Clock] = &b
			}
		}
		m = Fold(m, book, after...)
		for c, source := range kept {
			want := Fold(*source, book, after...)
			x, y := m.Run(c), want.Run(c)
			if !x.Due.Equal(y.Due) || !x.Met.Equal(y.Met) || m.Target(book, x) != want.Target(book, y) {
				t.Fatalf("%s: %+v, alone it is %+v", c, x, y)
			}
			if used, alone := m.Used(book, x, at), want.Used(book, y, at); used != alone {
				t.Fatalf("%s: %s used, alone %s", c, used, alone)
			}
		}
	})
}

func TestNewTermsComeToEveryClockOfAMerge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		book, one, other := twoLives(t)
		m := Merge(Fold(State{}, book, one...), Fold(State{}, book, other...), book)
		at := last(one, other).Add(time.Minute)
		used := map[Clock]time.Duration{}
		for i := range m.Runs {
			used[m.Runs[i].Clock] = m.Used(book, &m.Runs[i], at)
		}
		terms := Terms{Policy: "p", Version: 9, Calendar: rapid.IntRange(0, 2).Draw(t, "new"), Targets: map[Clock]int{FirstResponse: 77, NextResponse: 77, Resolution: 77}}
		m = Fold(m, book, Event{At: at, Kind: Retargeted, Terms: &terms})
		for i := range m.Runs {
			r := &m.Runs[i]
			if m.Promised(r.Clock) && m.Target(book, r) != 77*time.Minute {
				t.Fatalf("%s has %s by the new terms", r.Clock, m.Target(book, r))
			}
			if x := m.Used(book, r, at); x != used[r.Clock] {
				t.Fatalf("%s: %s used, had %s", r.Clock, x, used[r.Clock])
			}
		}
		var again State
		encoded, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(encoded, &again); err != nil || text(again) != text(m) {
			t.Fatalf("%v: after JSON\n%s\nbefore\n%s", err, text(again), text(m))
		}
	})
}

func TestMergingWithNothingChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		book, one := anyLife(t)
		a := Fold(State{}, book, one...)
		for _, m := range []State{Merge(a, State{}, book), Merge(State{}, a, book), Merge(a, a, book)} {
			for _, c := range Clocks() {
				if x, y := dueOf(&m, c), dueOf(&a, c); !x.Equal(y) {
					t.Fatalf("%s: due %s, was %s", c, x, y)
				}
			}
		}
	})
}
