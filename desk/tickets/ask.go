package tickets

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Asking is a form that somebody is filling in.
type Asking struct {
	// Type is whose form; empty is the tenant's first public one.
	Type string
	// Ticket is the one whose form it is; zero is a ticket to be.
	Ticket Ref
	// Form, when given, stands for the published one: somebody is making it.
	Form *settings.Form
	// What the ticket would be with what was filled in; what is zero is as it is.
	Status   string
	Priority int
	Channel  string
	Contact  desk.ContactID
	Company  desk.CompanyID
	Tags     *[]string
	Fields   map[string]any
}

// Asked is a question that the form asks now.
type Asked struct {
	settings.FormField
	// Value is its answer so far, its default included; nil is none.
	Value any
	// New: the ticket as it stands is not asked it.
	New bool
}

// Ask tells which questions a form asks now, in its order, as the verbs will see
// it: Open and Edit demand those that are required, SetStatus those that are
// required and New. A client hears nothing of internal ones; answers that are no
// answers to the form count as none.
//
// Rights: ticket.open on the type, for a ticket there is ticket.read on it, for a
// form in the making settings.read or settings.edit; of a contact request.open and a public type.
// Errors: NotFound, Denied.
func (t *Tickets) Ask(ctx context.Context, tx tenants.ReadTx, in Asking) (settings.Form, []Asked, error) {
	client := tx.Actor().Kind == desk.ContactActor
	form, err := t.formToFill(ctx, tx, in, client)
	if err != nil {
		return form, nil, err
	}
	before, err := t.standingIn(ctx, tx, in, form.Key, client)
	if err != nil {
		return form, nil, err
	}
	is, by := in.upon(before, form.Key), filling{client: client}
	if client { // of theirs only the answers count
		is = before
	}
	if before.Number != 0 {
		by.before = &before
	}
	values := fitted(form, by, in.Fields)
	answers, _ := merged(form, by, values)
	now := asks(tx, &form, &is, answers)
	if by.before == nil {
		now.begins(values)
	}
	was := asks(tx, &form, &before, before.Fields)
	var all []Asked
	for _, q := range form.Questions {
		if client && q.Internal {
			continue
		}
		if yes, err := now.asked(ctx, &q); err != nil || !yes {
			if err != nil {
				return form, nil, err
			}
			continue
		}
		one := Asked{FormField: q, New: true}
		if one.Value, err = now.answer(ctx, &q); err != nil {
			return form, nil, err
		}
		if by.before != nil {
			if one.New, err = isNew(ctx, now, was, &q); err != nil {
				return form, nil, err
			}
		}
		all = append(all, one)
	}
	return form, all, nil
}

func (t *Tickets) formToFill(ctx context.Context, tx tenants.ReadTx, in Asking, client bool) (settings.Form, error) {
	if in.Form != nil {
		err := t.guard.Check(ctx, tx, access.SettingsRead, access.Object{})
		if err != nil && t.guard.Check(ctx, tx, access.SettingsEdit, access.Object{}) == nil {
			err = nil
		}
		return *in.Form, err
	}
	form, known, err := t.formFor(ctx, tx, in.Type, client)
	switch {
	case err != nil:
		return form, err
	case !known:
		return form, desk.Missing()
	case client:
		return form, t.guard.Check(ctx, tx, access.RequestOpen, access.Object{})
	case in.Ticket == Ref{}:
		return form, t.guard.Check(ctx, tx, access.TicketOpen, access.Object{Type: form.Key})
	}
	return form, nil
}

// standingIn is the ticket whose form it is, or one as it is when it is opened.
func (t *Tickets) standingIn(ctx context.Context, tx tenants.ReadTx, in Asking, typ string, client bool) (Ticket, error) {
	if in.Ticket != (Ref{}) && !client {
		is, err := t.Get(ctx, tx, in.Ticket)
		if err != nil {
			return Ticket{}, err
		}
		return *is, nil
	}
	flow, err := Workflow(ctx, tx)
	if err != nil {
		return Ticket{}, err
	}
	is := Ticket{Type: typ, Status: flow.First().Key, Priority: 3, Channel: API}
	if client {
		is.Channel, is.ContactID, is.Language = Portal, tx.Actor().Contact(), tx.Tenant().Language(tx.Actor().Language)
	}
	return is, nil
}

// upon is the ticket with what was filled in.
func (in *Asking) upon(is Ticket, typ string) Ticket {
	is.Type = typ
	if in.Status != "" {
		is.Status = in.Status
	}
	if in.Priority != 0 {
		is.Priority = in.Priority
	}
	if in.Channel != "" && is.Number == 0 {
		is.Channel = in.Channel
	}
	if !in.Contact.IsZero() && is.Number == 0 {
		is.ContactID = in.Contact
	}
	if !in.Company.IsZero() && is.Number == 0 {
		is.CompanyID = in.Company
	}
	if in.Tags != nil {
		is.Tags, _ = tidyTags(*in.Tags)
	}
	return is
}

// fitted are the values that somebody may give; what is no answer to its question,
// a number half typed, is none.
func fitted(form settings.Form, by filling, values map[string]any) map[string]any {
	fit := map[string]any{}
	for key, v := range values {
		q, there := form.Question(key)
		if !there || by.client && q.Internal {
			continue
		}
		fit[key] = nil
		if v != nil && v != "" && check(key, q.Spec, v) == nil {
			fit[key] = v
		}
	}
	return fit
}

// Asks finds the statuses, of those given, that demand an answer which the ticket
// does not have: SetStatus refuses to move it there without.
func Asks(ctx context.Context, tx tenants.ReadTx, form settings.Form, ticket *Ticket, statuses []string) (map[string]bool, error) {
	demand := map[string]bool{}
	if !form.Conditional() {
		return demand, nil
	}
	for _, status := range statuses {
		moved := *ticket
		moved.Status = status
		_, wrong, err := fill(ctx, tx, form, &moved, nil, filling{demand: whatIsNew, before: ticket})
		if err != nil {
			return nil, err
		}
		demand[status] = len(wrong) > 0
	}
	return demand, nil
}
