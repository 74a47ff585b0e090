package people

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Entrant is who accepts an invitation: a new person with a name and a password
// of their own, a known one with theirs, or one who is signed in as that account.
type Entrant struct {
	Name, Password, Language string
	// SignedIn is the session of the browser, zero for none.
	SignedIn Session
}

// Entry is an entrant who may come in.
type Entry struct {
	Invitation Invitation
	// User is the account as it was before it entered.
	User User

	hash  string
	in    Entrant
	from  From
	token string
}

// Prove checks an entrant against an invitation, before anything is written.
//
// Errors: NotFound for the invitation; ValidationFailed for a new person's name,
// password or language; SignInFailed for a known one's password; RateLimited.
func (p *People) Prove(ctx context.Context, token string, in Entrant, from From) (Entry, error) {
	if err := p.allow(ctx, from, tokensByAddress, Rule{}, ""); err != nil {
		return Entry{}, err
	}
	inv, err := p.Invitation(ctx, token)
	if err != nil {
		return Entry{}, err
	}
	row, err := p.find(ctx, p.house.SharedReader(me), "u.id = $1", inv.user.ID)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{Invitation: inv, User: row.user(), in: in, from: from, token: token}
	switch {
	case in.SignedIn.Kind == Cookie && in.SignedIn.User.ID == inv.user.ID:
		return e, nil
	case inv.Known:
		_, err := p.own(ctx, Session{User: User{ID: inv.user.ID, Email: inv.Email}}, in.Password, from, invitationTaken)
		return e, err
	case UserState(inv.user.State) != Invited:
		return Entry{}, desk.Missing()
	}
	n := NewUser{Name: in.Name, Email: inv.Email, Password: in.Password, Language: in.Language}
	if err := n.validate(""); err != nil {
		return Entry{}, err
	}
	e.in.Name, e.in.Language = n.Name, n.Language
	e.User.Name, e.User.Language = n.Name, n.Language
	e.hash, err = p.hashOf(ctx, in.Password)
	return e, err
}

// Enter takes the invitation, once, and makes the account active. Membership
// and staff row are the caller's, in the same unit.
//
// Errors: NotFound when another took it first, or it was withdrawn meanwhile.
func (p *People) Enter(ctx context.Context, tx tenants.SharedTx, e Entry) (User, error) {
	hash, _ := tokenHash(e.token)
	n, err := tx.Exec(ctx, "delete from manydesk.credentials where hash = $1 and kind = 'invite' and expires_at > $2", hash[:], tx.Now())
	if err != nil {
		return User{}, fmt.Errorf("take an invitation: %w", err)
	}
	if n == 0 {
		return User{}, desk.Missing()
	}
	if e.hash != "" {
		n, err := tx.Exec(ctx, `update manydesk.users set state = 'active', name = $2, password_hash = $3, language = $4, version = version + 1
			where id = $1 and state = 'invited'`, e.Invitation.user.ID, e.in.Name, e.hash, e.in.Language)
		if err != nil {
			return User{}, fmt.Errorf("make an account active: %w", err)
		}
		if n == 0 {
			return User{}, desk.Refuse(desk.ChangedMeanwhile)
		}
	}
	row, err := p.find(ctx, tx.SharedReadTx, "u.id = $1", e.Invitation.user.ID)
	if err != nil {
		return User{}, err
	}
	if UserState(row.State) != Active {
		return User{}, desk.Missing()
	}
	return row.user(), p.note(ctx, tx, note{user: row.ID, tenant: e.Invitation.Tenant, what: invitationTaken, ok: true, from: e.from})
}

// LetIn signs in whoever has just entered. One who was signed in gets a session
// anew in the old one's place, because their rights have changed.
//
// Errors: SecondFactor with the extra "challenge".
func (p *People) LetIn(ctx context.Context, e Entry, u User) (g Granted, err error) {
	if e.in.SignedIn.User.ID != u.ID {
		return p.pass(ctx, u, e.from)
	}
	err = p.house.Shared(ctx, u.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		if _, err := tx.Exec(ctx, "delete from manydesk.credentials where id = $1 and kind = 'session'", e.in.SignedIn.ID); err != nil {
			return fmt.Errorf("end a session: %w", err)
		}
		tx.AfterCommit(p.sessions.clear)
		g, err = p.startSession(ctx, tx, u, e.from)
		return err
	})
	return g, err
}
