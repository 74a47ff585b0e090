package staff

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Role is a role of the tenant, with how many active people have it.
type Role struct {
	Key     string
	Role    access.Role
	Builtin bool
	Members int
	// Version 0 is one of the product's own that this tenant never published.
	Version int
}

// Roles lists the tenant's roles: its published ones, and those of the product
// that it has not made its own. Rights: member.read.
func (s *Staff) Roles(ctx context.Context, tx tenants.ReadTx) ([]Role, error) {
	if err := s.guard.Check(ctx, tx, access.MemberRead, access.Object{}); err != nil {
		return nil, err
	}
	published, err := settings.Roles.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	members, err := count(ctx, tx)
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	var all []Role
	for _, p := range published {
		own[p.Key] = true
		all = append(all, Role{Key: p.Key, Role: p.Spec, Builtin: access.IsBuiltin(p.Key), Members: members[p.Key], Version: p.Version})
	}
	for _, b := range access.Builtin() {
		if !own[b.Key] {
			all = append(all, Role{Key: b.Key, Role: b.Role, Builtin: true, Members: members[b.Key]})
		}
	}
	return all, nil
}

func count(ctx context.Context, tx tenants.ReadTx) (map[string]int, error) {
	var rows []struct {
		Role    string
		Members int
	}
	err := tx.Query(ctx, &rows, "select role, count(*) as members from ?tenant.staff, unnest(roles) as role where active group by role")
	if err != nil {
		return nil, fmt.Errorf("count members by role: %w", err)
	}
	members := make(map[string]int, len(rows))
	for _, r := range rows {
		members[r.Role] = r.Members
	}
	return members, nil
}

// SetRole makes a role (base 0) or changes one. Rights: role.manage, and nothing
// in the role beyond the actor's own rights, before as after.
//
// Errors: ValidationFailed; Denied; InUse for the owner's and the portal's roles,
// which are the product's; AlreadyExists; ChangedMeanwhile.
func (s *Staff) SetRole(ctx context.Context, tx tenants.Tx, key string, role access.Role, base int) (Role, error) {
	if err := s.guard.Check(ctx, tx.ReadTx, access.RoleManage, access.Object{}); err != nil {
		return Role{}, err
	}
	if key == access.Owner || access.OnPortal(key) {
		return Role{}, desk.Refuse(desk.InUse, "where", "manydesk")
	}
	if err := s.mayWrite(ctx, tx, key, role); err != nil {
		return Role{}, err
	}
	if base == 0 && access.IsBuiltin(key) {
		// One of the product's own that has no row here yet begins at version 0.
		if _, err := settings.Roles.Live(ctx, tx.ReadTx, key); err == nil {
			return Role{}, desk.Refuse(desk.AlreadyExists, "what", key)
		}
	}
	done, err := settings.Edit(ctx, s.editor, tx, settings.Roles, settings.Change[access.Role]{Draft: settings.Draft[access.Role]{Key: key, Spec: role}, Base: base})
	if err != nil {
		return Role{}, err
	}
	return Role{Key: key, Role: role, Builtin: access.IsBuiltin(key), Version: done.Version}, Changed(ctx, tx)
}

func (s *Staff) mayWrite(ctx context.Context, tx tenants.Tx, key string, role access.Role) error {
	if err := role.Validate(); err != nil {
		return err
	}
	for i, g := range role.Grants {
		for j, t := range g.Types {
			if _, err := settings.Types.Live(ctx, tx.ReadTx, t); desk.Is(err, desk.NotFound) {
				return desk.Invalid(desk.Field(fmt.Sprintf("permissions/%d/types/%d", i, j), desk.UnknownID))
			} else if err != nil {
				return err
			}
		}
	}
	if err := s.guard.Allowable(ctx, tx.ReadTx, role); err != nil {
		return err
	}
	if s.guard.Exists(ctx, tx.ReadTx, key) == nil {
		return s.guard.Grantable(ctx, tx.ReadTx, "key", key)
	}
	return nil
}

// RemoveRole takes a role of the tenant's own away. Rights: role.manage.
//
// Errors: NotFound; ChangedMeanwhile; InUse while somebody has it, and for the
// product's own roles.
func (s *Staff) RemoveRole(ctx context.Context, tx tenants.Tx, key string, base int) error {
	if err := s.guard.Check(ctx, tx.ReadTx, access.RoleManage, access.Object{}); err != nil {
		return err
	}
	if access.IsBuiltin(key) {
		return desk.Refuse(desk.InUse, "where", "manydesk")
	}
	members, err := count(ctx, tx.ReadTx)
	if err != nil {
		return err
	}
	if members[key] > 0 {
		return desk.Refuse(desk.InUse, "where", fmt.Sprintf("%d", members[key]))
	}
	if err := settings.Withdraw(ctx, s.editor, tx, settings.Roles, key, base); err != nil {
		return err
	}
	return Changed(ctx, tx)
}
