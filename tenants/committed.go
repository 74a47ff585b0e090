package tenants

// Committed reads the same tenant as the handle does, but only what is
// committed: a cache filled from inside a unit of work would keep what the unit
// may yet take back.
func (b bound) Committed() ReadTx { return b.house.Reader(b.tenant, b.actor) }

// Installation tells the databases of one process apart, for caches that live
// as long as the process: tenant 1 of one is not tenant 1 of another.
func (b bound) Installation() any { return b.house }
