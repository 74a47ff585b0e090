package joining

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// Invite is who is asked into a tenant, and as what.
type Invite struct {
	Email  string
	Roles  []string
	Groups []string
	// Language of the letter to somebody who has no account yet; empty is the tenant's first.
	Language string
}

// Invite asks somebody into the tenant by a letter that is good for a week.
// Rights: member.manage, and in the roles nothing beyond the actor's own rights.
// Fact member.invited.
//
// Errors: ValidationFailed; Denied; AlreadyExists for a live member.
func (j *Joining) Invite(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, in Invite) (people.Invitation, error) {
	made, _, err := j.InviteByHand(ctx, tenant, actor, in)
	return made, err
}

// InviteByHand is Invite that also gives the token of the letter's link, for the
// command line of an installation that has no mail yet.
func (j *Joining) InviteByHand(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, in Invite) (made people.Invitation, token string, err error) {
	if len(in.Roles) == 0 {
		return made, "", desk.Invalid(desk.Field("roles", desk.Required))
	}
	err = j.house.Both(ctx, tenant, actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if err := j.guard.Check(ctx, tx.ReadTx, access.MemberManage, access.Object{}); err != nil {
			return err
		}
		if err := j.guard.Grantable(ctx, tx.ReadTx, "roles", in.Roles...); err != nil {
			return err
		}
		made, token, err = j.people.Invite(ctx, shared, people.Invitation{
			Email: in.Email, Tenant: tenant.ID, Roles: in.Roles, Groups: in.Groups,
		}, tenant.Language(in.Language))
		if err != nil {
			return err
		}
		return j.record(ctx, tx, made.ID.Any(), "invitation", "member.invited", map[string]any{"email": made.Email, "roles": in.Roles})
	})
	return made, token, err
}

// Invitations lists the tenant's open ones. Rights: member.manage.
func (j *Joining) Invitations(ctx context.Context, tx tenants.ReadTx) ([]people.Invitation, error) {
	if err := j.guard.Check(ctx, tx, access.MemberManage, access.Object{}); err != nil {
		return nil, err
	}
	return j.people.Invitations(ctx, tx.Tenant().ID)
}

// Withdraw voids an invitation. Rights: member.manage. NotFound for one of
// another tenant or one that is taken. Fact member.invitation_withdrawn.
func (j *Joining) Withdraw(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, id desk.CredentialID) error {
	return j.house.Both(ctx, tenant, actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if err := j.guard.Check(ctx, tx.ReadTx, access.MemberManage, access.Object{}); err != nil {
			return err
		}
		if err := j.people.Withdraw(ctx, shared, id, tenant.ID, 0); err != nil {
			return err
		}
		return j.record(ctx, tx, id.Any(), "invitation", "member.invitation_withdrawn", map[string]any{})
	})
}

// InviteToProvider asks somebody to become one of a provider's people. The actor
// speaks for the provider (people.ActorFor with admin).
//
// Errors: ValidationFailed; NotFound for another provider; AlreadyExists.
func (j *Joining) InviteToProvider(ctx context.Context, provider people.ProviderRef, actor desk.Actor, email string, admin bool) (made people.Invitation, err error) {
	if actor.Provider != provider.ID && actor.Kind != desk.SystemActor {
		return made, desk.Missing()
	}
	roles := []string{}
	if admin {
		roles = append(roles, people.ProviderAdmin)
	}
	err = j.house.Shared(ctx, actor, func(ctx context.Context, tx tenants.SharedTx) error {
		made, _, err = j.people.Invite(ctx, tx, people.Invitation{Email: email, Provider: provider, Roles: roles}, actor.Language)
		return err
	})
	return made, err
}
