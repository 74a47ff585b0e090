package triage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"manydesk/desk"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// Why a ticket was routed again, or taken from somebody. The edge has words for each.
const (
	CauseAsked    = "asked"
	CauseReopened = "reopened"
	CauseRemoved  = "removed"
	CauseAbsent   = "absent"
	CauseShift    = "shift_ended"
	CauseEnded    = "engagement_ended"
)

// router is the automaton in whose name tickets are given.
var router = desk.Automaton("triage")

// live are the rules that hold; ok is false where none are published.
func live(ctx context.Context, tx tenants.ReadTx) (p settings.Published[routing.Rules], ok bool, err error) {
	p, err = routing.Sets.Live(ctx, tx, routing.Main)
	if desk.Is(err, desk.NotFound) {
		return p, false, nil
	}
	return p, err == nil, err
}

// route puts a new ticket where the rules say. The loads of those who might get it
// are locked before its number is taken.
func (t *Triage) route(ctx context.Context, tx tenants.Tx, c *tickets.Change) error {
	set, ok, err := live(ctx, tx.ReadTx)
	if err != nil || !ok {
		return err
	}
	p, err := t.place(ctx, tx.ReadTx, question{set: &set.Spec, version: set.Version, ticket: &c.Ticket, description: said(c), pools: holding(tx)})
	if err != nil {
		return err
	}
	if err := t.put(c, p, "", ""); err != nil || p.to.Process == "" {
		return err
	}
	if err := t.work.Opened(ctx, tx, c, router, p.to.Process, p.ruleName); err != nil || c.Ticket.AssigneeID == p.to.Person {
		return err
	}
	// The first stage names somebody else, who is told by a fact of their own.
	c.Given = desk.UserID{}
	c.Jobs = slices.DeleteFunc(c.Jobs, func(j desk.Job) bool { return j.Name == jobAssigned })
	return nil
}

// said are the first words of a ticket that is being opened.
func said(c *tickets.Change) string {
	if len(c.Comments) > 0 && c.Opening() {
		return c.Comments[0].Body
	}
	return ""
}

// put changes the ticket as was decided and records why.
func (t *Triage) put(c *tickets.Change, p placed, cause, reason string) error {
	is := &c.Ticket
	d := tickets.Detail{Reason: reason}
	change := func(field string, from, to any) {
		d.Changes = append(d.Changes, tickets.FieldChange{Field: field, From: from, To: to})
	}
	if p.to.Group != is.GroupKey {
		change("group", word(is.GroupKey), word(p.to.Group))
		is.GroupKey = p.to.Group
	}
	if p.to.Line != is.Line {
		change("line", number(is.Line), number(p.to.Line))
		is.Line = p.to.Line
	}
	if p.to.Vendor != is.VendorID {
		d.Changes = append(d.Changes, tickets.FieldChange{Field: "vendor", From: id(is.VendorID.String(), is.VendorID.IsZero()), To: id(p.to.Vendor.String(), p.to.Vendor.IsZero())})
		is.VendorID = p.to.Vendor
	}
	if p.to.Priority != is.Priority {
		change("priority", is.Priority, p.to.Priority)
		is.Priority = p.to.Priority
	}
	if !slices.Equal(p.to.Tags, is.Tags) {
		change("tags", is.Tags, p.to.Tags)
		is.Tags = p.to.Tags
	}
	given := p.to.Person != is.AssigneeID
	if given {
		d.Changes = append(d.Changes, tickets.FieldChange{
			Field: "assignee", From: id(is.AssigneeID.String(), is.AssigneeID.IsZero()), To: id(p.to.Person.String(), p.to.Person.IsZero()), FromName: p.fromName, ToName: p.toName,
		})
		is.AssigneeID = p.to.Person
	}
	if cause != "" && len(d.Changes) == 0 {
		return nil // it stays where it was, and nothing is told
	}
	trace := p.trace
	trace.Cause = cause
	var err error
	if d.Route, err = trace.Encode(); err != nil {
		return err
	}
	d.Rule = trace.Rule
	seq := c.RecordAs(router, tickets.FactRouted, false, d)
	return t.tell(c, p, seq, given)
}

// The jobs of routing.
const (
	jobAssigned = "notify.assigned"
	jobTold     = "notify.triggered"
	jobHint     = "live.ticket.changed"
)

// tell leaves word for whoever got it and for the roles that a rule names.
func (t *Triage) tell(c *tickets.Change, p placed, seq int, given bool) error {
	if given && !p.to.Person.IsZero() {
		c.Given = p.to.Person
		c.Jobs = append(c.Jobs, desk.Job{Name: jobAssigned, Lane: desk.MailLane, Subject: c.Ticket.ID.Any(), Seq: seq})
	}
	if !c.Opening() {
		c.Jobs = append(c.Jobs, desk.Job{Name: jobHint, Lane: desk.Critical, Subject: c.Ticket.ID.Any(), Seq: seq})
	}
	if len(p.notify) == 0 {
		return nil
	}
	data, err := json.Marshal(struct {
		Roles []string `json:"roles"`
		Title string   `json:"title"`
	}{p.notify, p.ruleName})
	if err != nil {
		return fmt.Errorf("encode a notice: %w", err)
	}
	c.Jobs = append(c.Jobs, desk.Job{Name: jobTold, Lane: desk.MailLane, Subject: c.Ticket.ID.Any(), Seq: seq, Data: data})
	return nil
}

// returned looks after a ticket that came back when nobody is there who had it.
func (t *Triage) returned(ctx context.Context, tx tenants.Tx, c *tickets.Change) error {
	is, was := &c.Ticket, &c.Before
	if !over(was.Category) || over(is.Category) || is.AssigneeID.IsZero() {
		return nil
	}
	all, err := routing.Peek(ctx, tx.ReadTx, routing.Pool{Person: is.AssigneeID})
	if err != nil || len(all) == 1 && all[0].Active && !all[0].Absent() {
		return err
	}
	p, err := t.regive(ctx, tx, c, CauseReopened)
	if err != nil {
		return err
	}
	return t.put(c, p, CauseReopened, "")
}

// names finds what those are called between whom a ticket goes.
func namesOf(ctx context.Context, tx tenants.ReadTx, ids ...desk.UserID) (map[desk.UserID]string, error) {
	return staff.Names(ctx, tx, ids...)
}

func number(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
