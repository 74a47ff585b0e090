package rota

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
)

// Hours are a span of a day by the clock on the wall: "09:00", "18:00". An end
// that is not after the beginning is on the next day.
type Hours [2]string

// Week is when somebody usually works, by day: "mon" to "sun". A day that is not
// there is free; a week without days says nothing.
type Week map[string][]Hours

// days in the order of a week; their places are those of time.Weekday, moved.
var days = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// Days lists the keys of a week in order.
func Days() []string { return slices.Clone(days) }

// mostSpans bounds a day: morning, midday, evening, night.
const mostSpans = 4

// Span is a stretch of time.
type Span struct {
	From, To time.Time
}

// Validate names every wrong place of a week; at is put before their names.
func (w Week) Validate(at string) (wrong []desk.FieldError) {
	for day := range w {
		if !slices.Contains(days, day) {
			wrong = append(wrong, desk.Field(at+"/"+day, desk.UnknownField))
		}
	}
	for _, day := range days {
		spans := w[day]
		if len(spans) > mostSpans {
			wrong = append(wrong, desk.Field(at+"/"+day, desk.MaxItems, "max", mostSpans))
			continue
		}
		last := -1
		for i, h := range spans {
			from, to, ok := h.minutes()
			switch place := fmt.Sprintf("%s/%s/%d", at, day, i); {
			case !ok:
				wrong = append(wrong, desk.Field(place, desk.Time))
			case from < last:
				wrong = append(wrong, desk.Field(place, desk.Overlap))
			default:
				last = to
			}
		}
	}
	slices.SortFunc(wrong, func(a, b desk.FieldError) int { return cmp.Compare(a.Pointer, b.Pointer) })
	return wrong
}

// minutes are those since midnight; the end of a span over midnight is beyond 24 hours.
func (h Hours) minutes() (from, to int, ok bool) {
	from, a := minute(h[0])
	to, b := minute(h[1])
	if !a || !b || from == 24*60 {
		return 0, 0, false
	}
	if to <= from {
		to += 24 * 60
	}
	return from, to, to-from <= 24*60
}

func minute(s string) (int, bool) {
	if s == "24:00" {
		return 24 * 60, true
	}
	if len(s) != 5 {
		return 0, false
	}
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err == nil
}

// Empty reports a week that says nothing.
func (w Week) Empty() bool {
	for _, spans := range w {
		if len(spans) > 0 {
			return false
		}
	}
	return true
}

// Spans are the stretches of the week between two moments, by the clock on the
// wall of the zone: nine o'clock stays nine o'clock when the clocks are changed.
// A time that a change of clocks leaves out is the moment of the change; a
// stretch that nothing is left of is none. They come in order and never overlap.
func (w Week) Spans(zone *time.Location, from, to time.Time) []Span {
	var all []Span
	local := from.In(zone)
	// A day before: its night may reach into this one.
	for day := time.Date(local.Year(), local.Month(), local.Day()-1, 12, 0, 0, 0, zone); ; day = day.AddDate(0, 0, 1) {
		if midnight := wall(day, 0, zone); !midnight.Before(to) {
			break
		}
		for _, h := range w[days[(int(day.Weekday())+6)%7]] {
			first, last, ok := h.minutes()
			if !ok {
				continue
			}
			s := Span{wall(day, first, zone), wall(day, last, zone)}
			if n := len(all); n > 0 && s.From.Before(all[n-1].To) {
				s.From = all[n-1].To // last night went on into this morning
			}
			if s.From.Before(s.To) && s.To.After(from) && s.From.Before(to) {
				all = append(all, s)
			}
		}
	}
	return all
}

// wall is the moment at which the clock on the wall shows a time. Of an hour
// that comes twice it is the first; of one that is left out, the change itself.
func wall(day time.Time, minutes int, zone *time.Location) time.Time {
	at := time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, zone)
	want := time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, time.UTC)
	if shown := time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), 0, 0, time.UTC); !shown.Equal(want) {
		begins, ends := at.ZoneBounds()
		if shown.After(want) {
			return begins
		}
		return ends
	}
	if begins, _ := at.ZoneBounds(); !begins.IsZero() {
		// The same time may have been shown before the clocks went back.
		_, now := at.Zone()
		_, before := begins.Add(-time.Second).Zone()
		if earlier := at.Add(time.Duration(now-before) * time.Second); before > now && earlier.Before(begins) {
			return earlier
		}
	}
	return at
}
