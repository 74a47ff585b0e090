package triage

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// PreviewRoute tells where a ticket would go if it were opened now, by the same
// steps that route one.
//
// Rights: ticket.open on the type, or settings.read; Drafts need settings.read.
// Errors: NotFound, Denied; ValidationFailed on "type", "priority".
func (t *Triage) PreviewRoute(ctx context.Context, tx tenants.ReadTx, in Ask) (RouteWhy, error) {
	if tx.Actor().Kind == desk.ContactActor {
		return RouteWhy{}, desk.Missing() // where it goes is the staff's own affair
	}
	if _, err := t.mayAsk(ctx, tx, in); err != nil {
		return RouteWhy{}, err
	}
	if in.Priority == 0 {
		in.Priority = 3
	}
	if in.Priority < 1 || in.Priority > 4 {
		return RouteWhy{}, desk.Invalid(desk.Field("priority", desk.OneOf, "of", "1, 2, 3, 4"))
	}
	rules, version, ok, err := rulesFor(ctx, tx, in.Drafts)
	if err != nil {
		return RouteWhy{}, err
	}
	w := RouteWhy{At: tx.Now(), Position: -1, Strategy: routing.Manual}
	if !ok {
		return w, nil
	}
	flow, err := tickets.Workflow(ctx, tx)
	if err != nil {
		return RouteWhy{}, err
	}
	typ := in.Type
	if typ == "" {
		if typ, err = usualType(ctx, tx); err != nil {
			return RouteWhy{}, err
		}
	}
	ticket := tickets.Ticket{
		Type: typ, Priority: in.Priority, Channel: in.Channel, Tags: in.Tags, Subject: in.Subject, ContactID: in.Contact, CompanyID: in.Company,
		Fields: in.Fields, CreatedAt: tx.Now(), Category: tickets.CategoryOpen, Status: flow.First().Key,
	}
	p, err := t.place(ctx, tx, question{set: &rules, version: version, ticket: &ticket, pools: peeking(tx), again: true})
	if err != nil {
		return RouteWhy{}, err
	}
	return w, t.explain(ctx, tx, &w, p.trace, rules)
}

// rulesFor are the live rules, or the draft's; ok is false without any.
func rulesFor(ctx context.Context, tx tenants.ReadTx, drafts bool) (rules routing.Rules, version int, ok bool, err error) {
	if drafts {
		s, err := routing.Sets.Setting(ctx, tx, routing.Main)
		if desk.Is(err, desk.NotFound) {
			return rules, 0, false, nil
		}
		if err != nil || s.Draft == nil {
			return s.Spec(), s.LiveVersion(), err == nil, err
		}
		return s.Draft.Spec, s.Draft.Version, true, nil
	}
	set, ok, err := live(ctx, tx)
	return set.Spec, set.Version, ok, err
}

// usualType is what a ticket is whose type nobody chose.
func usualType(ctx context.Context, tx tenants.ReadTx) (string, error) {
	types, err := settings.Types.All(ctx, tx)
	if err != nil {
		return "", err
	}
	for _, typ := range types {
		if typ.Spec.Public {
			return typ.Key, nil
		}
	}
	return "request", nil
}
