package sla

import (
	"encoding/json"
	"testing"
	"time"
)

// BenchmarkAChange is what a change of a ticket costs its clocks: the state read,
// an event folded in, the next moment found, the state written.
func BenchmarkAChange(b *testing.B) {
	day := []Hours{{"09:00", "13:00"}, {"14:00", "18:00"}}
	c := made(b, Spec{TimeZone: "Europe/Moscow", Weekly: map[string][]Hours{"mon": day, "tue": day, "wed": day, "thu": day, "fri": day}})
	book := func(int) *Calendar { return c }
	levels := []Level{{Clock: AnyClock, At: Share, Value: 80}, {Clock: AnyClock, At: Breach}}
	rules := func(Rule) ([]Level, bool) { return levels, true }
	at := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	terms := Terms{Policy: "standard", Version: 1, Calendar: 1, Targets: map[Clock]int{FirstResponse: 60, Resolution: 1440}, PauseIn: []string{"pending"}, Rules: []Rule{{"deadlines", 1}}}
	text, err := json.Marshal(Fold(State{}, book, Event{At: at, Kind: Began, Terms: &terms}))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var s State
		if err := json.Unmarshal(text, &s); err != nil {
			b.Fatal(err)
		}
		s = Fold(s, book, Event{At: at.Add(time.Hour), Kind: Met, Clock: FirstResponse})
		if len(s.Moments(book, rules)) == 0 {
			b.Fatal("no moments")
		}
		if _, err := json.Marshal(s); err != nil {
			b.Fatal(err)
		}
	}
}
