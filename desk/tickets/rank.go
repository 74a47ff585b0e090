package tickets

import "time"

// Rank is the order of the worklist among tickets without a running deadline:
// by class, then by how long. Class 1 to 8 is the priority, in it first those
// whose client waits, longest first; class 9 is paused, soonest return first.
//
// It stands in ticket_index.due_tick on calendar 0, the clock that stands at 0,
// so that one statement orders these and, later, those with deadlines: every
// rank lies beyond 300 years of working time. In due_at it stands as an instant,
// where due_kind tells it from a deadline.
func Rank(t *Ticket) int64 {
	class, since := int64(2*t.Priority-1), t.WaitingSince
	switch {
	case t.Category == CategoryPending:
		class, since = pausedClass, t.ResumeAt
	case !t.ClientWaits():
		class, since = class+1, t.CreatedAt
	}
	seconds := max(since.Unix()-epoch.Unix(), 0)
	return class*rankClass + min(seconds, rankClass-1)
}

// StandingRank is that of a ticket whose clocks stand in a status that is not
// pending: among the paused, since when it was touched.
func StandingRank(t *Ticket) int64 {
	return PausedRank + min(max(t.UpdatedAt.Unix()-epoch.Unix(), 0), rankClass-1)
}

// RankAt is the rank as an instant.
func RankAt(rank int64) time.Time { return time.Unix(epoch.Unix()+rank, 0).UTC() }

// PausedRank is where the paused begin.
const PausedRank = pausedClass * rankClass

const (
	pausedClass = 9
	rankClass   = 10_000_000_000
)

var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Flags of a row of the worklist.
const (
	FlagNew         = 1 << 0
	FlagClientWaits = 1 << 1
	FlagBreached    = 1 << 2
)
