package people

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
)

// ChangePassword sets a new password by the old one and signs the person out
// everywhere else. API keys stay: they are revoked one by one.
//
// Errors: SignInFailed for the old password; ValidationFailed on new; RateLimited.
func (p *People) ChangePassword(ctx context.Context, s Session, current, wanted string, from From) error {
	if err := CheckPassword("new", wanted, s.User.Email, s.User.Name); err != nil {
		return err
	}
	row, err := p.own(ctx, s, current, from, passwordChanged)
	if err != nil {
		return err
	}
	hash, err := p.hashOf(ctx, wanted)
	if err != nil {
		return err
	}
	return p.house.Shared(ctx, s.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		// Compared with what was verified: of two changes at once one wins.
		n, err := tx.Exec(ctx, "update manydesk.users set password_hash = $3, version = version + 1 where id = $1 and password_hash = $2", row.ID, row.PasswordHash, hash)
		if err != nil {
			return err
		}
		if n == 0 {
			return desk.Refuse(desk.ChangedMeanwhile)
		}
		if err := p.endSessions(ctx, tx, row.ID, s.ID); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: row.ID, what: passwordChanged, ok: true, from: from})
	})
}
