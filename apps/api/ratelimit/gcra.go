package ratelimit

import "time"

// Rule allows Quota acts per Window, all of them at once if nothing came before.
type Rule struct {
	Name   string
	Quota  int
	Window time.Duration
}

// Verdict is the answer for one act.
type Verdict struct {
	Allowed bool
	// Remaining acts may follow at once.
	Remaining int
	// Reset is when the full quota stands again.
	Reset time.Duration
	// Retry is how long to wait; zero when allowed.
	Retry time.Duration
}

// decide is GCRA (ITU-T I.371, the virtual scheduling form): arrival is the
// theoretical arrival time kept for the key, zero for a new one.
func (r Rule) decide(arrival, now time.Time) (next time.Time, v Verdict) {
	step := r.Window / time.Duration(r.Quota)
	if arrival.Before(now) {
		arrival = now
	}
	next = arrival.Add(step)
	if ahead := next.Sub(now) - r.Window; ahead > 0 {
		return arrival, Verdict{Reset: arrival.Sub(now), Retry: ahead}
	}
	left := r.Window - next.Sub(now)
	return next, Verdict{Allowed: true, Remaining: int(left / step), Reset: next.Sub(now)}
}
