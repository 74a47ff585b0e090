package tickets

import (
	"context"
	"errors"
	"slices"
	"strings"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// answered gives the ticket's answers after a move to a status: those that came
// with it, upon those there were. What the status makes the form ask and require
// must be among them.
//
// Rights: ticket.edit for answers to anything else. Errors: Denied, ClosedIsFinal;
// ValidationFailed on "fields/<key>".
func (t *Tickets) answered(ctx context.Context, tx tenants.Tx, c *Change, status string, values map[string]any) (map[string]any, error) {
	form, known, err := t.formFor(ctx, tx.ReadTx, c.Ticket.Type, false)
	if err != nil || !known || len(values) == 0 && !form.Conditional() {
		return c.Ticket.Fields, err
	}
	if len(values) > 0 && c.Before.Category == CategoryClosed {
		return nil, desk.Refuse(desk.ClosedIsFinal)
	}
	moved, before := c.Ticket, c.Ticket
	moved.Status = status
	by := filling{demand: whatIsNew, before: &before}
	fields, wrong, err := fill(ctx, tx.ReadTx, form, &moved, values, by)
	if err != nil {
		return nil, err
	}
	if err := t.mayAnswer(ctx, tx, &form, &moved, &before, values); err != nil {
		return nil, err
	}
	if err := desk.Invalid(wrong...); err != nil {
		return nil, err
	}
	if len(values) == 0 {
		return c.Ticket.Fields, nil
	}
	return fields, nil
}

// mayAnswer lets whoever moves a ticket answer what the move asks, and nothing
// else without the right to edit.
func (t *Tickets) mayAnswer(ctx context.Context, tx tenants.Tx, form *settings.Form, moved, before *Ticket, values map[string]any) error {
	if len(values) == 0 {
		return nil
	}
	answers, _ := merged(*form, filling{before: before}, values)
	now, was := asks(tx.ReadTx, form, moved, answers), asks(tx.ReadTx, form, before, before.Fields)
	for key := range values {
		q, there := form.Question(key)
		if !there {
			continue // refused as a field that is not there
		}
		fresh, err := isNew(ctx, now, was, &q)
		if err != nil {
			return err
		}
		if !fresh {
			return t.guard.Check(ctx, tx.ReadTx, access.TicketEdit, before.object())
		}
	}
	return nil
}

// pointed moves the fields of a refusal under the status that goes with a reply.
func pointed(err error, reply int) error {
	var refusal *desk.Error
	if reply == 0 || !errors.As(err, &refusal) || refusal.Code != desk.ValidationFailed {
		return err
	}
	moved := *refusal
	moved.Fields = slices.Clone(refusal.Fields)
	for i, f := range moved.Fields {
		moved.Fields[i].Pointer = "/body/status/" + strings.TrimPrefix(f.Pointer, "/body/")
	}
	return &moved
}
