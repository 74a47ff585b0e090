package jobs

import "sync/atomic"

// Stats are the line's counters since this process began; the edge exports them.
type Stats struct {
	// Offered rows were given to Asynq, Repeated were given once more, Known
	// were there already, Demoted went to bulk.
	Offered, Repeated, Known, Demoted int64
	// Done handlers returned nil, Twice found their row closed by another call,
	// Failed returned an error, Parked rows were given up.
	Done, Twice, Failed, Parked int64
	// Hints were published to browsers.
	Hints int64
	// Fired timers; FailedTimers are tried again; Late is the worst delay seen, in milliseconds.
	Fired, FailedTimers, LateMillis int64
	// RedisLost counts how often Redis had forgotten everything.
	RedisLost int64
}

type counters struct {
	offered, repeated, known, demoted  atomic.Int64
	done, twice, failed, parked, hints atomic.Int64
	fired, failedTimers, late, lost    atomic.Int64
}

// Stats reads the counters.
func (l *Line) Stats() Stats {
	c := &l.stats
	return Stats{
		Offered: c.offered.Load(), Repeated: c.repeated.Load(), Known: c.known.Load(), Demoted: c.demoted.Load(),
		Done: c.done.Load(), Twice: c.twice.Load(), Failed: c.failed.Load(), Parked: c.parked.Load(), Hints: c.hints.Load(),
		Fired: c.fired.Load(), FailedTimers: c.failedTimers.Load(), LateMillis: c.late.Load(), RedisLost: c.lost.Load(),
	}
}

func highest(c *atomic.Int64, v int64) {
	for {
		old := c.Load()
		if v <= old || c.CompareAndSwap(old, v) {
			return
		}
	}
}
