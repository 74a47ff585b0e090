package joining

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// Change changes a member of the tenant (staff.Change); ending their work closes
// the tenant to them in the same unit, bringing them back opens it. first is what
// changes with it outside of the tenant, in that unit too, and before: loads are
// locked before people.
//
// Rights and errors as of staff.Change; EngagementEnded for bringing back
// somebody whose engagement is over.
func (j *Joining) Change(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, in staff.Change, first ...func(ctx context.Context, shared tenants.SharedTx) error) (m staff.Member, err error) {
	err = j.house.Both(ctx, tenant, actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		for _, do := range first {
			if err := do(ctx, shared); err != nil {
				return err
			}
		}
		if m, err = j.staff.Change(ctx, tx, in); err != nil || in.Active == nil {
			return err
		}
		if !m.Active {
			return j.people.Leave(ctx, shared, tenant.ID, m.ID)
		}
		if !m.Own() {
			e, err := j.people.Engagement(ctx, m.Engagement)
			if err != nil {
				return err
			}
			if e.State != people.EngagementActive {
				return desk.Refuse(desk.EngagementEnded, "customer", tenant.Name)
			}
		}
		return j.people.Join(ctx, shared, m.ID, tenant.ID, m.Engagement)
	})
	return m, err
}

// Add makes a user a member without an invitation, for the command line and the demo.
func (j *Joining) Add(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, user people.User, roles, groups []string) error {
	return j.house.Both(ctx, tenant, actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if err := j.guard.Grantable(ctx, tx.ReadTx, "roles", roles...); err != nil {
			return err
		}
		if err := j.people.Join(ctx, shared, user.ID, tenant.ID, desk.EngagementID{}); err != nil {
			return err
		}
		_, err := j.staff.Join(ctx, tx, staff.Joining{ID: user.ID, Email: user.Email, Name: user.Name, Roles: roles, Groups: groups, Why: "by hand"})
		return err
	})
}
