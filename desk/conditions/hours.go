package conditions

import (
	"context"
	"slices"
	"time"
)

// Env is what a condition knows beside the values: the moment, the zone in which
// its dates and hours are meant, the calendars by key, and who "me" is.
type Env struct {
	Now time.Time
	// Zone is UTC when nil.
	Zone *time.Location
	// Calendar finds the working hours of a calendar; nil knows none.
	Calendar func(key string) (Hours, bool)
	// Me is the id that stands for "me" in comparisons of people.
	Me string
}

// Values are asked only for the fields that a comparison needs.
type Values interface {
	// Value gives a field in the form of its Kind; nil is empty. What a tenant's own
	// field holds goes through Vocabulary.Fit first.
	Value(ctx context.Context, key string) (any, error)
}

// Hours are working time as conditions see it: a moment is in it if its local
// wall-clock time lies in an interval of its local date. Extra days win over
// holidays, these over weekdays. Dates are days since 1970-01-01.
type Hours struct {
	Name Name
	// Zone is an IANA zone; UTC when nil.
	Zone   *time.Location
	Always bool
	// Weekly begins with Sunday.
	Weekly   [7][]Interval
	Holidays map[int]struct{}
	Extra    map[int][]Interval
}

// Interval is [From, To) in minutes since 00:00, To at most 1440.
type Interval struct{ From, To int }

// Open reports whether a moment is working time.
func (h *Hours) Open(at time.Time) bool {
	if h.Always {
		return true
	}
	date, minute := wall(at, h.Zone)
	return slices.ContainsFunc(h.on(date), func(i Interval) bool { return i.From <= minute && minute < i.To })
}

// on are the hours of a date.
func (h *Hours) on(date int) []Interval {
	if extra, ok := h.Extra[date]; ok {
		return extra
	}
	if _, off := h.Holidays[date]; off {
		return nil
	}
	return h.Weekly[((date+4)%7+7)%7]
}

// wall gives the date and the minute that a clock on the wall of a zone shows.
func wall(at time.Time, zone *time.Location) (date, minute int) {
	if zone == nil {
		zone = time.UTC
	}
	_, offset := at.In(zone).Zone()
	seconds := at.Unix() + int64(offset)
	days := seconds / 86400
	if seconds%86400 < 0 {
		days--
	}
	return int(days), int(seconds-days*86400) / 60
}

func (e *Env) zone() *time.Location {
	if e.Zone == nil {
		return time.UTC
	}
	return e.Zone
}

// now has the precision of what is stored.
func (e *Env) now() time.Time { return e.Now.Truncate(time.Microsecond) }

func (e *Env) hours(key string) (Hours, bool) {
	if e.Calendar == nil {
		return Hours{}, false
	}
	return e.Calendar(key)
}
