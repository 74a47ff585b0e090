package customers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// NameOf is what a contact is called; empty for one who is not there. Rights are
// those of what names the contact, which the caller has read.
func NameOf(ctx context.Context, tx tenants.ReadTx, id desk.ContactID) (name string, err error) {
	err = tx.QueryRow(ctx, "select name from ?tenant.contacts where id = $1", []any{id}, &name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read a contact's name: %w", err)
	}
	return name, nil
}
