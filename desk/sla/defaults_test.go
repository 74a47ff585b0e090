package sla

import (
	"testing"
	"time"
)

func TestTheFirstAgreementsOfATenantMakeSense(t *testing.T) {
	t.Parallel()
	calendars := map[string]bool{}
	for _, d := range Defaults("Asia/Yekaterinburg") {
		if v, ok := d.Spec.(interface{ Validate() error }); !ok || v.Validate() != nil {
			t.Errorf("%s %q: %v", d.Kind, d.Key, v.Validate())
		}
		switch s := d.Spec.(type) {
		case CalendarSpec:
			calendars[d.Key] = true
			c, _ := s.Calendar()
			if c.Zone().String() != "Asia/Yekaterinburg" {
				t.Errorf("%s lies in %s", d.Key, c.Zone())
			}
		case Policy:
			for priority, target := range s.Targets {
				if !calendars[target.Calendar] || target.FirstResponse > target.Resolution {
					t.Errorf("priority %s: %+v", priority, target)
				}
			}
		}
	}
	week, _ := Office("UTC").Calendar()
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	if got := Elapsed(week, monday, monday.AddDate(0, 0, 7), nil); got != 40*time.Hour {
		t.Errorf("a week has %s", got)
	}
}
