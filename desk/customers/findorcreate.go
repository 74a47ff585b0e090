package customers

import (
	"context"
	"fmt"
	"strings"

	"manydesk/desk"
	"manydesk/desk/lookup"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// FindOrCreate gives the contact with a mail address, and makes it if there is
// none. Two first mails of one sender at the same moment make one contact: the
// address is claimed first, and whoever comes second waits and finds. A new
// contact belongs to the company that has the address's domain.
//
// Rights: customer.read, and customer.edit if it is made. Errors: Denied;
// ValidationFailed on "email".
func (c *Customers) FindOrCreate(ctx context.Context, tx tenants.Tx, email, name, language string) (*Contact, error) {
	if err := c.guard.Check(ctx, tx.ReadTx, access.CustomerRead, access.Object{}); err != nil {
		return nil, err
	}
	address, ok := lookup.Parse(lookup.Email, strings.TrimSpace(email), true)
	if !ok {
		return nil, desk.Invalid(desk.Field("email", desk.Email))
	}
	found, err := byIdentifier(ctx, tx.ReadTx, lookup.Email, address.Value)
	if !desk.Is(err, desk.NotFound) {
		return found, err
	}
	if err := c.guard.Check(ctx, tx.ReadTx, access.CustomerEdit, access.Object{}); err != nil {
		return nil, err
	}
	if name = strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(name, ""), "\x00", "")), " "); name == "" || len([]rune(name)) > 200 {
		name, _, _ = strings.Cut(address.Shown, "@")
	}
	made := &Contact{
		ID: desk.NewContactID(tx.Now()), Name: name, Language: known(language), Sees: SeesOwn,
		Emails: []string{address.Shown}, Version: 1, CreatedAt: tx.Now(),
	}
	won, err := c.lookup.Claim(ctx, tx, made.ID.Any(), "contact", address)
	if err != nil {
		return nil, err
	}
	if !won {
		return byIdentifier(ctx, tx.ReadTx, lookup.Email, address.Value)
	}
	_, domain, _ := strings.Cut(address.Value, "@")
	err = tx.QueryRow(ctx, `with d as (select i.object_id as id from ?tenant.identifiers i where i.kind = 'domain' and i.value = $4 and i.object_kind = 'company' order by i.object_id limit 1),
		n as (insert into ?tenant.contacts (id, name, language, company_id, created_at) select $1, $2, nullif($3, ''), (select id from d), $5),
		f as (insert into ?tenant.identifiers (object_id, kind, value, object_kind, shown) select $1, 'name', $6, 'contact', $2 where $6 <> '')
		select (select id from d)`, []any{made.ID, made.Name, made.Language, domain, tx.Now(), lookup.Fold(made.Name)}, &made.CompanyID)
	if err != nil {
		return nil, fmt.Errorf("insert contact: %w", err)
	}
	return made, c.record(ctx, tx, made.ID.Any(), "contact", FactContactAdded, nil)
}

// known drops a language that the product does not speak.
func known(language string) string {
	if language == "ru" || language == "en" {
		return language
	}
	return ""
}
