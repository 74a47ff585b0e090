package queue

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
)

// Save keeps a view of the actor's.
//
// Rights: settings.edit in the tenant that it is shared in. Errors:
// ValidationFailed; Denied; LimitReached past a hundred.
func (q *Queue) Save(ctx context.Context, actor desk.Actor, all []tenants.Tenant, in Kept) (*Saved, error) {
	look, err := in.check()
	if err != nil {
		return nil, err
	}
	if in.Shared {
		if err := q.mayShare(ctx, actor, all, in.Scope); err != nil {
			return nil, err
		}
	}
	made := Saved{Owner: actor.User(), OwnerName: actor.Name, Version: 1, Kept: in}
	err = q.house.Shared(ctx, actor, func(ctx context.Context, tx tenants.SharedTx) error {
		made.ID = desk.NewViewID(tx.Now())
		// One at a time, so that the limit holds.
		if _, err := tx.Exec(ctx, "select from manydesk.users where id = $1 for no key update", made.Owner); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, `insert into manydesk.views (id, owner_id, tenant_id, shared, name, look, created_at)
			select $1, $2, nullif($3, 0), $4, $5, $6, $7 where (select count(*) from manydesk.views where owner_id = $2) < $8`,
			made.ID, made.Owner, int(in.Scope), in.Shared, in.Name, look, tx.Now(), mostSaved)
		if err == nil && n == 0 {
			return desk.Refuse(desk.LimitReached, "max", mostSaved)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return &made, nil
}

// Resave changes a saved view from the version that was seen.
//
// Rights: it is the actor's own, or it is shared and they have settings.edit in
// its tenant; settings.edit in the tenant that it is shared in from now on.
// Errors: NotFound; Denied; ValidationFailed; ChangedMeanwhile.
func (q *Queue) Resave(ctx context.Context, actor desk.Actor, all []tenants.Tenant, id desk.ViewID, version int, in Kept) (*Saved, error) {
	look, err := in.check()
	if err != nil {
		return nil, err
	}
	had, err := q.hold(ctx, actor, all, id)
	if err != nil {
		return nil, err
	}
	if in.Shared {
		if err := q.mayShare(ctx, actor, all, in.Scope); err != nil {
			return nil, err
		}
	}
	err = q.house.Shared(ctx, actor, func(ctx context.Context, tx tenants.SharedTx) error {
		n, err := tx.Exec(ctx, `update manydesk.views set name = $3, tenant_id = nullif($4, 0), shared = $5, look = $6, version = version + 1
			where id = $1 and version = $2`, id, version, in.Name, int(in.Scope), in.Shared, look)
		if err == nil && n == 0 {
			return desk.Refuse(desk.ChangedMeanwhile).With("current", had.Version)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	had.Kept, had.Version = in, version+1
	return had, nil
}

// Unsave forgets a saved view.
//
// Rights and errors as of Resave.
func (q *Queue) Unsave(ctx context.Context, actor desk.Actor, all []tenants.Tenant, id desk.ViewID, version int) error {
	had, err := q.hold(ctx, actor, all, id)
	if err != nil {
		return err
	}
	return q.house.Shared(ctx, actor, func(ctx context.Context, tx tenants.SharedTx) error {
		n, err := tx.Exec(ctx, "delete from manydesk.views where id = $1 and version = $2", id, version)
		if err == nil && n == 0 {
			return desk.Refuse(desk.ChangedMeanwhile).With("current", had.Version)
		}
		return err
	})
}

// MayEdit reports whether the actor may change or forget the view.
func (q *Queue) MayEdit(ctx context.Context, actor desk.Actor, all []tenants.Tenant, s *Saved) (bool, error) {
	if s.Owner == actor.User() {
		return true, nil
	}
	return q.edits(ctx, actor, all, s.Scope)
}
