package sla

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

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
