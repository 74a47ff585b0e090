package sla

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
)

// Applied is what a production calendar did to one date of a calendar.
type Applied struct {
	Date string         `json:"date"`
	Kind string         `json:"kind"`
	Name settings.Words `json:"name"`
}

// The kinds of Applied.
const (
	DayOff     = "off"
	DayWorked  = "working"
	DayShort   = "short"
	DayDropped = "dropped"
)

var (
	shortName   = settings.Words{RU: "Сокращённый предпраздничный день", EN: "Short day before a holiday"}
	workingName = settings.Words{RU: "Перенесённый рабочий день", EN: "Moved working day"}
)

// Apply puts years of a production calendar into a calendar: days off become
// holidays; moved working days get the hours of a usual weekday where the
// calendar is closed; short days that it works lose their last hour. For the
// dates that the years name they win over what stood there, and hours that an
// earlier edition of a year gave go with it. Doing it twice changes nothing.
//
// Errors: ValidationFailed for a calendar that is always open or wrong itself.
func Apply(c CalendarSpec, years []ProductionYear) (CalendarSpec, []Applied, error) {
	if c.Always {
		return c, nil, desk.Invalid(desk.Field("country", desk.Overlap))
	}
	if err := c.Validate(); err != nil {
		return c, nil, err
	}
	a := applying{c: c, off: map[string]bool{}, extra: map[string][]Hours{}, notes: maps.Clone(c.Notes)}
	if a.notes == nil {
		a.notes = map[string]settings.Words{}
	}
	for _, date := range c.Holidays {
		a.off[date] = true
	}
	for _, d := range c.ExtraDays {
		a.extra[d.Date] = d.Hours
	}
	for _, y := range years {
		a.year(y)
	}
	return a.done()
}

// applying is a calendar while years are put into it.
type applying struct {
	c       CalendarSpec
	off     map[string]bool
	extra   map[string][]Hours
	notes   map[string]settings.Words
	changes []Applied
}

func (a *applying) year(y ProductionYear) {
	named := map[string]bool{}
	for _, days := range [][]ProductionDay{y.Off, y.Working, y.Short} {
		for _, d := range days {
			named[d.Date] = true
		}
	}
	for date := range a.extra {
		if name := a.notes[date]; strings.HasPrefix(date, fmt.Sprintf("%d-", y.Year)) && !named[date] && (name == shortName || name == workingName) {
			delete(a.extra, date)
			delete(a.notes, date)
			a.changes = append(a.changes, Applied{date, DayDropped, name})
		}
	}
	for _, d := range y.Off {
		_, had := a.extra[d.Date]
		if had || !a.off[d.Date] {
			a.changes = append(a.changes, Applied{d.Date, DayOff, d.Name})
		}
		delete(a.extra, d.Date)
		a.off[d.Date], a.notes[d.Date] = true, d.Name
	}
	for _, d := range y.Working {
		hours := a.c.Weekly[weekday(d.Date)]
		if len(hours) == 0 {
			hours = a.usual(d.Like)
		}
		if len(hours) > 0 {
			a.hours(d, hours, DayWorked, workingName)
		}
	}
	for _, d := range y.Short {
		hours := a.c.Weekly[weekday(d.Date)]
		for _, moved := range y.Working {
			if moved.Date == d.Date {
				hours = a.extra[d.Date]
			}
		}
		if len(hours) > 0 {
			a.hours(d, shorter(hours), DayShort, shortName)
		}
	}
}

// hours gives a date hours of its own.
func (a *applying) hours(d ProductionDay, hours []Hours, kind string, name settings.Words) {
	had, there := a.extra[d.Date]
	if !there || !slices.Equal(had, hours) {
		a.changes = append(a.changes, Applied{d.Date, kind, name})
	}
	delete(a.off, d.Date)
	a.extra[d.Date], a.notes[d.Date] = hours, name
}

// usual are the hours of a working weekday: of the date that is worked for, else of the first in the week.
func (a *applying) usual(like string) []Hours {
	if like != "" && len(a.c.Weekly[weekday(like)]) > 0 {
		return a.c.Weekly[weekday(like)]
	}
	for _, name := range weekdays[1:6] {
		if hours := a.c.Weekly[name]; len(hours) > 0 {
			return hours
		}
	}
	return nil
}

func weekday(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	return weekdays[t.Weekday()]
}

// shorter takes an hour off the end of a day.
func shorter(hours []Hours) []Hours {
	all, _ := intervals("", hours)
	cut := 60
	for cut > 0 && len(all) > 0 {
		last := &all[len(all)-1]
		if length := last.To - last.From; length <= cut {
			cut -= length
			all = all[:len(all)-1]
			continue
		}
		last.To -= cut
		cut = 0
	}
	rest := make([]Hours, len(all))
	for i, h := range all {
		rest[i] = Hours{clockTime(h.From), clockTime(h.To)}
	}
	return rest
}

func clockTime(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func (a *applying) done() (CalendarSpec, []Applied, error) {
	c := a.c
	c.Holidays, c.ExtraDays, c.Notes = slices.Sorted(maps.Keys(a.off)), nil, a.notes
	for _, date := range slices.Sorted(maps.Keys(a.extra)) {
		c.ExtraDays = append(c.ExtraDays, ExtraDay{date, a.extra[date]})
	}
	slices.SortFunc(a.changes, func(x, y Applied) int { return strings.Compare(x.Date, y.Date) })
	return c, a.changes, c.Validate()
}
