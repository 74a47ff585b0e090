package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Assign gives a ticket to somebody.
type Assign struct {
	Ticket  Ref
	Version int
	// To is a member of the staff; the zero id takes the ticket from everybody.
	To desk.UserID
	// Group is set only when not nil.
	Group *string
	// Reason is why, for those who ask later.
	Reason string
	// OnlyFree refuses a ticket that somebody has: for taking the next one.
	OnlyFree bool
}

// Assign gives a ticket to somebody, to a group, or to nobody. What is so
// already is no change.
//
// Rights: ticket.assign. Errors: NotFound, Denied, ChangedMeanwhile (also for
// OnlyFree), ClosedIsFinal; ValidationFailed on "assignee" for somebody who does
// not work here now, on "group" for an unknown one.
func (t *Tickets) Assign(ctx context.Context, tx tenants.Tx, in Assign) (*Ticket, error) {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketAssign, f.object()); err != nil {
		return nil, err
	}
	switch {
	case f.Category == CategoryClosed:
		return nil, desk.Refuse(desk.ClosedIsFinal)
	case in.OnlyFree && !f.AssigneeID.IsZero():
		return nil, desk.Refuse(desk.ChangedMeanwhile, "who", f.AssigneeName, "what", called(ctx, tx.ReadTx, "assignee"))
	}
	if err := unchanged(ctx, tx, f, in.Version, "assignee", "group"); err != nil {
		return nil, err
	}
	if err := desk.Invalid(text("reason", in.Reason, 0, maxReason)...); err != nil {
		return nil, err
	}
	name := ""
	if !in.To.IsZero() && in.To != f.AssigneeID {
		if name, err = colleague(ctx, tx.ReadTx, in.To); err != nil {
			return nil, err
		}
	}
	if err := t.ofVendor(ctx, tx, in); err != nil {
		return nil, err
	}
	c := f.change(tx)
	d := Detail{Reason: strings.TrimSpace(in.Reason)}
	if in.Group != nil && *in.Group != f.GroupKey {
		if err := knownGroup(ctx, tx.ReadTx, *in.Group); err != nil {
			return nil, err
		}
		d.Changes = []FieldChange{{Field: "group", From: orNull(f.GroupKey), To: orNull(*in.Group)}}
		c.Ticket.GroupKey = *in.Group
	}
	switch {
	case in.To != f.AssigneeID:
		c.Give(in.To, name, f.AssigneeName, d)
	case len(d.Changes) > 0:
		c.Record(FactAssigned, false, d)
	default:
		return &f.Ticket, nil
	}
	c.read()
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Ticket, nil
}

// ofVendor holds a vendor's engineer to their own company: they give a ticket to
// each other or to nobody, and to no group.
func (t *Tickets) ofVendor(ctx context.Context, tx tenants.Tx, in Assign) error {
	vendor, err := t.guard.Vendor(ctx, tx.ReadTx)
	if err != nil || vendor.IsZero() {
		return err
	}
	if in.Group != nil {
		return desk.Refuse(desk.Denied, "right", access.TicketAssign.String(), "who", tx.Tenant().Name)
	}
	if in.To.IsZero() {
		return nil
	}
	var of desk.CompanyID
	err = tx.QueryRow(ctx, "select vendor_id from ?tenant.staff where user_id = $1 and active", []any{in.To}, &of)
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("find whose engineer the assignee is: %w", err)
	case of != vendor:
		return desk.Invalid(desk.Field("assignee", desk.UnknownID))
	}
	return nil
}

// Unassign takes a ticket from everybody: Assign to nobody.
func (t *Tickets) Unassign(ctx context.Context, tx tenants.Tx, ticket Ref, version int, reason string) (*Ticket, error) {
	return t.Assign(ctx, tx, Assign{Ticket: ticket, Version: version, Reason: reason})
}

// colleague is the name of somebody who works here now.
func colleague(ctx context.Context, tx tenants.ReadTx, id desk.UserID) (name string, err error) {
	err = tx.QueryRow(ctx, "select name from ?tenant.staff where user_id = $1 and active", []any{id}, &name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", desk.Invalid(desk.Field("assignee", desk.UnknownID))
	}
	if err != nil {
		return "", fmt.Errorf("find the assignee: %w", err)
	}
	return name, nil
}

func knownGroup(ctx context.Context, tx tenants.ReadTx, key string) error {
	if key == "" {
		return nil
	}
	_, err := settings.Groups.Live(ctx, tx, key)
	if desk.Is(err, desk.NotFound) {
		return desk.Invalid(desk.Field("group", desk.UnknownID))
	}
	return err
}

// orNull shows an empty word as null.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
