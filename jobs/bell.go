package jobs

// Bell is rung by every committed unit that left work behind. It is made before
// the house and the line, because the house rings it and the line hears it:
//
//	bell := jobs.NewBell()
//	house, err := tenants.Open(tenants.Options{…, Wake: bell.Ring})
//	line, err := jobs.Open(house, mux, jobs.Options{…, Bell: bell})
type Bell struct {
	relay, timers, others chan struct{}
}

// NewBell makes a bell nobody hears yet; a ring is kept until somebody does.
func NewBell() *Bell {
	return &Bell{relay: make(chan struct{}, 1), timers: make(chan struct{}, 1), others: make(chan struct{}, 1)}
}

// Ring wakes the relay and the timers of this process at once and those of the
// others soon. It never blocks.
func (b *Bell) Ring() {
	b.here()
	ring(b.others)
}

// here wakes this process only.
func (b *Bell) here() {
	ring(b.relay)
	ring(b.timers)
}

func ring(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
