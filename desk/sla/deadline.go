package sla

import (
	"slices"
	"time"
)

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
