package triage

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
)

// again sets the timer to the first moment that is still to come, when nothing
// else of the ticket changes.
func (t *Triage) again(ctx context.Context, tx tenants.Tx, c *tickets.Change, moments []sla.Moment) error {
	if len(moments) == 0 {
		return nil
	}
	return jobs.SetTimers(ctx, tx, desk.Timer{Subject: c.Ticket.ID.Any(), Kind: tickets.TimerClock, DueAt: moments[0].At, Version: c.Ticket.Version})
}
