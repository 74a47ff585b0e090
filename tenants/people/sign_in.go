package people

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// Credentials are what a person types to sign in.
type Credentials struct{ Email, Password string }

// challengeLasts is how long a sign-in waits for its second factor.
const challengeLasts = 5 * time.Minute

// SignIn lets a person in by e-mail and password.
//
// Errors: SignInFailed for a wrong password, an unknown or blocked account, all
// alike and after the same time; SecondFactor with the extra "challenge" when a
// code is still wanted; RateLimited.
func (p *People) SignIn(ctx context.Context, in Credentials, from From) (Granted, error) {
	email := CanonicalEmail(in.Email)
	if err := p.allow(ctx, from, signInsByAddress, signInsByAccount, email); err != nil {
		return Granted{}, err
	}
	row, err := p.find(ctx, p.house.SharedReader(me), "u.email = $1", email)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return Granted{}, err
	}
	ok, rehash, err := p.verify(ctx, in.Password, row.PasswordHash)
	if err != nil {
		return Granted{}, err
	}
	if !ok || UserState(row.State) != Active {
		if err := p.noteAlone(ctx, note{user: row.ID, what: signedIn, from: from, data: map[string]any{"email": email}}); err != nil {
			return Granted{}, err
		}
		return Granted{}, desk.Refuse(desk.SignInFailed)
	}
	if rehash {
		if err := p.rehash(ctx, row, in.Password); err != nil {
			return Granted{}, err
		}
	}
	return p.pass(ctx, row.user(), from)
}

// pass lets in whoever gave the right password, or asks for the second factor.
func (p *People) pass(ctx context.Context, u User, from From) (g Granted, err error) {
	var challenge string
	err = p.house.Shared(ctx, u.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		if u.TOTP {
			var hash [32]byte
			challenge, hash = newToken()
			return insertCredential(ctx, tx, credential{
				hash: hash, id: desk.NewCredentialID(tx.Now()), kind: "code", user: u.ID,
				data: credentialData{Second: true}, expires: tx.Now().Add(challengeLasts),
			})
		}
		if g, err = p.startSession(ctx, tx, u, from); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: u.ID, what: signedIn, ok: true, from: from})
	})
	if err == nil && challenge != "" {
		return Granted{}, desk.Refuse(desk.SecondFactor).With("challenge", challenge)
	}
	return g, err
}

// rehash stores the password at today's cost, unless it was changed meanwhile.
func (p *People) rehash(ctx context.Context, row userRow, password string) error {
	hash, err := p.hashOf(ctx, password)
	if err != nil {
		return err
	}
	return p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "update manydesk.users set password_hash = $3 where id = $1 and password_hash = $2", row.ID, row.PasswordHash, hash)
		return err
	})
}

// SignOut ends the session.
func (p *People) SignOut(ctx context.Context, s Session, from From) error {
	err := p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		if _, err := tx.Exec(ctx, "delete from manydesk.credentials where id = $1 and kind = 'session'", s.ID); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: s.User.ID, tenant: s.Tenant, contact: s.Contact, what: signedOut, ok: true, from: from})
	})
	p.sessions.clear()
	return err
}

// Reauthenticate takes the password again, before a dangerous act.
//
// Errors: SignInFailed; RateLimited.
func (p *People) Reauthenticate(ctx context.Context, s Session, password string, from From) error {
	if _, err := p.own(ctx, s, password, from, reauthenticated); err != nil {
		return err
	}
	err := p.house.Shared(ctx, s.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		_, err := tx.Exec(ctx, "update manydesk.credentials set data = jsonb_set(data, '{login_at}', to_jsonb($2::text)) where id = $1", s.ID, tx.Now().Format(time.RFC3339Nano))
		if err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: s.User.ID, what: reauthenticated, ok: true, from: from})
	})
	p.sessions.clear()
	return err
}

// own verifies the password of whoever is signed in already, or (a session of no
// kind) of a known account that an invitation names; what names the act in the audit.
func (p *People) own(ctx context.Context, s Session, password string, from From, what string) (userRow, error) {
	if s.Kind != "" {
		if err := s.byHand(); err != nil {
			return userRow{}, err
		}
	}
	if err := p.allow(ctx, from, signInsByAddress, signInsByAccount, s.User.Email); err != nil {
		return userRow{}, err
	}
	row, err := p.find(ctx, p.house.SharedReader(me), "u.id = $1", s.User.ID)
	if err != nil {
		return userRow{}, err
	}
	ok, _, err := p.verify(ctx, password, row.PasswordHash)
	if err != nil {
		return userRow{}, err
	}
	if !ok {
		if err := p.noteAlone(ctx, note{user: row.ID, what: what, from: from}); err != nil {
			return userRow{}, err
		}
		return userRow{}, desk.Refuse(desk.SignInFailed)
	}
	return row, nil
}
