package tickets

import (
	"cmp"
	"context"
	"maps"
	"reflect"
	"slices"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Edit changes what a ticket says of itself. Nil leaves a thing as it is.
type Edit struct {
	Ticket  Ref
	Version int
	Subject *string
	Type    *string
	// Fields are merged into those there are; null or "" empties one.
	Fields map[string]any
	Tags   *[]string
}

// Edit changes subject, type, fields and tags. A new type keeps the answers that
// its form has questions for, and its required questions must be answered. New
// tags alone demand only what they make the form ask.
//
// Rights: ticket.edit, and ticket.edit on the new type. Errors: NotFound, Denied,
// ChangedMeanwhile when one of the same fields was changed since Version,
// ClosedIsFinal, ValidationFailed.
func (t *Tickets) Edit(ctx context.Context, tx tenants.Tx, in Edit) (*Ticket, error) {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketEdit, f.object()); err != nil {
		return nil, err
	}
	if f.Category == CategoryClosed {
		return nil, desk.Refuse(desk.ClosedIsFinal)
	}
	c := f.change(tx)
	wrong, err := t.edit(ctx, tx, c, in)
	if err != nil {
		return nil, err
	}
	if err := desk.Invalid(wrong...); err != nil {
		return nil, err
	}
	changes := differences(&f.Ticket, &c.Ticket)
	touched := make([]string, len(changes))
	for i, ch := range changes {
		touched[i] = ch.Field
	}
	if err := unchanged(ctx, tx, f, in.Version, touched...); err != nil {
		return nil, err
	}
	if len(changes) == 0 {
		return &f.Ticket, nil
	}
	c.Record(FactChanged, false, Detail{Changes: changes})
	c.read()
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Ticket, nil
}

func (t *Tickets) edit(ctx context.Context, tx tenants.Tx, c *Change, in Edit) (wrong []desk.FieldError, err error) {
	if in.Subject != nil {
		c.Ticket.Subject = oneLine(*in.Subject)
		wrong = append(wrong, text("subject", c.Ticket.Subject, 1, maxSubject)...)
	}
	if in.Tags != nil {
		tags, bad := tidyTags(*in.Tags)
		c.Ticket.Tags = tags
		wrong = append(wrong, bad...)
	}
	if in.Type != nil && *in.Type != c.Ticket.Type {
		if err := t.guard.Check(ctx, tx.ReadTx, access.TicketEdit, access.Object{Type: *in.Type, Vendor: c.Ticket.VendorID}); err != nil {
			if desk.Is(err, desk.NotFound) {
				return append(wrong, desk.Field("type", desk.UnknownID)), nil
			}
			return nil, err
		}
		c.Ticket.Type = *in.Type
	}
	by := filling{demand: everything, before: &c.Before}
	if in.Fields == nil && c.Ticket.Type == c.Before.Type {
		if slices.Equal(c.Ticket.Tags, c.Before.Tags) {
			return wrong, nil
		}
		by.demand = whatIsNew
	}
	form, known, err := t.formFor(ctx, tx.ReadTx, c.Ticket.Type, false)
	if err != nil {
		return nil, err
	}
	if !known && c.Ticket.Type != c.Before.Type {
		return append(wrong, desk.Field("type", desk.UnknownID)), nil
	}
	fields, bad, err := fill(ctx, tx.ReadTx, form, &c.Ticket, in.Fields, by)
	if err != nil {
		return nil, err
	}
	if by.demand == everything {
		c.Ticket.Fields = fields
	}
	return append(wrong, bad...), nil
}

// differences lists what an edit changed, in a fixed order: facts of fields are
// named "fields.<key>", so that two people may change two fields at once.
func differences(before, after *Ticket) []FieldChange {
	var all []FieldChange
	if before.Subject != after.Subject {
		all = append(all, FieldChange{Field: "subject", From: before.Subject, To: after.Subject})
	}
	if before.Type != after.Type {
		all = append(all, FieldChange{Field: "type", From: before.Type, To: after.Type})
	}
	if !slices.Equal(before.Tags, after.Tags) {
		all = append(all, FieldChange{Field: "tags", From: before.Tags, To: after.Tags})
	}
	keys := map[string]bool{}
	for key := range before.Fields {
		keys[key] = true
	}
	for key := range after.Fields {
		keys[key] = true
	}
	for _, key := range slices.SortedFunc(maps.Keys(keys), cmp.Compare[string]) {
		if !reflect.DeepEqual(before.Fields[key], after.Fields[key]) {
			all = append(all, FieldChange{Field: "fields." + key, From: before.Fields[key], To: after.Fields[key]})
		}
	}
	return all
}
