package sla

import (
	"errors"
	"math"
	"slices"
	"time"
)

// Pause is time that does not count, [From, To). A zero To has not ended yet.
type Pause struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"`
}

// Kind of a segment.
type Kind string

// What a segment is: time that counts, time when the calendar is closed, and
// working time in a pause.
const (
	Working Kind = "working"
	Closed  Kind = "closed"
	Paused  Kind = "paused"
)

// Segment is a stretch of the way to a deadline, [From, To). Segments follow one
// another without a gap from the start to the deadline; the working ones sum up
// to the target.
type Segment struct {
	From, To time.Time
	Kind     Kind
}

// Deadline is when something is due, and the way there.
type Deadline struct {
	At       time.Time
	Segments []Segment
}

// ErrNotPromised is a clock that the terms promise nothing for.
var ErrNotPromised = errors.New("nothing is promised")

// ErrPaused is a deadline behind a pause that has not ended.
var ErrPaused = errors.New("a pause that has not ended comes before the deadline")

// Due is the earliest instant at which the working time since start, outside all
// pauses, equals the target, with the segments that explain it. Pauses may come
// in any order and overlap. A target of nothing is due at the start.
//
// Errors: ErrNeverOpens, ErrPaused, ErrTooFar.
func Due(c *Calendar, start time.Time, target time.Duration, pauses []Pause) (Deadline, error) {
	w := way{at: start.UnixNano(), segments: make([]Segment, 0, 8)}
	at, err := run(c, start, target, pauses, w.add)
	if err != nil {
		return Deadline{}, err
	}
	w.add(span{at, at}, Working)
	return Deadline{At: instant(at, start), Segments: w.segments}, nil
}

// Add is Due without pauses and without the way: working time after an instant.
func Add(c *Calendar, start time.Time, d time.Duration) (time.Time, error) {
	at, err := run(c, start, d, nil, func(span, Kind) {})
	if err != nil {
		return time.Time{}, err
	}
	return instant(at, start), nil
}

// Elapsed is the working time between two instants outside all pauses; 0 when to
// is not after from.
func Elapsed(c *Calendar, from, to time.Time, pauses []Pause) time.Duration {
	end := to.UnixNano()
	if end <= from.UnixNano() {
		return 0
	}
	total, breaks := int64(0), ordered(pauses)
	// A calendar that has closed for good has simply no more of it.
	_ = c.walk(from.UnixNano(), func(s span) bool {
		s.to = min(s.to, end)
		breaks = cut(s, breaks, func(part span, kind Kind) bool {
			if kind == Working {
				total += part.to - part.from
			}
			return true
		})
		return s.to < end
	})
	return time.Duration(total)
}

// segments is the way from one instant to another.
func segments(c *Calendar, from, to time.Time, pauses []Pause) []Segment {
	end := to.UnixNano()
	if end <= from.UnixNano() {
		return nil
	}
	w, breaks := way{at: from.UnixNano()}, ordered(pauses)
	_ = c.walk(from.UnixNano(), func(s span) bool {
		s.to = min(s.to, end)
		if s.from < s.to {
			breaks = cut(s, breaks, func(part span, kind Kind) bool {
				w.add(part, kind)
				return true
			})
		}
		return s.to < end && s.from < end
	})
	if w.at < end {
		w.put(span{w.at, end}, Closed)
	}
	return w.segments
}

// joined are segments of which neighbours of one kind have become one.
func joined(all []Segment) []Segment {
	var out []Segment
	for _, s := range all {
		if n := len(out); n > 0 && out[n-1].Kind == s.Kind {
			out[n-1].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}

// Left is the working time from now to a deadline, negative when it has passed.
// It is what is left of the target if no pause comes.
func Left(c *Calendar, now, due time.Time) time.Duration {
	if due.Before(now) {
		return -Elapsed(c, due, now, nil)
	}
	return Elapsed(c, now, due, nil)
}

// run walks until the target is used up and tells each part that it passed.
func run(c *Calendar, start time.Time, target time.Duration, pauses []Pause, pass func(span, Kind)) (int64, error) {
	at, left := start.UnixNano(), int64(target)
	if left <= 0 {
		return at, nil
	}
	if y := start.Year(); y < 1900 || y > 2150 {
		return 0, ErrTooFar
	}
	breaks, found := ordered(pauses), false
	err := c.walk(at, func(s span) bool {
		breaks = cut(s, breaks, func(part span, kind Kind) bool {
			if kind == Working && part.to-part.from >= left {
				at, found = part.from+left, true
				pass(span{part.from, at}, Working)
				return false
			}
			if kind == Working {
				left -= part.to - part.from
			}
			pass(part, kind)
			return true
		})
		return !found && (len(breaks) == 0 || breaks[0].from > s.to || breaks[0].to != forever)
	})
	switch {
	case found:
		return at, nil
	case err != nil:
		return 0, err
	case len(breaks) > 0 && breaks[0].to == forever:
		return 0, ErrPaused
	}
	return 0, ErrTooFar
}

const forever = int64(math.MaxInt64)

// ordered are the pauses in order, joined where they overlap.
func ordered(pauses []Pause) []span {
	if len(pauses) == 0 {
		return nil
	}
	all := make([]span, 0, len(pauses))
	for _, p := range pauses {
		s := span{p.From.UnixNano(), forever}
		if !p.To.IsZero() {
			s.to = p.To.UnixNano()
		}
		if s.to > s.from {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b span) int {
		if a.from < b.from {
			return -1
		}
		return 1
	})
	joined := all[:0]
	for _, s := range all {
		if n := len(joined); n > 0 && s.from <= joined[n-1].to {
			joined[n-1].to = max(joined[n-1].to, s.to)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// cut tells the parts of a stretch of working time, inside pauses and outside,
// and gives the pauses that may matter to what follows.
func cut(s span, breaks []span, tell func(span, Kind) bool) []span {
	at := s.from
	for at < s.to {
		for len(breaks) > 0 && breaks[0].to <= at {
			breaks = breaks[1:]
		}
		part, kind := span{at, s.to}, Working
		if len(breaks) > 0 && breaks[0].from <= at {
			part.to, kind = min(s.to, breaks[0].to), Paused
		} else if len(breaks) > 0 {
			part.to = min(s.to, breaks[0].from)
		}
		if !tell(part, kind) {
			return breaks
		}
		at = part.to
	}
	return breaks
}

// way collects segments, the closed time between them too.
type way struct {
	at       int64
	segments []Segment
}

func (w *way) add(s span, kind Kind) {
	if s.from > w.at {
		w.put(span{w.at, s.from}, Closed)
	}
	if s.to > s.from {
		w.put(s, kind)
	}
	w.at = s.to
}

func (w *way) put(s span, kind Kind) {
	if n := len(w.segments); n > 0 && w.segments[n-1].Kind == kind {
		w.segments[n-1].To = time.Unix(0, s.to).UTC()
		return
	}
	w.segments = append(w.segments, Segment{From: time.Unix(0, s.from).UTC(), To: time.Unix(0, s.to).UTC(), Kind: kind})
}

func instant(at int64, like time.Time) time.Time { return time.Unix(0, at).In(like.Location()) }
