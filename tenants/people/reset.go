package people

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

const resetLasts = time.Hour

// WantReset asks for a letter with which the password can be set anew. The
// answer is the same for an address that has no account.
//
// Errors: RateLimited.
func (p *People) WantReset(ctx context.Context, email string, from From) error {
	email = CanonicalEmail(email)
	if err := p.allow(ctx, from, lettersByAddress, lettersByAccount, email); err != nil {
		return err
	}
	row, err := p.find(ctx, p.house.SharedReader(me), "u.email = $1", email)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return err
	}
	return p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		if UserState(row.State) == Active {
			if _, err := p.resetLetter(ctx, tx, row); err != nil {
				return err
			}
		} else if err := p.decoy(ctx, tx, 2); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: row.ID, what: resetWanted, ok: err == nil, from: from, data: map[string]any{"email": email}})
	})
}

// ResetByHand makes the token of a reset for the command line, which has no
// mail; letters wanted before are void. NotFound for an unknown address.
func (p *People) ResetByHand(ctx context.Context, email string) (token string, err error) {
	err = p.house.Shared(ctx, desk.Automaton("cli"), func(ctx context.Context, tx tenants.SharedTx) error {
		row, err := p.find(ctx, tx.SharedReadTx, "u.email = $1", CanonicalEmail(email))
		if err != nil {
			return err
		}
		if token, _, err = p.reset(ctx, tx, row); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: row.ID, what: resetWanted, ok: true, data: map[string]any{"by": "cli"}})
	})
	return token, err
}

func (p *People) resetLetter(ctx context.Context, tx tenants.SharedTx, row userRow) (desk.CredentialID, error) {
	token, id, err := p.reset(ctx, tx, row)
	if err != nil {
		return id, err
	}
	letter, err := p.job(ResetLetter, id, Letter{To: row.Email, Name: row.Name, Language: row.Language, Expires: tx.Now().Add(resetLasts)}, Secret{Token: token})
	if err != nil {
		return id, err
	}
	return id, jobs.EnqueueShared(ctx, tx, 0, letter)
}

func (p *People) reset(ctx context.Context, tx tenants.SharedTx, row userRow) (string, desk.CredentialID, error) {
	if _, err := tx.Exec(ctx, "delete from manydesk.credentials where user_id = $1 and kind = 'reset'", row.ID); err != nil {
		return "", desk.CredentialID{}, fmt.Errorf("void earlier resets: %w", err)
	}
	token, hash := newToken()
	id := desk.NewCredentialID(tx.Now())
	return token, id, insertCredential(ctx, tx, credential{hash: hash, id: id, kind: "reset", user: row.ID, expires: tx.Now().Add(resetLasts)})
}

// Resetting tells whose password a mailed link sets. NotFound for one that is
// unknown, used or over.
func (p *People) Resetting(ctx context.Context, token string) (email string, err error) {
	row, err := p.resetting(ctx, token)
	return row.Email, err
}

func (p *People) resetting(ctx context.Context, token string) (userRow, error) {
	hash, ok := tokenHash(token)
	if !ok {
		return userRow{}, desk.Missing()
	}
	var user desk.UserID
	tx := p.house.SharedReader(me)
	err := tx.QueryRow(ctx, "select user_id from manydesk.credentials where hash = $1 and kind = 'reset' and expires_at > $2", []any{hash[:], tx.Now()}, &user)
	if err := absent(err, "find a reset"); err != nil {
		return userRow{}, err
	}
	return p.find(ctx, tx, "u.id = $1", user)
}

// Reset sets the password by a mailed link, once, signs the person out
// everywhere and in here. An account that had only been invited stays so.
//
// Errors: NotFound for the link; ValidationFailed for the password; SecondFactor
// with the extra "challenge": a link by mail does not take the second factor's place.
func (p *People) Reset(ctx context.Context, token, password string, from From) (Granted, error) {
	if err := p.allow(ctx, from, tokensByAddress, Rule{}, ""); err != nil {
		return Granted{}, err
	}
	row, err := p.resetting(ctx, token)
	if err != nil {
		return Granted{}, err
	}
	if err := CheckPassword("password", password, row.Email, row.Name); err != nil {
		return Granted{}, err
	}
	password, err = p.hashOf(ctx, password)
	if err != nil {
		return Granted{}, err
	}
	hash, _ := tokenHash(token)
	err = p.house.Shared(ctx, row.user().Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		n, err := tx.Exec(ctx, "delete from manydesk.credentials where hash = $1 and kind = 'reset' and expires_at > $2", hash[:], tx.Now())
		if err != nil {
			return fmt.Errorf("take a reset: %w", err)
		}
		if n == 0 {
			return desk.Missing()
		}
		if err := setPassword(ctx, tx, row.ID, password); err != nil {
			return err
		}
		if err := p.endSessions(ctx, tx, row.ID, desk.CredentialID{}); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: row.ID, what: passwordReset, ok: true, from: from})
	})
	if err != nil {
		return Granted{}, err
	}
	if UserState(row.State) != Active {
		return Granted{}, desk.Refuse(desk.SignInFailed)
	}
	return p.pass(ctx, row.user(), from)
}

func setPassword(ctx context.Context, tx tenants.SharedTx, id desk.UserID, hash string) error {
	if _, err := tx.Exec(ctx, "update manydesk.users set password_hash = $2, version = version + 1 where id = $1", id, hash); err != nil {
		return fmt.Errorf("store a password: %w", err)
	}
	return nil
}
