package sla

import (
	"reflect"
	"testing"

	"manydesk/desk/settings"
)

func TestAFileReplacesTheDatesOfItsYearsOnly(t *testing.T) {
	t.Parallel()
	c := office()
	c.Holidays = []string{"2025-01-01", "2026-01-01", "2027-01-01"}
	c.ExtraDays = []ExtraDay{{"2026-04-30", []Hours{{"09:00", "17:00"}}}, {"2027-04-30", nil}}
	c.Notes = map[string]settings.Words{"2026-01-01": {EN: "Old"}, "2025-01-01": {EN: "Older"}}
	got := c.Replaced(Imported{Days: []Special{{Date: "2026-06-12", Name: settings.Words{EN: "Russia Day"}}, {Date: "2026-12-31", Extra: true, Hours: []Hours{{"09:00", "12:00"}}}}})
	if want := []string{"2025-01-01", "2026-06-12", "2027-01-01"}; !reflect.DeepEqual(got.Holidays, want) {
		t.Errorf("holidays %v", got.Holidays)
	}
	if want := []ExtraDay{{"2026-12-31", []Hours{{"09:00", "12:00"}}}, {"2027-04-30", nil}}; !reflect.DeepEqual(got.ExtraDays, want) {
		t.Errorf("extra days %v", got.ExtraDays)
	}
	if want := map[string]settings.Words{"2025-01-01": {EN: "Older"}, "2026-06-12": {EN: "Russia Day"}}; !reflect.DeepEqual(got.Notes, want) {
		t.Errorf("notes %v", got.Notes)
	}
	if len(c.Holidays) != 3 || len(c.Specials()) != 5 {
		t.Errorf("the calendar itself changed: %v", c.Specials())
	}
}
