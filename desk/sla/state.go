package sla

import "time"

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
