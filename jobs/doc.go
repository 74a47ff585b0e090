// Package jobs gets work done after the commit and looks again at the right
// moment. Work is a row of the outbox and a look is a row of timers, written in
// the transaction that needs them: there is no other way in. Postgres is the
// truth, Asynq the fast carrier; losing Redis loses nothing.
//
// The walk of a job: a unit commits an outbox row and rings (Tx.Wake) → the
// relay claims open rows, fair by tenant, and gives Asynq the row's id → a
// worker reads the row and calls the handler → the handler closes the row in
// its own transaction (Work.Done). A row that stays open is offered again after
// its lane's patience, or with growing pauses when the handler failed; after
// too many tries it is parked, kept with its error, for people to look at.
//
// A handler expects to be called twice, and Done lets only one of the calls
// commit. One that returns nil with its row still open is a bug, because nobody
// knows whether its effect happened: the row is parked at once. Handlers whose
// effect may be repeated and is not in this database say so with Mux.Quick, and
// the line closes their rows.
//
// Nothing polls the database: the relay and the timers sleep until they are
// rung, until the next moment they have seen, or for the sweep of 30 seconds.
//
// Owns: manydesk.outbox, manydesk.timers, the lanes, the stream of live hints.
// Does not own: what the jobs do (the flows), when a deadline is (the nouns).
package jobs
