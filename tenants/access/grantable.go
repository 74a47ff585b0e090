package access

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Grantable checks that the actor may give these roles to somebody: each exists
// and is for staff, and holds nothing that the actor does not hold: nobody lifts
// another, or themself, above their own rights.
//
// Errors: unknown_id on the pointer's item; Denied with the first right that the
// actor lacks.
func (g *Guard) Grantable(ctx context.Context, tx tenants.ReadTx, pointer string, roles ...string) error {
	may, r, err := g.granted(ctx, tx.Tenant(), tx.Actor(), tx.Now())
	if err != nil {
		return err
	}
	var wrong []desk.FieldError
	for i, key := range roles {
		if r.roles[key] == nil || OnPortal(key) {
			wrong = append(wrong, desk.Field(fmt.Sprintf("%s/%d", pointer, i), desk.UnknownID))
		}
	}
	if err := desk.Invalid(wrong...); err != nil {
		return err
	}
	for _, key := range roles {
		if err := r.within(may, r.roles[key], tx.Actor()); err != nil {
			return err
		}
	}
	return nil
}

// Allowable checks that the actor may write a role with these grants, by the
// same rule.
//
// Errors: unknown_id on permissions/i for one that staff cannot have; Denied.
func (g *Guard) Allowable(ctx context.Context, tx tenants.ReadTx, role Role) error {
	may, r, err := g.granted(ctx, tx.Tenant(), tx.Actor(), tx.Now())
	if err != nil {
		return err
	}
	var wrong []desk.FieldError
	given := &grants{types: map[string]mask{}}
	for i, grant := range role.Grants {
		p, known := Parse(grant.Permission)
		switch {
		case !known || p.Portal():
			wrong = append(wrong, desk.Field(fmt.Sprintf("permissions/%d/permission", i), desk.UnknownID))
		case grant.Types == nil:
			given.all |= 1 << p
		case !p.Typed():
			wrong = append(wrong, desk.Field(fmt.Sprintf("permissions/%d/types", i), desk.MaxItems, "max", 0))
		default:
			for _, t := range grant.Types {
				given.types[t] |= 1 << p
			}
		}
	}
	if err := desk.Invalid(wrong...); err != nil {
		return err
	}
	return r.within(may, given, tx.Actor())
}

// within refuses what wanted holds beyond held, and what the actor's key cannot reach.
func (r *rights) within(held, wanted *grants, actor desk.Actor) error {
	beyond := wanted.all &^ held.all
	for t, m := range wanted.types {
		beyond |= m &^ held.on(t)
	}
	for _, p := range wanted.any().list() {
		if beyond.has(p) || !inScope(actor.Scopes, p) {
			return desk.Refuse(desk.Denied, "right", p.String(), "who", r.keepers.In(actor.Language))
		}
	}
	return nil
}

// Exists tells whether the tenant has a role. NotFound when not.
func (g *Guard) Exists(ctx context.Context, tx tenants.ReadTx, key string) error {
	r, err := g.rights(ctx, tx.Tenant())
	if err != nil {
		return err
	}
	if r.roles[key] == nil {
		return desk.Missing()
	}
	return nil
}
