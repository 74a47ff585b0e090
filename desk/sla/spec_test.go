package sla

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"manydesk/desk"
)

func TestACalendarNamesEveryFieldThatIsWrong(t *testing.T) {
	t.Parallel()
	s := Spec{
		TimeZone: "Europe/Atlantis",
		Weekly: map[string][]Hours{
			"mon": {{"09:00", "13:00"}, {"12:59", "18:00"}},
			"tue": {{"18:00", "09:00"}}, "wed": {{"09:00", "25:00"}}, "thu": {{"24:00", "24:00"}}, "fri": {{"9:00", "24:00"}}, "sat": {{"10:00", "24:00"}}, "day": nil,
		},
		Holidays:  []string{"2026-01-01", "2026-02-30"},
		ExtraDays: []ExtraDay{{"2026-05-09", nil}, {"2026-05-09", nil}, {"soon", []Hours{{"10:00", "10:00"}}}},
	}
	want := []string{
		"/body/extra_days/1/date unique", "/body/extra_days/2/date date", "/body/extra_days/2/hours/0/1 not_after", "/body/holidays/1 date", "/body/time_zone time_zone",
		"/body/weekly/day unknown_field", "/body/weekly/fri/0/0 time", "/body/weekly/mon/1 overlap", "/body/weekly/thu/0/0 time", "/body/weekly/tue/0/1 not_after", "/body/weekly/wed/0/1 time",
	}
	_, wrong := s.Calendar()
	var got []string
	for _, w := range wrong {
		got = append(got, w.Pointer+" "+string(w.Code))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if _, wrong := (Spec{TimeZone: "UTC", Always: true, Holidays: []string{"2026-01-01"}}).Calendar(); len(wrong) != 1 || wrong[0].Code != desk.Overlap {
		t.Errorf("%v", wrong)
	}
	if _, wrong := (Spec{TimeZone: "Local"}).Calendar(); len(wrong) != 1 {
		t.Errorf("the machine's own zone is accepted")
	}
}

func TestADayMayEndAtMidnightAndTheNextGoOn(t *testing.T) {
	t.Parallel()
	c := made(t, Spec{TimeZone: "UTC", Weekly: map[string][]Hours{"mon": {{"22:00", "24:00"}}, "tue": {{"00:00", "06:00"}}}})
	got, err := Due(c, time.Date(2026, 11, 23, 21, 0, 0, 0, time.UTC), 3*time.Hour, nil)
	if err != nil || !got.At.Equal(time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)) || len(got.Segments) != 2 {
		t.Errorf("%v %v", got, err)
	}
}

func FuzzCalendar(f *testing.F) {
	f.Add([]byte(`{"time_zone":"Europe/Moscow","weekly":{"mon":[["09:00","13:00"],["14:00","24:00"]]},"holidays":["2026-01-01"],"extra_days":[{"date":"2026-01-03","hours":[["10:00","11:00"]]}]}`), int64(1_770_000_000), int64(480))
	f.Add([]byte(`{"time_zone":"America/Havana","always":true}`), int64(0), int64(-1))
	f.Fuzz(func(t *testing.T, text []byte, start, minutes int64) {
		var s Spec
		if json.Unmarshal(text, &s) != nil {
			return
		}
		c, wrong := s.Calendar()
		if len(wrong) > 0 {
			return
		}
		target := time.Duration(minutes%100_000) * time.Minute
		at := time.Unix(start%(1<<33), 0)
		got, err := Due(c, at, target, nil)
		if err == nil && Elapsed(c, at, got.At, nil) != max(target, 0) {
			t.Errorf("%s after %s is %s, of which %s count", target, at, got.At, Elapsed(c, at, got.At, nil))
		}
	})
}
