package sla

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyLife draws a ticket's events: it stands and goes on, is retargeted to other
// calendars and targets, answered and reopened.
func anyLife(t *rapid.T) (Book, []Event) {
	calendars := make([]*Calendar, 3)
	for i := range calendars {
		spec := anyCalendar().Draw(t, "calendar")
		// One that opens for a minute a week is true as well, and takes an age.
		spec.Weekly["wed"] = []Hours{{"08:00", "20:00"}}
		calendars[i] = made(t, spec)
	}
	terms := func() *Terms {
		return &Terms{
			Policy: "p", Version: rapid.IntRange(1, 3).Draw(t, "version"), Calendar: rapid.IntRange(0, 2).Draw(t, "which"),
			Targets: map[Clock]int{FirstResponse: rapid.IntRange(1, 300).Draw(t, "first"), Resolution: rapid.IntRange(1, 900).Draw(t, "fix")},
			Rules:   []Rule{{"warn", 1}},
		}
	}
	at := epoch.Add(time.Duration(rapid.IntRange(0, 400*24*3600).Draw(t, "opened")) * time.Second)
	events := []Event{{At: at, Kind: Began, Terms: terms()}}
	for range rapid.IntRange(0, 8).Draw(t, "events") {
		at = at.Add(time.Duration(rapid.IntRange(0, 3*24*3600).Draw(t, "later")) * time.Second)
		e := Event{At: at, Kind: rapid.SampledFrom([]EventKind{Stood, Resumed, Retargeted, Met, Unmet, Started}).Draw(t, "kind")}
		switch e.Kind {
		case Retargeted:
			e.Terms = terms()
		case Started:
			e.Clock = NextResponse
		case Met, Unmet:
			e.Clock = rapid.SampledFrom([]Clock{FirstResponse, Resolution, NextResponse}).Draw(t, "clock")
		case Began, Stood, Resumed, Breached, Escalated:
		}
		events = append(events, e)
	}
	return func(id int) *Calendar { return calendars[id] }, events
}

func TestNewTermsLoseNoTimeAndNoPause(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		book, events := anyLife(t)
		last := events[len(events)-1].At
		before := Fold(State{}, book, events...)
		terms := before.Terms
		terms.Calendar, terms.Version = (terms.Calendar+1)%3, 9
		after := Fold(before, book, Event{At: last, Kind: Retargeted, Terms: &terms})
		if !reflect.DeepEqual(before.Pauses, after.Pauses) {
			t.Fatalf("pauses %v, had %v", after.Pauses, before.Pauses)
		}
		for _, r := range before.Runs {
			if x, y := before.Used(book, &r, last), after.Used(book, &r, last); x != y {
				t.Fatalf("%s: %s used, had %s", r.Clock, y, x)
			}
		}
	})
}
