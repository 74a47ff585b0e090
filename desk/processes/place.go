package processes

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// titled checks what a task is called.
func titled(title string) []desk.FieldError {
	switch n := utf8.RuneCountInString(title); {
	case !utf8.ValidString(title):
		return []desk.FieldError{desk.Field("title", desk.NotText)}
	case n == 0:
		return []desk.FieldError{desk.Field("title", desk.Required)}
	case n > maxTitle:
		return []desk.FieldError{desk.Field("title", desk.MaxLength, "max", maxTitle)}
	}
	return nil
}

// place checks to whom a task is given. A vendor's engineer gives it to colleagues
// of their own company and to no group.
func (b *board) place(ctx context.Context, group string, to desk.UserID) (wrong []desk.FieldError, err error) {
	vendor, err := b.p.guard.Vendor(ctx, b.tx.ReadTx)
	if err != nil {
		return nil, err
	}
	if group != "" {
		if !vendor.IsZero() {
			return nil, desk.Refuse(desk.Denied, "right", access.TicketAssign.String(), "who", b.tx.Tenant().Name)
		}
		_, err := settings.Groups.Live(ctx, b.tx.ReadTx, group)
		if desk.Is(err, desk.NotFound) {
			wrong = append(wrong, desk.Field("group", desk.UnknownID))
		} else if err != nil {
			return nil, err
		}
	}
	if to.IsZero() {
		return wrong, nil
	}
	who, err := colleague(ctx, b.tx.ReadTx, to)
	if err != nil {
		return nil, err
	}
	if !who.Active || !vendor.IsZero() && who.VendorID != vendor {
		wrong = append(wrong, desk.Field("assignee", desk.UnknownID))
	}
	return wrong, nil
}

// member is somebody of the staff; the zero one has never been here.
type member struct {
	Name     string
	Active   bool
	VendorID desk.CompanyID
}

func colleague(ctx context.Context, tx tenants.ReadTx, id desk.UserID) (m member, err error) {
	if id.IsZero() {
		return m, nil
	}
	err = tx.Query(ctx, &m, "select name, active, vendor_id from ?tenant.staff where user_id = $1", id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return m, fmt.Errorf("find who has a task: %w", err)
	}
	return m, nil
}
