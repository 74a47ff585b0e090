package sla

import (
	"manydesk/desk/settings"
	"manydesk/tenants/access"
)

// The keys of what a new tenant begins with.
const (
	DefaultCalendar   = "office"
	AlwaysCalendar    = "always"
	DefaultPolicy     = "standard"
	DefaultEscalation = "deadlines"
)

// Defaults are the agreements of a new tenant: office hours and around the clock
// in its zone, one policy for every ticket, and who is told when time runs out.
func Defaults(zone string) []settings.Default {
	return []settings.Default{
		{Kind: Calendars.Name, Key: DefaultCalendar, Spec: Office(zone)},
		{Kind: Calendars.Name, Key: AlwaysCalendar, Position: 1, Spec: CalendarSpec{
			Name: settings.Words{RU: "24×7", EN: "24×7"}, Spec: Spec{TimeZone: zone, Always: true},
		}},
		{Kind: Policies.Name, Key: DefaultPolicy, Spec: Policy{
			Name: settings.Words{RU: "Стандарт", EN: "Standard"},
			Targets: map[string]Target{
				"1": {FirstResponse: 30, NextResponse: 60, Resolution: 240, Calendar: DefaultCalendar},
				"2": {FirstResponse: 60, NextResponse: 120, Resolution: 480, Calendar: DefaultCalendar},
				"3": {FirstResponse: 240, NextResponse: 480, Resolution: 3 * 480, Calendar: DefaultCalendar},
				"4": {FirstResponse: 480, NextResponse: 960, Resolution: 5 * 480, Calendar: DefaultCalendar},
			},
			PauseIn: []string{"pending"}, CustomerCalendar: true,
		}},
		{Kind: Escalations.Name, Key: DefaultEscalation, Spec: Escalation{
			Name: settings.Words{RU: "Сроки под угрозой", EN: "Deadlines at risk"},
			Levels: []Level{
				{Clock: AnyClock, At: Share, Value: 80, Actions: []Action{{Kind: Tell, Assignee: true}}},
				{Clock: AnyClock, At: Breach, Actions: []Action{{Kind: Tell, Assignee: true, Roles: []string{access.Dispatcher, access.Admin}}}},
			},
		}},
	}
}

// Office is five days of eight hours, with an hour at noon.
func Office(zone string) CalendarSpec {
	c := CalendarSpec{Name: settings.Words{RU: "5×8", EN: "5×8"}, Spec: Spec{TimeZone: zone, Weekly: map[string][]Hours{}}}
	for _, day := range weekdays[1:6] {
		c.Weekly[day] = []Hours{{"09:00", "13:00"}, {"14:00", "18:00"}}
	}
	return c
}
