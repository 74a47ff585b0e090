package sla

import "time"

// Reading is a working clock at a moment: what a client counts on with.
type Reading struct {
	// Open is working time now; ChangesAt when that ends or begins next, zero for never.
	Open      bool
	ChangesAt time.Time
	Always    bool
	Zone      string
}

// Read tells whether a moment is working time, and until when.
func (c *Calendar) Read(at time.Time) Reading {
	r := Reading{Always: c.Always(), Zone: c.Zone().String()}
	if r.Always {
		r.Open = true
		return r
	}
	now, end := at.UnixNano(), int64(0)
	// A calendar that has closed for good changes no more.
	_ = c.walk(now, func(s span) bool {
		switch {
		case end == 0 && s.from > now:
			r.ChangesAt = time.Unix(0, s.from).UTC()
			return false
		case end == 0 || s.from == end:
			r.Open, end = true, s.to
			// Nobody counts on for longer than a month without asking again.
			return end-now < 31*day
		}
		return false
	})
	if r.Open {
		r.ChangesAt = time.Unix(0, end).UTC()
	}
	return r
}

// Readings are those of several calendars at one moment, each made once.
type Readings struct {
	shelf *Shelf
	at    time.Time
	made  map[int]Reading
	ticks map[int]int64
}

// At begins readings at a moment. The calendars must be in memory (Book).
func (s *Shelf) At(now time.Time) *Readings {
	return &Readings{shelf: s, at: now, made: map[int]Reading{}, ticks: map[int]int64{}}
}

// Now is the moment.
func (r *Readings) Now() time.Time { return r.at }

// Of reads a calendar.
func (r *Readings) Of(id int) Reading {
	made, ok := r.made[id]
	if !ok {
		made = r.shelf.get(id).Read(r.at)
		r.made[id] = made
	}
	return made
}

// Tick is the calendar's clock at the moment: 0 for number 0, on which what has
// no deadline is ordered by other means.
func (r *Readings) Tick(id int) int64 {
	if id == 0 {
		return 0
	}
	tick, ok := r.ticks[id]
	if !ok {
		tick = r.shelf.Tick(id, r.at)
		r.ticks[id] = tick
	}
	return tick
}

// Ticks are those of several calendars.
func (r *Readings) Ticks(ids []int32) map[int]int64 {
	all := make(map[int]int64, len(ids))
	for _, id := range ids {
		all[int(id)] = r.Tick(int(id))
	}
	return all
}
