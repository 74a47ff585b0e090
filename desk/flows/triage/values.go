package triage

import (
	"context"
	"strings"

	"manydesk/desk/conditions"
	"manydesk/desk/customers"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// values are a ticket as conditions see it. What belongs to the customer is read
// when it is first asked for.
type values struct {
	tx          tenants.ReadTx
	ticket      *tickets.Ticket
	description string
	// told says that the description is what is to be known of it.
	told     bool
	standing *customers.Standing
	words    *conditions.Vocabulary
}

func (v *values) customer(ctx context.Context) (customers.Standing, error) {
	if v.standing == nil {
		s, err := customers.StandingOf(ctx, v.tx, v.ticket.CompanyID, v.ticket.ContactID)
		if err != nil {
			return s, err
		}
		v.standing = &s
	}
	return *v.standing, nil
}

// calendar is the key of the customer's own.
func (v *values) calendar(ctx context.Context) (string, error) {
	s, err := v.customer(ctx)
	return s.Calendar, err
}

// Value is conditions.Values; the keys are those of tickets.Vocabulary.
func (v *values) Value(ctx context.Context, key string) (any, error) {
	t := v.ticket
	switch key {
	case "subject":
		return t.Subject, nil
	case "description":
		return v.said(ctx)
	case "type":
		return t.Type, nil
	case "priority":
		return float64(t.Priority), nil
	case "tags":
		return t.Tags, nil
	case "channel":
		return word(t.Channel), nil
	case "status":
		return t.Status, nil
	case "group":
		return word(t.GroupKey), nil
	case "language":
		return word(t.Language), nil
	case "created_at":
		return t.CreatedAt, nil
	case "line":
		if t.Line == 0 {
			return nil, nil //nolint:nilnil // nil is how conditions say "empty"
		}
		return float64(t.Line), nil
	case "assignee":
		return id(t.AssigneeID.String(), t.AssigneeID.IsZero()), nil
	}
	if name, own := strings.CutPrefix(key, "fields."); own {
		return v.own(ctx, key, t.Fields[name])
	}
	return v.ofCustomer(ctx, key)
}

// said are the ticket's first words: given while it is being opened, else read.
func (v *values) said(ctx context.Context) (any, error) {
	if v.description == "" && !v.told && !v.ticket.ID.IsZero() {
		words, err := tickets.FirstWords(ctx, v.tx, []tickets.Ticket{*v.ticket})
		if err != nil {
			return nil, err
		}
		v.description, v.told = words[v.ticket.ID], true
	}
	return word(v.description), nil
}

// own is a field of the tenant's own, in the form of the kind that it has now.
func (v *values) own(ctx context.Context, key string, value any) (any, error) {
	if value == nil {
		return nil, nil //nolint:nilnil // nil is how conditions say "empty"
	}
	if v.words == nil {
		words, err := tickets.Vocabulary(ctx, v.tx, nil)
		if err != nil {
			return nil, err
		}
		v.words = &words
	}
	return v.words.Fit(key, value), nil
}

func (v *values) ofCustomer(ctx context.Context, key string) (any, error) {
	if key == "level" && v.ticket.Level != "" {
		return v.ticket.Level, nil
	}
	s, err := v.customer(ctx)
	if err != nil {
		return nil, err
	}
	switch key {
	case "company":
		return id(s.CompanyID.String(), s.CompanyID.IsZero()), nil
	case "contact.vip":
		return s.VIP, nil
	case "level":
		return word(s.Level), nil
	}
	return nil, nil //nolint:nilnil // nil is how conditions say "empty"
}

func word(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func id(s string, zero bool) any {
	if zero {
		return nil
	}
	return s
}
