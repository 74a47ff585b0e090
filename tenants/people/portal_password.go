package people

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// ByPassword lets a client into the tenant's portal by e-mail and password.
//
// Errors: SignInFailed for a wrong password, an unknown address and a client
// without a password, all alike and after the same time; NotFound when the tenant has closed this way in;
// RateLimited; TenantSuspended.
func (p *People) ByPassword(ctx context.Context, tenant tenants.Tenant, in Credentials, from From) (Granted, error) {
	if err := p.open(ctx, tenant, byPassword); err != nil {
		return Granted{}, err
	}
	email := CanonicalEmail(in.Email)
	if err := p.allow(ctx, from, signInsByAddress, signInsByAccount, account(tenant, email)); err != nil {
		return Granted{}, err
	}
	c, err := p.contactByEmail(ctx, tenant, email)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return Granted{}, err
	}
	ok, _, err := p.verify(ctx, in.Password, c.hash)
	if err != nil {
		return Granted{}, err
	}
	if !ok {
		err := p.noteAlone(ctx, note{tenant: tenant.ID, contact: c.ID, what: portalSignedIn, from: from, data: map[string]any{"by": "password", "email": email}})
		if err != nil {
			return Granted{}, err
		}
		return Granted{}, desk.Refuse(desk.SignInFailed)
	}
	var g Granted
	err = p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		g, err = p.letIn(ctx, tx, tenant, c, "password", from)
		return err
	})
	return g, err
}

// SetPortalPassword sets a client's password. current is asked for when there
// is one, unless the session began by a letter within the last minutes. The
// client's other sessions end.
//
// Errors: SignInFailed for current; ValidationFailed on new; SignInRequired as of Contact.
func (p *People) SetPortalPassword(ctx context.Context, s Session, tenant tenants.Tenant, current, wanted string, from From) error {
	c, err := p.Contact(ctx, s, tenant)
	if err != nil {
		return err
	}
	if err := CheckPassword("new", wanted, c.Email, c.Name); err != nil {
		return err
	}
	if c.HasPassword && !(s.letter && s.Fresh(p.house.Clock()())) {
		if err := p.allow(ctx, from, signInsByAddress, signInsByAccount, account(tenant, CanonicalEmail(c.Email))); err != nil {
			return err
		}
		ok, _, err := p.verify(ctx, current, c.hash)
		if err != nil {
			return err
		}
		if !ok {
			return desk.Refuse(desk.SignInFailed)
		}
	}
	hash, err := p.hashOf(ctx, wanted)
	if err != nil {
		return err
	}
	return p.house.Both(ctx, tenant, c.Actor(), func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if err := StorePortalPassword(ctx, tx, c.ID, hash); err != nil {
			return err
		}
		_, err := shared.Exec(ctx, "delete from manydesk.credentials where tenant_id = $1 and contact_id = $2 and id <> $3", int32(tenant.ID), c.ID, s.ID)
		if err != nil {
			return fmt.Errorf("end a client's other sessions: %w", err)
		}
		shared.AfterCommit(p.sessions.clear)
		return p.note(ctx, shared, note{tenant: tenant.ID, contact: c.ID, what: portalPassword, ok: true, from: from})
	})
}

// StorePortalPassword writes the hash into the contact's row: the one column
// of that table that is this room's.
func StorePortalPassword(ctx context.Context, tx tenants.Tx, contact desk.ContactID, hash string) error {
	if _, err := tx.Exec(ctx, "update ?tenant.contacts set password_hash = $2 where id = $1", contact, hash); err != nil {
		return fmt.Errorf("store a client's password: %w", err)
	}
	return nil
}

// HashPassword hashes a password that the product itself makes: the demo's clients.
func (p *People) HashPassword(ctx context.Context, password string) (string, error) {
	return p.hashOf(ctx, password)
}
