package conditions

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// time compares an instant. Zones, dates and hours are our own texts, not what a
// person wrote, and so stand in the statement as they are.
func (c *compiler) time(x string, p *test) (string, error) {
	switch p.op {
	case Before:
		return x + " < " + c.arg(p.at(c.env)) + "::timestamptz", nil
	case After:
		return x + " >= " + c.arg(p.at(c.env)) + "::timestamptz", nil
	case Within:
		from, to := c.env.now(), c.env.now().Add(p.offset)
		if p.offset < 0 {
			from, to = to, from
		}
		return x + " between " + c.arg(from) + "::timestamptz and " + c.arg(to) + "::timestamptz", nil
	case InCalendar:
		hours, known := c.env.hours(p.plain)
		if !known {
			return "false", nil
		}
		return hours.sql(x), nil
	case AtHours:
		at := local(x, c.env.Zone)
		if p.span.From < p.span.To {
			return within(at, []Interval{p.span}), nil
		}
		return within(at, []Interval{{0, p.span.To}, {p.span.From, 1440}}), nil
	case OnDays:
		var numbers []string
		for i, on := range p.weekdays {
			if on {
				numbers = append(numbers, strconv.Itoa(i))
			}
		}
		return "extract(dow from " + local(x, c.env.Zone) + ") in (" + strings.Join(numbers, ", ") + ")", nil
	default:
		return "", errValue
	}
}

// local is what a clock on the wall of a zone shows.
func local(x string, zone *time.Location) string {
	name := "UTC"
	if zone != nil {
		name = zone.String()
	}
	return "(" + x + " at time zone '" + strings.ReplaceAll(name, "'", "") + "')"
}

// within asks that a local time of day lies in an interval.
func within(at string, hours []Interval) string {
	parts := make([]string, 0, len(hours))
	for _, h := range hours {
		parts = append(parts, at+"::time >= '"+clock(h.From)+"' and "+at+"::time < '"+clock(h.To)+"'")
	}
	if len(parts) == 0 {
		return "false"
	}
	return "(" + strings.Join(parts, " or ") + ")"
}

// sql is Open in Postgres; false for null.
func (h *Hours) sql(x string) string {
	if h.Always {
		return x + " is not null"
	}
	at := local(x, h.Zone)
	week := "case extract(dow from " + at + ")"
	for day, hours := range h.Weekly {
		week += " when " + strconv.Itoa(day) + " then " + within(at, hours)
	}
	text := week + " else false end"
	if len(h.Holidays) > 0 {
		text = "case when " + at + "::date in (" + strings.Join(literals(h.Holidays), ", ") + ") then false else " + text + " end"
	}
	if len(h.Extra) > 0 {
		extra := "case " + at + "::date"
		for _, date := range slices.Sorted(maps.Keys(h.Extra)) {
			extra += " when " + literal(date) + " then " + within(at, h.Extra[date])
		}
		text = extra + " else " + text + " end"
	}
	return "(" + text + ")"
}

func literal(date int) string {
	return "'" + time.Unix(int64(date)*86400, 0).UTC().Format(time.DateOnly) + "'::date"
}

func literals(dates map[int]struct{}) []string {
	out := make([]string, 0, len(dates))
	for _, date := range slices.Sorted(maps.Keys(dates)) {
		out = append(out, literal(date))
	}
	return out
}
