package people

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Contact is a client as their portal's sign-in knows them.
type Contact struct {
	ID          desk.ContactID
	Name        string
	Email       string
	Language    string
	TimeZone    string
	Company     string // empty for none
	Sees        string // own, sites, company, group
	HasPassword bool

	hash string
}

// Actor is the contact in their tenant.
func (c Contact) Actor() desk.Actor {
	return desk.Actor{Kind: desk.ContactActor, ID: c.ID.Any(), Name: c.Name, Language: c.Language}
}

type contactRow struct {
	ID           desk.ContactID
	Name         string
	Email        string
	Language     string
	TimeZone     string
	Company      string
	Sees         string
	PasswordHash string
}

const contactColumns = `c.id, c.name, coalesce((select i.shown from ?tenant.identifiers i where i.object_id = c.id and i.kind = 'email' order by i.main desc, i.value limit 1), '') as email,
	coalesce(c.language, '') as language, coalesce(c.time_zone, '') as time_zone, coalesce(co.name, '') as company, c.sees, coalesce(c.password_hash, '') as password_hash
	from ?tenant.contacts c left join ?tenant.companies co on co.id = c.company_id
	where c.archived_at is null and c.merged_into is null`

func (r contactRow) contact(tenant tenants.Tenant) Contact {
	return Contact{
		ID: r.ID, Name: r.Name, Email: r.Email, Language: tenant.Language(r.Language), TimeZone: r.TimeZone, Company: r.Company, Sees: r.Sees,
		HasPassword: r.PasswordHash != "", hash: r.PasswordHash,
	}
}

// Contact finds the client of a portal session.
//
// Errors: SignInRequired for a session of another tenant and for a client who
// has left: neither can be told from no session.
func (p *People) Contact(ctx context.Context, s Session, tenant tenants.Tenant) (Contact, error) {
	if !s.Portal() || s.Tenant != tenant.ID {
		return Contact{}, desk.Refuse(desk.SignInRequired)
	}
	c, err := p.contact(ctx, tenant, "c.id = $1", s.Contact)
	if desk.Is(err, desk.NotFound) {
		return Contact{}, desk.Refuse(desk.SignInRequired)
	}
	return c, err
}

// ContactActor makes the actor by which a portal session works in its tenant. Errors as of Contact.
func (p *People) ContactActor(ctx context.Context, s Session, tenant tenants.Tenant) (desk.Actor, error) {
	c, err := p.Contact(ctx, s, tenant)
	if err != nil {
		return desk.Actor{}, err
	}
	a := c.Actor()
	a.Key = s.ID
	return a, nil
}

func (p *People) contact(ctx context.Context, tenant tenants.Tenant, where string, arg any) (Contact, error) {
	var row contactRow
	err := p.house.Reader(tenant, me).Query(ctx, &row, "select "+contactColumns+" and "+where, arg)
	return row.contact(tenant), absent(err, "find a contact")
}

func (p *People) contactByEmail(ctx context.Context, tenant tenants.Tenant, email string) (Contact, error) {
	return p.contact(ctx, tenant, "c.id = (select i.object_id from ?tenant.identifiers i where i.kind = 'email' and i.value = $1 and i.object_kind = 'contact')", CanonicalEmail(email))
}

// PortalSessions lists where a client is signed in, the latest seen first.
func (p *People) PortalSessions(ctx context.Context, s Session) ([]Session, error) {
	return p.list(ctx, "c.tenant_id = $1 and c.contact_id = $2 and c.kind = 'session' and c.expires_at > $3", int32(s.Tenant), s.Contact, p.house.Clock()())
}

// EndContact signs a client out everywhere, in the unit that archives or merges them.
func (p *People) EndContact(ctx context.Context, tx tenants.SharedTx, tenant desk.TenantID, contact desk.ContactID) error {
	if _, err := tx.Exec(ctx, "delete from manydesk.credentials where tenant_id = $1 and contact_id = $2", int32(tenant), contact); err != nil {
		return fmt.Errorf("end a client's credentials: %w", err)
	}
	tx.AfterCommit(p.sessions.clear)
	return nil
}
