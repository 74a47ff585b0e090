package triage

import (
	"context"

	"manydesk/desk/conditions"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Match evaluates a condition on a ticket as it is, and keeps what it saw. Rights
// are those of the ticket, which the caller has read.
func (t *Triage) Match(ctx context.Context, tx tenants.ReadTx, ticket *tickets.Ticket, when conditions.Tree) (conditions.Trace, error) {
	rules, err := sla.Read(ctx, tx)
	if err != nil {
		return conditions.Trace{}, err
	}
	return when.Match(ctx, rules.Env(env(tx)), &values{tx: tx, ticket: ticket})
}
