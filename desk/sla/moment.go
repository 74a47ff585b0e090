package sla

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Moment is when something is to be done about a clock.
type Moment struct {
	At    time.Time
	Clock Clock
	// Rule and Level are those of an escalation; a breach that is only recorded has none.
	Rule  Rule
	Level int
	// Mark is under which the state remembers that it was done.
	Mark string
}

// IsBreach reports whether the moment is the deadline itself, with nothing but a record to be made.
func (m Moment) IsBreach() bool { return m.Rule.Key == "" }

// Rules gives the levels of an escalation at a version.
type Rules func(r Rule) ([]Level, bool)

// Moments are those of the clocks that run and have not been used up, in order
// of time: deadlines and the levels of the escalations in the terms.
func (s *State) Moments(book Book, rules Rules) []Moment {
	var all []Moment
	add := func(r *Run, rule Rule, number int, level Level) {
		m := Moment{Clock: r.Clock, Rule: rule, Level: number, Mark: mark(r.Clock, rule, number, level)}
		if slices.Contains(s.Fired, m.Mark) {
			return
		}
		at, err := s.momentOf(book, r, level)
		if err != nil {
			return
		}
		m.At = at
		all = append(all, m)
	}
	for i := range s.Runs {
		r := &s.Runs[i]
		if !r.Met.IsZero() || !s.Promised(r.Clock) {
			continue
		}
		if r.Breached.IsZero() {
			add(r, Rule{}, 0, Level{At: Breach})
		}
		for _, rule := range s.of(r).Terms.Rules {
			levels, ok := rules(rule)
			if !ok {
				continue
			}
			for n, level := range levels {
				if level.Clock == AnyClock || level.Clock == r.Clock {
					add(r, rule, n, level)
				}
			}
		}
	}
	// A breach is recorded before what is done about it.
	slices.SortStableFunc(all, func(a, b Moment) int { return a.At.Compare(b.At) })
	return all
}

// momentOf is when a level's moment comes.
func (s *State) momentOf(book Book, r *Run, level Level) (time.Time, error) {
	s = s.of(r)
	target := s.Target(book, r)
	switch level.At {
	case Share:
		target = target * time.Duration(level.Value) / 100
	case Before:
		target = max(target-time.Duration(level.Value)*time.Minute, 0)
	case After:
		target += time.Duration(level.Value) * time.Minute
	case Breach:
		if r.Clock == Resolution && !s.Terms.DueAt.IsZero() {
			return s.Terms.DueAt, nil
		}
	}
	d, err := s.after(book, r, target, s.Pauses)
	return d.At, err
}

// mark is "clock|kind|value|rule|level": enough to find the moment again when the terms change.
func mark(c Clock, rule Rule, number int, l Level) string {
	return strings.Join([]string{string(c), string(l.At), strconv.Itoa(l.Value), rule.Key, strconv.Itoa(number)}, "|")
}

// BreachMark is that of a clock's deadline itself.
func BreachMark(c Clock) string { return mark(c, Rule{}, 0, Level{At: Breach}) }

func clockOf(mark string) Clock {
	c, _, _ := strings.Cut(mark, "|")
	return Clock(c)
}

// fired reads a mark.
func (s *State) fired(mark string) (*Run, Level, bool) {
	parts := strings.Split(mark, "|")
	if len(parts) != 5 {
		return nil, Level{}, false
	}
	value, err := strconv.Atoi(parts[2])
	r := s.Run(Clock(parts[0]))
	if err != nil || r == nil || !r.Met.IsZero() || !s.Promised(r.Clock) {
		return nil, Level{}, false
	}
	return r, Level{At: When(parts[1]), Value: value}, true
}
