package processes

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Start begins a process in a ticket; why is said in the ticket's log, in
// somebody's or a rule's words.
//
// Rights: ticket.edit. Errors: NotFound, Denied, ClosedIsFinal; ValidationFailed on
// "key" for a process that there is not or that is not offered for the ticket's
// type; ProcessRuns while another is on its way.
func (p *Processes) Start(ctx context.Context, tx tenants.Tx, ticket tickets.Ref, key, why string) (*tickets.Ticket, error) {
	return p.begin(ctx, tx, ticket, key, why, false)
}

// Replace is Start instead of the process that is on its way: what of it is not
// done is skipped.
//
// Rights and errors as of Start.
func (p *Processes) Replace(ctx context.Context, tx tenants.Tx, ticket tickets.Ref, key, why string) (*tickets.Ticket, error) {
	return p.begin(ctx, tx, ticket, key, why, true)
}

func (p *Processes) begin(ctx context.Context, tx tenants.Tx, ticket tickets.Ref, key, why string, instead bool) (*tickets.Ticket, error) {
	return p.tend(ctx, tx, ticket, func(ctx context.Context, b *board) error {
		if err := b.edits(ctx); err != nil {
			return err
		}
		live, err := Kind.Live(ctx, tx.ReadTx, key)
		if desk.Is(err, desk.NotFound) || err == nil && !live.Spec.For(b.c.Ticket.Type) {
			return desk.Invalid(desk.Field("key", desk.UnknownID))
		}
		if err != nil {
			return err
		}
		if b.sum.Runs() {
			if !instead {
				return desk.Refuse(desk.ProcessRuns, "process", b.sum.Name.In(tx.Actor().Language))
			}
			b.abandon()
		}
		return b.start(ctx, b.tx.Actor(), key, live.Version, &live.Spec, why)
	})
}

// Opened begins a process in a ticket that is being opened, because a rule says
// so: whoever the first stage names has it from the beginning. A process that is
// gone is passed over.
//
// Rights are those of whoever opens the ticket.
func (p *Processes) Opened(ctx context.Context, tx tenants.Tx, c *tickets.Change, by desk.Actor, key, why string) error {
	live, err := Kind.Live(ctx, tx.ReadTx, key)
	if desk.Is(err, desk.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	b, err := p.open(ctx, tx, c)
	if err != nil {
		return err
	}
	if err := b.start(ctx, by, key, live.Version, &live.Spec, why); err != nil {
		return err
	}
	return b.keep()
}

func (b *board) start(ctx context.Context, by desk.Actor, key string, version int, spec *Process, why string) error {
	b.spec = spec
	b.sum = Summary{Key: key, Version: version, Name: spec.Name}
	b.sum.Run = b.c.RecordAs(by, FactStarted, false, tickets.Detail{Reason: why, Work: &tickets.Work{Process: key, Name: spec.Name}})
	language := b.tx.Tenant().Language("")
	for _, s := range spec.Stages {
		b.add(Task{Stage: s.Key, Run: b.sum.Run, Title: s.Name.In(language), Words: s.Name, State: Waiting, Beside: s.Beside})
	}
	return b.advance(ctx)
}

// abandon skips what of the process is not done.
func (b *board) abandon() {
	for _, s := range b.stages() {
		for _, t := range under(b.tasks, s) {
			if t.State == Open {
				b.finish(t, Skipped)
			}
		}
		if s.State == Open || s.State == Waiting {
			b.finish(s, Skipped)
		}
	}
}
