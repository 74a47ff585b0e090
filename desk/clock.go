package desk

import "time"

// Clock tells the time. Rooms take one at construction; inside a unit of work
// the transaction's Now is the only clock.
type Clock func() time.Time

// System is the machine's clock, cut to the microsecond that Postgres keeps.
func System() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
