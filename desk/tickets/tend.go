package tickets

import (
	"context"

	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Tend holds a ticket while a flow looks after it: the clock, the route. What the
// function changes and records is kept like any verb's change; without a fact
// nothing is.
//
// Rights: the one given. Errors: NotFound, Denied, what tend refuses.
func (t *Tickets) Tend(ctx context.Context, tx tenants.Tx, ref Ref, right access.Permission, tend func(ctx context.Context, c *Change) error) (*Ticket, error) {
	f, err := hold(ctx, tx, ref)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, right, f.object()); err != nil {
		return nil, err
	}
	c := f.change(tx)
	if err := tend(ctx, c); err != nil {
		return nil, err
	}
	if len(c.Facts) == 0 {
		return &f.Ticket, nil
	}
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Ticket, nil
}
