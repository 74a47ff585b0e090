package jobs

import (
	"context"
	"fmt"
	"strings"

	"manydesk/desk"
	"manydesk/tenants"
)

// Mux knows the handler of each job and timer. It is filled once, in wire.go,
// before the line runs.
type Mux struct {
	jobs   map[string]handler
	timers map[string]fire
}

type handler struct {
	run   func(ctx context.Context, w *Work) error
	quick bool
}

type fire = func(ctx context.Context, tx tenants.Tx, t desk.Timer) error

// NewMux makes an empty one.
func NewMux() *Mux { return &Mux{jobs: map[string]handler{}, timers: map[string]fire{}} }

// Handle registers the handler of a job. It runs outside any transaction, opens
// its own unit and calls Work.Done in it. A name registered twice is a mistake
// in the wiring and panics.
func (m *Mux) Handle(name string, h func(ctx context.Context, w *Work) error) {
	m.add(name, handler{run: h})
}

// Quick registers a handler whose effect is outside this database and may be
// repeated (an index set to a state, a cache dropped): the line closes its row
// after it returned nil.
func (m *Mux) Quick(name string, h func(ctx context.Context, w *Work) error) {
	m.add(name, handler{run: h, quick: true})
}

func (m *Mux) add(name string, h handler) {
	if _, taken := m.jobs[name]; taken || live(name) {
		panic(fmt.Sprintf("job %s has a handler already", name))
	}
	m.jobs[name] = h
}

// Timer registers what happens when a timer is due; kind is the part before
// ':' ("send" for "send:14"). It runs in a unit of the timer's tenant, and the
// timer is gone with its commit. Other timers of the tenant may share the unit.
//
// The timer's row is not locked meanwhile (a verb that holds the ticket may
// write it), so the handler locks the subject and looks whether the timer's
// version and moment still hold before it acts. A timer that the handler sets
// anew stays.
func (m *Mux) Timer(kind string, h func(ctx context.Context, tx tenants.Tx, t desk.Timer) error) {
	if _, taken := m.timers[kind]; taken || strings.Contains(kind, ":") {
		panic(fmt.Sprintf("timer %s has a handler already, or a colon", kind))
	}
	m.timers[kind] = h
}

func (m *Mux) timer(kind string) (fire, bool) {
	prefix, _, _ := strings.Cut(kind, ":")
	h, ok := m.timers[prefix]
	return h, ok
}

// Missing are those of the names that have no handler: the wiring asks with
// events.Log.JobNames and refuses to start.
func (m *Mux) Missing(names []string) []string {
	var none []string
	for _, n := range names {
		if _, ok := m.jobs[n]; !ok && !live(n) {
			none = append(none, n)
		}
	}
	return none
}

// live names are hints for browsers: the relay publishes them itself.
func live(name string) bool { return strings.HasPrefix(name, "live.") }
