package customers

import (
	"context"
	"fmt"
	"strings"

	"manydesk/desk/lookup"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// MailFailed notes that letters to an address do not arrive: no automatic letter
// goes there any more, and whoever opens the contact sees why. An address that
// is nobody's changes nothing.
//
// Rights: customer.edit. Errors: Denied.
func (c *Customers) MailFailed(ctx context.Context, tx tenants.Tx, email string) error {
	if err := c.guard.Check(ctx, tx.ReadTx, access.CustomerEdit, access.Object{}); err != nil {
		return err
	}
	address, ok := lookup.Parse(lookup.Email, strings.TrimSpace(email), true)
	if !ok {
		return nil
	}
	_, err := tx.Exec(ctx, `update ?tenant.contacts set mail_state = 'bounced', version = version + 1
		where id = (select object_id from ?tenant.identifiers where kind = 'email' and value = $1 and object_kind = 'contact') and mail_state is null`, address.Value)
	if err != nil {
		return fmt.Errorf("note that mail fails: %w", err)
	}
	return nil
}
