package sla

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"manydesk/desk"
)

// Spec is a calendar as people write it and as it is stored. Wall times are
// "HH:MM", "24:00" only as an end; dates are "2006-01-02".
type Spec struct {
	TimeZone string `json:"time_zone"`
	// Always is open at any time; then nothing else but the zone is given.
	Always bool `json:"always,omitempty"`
	// Weekly has intervals [from, to) for "mon" to "sun"; a day that is missing is closed.
	Weekly    map[string][]Hours `json:"weekly,omitempty"`
	Holidays  []string           `json:"holidays,omitempty"`
	ExtraDays []ExtraDay         `json:"extra_days,omitempty"`
}

// Hours are from and to.
type Hours [2]string

// ExtraDay is a date with its own hours, whatever the weekday and the holidays
// say; without any it is closed.
type ExtraDay struct {
	Date  string  `json:"date"`
	Hours []Hours `json:"hours"`
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// The most that a calendar has.
const (
	maxDays  = 5000
	maxHours = 24
)

// Calendar makes the calendar, or names every field that is wrong: an unknown
// zone, a time that is none, intervals that overlap or end before they begin.
func (s Spec) Calendar() (*Calendar, []desk.FieldError) {
	c := &Calendar{bound: !s.Always, off: map[int]struct{}{}, extra: map[int][]Interval{}, latest: -1 << 31}
	var wrong []desk.FieldError
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil || s.TimeZone == "" || s.TimeZone == "Local" {
		wrong = append(wrong, desk.Field("time_zone", desk.TimeZone))
	}
	c.zone = zone
	if s.Always && len(s.Weekly)+len(s.Holidays)+len(s.ExtraDays) > 0 {
		wrong = append(wrong, desk.Field("always", desk.Overlap))
	}
	for name := range s.Weekly {
		if !slices.Contains(weekdays, name) {
			wrong = append(wrong, desk.Field("weekly/"+name, desk.UnknownField))
		}
	}
	for i, name := range weekdays {
		all, bad := intervals("weekly/"+name, s.Weekly[name])
		wrong = append(wrong, bad...)
		c.week[i] = all
		c.open = c.open || len(all) > 0
	}
	if len(s.Holidays) > maxDays {
		wrong = append(wrong, desk.Field("holidays", desk.MaxItems, "max", maxDays))
	}
	for i, text := range s.Holidays {
		date, ok := dayOf(text)
		if !ok {
			wrong = append(wrong, desk.Field(fmt.Sprintf("holidays/%d", i), desk.Date))
			continue
		}
		c.off[date] = struct{}{}
		c.latest = max(c.latest, date)
	}
	if len(s.ExtraDays) > maxDays {
		wrong = append(wrong, desk.Field("extra_days", desk.MaxItems, "max", maxDays))
	}
	for i, extra := range s.ExtraDays {
		at := fmt.Sprintf("extra_days/%d", i)
		all, bad := intervals(at+"/hours", extra.Hours)
		wrong = append(wrong, bad...)
		date, ok := dayOf(extra.Date)
		_, twice := c.extra[date]
		switch {
		case !ok:
			wrong = append(wrong, desk.Field(at+"/date", desk.Date))
		case twice:
			wrong = append(wrong, desk.Field(at+"/date", desk.Unique))
		default:
			c.extra[date] = all
			c.latest = max(c.latest, date)
		}
	}
	if len(wrong) > 0 {
		slices.SortFunc(wrong, func(a, b desk.FieldError) int { return cmp.Compare(a.Pointer, b.Pointer) })
		return nil, wrong
	}
	return c, nil
}

// intervals reads the hours of a day, in order.
func intervals(at string, hours []Hours) (all []Interval, wrong []desk.FieldError) {
	if len(hours) > maxHours {
		return nil, []desk.FieldError{desk.Field(at, desk.MaxItems, "max", maxHours)}
	}
	type placed struct {
		Interval
		at int
	}
	read := make([]placed, 0, len(hours))
	for i, h := range hours {
		from, ok := wall(h[0])
		if ok = ok && from < 1440; !ok {
			wrong = append(wrong, desk.Field(fmt.Sprintf("%s/%d/0", at, i), desk.Time))
		}
		to, fine := wall(h[1])
		switch {
		case !fine:
			wrong = append(wrong, desk.Field(fmt.Sprintf("%s/%d/1", at, i), desk.Time))
		case ok && to <= from:
			wrong = append(wrong, desk.Field(fmt.Sprintf("%s/%d/1", at, i), desk.NotAfter))
		case ok:
			read = append(read, placed{Interval{from, to}, i})
		}
	}
	slices.SortFunc(read, func(a, b placed) int { return cmp.Compare(a.From, b.From) })
	for i, r := range read {
		if i > 0 && r.From < read[i-1].To {
			wrong = append(wrong, desk.Field(fmt.Sprintf("%s/%d", at, r.at), desk.Overlap))
		}
		all = append(all, r.Interval)
	}
	return all, wrong
}

// wall reads "HH:MM" up to "24:00" as minutes.
func wall(text string) (minutes int, ok bool) {
	if len(text) != 5 || text[2] != ':' {
		return 0, false
	}
	h, errH := strconv.ParseUint(text[:2], 10, 8)
	m, errM := strconv.ParseUint(text[3:], 10, 8)
	if errH != nil || errM != nil || m > 59 || h > 24 || h == 24 && m > 0 {
		return 0, false
	}
	return int(h*60 + m), true
}

// dayOf reads a date as days since 1970-01-01.
func dayOf(text string) (int, bool) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return 0, false
	}
	return int(floor(t.Unix(), 86400)), true
}

// tidy is the spec in its one form, so that the same working time has the same content.
func (s Spec) tidy() Spec {
	t := Spec{TimeZone: s.TimeZone, Always: s.Always}
	order := func(hours []Hours) []Hours {
		hours = slices.Clone(hours)
		slices.SortFunc(hours, func(a, b Hours) int { return cmp.Compare(a[0], b[0]) })
		return hours
	}
	for day, hours := range s.Weekly {
		if len(hours) > 0 {
			if t.Weekly == nil {
				t.Weekly = map[string][]Hours{}
			}
			t.Weekly[day] = order(hours)
		}
	}
	t.Holidays = slices.Compact(slices.Sorted(slices.Values(s.Holidays)))
	for _, e := range s.ExtraDays {
		t.ExtraDays = append(t.ExtraDays, ExtraDay{e.Date, order(e.Hours)})
	}
	slices.SortFunc(t.ExtraDays, func(a, b ExtraDay) int { return cmp.Compare(a.Date, b.Date) })
	return t
}
