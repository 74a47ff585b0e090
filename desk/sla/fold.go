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
