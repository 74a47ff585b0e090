package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
)

func TestEachQuestionIsAnsweredOnALine(t *testing.T) {
	t.Parallel()
	const file = "../../desk/sla/testdata/deadlines.json"
	var out bytes.Buffer
	if err := slaDue([]string{file}, nil, &out, "en"); err != nil {
		t.Fatal(err)
	}
	var want []struct{ ID, Due string }
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d lines for %d questions", len(lines), len(want))
	}
	for i, line := range lines {
		var got struct {
			ID, Due  string
			Segments []dueSegment
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil || got.ID != want[i].ID || got.Due != want[i].Due {
			t.Errorf("%s (%v), want %v", line, err, want[i])
		}
		if n := len(got.Segments); n > 0 && got.Segments[n-1].To != got.Due {
			t.Errorf("%s: the segments do not lead to the deadline", got.ID)
		}
	}
}

func TestAQuestionThatMakesNoSenseSaysWhyAndTheOthersAreAnswered(t *testing.T) {
	t.Parallel()
	in := `[{"id":"good","calendar":{"time_zone":"UTC","always":true},"start":"2026-11-23T09:00:00Z","target_minutes":30},
		{"id":7,"calendar":{"time_zone":"UTC"},"start":"2026-11-23T09:00:00Z","target_minutes":30},
		{"id":"zone","calendar":{"time_zone":"Europe/Atlantis","weekly":{"mon":[["09:00","25:00"]]}},"start":"2026-11-23T09:00:00Z","target_minutes":-1},
		{"id":"when","calendar":{"time_zone":"UTC","always":true},"start":"yesterday","target_minutes":30},
		{"id":"paused","calendar":{"time_zone":"UTC","always":true},"start":"2026-11-23T09:00:00Z","target_minutes":30,"pauses":[{"from":"2026-11-23T09:10:00Z"}]},
		17]`
	for language, want := range map[string][]string{
		"en": {`"due":"2026-11-23T09:30:00Z"`, `{"id":7,"error":"the calendar never opens"}`, "target_minutes: ", `"id":"when","error":"`, "a pause that has not ended", `{"id":null,"error":"`},
		"ru": {`"due":"2026-11-23T09:30:00Z"`, `{"id":7,"error":"Календарь никогда не открывается."}`, "calendar/weekly/mon/0/1: Нужно время", `"id":"when","error":"`, "пауза, которая ещё не кончилась", `{"id":null,"error":"`},
	} {
		var out bytes.Buffer
		if err := slaDue([]string{"-"}, strings.NewReader(in), &out, language); !errors.Is(err, errUndue) {
			t.Errorf("%v", err)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != len(want) {
			t.Fatalf("%q", lines)
		}
		for i := range want {
			if !strings.Contains(lines[i], want[i]) {
				t.Errorf("%s\nwant %s", lines[i], want[i])
			}
		}
	}
	for _, bad := range []string{"", "{}", "[", "[1,"} {
		if err := slaDue([]string{"-"}, strings.NewReader(bad), &bytes.Buffer{}, "en"); err == nil || errors.Is(err, errUndue) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
