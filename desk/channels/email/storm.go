package email

import "time"

// Storm limits the automatic letters to one address, for when no header told that
// a machine is answering: so many within a window, then silence.
type Storm struct {
	Limit  int
	Window time.Duration
	// Silence is counted from the last letter that went.
	Silence time.Duration
}

// Gentle is the limit of the house: three automatic letters in three hours, then
// nothing to that address for a day.
var Gentle = Storm{Limit: 3, Window: 3 * time.Hour, Silence: 24 * time.Hour}

// MaySend decides whether one more automatic letter may go now, given when the
// earlier ones to the same address went, in any order. When it may not, until tells
// from when it may again.
func (s Storm) MaySend(earlier []time.Time, now time.Time) (ok bool, until time.Time) {
	if s.Limit <= 0 {
		return false, now.Add(s.Silence)
	}
	// Whenever Limit letters lie within one window, the last of them begins a silence.
	for i, last := range earlier {
		near := 0
		for j, t := range earlier {
			gap := last.Sub(t)
			if gap > 0 && gap < s.Window || gap == 0 && j <= i {
				near++
			}
		}
		if end := last.Add(s.Silence); near >= s.Limit && end.After(now) && end.After(until) {
			until = end
		}
	}
	return until.IsZero(), until
}
