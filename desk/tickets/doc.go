// Package tickets is the unit of work of the desk: a request, what was said on
// it and what happened to it, from opening to closing.
//
// A verb (open.go, reply.go, status.go, …) loads the ticket under its lock, asks
// the guard, checks the input, makes one pure Change of it, lets others react to
// the Change before it is kept, and saves everything in one statement.
//
// A ticket lives open → in progress ⇄ pending → resolved → closed, in the words
// of the tenant's workflow. Its version is the number of its last fact, its
// PublicSeq that of the last one its client can see. Closed is final; what comes
// after it opens a linked ticket.
//
// Owns: tickets, comments, participants, links, drafts, ticket_index, the facts
// whose subject is a ticket, the settings of XX.
// Writes beside its own, in its one statement: timers, outbox, outgoing messages,
// the idempotency row.
// Does not own: files (desk/files), contacts (desk/customers), deadlines (the
// clock), who gets a ticket (routing), the sending of mail (channels, flows).
package tickets
