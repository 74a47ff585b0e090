package sla

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func TestAStateSurvivesItsJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		book, events := anyLife(t)
		half := len(events) / 2
		whole := Fold(State{}, book, events...)
		var kept State
		encoded, err := json.Marshal(Fold(State{}, book, events[:half]...))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(encoded, &kept); err != nil {
			t.Fatal(err)
		}
		got, want := text(Fold(kept, book, events[half:]...)), text(whole)
		if got != want {
			t.Fatalf("folded in two parts\n%s\nin one\n%s", got, want)
		}
	})
}
