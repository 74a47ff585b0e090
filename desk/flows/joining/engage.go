package joining

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
	"manydesk/tenants/people"
)

// Offer is what one side offers the other.
type Offer struct {
	Provider people.ProviderRef
	Roles    []string
	// Types nil covers all ticket types.
	Types            []string
	StartsAt, EndsAt time.Time // zero: now; open
}

// Offer offers an engagement. Rights: engagement.manage on the tenant's side; on
// the provider's the actor speaks for it (people.ActorFor with admin). Fact
// engagement.offered.
//
// Errors: ValidationFailed; unknown_id for roles and types the tenant has not,
// and for the owner's role, which no engagement gives; AlreadyExists while
// another is offered or active.
func (j *Joining) Offer(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, side people.Side, in Offer) (e people.Engagement, err error) {
	err = j.house.Both(ctx, tenant, actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if err := j.speaks(ctx, tx, side, in.Provider.ID); err != nil {
			return err
		}
		if err := j.offerable(ctx, tx, side, in); err != nil {
			return err
		}
		e, err = j.people.Offer(ctx, shared, people.Engagement{
			Provider: in.Provider, Tenant: tenant.ID, OfferedBy: side, Roles: in.Roles, Types: in.Types, StartsAt: in.StartsAt, EndsAt: in.EndsAt,
		})
		if err != nil {
			return err
		}
		return j.told(ctx, tx, e, nil)
	})
	return e, err
}

// speaks checks that the actor may act for a side. A provider's people never
// speak for the tenant about their own provider, whatever role they have there.
func (j *Joining) speaks(ctx context.Context, tx tenants.Tx, side people.Side, provider desk.ProviderID) error {
	actor := tx.Actor()
	if side == people.ProviderSide {
		if actor.Provider != provider && actor.Kind != desk.SystemActor {
			return desk.Missing()
		}
		return nil
	}
	if err := j.guard.Check(ctx, tx.ReadTx, access.EngagementManage, access.Object{}); err != nil {
		return err
	}
	if actor.Provider == provider {
		return desk.Refuse(desk.Denied, "right", access.EngagementManage.String(), "who", tx.Tenant().Name)
	}
	return nil
}

func (j *Joining) offerable(ctx context.Context, tx tenants.Tx, side people.Side, in Offer) error {
	var wrong []desk.FieldError
	if len(in.Roles) == 0 {
		wrong = append(wrong, desk.Field("roles", desk.Required))
	}
	for i, key := range in.Roles {
		err := j.guard.Exists(ctx, tx.ReadTx, key)
		if err != nil && !desk.Is(err, desk.NotFound) {
			return err
		}
		if err != nil || key == access.Owner || access.OnPortal(key) {
			wrong = append(wrong, desk.Field(fmt.Sprintf("roles/%d", i), desk.UnknownID))
		}
	}
	if in.Types != nil && len(in.Types) == 0 {
		wrong = append(wrong, desk.Field("types", desk.MinItems, "min", 1))
	}
	for i, key := range in.Types {
		_, err := settings.Types.Live(ctx, tx.ReadTx, key)
		if desk.Is(err, desk.NotFound) {
			wrong = append(wrong, desk.Field(fmt.Sprintf("types/%d", i), desk.UnknownID))
		} else if err != nil {
			return err
		}
	}
	if err := desk.Invalid(wrong...); err != nil || side == people.ProviderSide {
		return err
	}
	return j.guard.Grantable(ctx, tx.ReadTx, "roles", in.Roles...)
}

// Answer accepts or refuses what the other side offered. Rights as of Offer, and
// on the tenant's side nothing in the roles beyond the actor's own. Facts
// engagement.active, engagement.refused.
//
// Errors: NotFound; ChangedMeanwhile; Denied for the side that offered; InUse
// when it is not offered any more; Gone when its end has come.
func (j *Joining) Answer(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, side people.Side, id desk.EngagementID, version int, accept bool) (e people.Engagement, err error) {
	err = j.house.Both(ctx, tenant, actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if e, err = j.mine(ctx, tx, side, id); err != nil {
			return err
		}
		if accept && side == people.TenantSide {
			if err := j.guard.Grantable(ctx, tx.ReadTx, "roles", e.Roles...); err != nil {
				return err
			}
		}
		if e, err = j.people.Answer(ctx, shared, id, side, version, accept); err != nil {
			return err
		}
		if accept && !e.EndsAt.IsZero() {
			if err := jobs.SetTimers(ctx, tx, desk.Timer{Subject: id.Any(), Kind: EndTimer, DueAt: e.EndsAt}); err != nil {
				return err
			}
		}
		return j.told(ctx, tx, e, nil)
	})
	return e, err
}

// mine finds an engagement of the tenant for which the actor may speak. NotFound for another's.
func (j *Joining) mine(ctx context.Context, tx tenants.Tx, side people.Side, id desk.EngagementID) (people.Engagement, error) {
	e, err := j.people.Engagement(ctx, id)
	if err != nil {
		return e, err
	}
	if e.Tenant != tx.Tenant().ID {
		return e, desk.Missing()
	}
	return e, j.speaks(ctx, tx, side, e.Provider.ID)
}

// Assign says which of the provider's people work under an active engagement:
// exactly these, with all the roles it grants; who is not among them leaves. The
// actor speaks for the provider. Facts member.joined, member.left.
//
// Errors: NotFound; EngagementEnded; unknown_id on users for who is not of the
// provider or is the tenant's own.
func (j *Joining) Assign(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, id desk.EngagementID, users []desk.UserID) (e people.Engagement, err error) {
	err = j.house.Both(ctx, tenant, actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if e, err = j.mine(ctx, tx, people.ProviderSide, id); err != nil {
			return err
		}
		e, now, wanted, err := j.people.Staffing(ctx, shared, id, users)
		if err != nil {
			return err
		}
		come := map[desk.UserID]bool{}
		for _, w := range wanted {
			come[w.User] = true
		}
		var gone []desk.UserID
		here := map[desk.UserID]bool{}
		for _, u := range now {
			here[u] = true
			if !come[u] {
				gone = append(gone, u)
			}
		}
		for _, w := range wanted {
			if here[w.User] {
				continue
			}
			if err := j.people.Join(ctx, shared, w.User, tenant.ID, id); err != nil {
				return err
			}
			_, err := j.staff.Join(ctx, tx, staff.Joining{
				ID: w.User, Email: w.Email, Name: w.Name, Provider: e.Provider.ID, Engagement: id, Roles: e.Roles, Why: "engagement",
			})
			if err != nil {
				return err
			}
		}
		if len(gone) == 0 {
			return nil
		}
		if err := j.people.Leave(ctx, shared, tenant.ID, gone...); err != nil {
			return err
		}
		return j.staff.Leave(ctx, tx, "engagement", gone...)
	})
	return e, err
}

func (j *Joining) told(ctx context.Context, tx tenants.Tx, e people.Engagement, more map[string]any) error {
	data := map[string]any{"provider": e.Provider.Slug, "provider_name": e.Provider.Name, "roles": e.Roles, "types": e.Types, "starts_at": e.StartsAt}
	if !e.EndsAt.IsZero() {
		data["ends_at"] = e.EndsAt
	}
	for k, v := range more {
		data[k] = v
	}
	return j.record(ctx, tx, e.ID.Any(), "engagement", "engagement."+string(e.State), data)
}
