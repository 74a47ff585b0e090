package people

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// NeedsSetup reports an installation in which nobody is: its first visitor
// becomes its owner.
func (p *People) NeedsSetup(ctx context.Context) (bool, error) {
	var empty bool
	err := p.house.SharedReader(me).QueryRow(ctx, "select not exists (select from manydesk.users)", nil, &empty)
	if err != nil {
		return false, fmt.Errorf("look for people: %w", err)
	}
	return empty, nil
}

// FirstOwner makes the owner of an empty installation. pointer is put before the
// fields' names: "owner/".
//
// Errors: ValidationFailed; NotFound when the installation has people: two
// visitors at once get one owner.
func (p *People) FirstOwner(ctx context.Context, n NewUser, pointer string, from From) (User, error) {
	n.Owner = true
	if err := n.validate(pointer); err != nil {
		return User{}, err
	}
	hash, err := p.hashOf(ctx, n.Password)
	if err != nil {
		return User{}, err
	}
	var u User
	err = p.house.Shared(ctx, me, func(ctx context.Context, tx tenants.SharedTx) error {
		var empty bool
		if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock(7264)"); err != nil {
			return fmt.Errorf("wait for another setup: %w", err)
		}
		if err := tx.QueryRow(ctx, "select not exists (select from manydesk.users)", nil, &empty); err != nil {
			return fmt.Errorf("look for people: %w", err)
		}
		if !empty {
			return desk.Missing()
		}
		if u, err = insertUser(ctx, tx, n, hash, Active); err != nil {
			return err
		}
		return p.note(ctx, tx, note{user: u.ID, what: ownerMade, ok: true, from: from})
	})
	return u, err
}

// Start signs in a person whom the caller has made this moment.
func (p *People) Start(ctx context.Context, u User, from From) (Granted, error) {
	return p.pass(ctx, u, from)
}
