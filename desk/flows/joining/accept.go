package joining

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// Accept takes an invitation, once: the account becomes active, the tenant (or
// provider) opens to it, the staff row stands, all or nothing; then the person
// is signed in. Fact member.joined.
//
// Errors: NotFound for the invitation; ValidationFailed for name, password or
// language; SignInFailed for the password of a known account; SecondFactor with
// the extra "challenge", after everything was accepted; TenantSuspended.
func (j *Joining) Accept(ctx context.Context, token string, in people.Entrant, from people.From) (people.Granted, error) {
	e, err := j.people.Prove(ctx, token, in, from)
	if err != nil {
		return people.Granted{}, err
	}
	var user people.User
	if e.Invitation.Tenant == 0 {
		user, err = j.enterProvider(ctx, e)
	} else {
		user, err = j.enterTenant(ctx, e)
	}
	if err != nil {
		return people.Granted{}, err
	}
	return j.people.LetIn(ctx, e, user)
}

func (j *Joining) enterTenant(ctx context.Context, e people.Entry) (user people.User, err error) {
	tenant, err := j.house.ByID(ctx, e.Invitation.Tenant)
	if err != nil {
		return user, err
	}
	err = j.house.Both(ctx, tenant, e.User.Actor(), func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if user, err = j.people.Enter(ctx, shared, e); err != nil {
			return err
		}
		if err := j.people.Join(ctx, shared, user.ID, tenant.ID, desk.EngagementID{}); err != nil {
			return err
		}
		_, err := j.staff.Join(ctx, tx, staff.Joining{
			ID: user.ID, Email: user.Email, Name: user.Name, Roles: e.Invitation.Roles, Groups: e.Invitation.Groups, Why: "invitation",
		})
		return err
	})
	return user, err
}

func (j *Joining) enterProvider(ctx context.Context, e people.Entry) (user people.User, err error) {
	err = j.house.Shared(ctx, e.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		if user, err = j.people.Enter(ctx, tx, e); err != nil {
			return err
		}
		return j.people.SetProviderMember(ctx, tx, e.Invitation.Provider.ID, user.ID, e.Invitation.Roles, true)
	})
	return user, err
}
