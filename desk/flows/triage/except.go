package triage

import (
	"context"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Except makes an exception for one ticket, with its reason: other targets,
// another calendar, no promise, or another date. It stays whatever the policies
// become, and the figure without it is kept in the facts. A zero effect takes
// the ticket's exception back.
//
// Rights: ticket.priority. Errors: NotFound, Denied, ClosedIsFinal;
// ValidationFailed on "effect" and "reason".
func (t *Triage) Except(ctx context.Context, tx tenants.Tx, ref tickets.Ref, effect sla.Effect, why string) (*tickets.Ticket, error) {
	why = strings.TrimSpace(why)
	var wrong []desk.FieldError
	switch {
	case why == "":
		wrong = append(wrong, desk.Field("reason", desk.Required))
	case utf8.RuneCountInString(why) > 1000:
		wrong = append(wrong, desk.Field("reason", desk.MaxLength, "max", 1000))
	}
	back := effect == (sla.Effect{})
	if !back {
		wrong = append(wrong, effect.Validate()...)
	}
	if !effect.DueAt.IsZero() && !effect.DueAt.After(tx.Now()) {
		wrong = append(wrong, desk.Field("effect/due_at", desk.InPast))
	}
	rules, err := sla.Read(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	if _, known := rules.Calendar(effect.Calendar); effect.Calendar != "" && !known {
		wrong = append(wrong, desk.Field("effect/calendar", desk.UnknownID))
	}
	if err := desk.Invalid(wrong...); err != nil {
		return nil, err
	}
	return t.tickets.Tend(ctx, tx, ref, access.TicketPriority, func(ctx context.Context, c *tickets.Change) error {
		if c.Ticket.Category == tickets.CategoryClosed {
			return desk.Refuse(desk.ClosedIsFinal)
		}
		s, had, err := stateOf(c.Ticket.Clock)
		if err != nil {
			return err
		}
		asked := s
		asked.Terms.Own, asked.Terms.Reason = &effect, why
		if back {
			asked.Terms.Own, asked.Terms.Reason = nil, ""
		}
		terms, err := t.retarget(ctx, tx, c, asked)
		if err != nil {
			return err
		}
		events := []sla.Event{{At: tx.Now(), Kind: sla.Retargeted, Terms: &terms}}
		if !had {
			events = append([]sla.Event{{At: c.Ticket.CreatedAt, Kind: sla.Began, Terms: &terms}}, lived(s, false, &c.Ticket)...)
		}
		return t.retell(ctx, tx, c, s, events)
	})
}
