package sla

import (
	"testing"

	"pgregory.net/rapid"
)

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
