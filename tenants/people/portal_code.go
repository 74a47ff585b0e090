package people

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"math/big"
	"strconv"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/jobs"
	"manydesk/tenants"
)

const (
	codeLasts = 10 * time.Minute
	codeTries = 5
)

// WantCode asks for a letter with a code of six digits and a link, either of
// which lets a client into this tenant's portal for ten minutes. The answer is
// the same for an address nobody has here.
//
// Errors: TenantSuspended; NotFound when the tenant has closed this way in; RateLimited.
func (p *People) WantCode(ctx context.Context, tenant tenants.Tenant, email string, from From) error {
	if err := p.open(ctx, tenant, byLetter); err != nil {
		return err
	}
	email = CanonicalEmail(email)
	if err := p.allow(ctx, from, lettersByAddress, lettersByAccount, account(tenant, email)); err != nil {
		return err
	}
	c, err := p.contactByEmail(ctx, tenant, email)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return err
	}
	known := err == nil
	keys, err := p.house.SigningKeys(ctx, "code")
	if err != nil {
		return err
	}
	return p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		if known {
			if err := p.codeLetter(ctx, tx, tenant, c, email, keys[0]); err != nil {
				return err
			}
		} else if err := p.decoy(ctx, tx, 3); err != nil {
			return err
		}
		return p.note(ctx, tx, note{tenant: tenant.ID, contact: c.ID, what: codeWanted, ok: known, from: from, data: map[string]any{"email": email}})
	})
}

// codeLetter makes the code and the link anew: earlier ones are void. The code's
// row is found by whom it is for, because a million codes are no secret to
// search by; what was typed is compared with a keyed hash in it.
func (p *People) codeLetter(ctx context.Context, tx tenants.SharedTx, tenant tenants.Tenant, c Contact, email string, key []byte) error {
	if _, err := tx.Exec(ctx, "delete from manydesk.credentials where tenant_id = $1 and contact_id = $2 and kind in ('code', 'link')", int32(tenant.ID), c.ID); err != nil {
		return fmt.Errorf("void earlier codes: %w", err)
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return fmt.Errorf("make a code: %w", err)
	}
	code := fmt.Sprintf("%06d", n.Int64())
	id, expires := desk.NewCredentialID(tx.Now()), tx.Now().Add(codeLasts)
	err = insertCredential(ctx, tx, credential{
		hash: sha([]byte("code:" + account(tenant, c.ID.UUID()))), id: id, kind: "code", tenant: tenant.ID, contact: c.ID, expires: expires,
		data: credentialData{Code: codeHash(key, id, code)},
	})
	if err != nil {
		return err
	}
	token, hash := newToken()
	link := desk.NewCredentialID(tx.Now())
	if err := insertCredential(ctx, tx, credential{hash: hash, id: link, kind: "link", tenant: tenant.ID, contact: c.ID, expires: expires}); err != nil {
		return err
	}
	letter, err := p.job(CodeLetter, link, Letter{To: email, Name: c.Name, Language: c.Language, Expires: expires}, Secret{Token: token, Code: code})
	if err != nil {
		return err
	}
	return jobs.EnqueueShared(ctx, tx, tenant.ID, letter)
}

// codeHash binds a code to its row.
func codeHash(key []byte, id desk.CredentialID, code string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(id[:])
	mac.Write([]byte(code))
	return mac.Sum(nil)
}

// ByCode lets a client in by the code of the letter: five tries, then a new letter.
//
// Errors: wrong_code on code, for a wrong one and an unknown address alike;
// RateLimited; TenantSuspended.
func (p *People) ByCode(ctx context.Context, tenant tenants.Tenant, email, code string, from From) (Granted, error) {
	if err := p.open(ctx, tenant, byLetter); err != nil {
		return Granted{}, err
	}
	email = CanonicalEmail(email)
	if err := p.allow(ctx, from, signInsByAddress, signInsByAccount, account(tenant, email)); err != nil {
		return Granted{}, err
	}
	c, err := p.contactByEmail(ctx, tenant, email)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return Granted{}, err
	}
	keys, err := p.house.SigningKeys(ctx, "code")
	if err != nil {
		return Granted{}, err
	}
	var g Granted
	wrong := true
	err = p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		// The try is counted before the code is looked at, and stays counted.
		var id desk.CredentialID
		var stored []byte
		hash := sha([]byte("code:" + account(tenant, c.ID.UUID())))
		err := tx.QueryRow(ctx, `update manydesk.credentials set data = jsonb_set(data, '{tries}', to_jsonb(coalesce((data->>'tries')::integer, 0) + 1))
			where hash = $1 and kind = 'code' and tenant_id = $2 and expires_at > $3 and coalesce((data->>'tries')::integer, 0) < $4
			returning id, decode(data->>'code', 'base64')`, []any{hash[:], int32(tenant.ID), tx.Now(), codeTries}, &id, &stored)
		if err != nil && !isNoRows(err) {
			return fmt.Errorf("count a try: %w", err)
		}
		for _, key := range keys {
			if err == nil && hmac.Equal(stored, codeHash(key, id, code)) {
				wrong = false
			}
		}
		if wrong {
			return p.note(ctx, tx, note{tenant: tenant.ID, contact: c.ID, what: portalSignedIn, from: from, data: map[string]any{"by": "code", "email": email}})
		}
		g, err = p.letIn(ctx, tx, tenant, c, "code", from)
		return err
	})
	if err == nil && wrong {
		return Granted{}, desk.Invalid(desk.Field("code", desk.WrongCode))
	}
	return g, err
}

// ByLink lets a client in by the link of the letter, once.
//
// Errors: NotFound for one that is unknown, used, over or another tenant's;
// RateLimited; TenantSuspended.
func (p *People) ByLink(ctx context.Context, tenant tenants.Tenant, token string, from From) (Granted, error) {
	if err := p.open(ctx, tenant, byLetter); err != nil {
		return Granted{}, err
	}
	if err := p.allow(ctx, from, tokensByAddress, Rule{}, ""); err != nil {
		return Granted{}, err
	}
	hash, ok := tokenHash(token)
	if !ok {
		return Granted{}, desk.Missing()
	}
	var g Granted
	err := p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		var id desk.ContactID
		err := tx.QueryRow(ctx, "delete from manydesk.credentials where hash = $1 and kind = 'link' and tenant_id = $2 and expires_at > $3 returning contact_id",
			[]any{hash[:], int32(tenant.ID), tx.Now()}, &id)
		if err := absent(err, "take a link"); err != nil {
			return err
		}
		c, err := p.contact(ctx, tenant, "c.id = $1", id)
		if err != nil {
			return err
		}
		g, err = p.letIn(ctx, tx, tenant, c, "link", from)
		return err
	})
	return g, err
}

// letIn begins a client's session; the code and link of the letter are spent.
func (p *People) letIn(ctx context.Context, tx tenants.SharedTx, tenant tenants.Tenant, c Contact, by string, from From) (Granted, error) {
	if _, err := tx.Exec(ctx, "delete from manydesk.credentials where tenant_id = $1 and contact_id = $2 and kind in ('code', 'link')", int32(tenant.ID), c.ID); err != nil {
		return Granted{}, fmt.Errorf("spend a code: %w", err)
	}
	token, hash := newToken()
	data := credentialData{IP: address(from), Agent: from.Agent, LoginAt: tx.Now(), Letter: by != "password"}
	s := Session{
		ID: desk.NewCredentialID(tx.Now()), Kind: Cookie, Tenant: tenant.ID, Contact: c.ID, AuthenticatedAt: tx.Now(), CreatedAt: tx.Now(),
		SeenAt: tx.Now(), ExpiresAt: tx.Now().Add(sessionLasts), IP: data.IP, Agent: data.Agent, letter: data.Letter,
	}
	err := insertCredential(ctx, tx, credential{hash: hash, id: s.ID, kind: string(Cookie), tenant: tenant.ID, contact: c.ID, data: data, expires: s.ExpiresAt})
	if err != nil {
		return Granted{}, err
	}
	return Granted{token, s}, p.note(ctx, tx, note{tenant: tenant.ID, contact: c.ID, what: portalSignedIn, ok: true, from: from, data: map[string]any{"by": by}})
}

// account keeps the limits and codes of one person in two tenants apart.
func account(tenant tenants.Tenant, who string) string {
	return strconv.Itoa(int(tenant.ID)) + "/" + who
}

// The ways into a portal.
var (
	byLetter   = func(s settings.Portal) bool { return s.SignInCode }
	byPassword = func(s settings.Portal) bool { return s.SignInPassword }
)

// open refuses clients of a tenant that is not served, and a way in that the
// tenant has closed.
func (p *People) open(ctx context.Context, tenant tenants.Tenant, way func(settings.Portal) bool) error {
	if tenant.State != tenants.Active && tenant.State != tenants.ReadOnly {
		return desk.Refuse(desk.TenantSuspended, "customer", tenant.Name)
	}
	live, err := settings.Portals.Live(ctx, p.house.Reader(tenant, me), settings.Main)
	if desk.Is(err, desk.NotFound) {
		return nil
	}
	if err == nil && !way(live.Spec) {
		return desk.Missing()
	}
	return err
}
