package people

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Sessions lists where a person is signed in, the latest seen first.
func (p *People) Sessions(ctx context.Context, user desk.UserID) ([]Session, error) {
	return p.list(ctx, "c.user_id = $1 and c.kind = 'session' and c.expires_at > $2 and coalesce(c.seen_at, c.created_at) > $3",
		user, p.house.Clock()(), p.house.Clock()().Add(-sessionRests))
}

func (p *People) list(ctx context.Context, where string, args ...any) ([]Session, error) {
	var rows []sessionRow
	err := p.house.SharedReader(me).Query(ctx, &rows, "select "+sessionColumns+` from manydesk.credentials c left join manydesk.users u on u.id = c.user_id
		where `+where+" order by coalesce(c.seen_at, c.created_at) desc, c.id limit 200", args...)
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	all := make([]Session, len(rows))
	for i, row := range rows {
		if all[i], err = row.session(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// EndSession signs one of the person's own sessions out. NotFound for another's;
// ScopeMissing for who came by a key.
func (p *People) EndSession(ctx context.Context, s Session, id desk.CredentialID, from From) error {
	return p.revoke(ctx, s, id, string(Cookie), note{user: s.User.ID, what: sessionRevoked, ok: true, from: from})
}

func (p *People) revoke(ctx context.Context, s Session, id desk.CredentialID, kind string, n note) error {
	if err := s.byHand(); err != nil {
		return err
	}
	err := p.house.Shared(ctx, s.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		gone, err := tx.Exec(ctx, "delete from manydesk.credentials where id = $1 and user_id = $2 and kind = $3", id, s.User.ID, kind)
		if err != nil {
			return fmt.Errorf("delete a credential: %w", err)
		}
		if gone == 0 {
			return desk.Missing()
		}
		return p.note(ctx, tx, n)
	})
	p.sessions.clear()
	return err
}

// endSessions signs a person out everywhere but in one session.
func (p *People) endSessions(ctx context.Context, tx tenants.SharedTx, user desk.UserID, but desk.CredentialID) error {
	_, err := tx.Exec(ctx, "delete from manydesk.credentials where user_id = $1 and kind in ('session', 'code', 'reset') and id is distinct from $2", user, but)
	if err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	tx.AfterCommit(p.sessions.clear)
	return nil
}

// Block keeps a person out, at once and everywhere; Unblock lets them back in.
// NotFound for none.
func (p *People) Block(ctx context.Context, user desk.UserID) error {
	return p.setState(ctx, user, Active, Blocked, userBlocked)
}

// Unblock is the reverse of Block.
func (p *People) Unblock(ctx context.Context, user desk.UserID) error {
	return p.setState(ctx, user, Blocked, Active, userUnblocked)
}

func (p *People) setState(ctx context.Context, user desk.UserID, was, is UserState, what string) error {
	return p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		n, err := tx.Exec(ctx, "update manydesk.users set state = $3, version = version + 1 where id = $1 and state = $2", user, string(was), string(is))
		if err != nil {
			return fmt.Errorf("change an account's state: %w", err)
		}
		if n == 0 {
			return desk.Missing()
		}
		if err := p.endSessions(ctx, tx, user, desk.CredentialID{}); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: user, what: what, ok: true})
	})
}
