package sla

import (
	"slices"
	"strconv"
	"strings"

	"manydesk/desk/settings"
)

// Specials are the dates of a calendar that are not like their weekday, in order.
func (c CalendarSpec) Specials() []Special {
	var all []Special
	for _, date := range c.Holidays {
		all = append(all, Special{Date: date, Name: c.Notes[date]})
	}
	for _, d := range c.ExtraDays {
		all = append(all, Special{Date: d.Date, Extra: true, Hours: d.Hours, Name: c.Notes[d.Date]})
	}
	return ordinal(all)
}

// Replaced is the calendar with the dates of a file in place of all that it had in the years of the file.
func (c CalendarSpec) Replaced(by Imported) CalendarSpec {
	years := by.Years()
	gone := func(date string) bool {
		year, err := strconv.Atoi(date[:min(4, len(date))])
		return err == nil && slices.Contains(years, year)
	}
	out := c
	out.Holidays = slices.DeleteFunc(slices.Clone(c.Holidays), gone)
	out.ExtraDays = slices.DeleteFunc(slices.Clone(c.ExtraDays), func(d ExtraDay) bool { return gone(d.Date) })
	out.Notes = map[string]settings.Words{}
	for date, name := range c.Notes {
		if !gone(date) {
			out.Notes[date] = name
		}
	}
	for _, d := range by.Days {
		if d.Extra {
			out.ExtraDays = append(out.ExtraDays, ExtraDay{d.Date, d.Hours})
		} else {
			out.Holidays = append(out.Holidays, d.Date)
		}
		if d.Name != (settings.Words{}) {
			out.Notes[d.Date] = d.Name
		}
	}
	slices.Sort(out.Holidays)
	slices.SortFunc(out.ExtraDays, func(a, b ExtraDay) int { return strings.Compare(a.Date, b.Date) })
	return out
}
