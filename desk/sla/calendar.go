package sla

import (
	"errors"
	"reflect"
	"slices"
	"time"
)

// ErrNeverOpens is a calendar without working time from some moment on.
var ErrNeverOpens = errors.New("the calendar never opens")

// ErrTooFar is a deadline further away than a hundred years.
var ErrTooFar = errors.New("the deadline lies more than a hundred years ahead")

// Calendar is working time in a zone. The zero Calendar is always open, in UTC.
// It is made by Spec.Calendar and does not change, so that many may read it.
type Calendar struct {
	zone *time.Location
	// week are the intervals of each weekday, Sunday first; nil with never for always open.
	week   [7][]Interval
	open   bool // some weekday has an interval
	bound  bool // not always open
	off    map[int]struct{}
	extra  map[int][]Interval
	latest int // the last date that is a holiday or an extra day
}

// Interval is working time of one day, [From, To), in minutes since 00:00 of the
// wall clock; To is at most 1440, the end of the day.
type Interval struct{ From, To int }

const (
	second = int64(time.Second)
	minute = int64(time.Minute)
	day    = 24 * int64(time.Hour)
	// horizon ends every search.
	horizon = 100 * 366 * day
)

// Zone is where the wall clock hangs.
func (c *Calendar) Zone() *time.Location {
	if c.zone == nil {
		return time.UTC
	}
	return c.zone
}

// Always reports whether it never closes.
func (c *Calendar) Always() bool { return !c.bound }

// hours are the intervals of a date: extra days win over holidays, these over weekdays.
func (c *Calendar) hours(date int) []Interval {
	if h, ok := c.extra[date]; ok {
		return h
	}
	if _, ok := c.off[date]; ok {
		return nil
	}
	return c.week[((date+4)%7+7)%7]
}

// span is a stretch of time, [from, to), in nanoseconds since 1970.
type span struct{ from, to int64 }

// walk gives the working time from an instant on, in order, an interval of a day
// at a time, until yield says enough. A calendar that has run out of days is
// ErrNeverOpens.
func (c *Calendar) walk(from int64, yield func(span) bool) error {
	end := from + horizon
	if !c.bound {
		yield(span{from, end})
		return nil
	}
	for at := from; at < end; {
		// Between two changes of the zone the wall clock runs evenly.
		local := time.Unix(0, at).In(c.Zone())
		_, seconds := local.Zone()
		offset, until := int64(seconds)*second, end
		if _, change := local.ZoneBounds(); !change.IsZero() && change.Before(time.Unix(0, end)) {
			until = change.UnixNano()
		}
		date := int(floor(at+offset, day))
		for midnight := int64(date)*day - offset; midnight < until; midnight, date = midnight+day, date+1 {
			if date > c.latest && !c.open {
				return ErrNeverOpens
			}
			for _, h := range c.hours(date) {
				s := span{max(at, midnight+int64(h.From)*minute), min(until, midnight+int64(h.To)*minute)}
				if s.to > s.from && !yield(s) {
					return nil
				}
			}
		}
		at = until
	}
	return nil
}

// floor divides towards the past.
func floor(n, by int64) int64 {
	q := n / by
	if n%by < 0 {
		q--
	}
	return q
}

// Open reports whether a moment is working time.
func (c *Calendar) Open(at time.Time) bool {
	if !c.bound {
		return true
	}
	local := at.In(c.Zone())
	_, seconds := local.Zone()
	wall := at.UnixNano() + int64(seconds)*second
	date := floor(wall, day)
	m := int((wall - date*day) / minute)
	return slices.ContainsFunc(c.hours(int(date)), func(h Interval) bool { return h.From <= m && m < h.To })
}

// Same reports whether two calendars have the same working time.
func Same(a, b *Calendar) bool {
	return a.bound == b.bound && (!a.bound || a.Zone().String() == b.Zone().String() && a.latest == b.latest &&
		reflect.DeepEqual(a.week, b.week) && reflect.DeepEqual(a.off, b.off) && reflect.DeepEqual(a.extra, b.extra))
}
