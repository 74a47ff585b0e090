package joining

import (
	"context"
	"slices"
	"strings"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// Setup makes the first owner and the first tenant of an empty installation and
// signs the owner in.
//
// Errors: NotFound when the installation is not empty; ValidationFailed with
// pointers under /body/owner and /body/tenant.
func (j *Joining) Setup(ctx context.Context, owner people.NewUser, n tenants.New, from people.From) (people.Granted, tenants.Tenant, error) {
	empty, err := j.people.NeedsSetup(ctx)
	if err != nil {
		return people.Granted{}, tenants.Tenant{}, err
	}
	if !empty {
		return people.Granted{}, tenants.Tenant{}, desk.Missing()
	}
	// Before the owner is made: a wrong tenant must not leave an owner behind.
	if err := under("tenant", n.Validate()); err != nil {
		return people.Granted{}, tenants.Tenant{}, err
	}
	if t, err := j.house.BySlug(ctx, n.Slug); err == nil && t.State != tenants.Creating {
		return people.Granted{}, tenants.Tenant{}, desk.Invalid(desk.Field("tenant/slug", desk.Taken))
	} else if err != nil && !desk.Is(err, desk.NotFound) {
		return people.Granted{}, tenants.Tenant{}, err
	}
	user, err := j.people.FirstOwner(ctx, owner, "owner/", from)
	if err != nil {
		return people.Granted{}, tenants.Tenant{}, err
	}
	tenant, err := j.house.Create(ctx, n, user.Actor(), j.Fill(user))
	if err != nil {
		return people.Granted{}, tenants.Tenant{}, under("tenant", err)
	}
	granted, err := j.people.Start(ctx, user, from)
	return granted, tenant, err
}

// Found makes a tenant whose first owner is the person who asks. Rights: the
// installation's owner, or who speaks for a provider; never an API key with scopes.
//
// Errors: Denied; ValidationFailed; taken on slug.
func (j *Joining) Found(ctx context.Context, s people.Session, n tenants.New) (tenants.Tenant, error) {
	may, err := j.MayFound(ctx, s)
	if err != nil {
		return tenants.Tenant{}, err
	}
	if !may {
		return tenants.Tenant{}, desk.Refuse(desk.Denied, "right", "tenant.create", "who", "")
	}
	return j.house.Create(ctx, n, s.Actor(), j.Fill(s.User))
}

// MayFound reports whether the person may make tenants.
func (j *Joining) MayFound(ctx context.Context, s people.Session) (bool, error) {
	if s.Portal() || s.Scopes != nil {
		return false, nil
	}
	if s.User.Owner {
		return true, nil
	}
	works, err := j.people.ProvidersOf(ctx, s.User.ID)
	return slices.ContainsFunc(works, people.ProviderMember.Admin), err
}

// Fill is what stands in a new tenant: the default settings, and the owner if
// there is a user for it.
func (j *Joining) Fill(owner people.User) func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
	return func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		defaults := append(settings.Defaults(tx.Tenant().Language("")), sla.Defaults(tx.Tenant().TimeZone)...)
		if err := settings.Fill(ctx, tx, defaults...); err != nil {
			return err
		}
		if !owner.ID.IsZero() {
			if err := j.people.Join(ctx, shared, owner.ID, tx.Tenant().ID, desk.EngagementID{}); err != nil {
				return err
			}
			_, err := j.staff.Join(ctx, tx, staff.Joining{ID: owner.ID, Email: owner.Email, Name: owner.Name, Roles: []string{access.Owner}, Groups: []string{"first"}, Why: "setup"})
			if err != nil {
				return err
			}
		}
		return j.also(ctx, shared, tx)
	}
}

// under moves the fields of a refusal under a member of the body.
func under(member string, err error) error {
	e, ok := err.(*desk.Error) //nolint:errorlint // ours, unwrapped
	if !ok {
		return err
	}
	moved := *e
	moved.Fields = slices.Clone(e.Fields)
	for i, f := range moved.Fields {
		moved.Fields[i].Pointer = strings.Replace(f.Pointer, "/body/", "/body/"+member+"/", 1)
	}
	return &moved
}
