package tickets

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// Hand gives a ticket that is being changed to a group, to somebody, or both, on
// behalf of an agreement and not of a person: by says which, why in words. What is
// gone (a group, somebody who left) is passed over. Whoever has it keeps it where
// only a group is named that they are in. What is so already is no change.
func Hand(ctx context.Context, tx tenants.ReadTx, c *Change, by desk.Actor, group string, to desk.UserID, why string) error {
	if group != "" {
		if _, err := settings.Groups.Live(ctx, tx, group); desk.Is(err, desk.NotFound) {
			group = ""
		} else if err != nil {
			return err
		}
	}
	is := &c.Ticket
	has, err := worker(ctx, tx, is.AssigneeID)
	if err != nil {
		return err
	}
	next, err := worker(ctx, tx, to)
	if err != nil {
		return err
	}
	d := Detail{Reason: why}
	keeps := group == "" || group == is.GroupKey || slices.Contains(has.Groups, group)
	if group != "" && group != is.GroupKey {
		d.Changes = append(d.Changes, FieldChange{Field: "group", From: orNull(is.GroupKey), To: group})
		is.GroupKey = group
	}
	switch {
	case next.Active:
	case keeps:
		to, next = is.AssigneeID, has
	default:
		to, next = desk.UserID{}, hand{}
	}
	if to != is.AssigneeID {
		d.Changes = append(d.Changes, FieldChange{Field: "assignee", From: maybe(is.AssigneeID), To: maybe(to), FromName: has.Name, ToName: next.Name})
		is.AssigneeID = to
	}
	if len(d.Changes) > 0 {
		c.RecordAs(by, FactAssigned, false, d)
	}
	return nil
}

// hand is somebody of the staff whom a ticket goes to or comes from.
type hand struct {
	Name   string
	Active bool
	Groups []string `bun:",array"`
}

func worker(ctx context.Context, tx tenants.ReadTx, id desk.UserID) (h hand, err error) {
	if id.IsZero() {
		return h, nil
	}
	err = tx.Query(ctx, &h, "select name, active, groups from ?tenant.staff where user_id = $1", id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return h, fmt.Errorf("find who has a ticket: %w", err)
	}
	return h, nil
}
