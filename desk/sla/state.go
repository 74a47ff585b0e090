package sla

import (
	"slices"
	"time"
)

// EventKind is what happened to the clocks of a ticket.
type EventKind string

// What happens. Began and Retargeted carry terms; Started, Met, Unmet, Breached
// and Escalated are of one clock; Paused and Resumed are of all.
const (
	Began      EventKind = "began"
	Retargeted EventKind = "retargeted"
	Started    EventKind = "started"
	Met        EventKind = "met"
	Unmet      EventKind = "unmet"
	Stood      EventKind = "paused"
	Resumed    EventKind = "resumed"
	Breached   EventKind = "breached"
	Escalated  EventKind = "escalated"
)

// Event is a recorded fact of the clocks.
type Event struct {
	At    time.Time `json:"at"`
	Kind  EventKind `json:"kind"`
	Clock Clock     `json:"clock,omitempty"`
	Terms *Terms    `json:"terms,omitempty"`
	// Fired is the moment of a level that a Breached or Escalated has used up.
	Fired string `json:"fired,omitempty"`
}

// State is the fold of a ticket's events: nothing in it that they do not say.
type State struct {
	Opened time.Time `json:"opened"`
	Terms  Terms     `json:"terms"`
	// Legs are the calendars that counted, each from its moment on.
	Legs   []Leg    `json:"legs"`
	Pauses []Pause  `json:"pauses,omitempty"`
	Runs   []Run    `json:"runs"`
	Fired  []string `json:"fired,omitempty"`
}

// Leg is a calendar that counts from a moment on.
type Leg struct {
	From     time.Time `json:"from"`
	Calendar int       `json:"calendar"`
}

// Run is one clock. It runs whether or not the terms promise something, so that
// terms that come later find what was counted.
type Run struct {
	Clock   Clock     `json:"clock"`
	Started time.Time `json:"started"`
	Met     time.Time `json:"met,omitzero"`
	// Due is the deadline as it stands; zero while paused, or when nothing is promised.
	Due      time.Time `json:"due,omitzero"`
	Breached time.Time `json:"breached,omitzero"`
	// Raw is the deadline that there would be without the exception; zero without one.
	Raw time.Time `json:"raw,omitzero"`
	// Of is the clock's own history, when it came from a state that was merged.
	Of *Track `json:"of,omitempty"`
}

// Book finds a calendar by its number.
type Book func(id int) *Calendar

// Standing reports whether the clocks are paused.
func (s *State) Standing() bool {
	n := len(s.Pauses)
	return n > 0 && s.Pauses[n-1].To.IsZero()
}

// Run is that of a clock; nil before it has started.
func (s *State) Run(c Clock) *Run {
	for i := range s.Runs {
		if s.Runs[i].Clock == c {
			return &s.Runs[i]
		}
	}
	return nil
}

// Promised reports whether the terms promise something for a clock.
func (s *State) Promised(c Clock) bool {
	s = s.of(s.Run(c))
	return s.Terms.Targets[c] > 0 || c == Resolution && !s.Terms.DueAt.IsZero()
}

// Fold applies events to a state, which it gives back, and finds the deadlines
// anew: at the end, and before something is met, because that keeps its deadline.
func Fold(s State, book Book, events ...Event) State {
	unsettled := false
	for _, e := range events {
		if unsettled && (e.Kind == Met || e.Kind == Retargeted) {
			s.settle(book)
		}
		s.apply(e)
		unsettled = true
		if e.Kind == Retargeted {
			s.settle(book)
			s.forgive(book, e.At)
			unsettled = false
		}
	}
	if unsettled {
		s.settle(book)
	}
	return s
}

func (s *State) apply(e Event) {
	switch e.Kind {
	case Began:
		*s = State{Opened: e.At, Terms: *e.Terms, Legs: []Leg{{e.At, e.Terms.Calendar}}}
		for _, c := range []Clock{FirstResponse, Resolution, Arrival} {
			s.Runs = append(s.Runs, Run{Clock: c, Started: e.At})
		}
	case Retargeted:
		s.Terms = *e.Terms
		s.Legs = joins(s.Legs, e.At, s.Terms.Calendar)
		s.each(func(l *Track) { l.Terms, l.Legs = nil, joins(l.Legs, e.At, s.Terms.Calendar) })
	case Started:
		s.Runs = slices.DeleteFunc(slices.Clone(s.Runs), func(r Run) bool { return r.Clock == e.Clock })
		s.Runs = append(s.Runs, Run{Clock: e.Clock, Started: e.At})
		s.Fired = slices.DeleteFunc(slices.Clone(s.Fired), func(f string) bool { return clockOf(f) == e.Clock })
	case Met, Unmet, Breached:
		s.Runs = slices.Clone(s.Runs)
		r := s.Run(e.Clock)
		if r == nil {
			return
		}
		switch e.Kind {
		case Met:
			r.Met = e.At
			if !r.Due.IsZero() && !e.At.After(r.Due) {
				r.Breached = time.Time{} // it was told late, and done in time
			}
		case Unmet:
			r.Met = time.Time{}
		default:
			r.Breached = e.At
		}
	case Stood:
		s.Pauses = stood(s.Pauses, e.At)
		s.each(func(l *Track) { l.Pauses = stood(l.Pauses, e.At) })
	case Resumed:
		s.Pauses = resumed(s.Pauses, e.At)
		s.each(func(l *Track) { l.Pauses = resumed(l.Pauses, e.At) })
	case Escalated:
	}
	if e.Fired != "" {
		s.Fired = append(slices.Clone(s.Fired), e.Fired)
	}
}

// settle finds the deadlines of the clocks that run; those that are met keep theirs.
func (s *State) settle(book Book) {
	s.Runs = slices.Clone(s.Runs)
	for i := range s.Runs {
		r := &s.Runs[i]
		if !r.Met.IsZero() {
			continue
		}
		r.Due, r.Raw = time.Time{}, time.Time{}
		if d, err := s.Deadline(book, r.Clock); err == nil {
			r.Due = d.At
		}
		seen := s.of(r)
		if seen.Terms.Base == nil {
			continue
		}
		bare := seen.bare()
		if d, err := bare.Deadline(book, r.Clock); err == nil {
			r.Raw = d.At
		}
	}
}

// bare is the state as it would be without its exception.
func (s *State) bare() State {
	b := *s
	b.Terms.Targets, b.Terms.DueAt = s.Terms.Base.Targets, time.Time{}
	b.Legs = slices.Clone(s.Legs)
	b.Legs[len(b.Legs)-1].Calendar = s.Terms.Base.Calendar
	return b
}

// forgive lets levels whose moment has moved ahead fire again.
func (s *State) forgive(book Book, now time.Time) {
	s.Fired = slices.DeleteFunc(slices.Clone(s.Fired), func(f string) bool {
		r, level, ok := s.fired(f)
		if !ok {
			return false
		}
		at, err := s.momentOf(book, r, level)
		return err == nil && at.After(now)
	})
	for i := range s.Runs {
		if r := &s.Runs[i]; r.Met.IsZero() && r.Due.After(now) {
			r.Breached = time.Time{}
		}
	}
}

// Nearest is the run whose deadline comes first among those that are not met;
// nil when none has one.
func (s *State) Nearest() *Run {
	var first *Run
	for i := range s.Runs {
		r := &s.Runs[i]
		if r.Met.IsZero() && !r.Due.IsZero() && (first == nil || r.Due.Before(first.Due)) {
			first = r
		}
	}
	return first
}

// Target is the working time that a clock has by the terms; by a deadline that
// an exception has set, what lies before it.
func (s *State) Target(book Book, r *Run) time.Duration {
	s = s.of(r)
	if r.Clock == Resolution && !s.Terms.DueAt.IsZero() {
		return s.Used(book, r, s.Terms.DueAt)
	}
	return time.Duration(s.Terms.Targets[r.Clock]) * time.Minute
}

// Used is the working time of a run until a moment, by the calendars of its legs.
func (s *State) Used(book Book, r *Run, until time.Time) time.Duration {
	s = s.of(r)
	var sum time.Duration
	for i, leg := range s.Legs {
		from, to := later(leg.From, r.Started), until
		if i+1 < len(s.Legs) && s.Legs[i+1].From.Before(to) {
			to = s.Legs[i+1].From
		}
		sum += Elapsed(book(leg.Calendar), from, to, s.Pauses)
	}
	return sum
}

// Deadline is that of a clock, with the way there. Of a clock that stands it is
// ErrPaused, unless the deadline came before.
//
// Errors: ErrNotPromised, ErrNeverOpens, ErrPaused, ErrTooFar.
func (s *State) Deadline(book Book, c Clock) (Deadline, error) {
	r := s.Run(c)
	if r == nil || !s.Promised(c) {
		return Deadline{}, ErrNotPromised
	}
	s = s.of(r)
	if c == Resolution && !s.Terms.DueAt.IsZero() {
		return s.wayTo(book, r, s.Terms.DueAt), nil
	}
	return s.after(book, r, s.Target(book, r), s.Pauses)
}

// after is when a run has used up so much working time.
func (s *State) after(book Book, r *Run, target time.Duration, pauses []Pause) (Deadline, error) {
	var way []Segment
	for i, leg := range s.Legs {
		from := later(leg.From, r.Started)
		if i+1 < len(s.Legs) {
			next := s.Legs[i+1].From
			if !next.After(from) {
				continue
			}
			if used := Elapsed(book(leg.Calendar), from, next, pauses); used < target {
				target -= used
				way = append(way, segments(book(leg.Calendar), from, next, pauses)...)
				continue
			}
		}
		d, err := Due(book(leg.Calendar), from, target, pauses)
		if err != nil {
			return Deadline{}, err
		}
		return Deadline{At: d.At, Segments: joined(append(way, d.Segments...))}, nil
	}
	return Deadline{}, ErrNotPromised
}

// wayTo is the way to an instant that is given.
func (s *State) wayTo(book Book, r *Run, until time.Time) Deadline {
	var way []Segment
	for i, leg := range s.Legs {
		from, to := later(leg.From, r.Started), until
		if i+1 < len(s.Legs) && s.Legs[i+1].From.Before(to) {
			to = s.Legs[i+1].From
		}
		way = append(way, segments(book(leg.Calendar), from, to, s.Pauses)...)
	}
	return Deadline{At: until, Segments: joined(way)}
}

// Way is how a run came to a moment: every stretch of time since it started.
func (s *State) Way(book Book, r *Run, until time.Time) []Segment {
	return s.of(r).wayTo(book, r, until).Segments
}

// IfResumed is the deadline that a standing clock would have if it went on at a moment.
func (s *State) IfResumed(book Book, c Clock, at time.Time) (Deadline, error) {
	r := s.Run(c)
	s = s.of(r)
	if !s.Standing() {
		return s.Deadline(book, c)
	}
	if r == nil || !s.Promised(c) {
		return Deadline{}, ErrNotPromised
	}
	if c == Resolution && !s.Terms.DueAt.IsZero() {
		return s.wayTo(book, r, s.Terms.DueAt), nil
	}
	pauses := slices.Clone(s.Pauses)
	pauses[len(pauses)-1].To = at
	return s.after(book, r, s.Target(book, r), pauses)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
