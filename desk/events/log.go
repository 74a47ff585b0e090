package events

import (
	"context"
	"fmt"
	"reflect"

	"manydesk/desk"
	"manydesk/tenants"
)

// Log knows who reacts to what. It is filled once, in wire.go, before the first
// request; afterwards it is only read, so it needs no lock.
type Log struct {
	inside map[reflect.Type][]func(ctx context.Context, tx tenants.Tx, e any) error
	after  map[string][]work
}

type work struct {
	name string
	lane desk.Lane
}

// New makes an empty log.
func New() *Log {
	return &Log{inside: map[reflect.Type][]func(context.Context, tenants.Tx, any) error{}, after: map[string][]work{}}
}

// Inside registers what must be true together with a change: it runs in the
// change's own transaction, before it is stored, and may add to it (the event
// is given by pointer). The type of the event is the key. An error undoes the
// whole change.
func Inside[E any](l *Log, react func(ctx context.Context, tx tenants.Tx, e *E) error) {
	key := reflect.TypeFor[E]()
	l.inside[key] = append(l.inside[key], func(ctx context.Context, tx tenants.Tx, e any) error {
		return react(ctx, tx, e.(*E))
	})
}

// React runs the reactions registered for E in the order of registration and
// stops at the first error, which comes out as it is.
func React[E any](ctx context.Context, l *Log, tx tenants.Tx, e *E) error {
	for _, react := range l.inside[reflect.TypeFor[E]()] {
		if err := react(ctx, tx, e); err != nil {
			return err
		}
	}
	return nil
}

// After registers what may be late but must happen: each fact of the type
// leaves one row in the outbox under the job's name, which stays the same
// across deploys. The same pair twice is a mistake in the wiring and panics.
func After(l *Log, factType, job string, lane desk.Lane) {
	for _, w := range l.after[factType] {
		if w.name == job {
			panic(fmt.Sprintf("%s already leaves the job %s", factType, job))
		}
	}
	l.after[factType] = append(l.after[factType], work{name: job, lane: lane})
}

// Jobs are the rows that these facts leave in the outbox, for verbs that write
// everything in one statement. A job points at its fact by subject and seq.
func (l *Log) Jobs(facts ...desk.Fact) []desk.Job {
	var all []desk.Job
	for _, f := range facts {
		for _, w := range l.after[f.Type] {
			all = append(all, desk.Job{Name: w.name, Lane: w.lane, Subject: f.Subject, Seq: f.Seq})
		}
	}
	return all
}

// JobNames are the names registered by After, without repetition and in no
// order: the wiring checks that each has a handler.
func (l *Log) JobNames() []string {
	seen, names := map[string]bool{}, []string(nil)
	for _, all := range l.after {
		for _, w := range all {
			if !seen[w.name] {
				seen[w.name] = true
				names = append(names, w.name)
			}
		}
	}
	return names
}
