package cluster

import "go.uber.org/goleak"

// Lasting is what a test's process rightly leaves running: whoever was the first
// to need the cluster looks after its server, which outlives the tests.
func Lasting() []goleak.Option {
	const server = "manydesk/apps/manydesk/embedded/postgres.(*Server)."
	return []goleak.Option{goleak.IgnoreAnyFunction(server + "spawn.func1"), goleak.IgnoreAnyFunction(server + "keep")}
}
