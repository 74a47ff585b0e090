package sla

import (
	"slices"
	"strings"
	"time"
)

// Track is a clock's own history: the terms it was promised by, the calendars that
// counted and its pauses, where they are not those of the whole state.
type Track struct {
	// Terms are nil when new ones have come for all since.
	Terms  *Terms  `json:"terms,omitempty"`
	Legs   []Leg   `json:"legs"`
	Pauses []Pause `json:"pauses,omitempty"`
}

// Merge folds two states into one that goes on as the first. Of each clock the
// promise that is due earlier is kept, whole: with its terms, what its calendars
// have counted and its pauses. What is promised and not met in one of the two is
// not met. Where both stand, the one with less time left wins. What comes later
// comes to every clock; if one of the two stands and the other does not, the next
// Stood or Resumed brings them together.
func Merge(a, b State, book Book) State {
	if len(a.Legs) == 0 {
		return b
	}
	if len(b.Legs) == 0 {
		return a
	}
	m := State{Opened: a.Opened, Terms: a.Terms, Legs: a.Legs, Pauses: a.Pauses}
	if b.Opened.Before(m.Opened) {
		m.Opened = b.Opened
	}
	for _, c := range Clocks() {
		from, run := &a, a.Run(c)
		if other := b.Run(c); other != nil && (run == nil || b.before(&a, c, book)) {
			from, run = &b, other
		}
		if run == nil {
			continue
		}
		r := *run
		if from == &b && r.Of == nil {
			r.Of = b.track()
		}
		m.Runs = append(m.Runs, r)
		for _, f := range from.Fired {
			if clockOf(f) == c {
				m.Fired = append(m.Fired, f)
			}
		}
	}
	slices.SortStableFunc(m.Runs, func(x, y Run) int {
		if d := x.Started.Compare(y.Started); d != 0 {
			return d
		}
		return strings.Compare(string(x.Clock), string(y.Clock))
	})
	return m
}

// before reports whether the state's clock is to be kept rather than another's.
func (s *State) before(o *State, c Clock, book Book) bool {
	x, y := s.Run(c), o.Run(c)
	if mine, theirs := s.Promised(c) && x.Met.IsZero(), o.Promised(c) && y.Met.IsZero(); mine != theirs {
		return mine
	}
	if mine, theirs := s.Promised(c), o.Promised(c); mine != theirs {
		return mine
	}
	switch {
	case !x.Due.IsZero() && !y.Due.IsZero():
		return x.Due.Before(y.Due)
	case x.Due.IsZero() != y.Due.IsZero():
		return y.Due.IsZero()
	}
	return s.rest(book, x) < o.rest(book, y)
}

// rest is the working time that a clock that stands has left.
func (s *State) rest(book Book, r *Run) time.Duration {
	v := s.of(r)
	until := r.Started
	if n := len(v.Pauses); n > 0 {
		until = later(until, v.Pauses[n-1].From)
	}
	return s.Target(book, r) - s.Used(book, r, until)
}

func (s *State) track() *Track {
	terms := s.Terms
	return &Track{Terms: &terms, Legs: s.Legs, Pauses: s.Pauses}
}

// of is the state as one of its clocks sees it: with its own history, if it has one.
func (s *State) of(r *Run) *State {
	if r == nil || r.Of == nil {
		return s
	}
	alone := *r
	alone.Of = nil
	v := &State{Opened: s.Opened, Terms: s.Terms, Legs: r.Of.Legs, Pauses: r.Of.Pauses, Runs: []Run{alone}, Fired: s.Fired}
	if r.Of.Terms != nil {
		v.Terms = *r.Of.Terms
	}
	return v
}

// each changes the histories of clocks that have one of their own.
func (s *State) each(change func(l *Track)) {
	for i := range s.Runs {
		if s.Runs[i].Of == nil {
			continue
		}
		s.Runs = slices.Clone(s.Runs)
		own := *s.Runs[i].Of
		change(&own)
		s.Runs[i].Of = &own
	}
}

// stood and resumed are pauses with one more that begins, with the last one ended.
func stood(pauses []Pause, at time.Time) []Pause {
	if n := len(pauses); n > 0 && pauses[n-1].To.IsZero() {
		return pauses
	}
	return append(slices.Clone(pauses), Pause{From: at})
}

func resumed(pauses []Pause, at time.Time) []Pause {
	n := len(pauses)
	if n == 0 || !pauses[n-1].To.IsZero() {
		return pauses
	}
	pauses = slices.Clone(pauses)
	pauses[n-1].To = at
	return pauses
}

// joins adds a calendar that counts from a moment on, if it is another one.
func joins(legs []Leg, at time.Time, calendar int) []Leg {
	if legs[len(legs)-1].Calendar == calendar {
		return legs
	}
	return append(slices.Clone(legs), Leg{at, calendar})
}

// Calendars are the numbers of those that the state counts by.
func (s *State) Calendars() []int {
	var all []int
	add := func(legs []Leg, terms *Terms) {
		for _, leg := range legs {
			all = append(all, leg.Calendar)
		}
		if terms == nil {
			return
		}
		all = append(all, terms.Calendar)
		if terms.Base != nil {
			all = append(all, terms.Base.Calendar)
		}
	}
	add(s.Legs, &s.Terms)
	for i := range s.Runs {
		if of := s.Runs[i].Of; of != nil {
			add(of.Legs, of.Terms)
		}
	}
	return all
}
