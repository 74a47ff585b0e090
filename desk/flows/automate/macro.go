package automate

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/macros"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// all does the actions of a trigger in their order, those of its macros in their
// place, and tells what became of each.
func (d *deeds) all(ctx context.Context, actions []triggers.Action) (told []triggers.Deed, err error) {
	for _, action := range actions {
		var more []triggers.Deed
		if action.Kind == triggers.ApplyMacro {
			more, err = d.macro(ctx, action.Macro)
		} else {
			more = make([]triggers.Deed, 1)
			more[0], err = d.do(ctx, action)
		}
		if err != nil {
			return told, fmt.Errorf("%s: %w", action.Kind, err)
		}
		told = append(told, more...)
	}
	return told, nil
}

// macro does what a macro says, wherever it is offered to people: the trigger has
// conditions of its own. One that is gone is told as what could not be done.
func (d *deeds) macro(ctx context.Context, key string) ([]triggers.Deed, error) {
	applied := triggers.Deed{Kind: triggers.ApplyMacro, Macro: key}
	m, err := macros.Macros.Live(ctx, d.tx.ReadTx, key)
	if desk.Is(err, desk.NotFound) {
		applied.Code = string(desk.NotFound)
		return []triggers.Deed{applied}, nil
	}
	if err != nil {
		return nil, err
	}
	inner := *d
	inner.name = m.Spec.Name.In(d.tx.Tenant().Language(""))
	if inner.ticket, err = d.flow.note(ctx, d.tx, tickets.ID(d.ticket.ID), m); err != nil {
		return nil, err
	}
	told := []triggers.Deed{applied}
	for _, action := range m.Spec.Actions {
		deed, err := inner.do(ctx, action)
		if err != nil {
			return nil, fmt.Errorf("macro %q: %s: %w", key, action.Kind, err)
		}
		deed.Macro = key
		told = append(told, deed)
	}
	d.ticket = inner.ticket
	return told, nil
}

// note holds the ticket and writes down which macro is applied to it.
func (a *Automate) note(ctx context.Context, tx tenants.Tx, ref tickets.Ref, m settings.Published[macros.Macro]) (*tickets.Ticket, error) {
	return a.tickets.Tend(ctx, tx, ref, access.TicketRead, func(_ context.Context, c *tickets.Change) error {
		seq := c.Record(macros.FactApplied, false, tickets.Detail{Rule: m.Key, Text: m.Spec.Name.In(tx.Tenant().Language(""))})
		if who := tx.Actor(); who.Kind == desk.StaffActor {
			c.Readers = append(c.Readers, tickets.Reader{Person: who.ID, Kind: who.Kind, Seen: seq})
		}
		return nil
	})
}
