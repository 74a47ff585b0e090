package api

import (
	"context"
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/apps/api/words"
	"manydesk/desk"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Words are a name in both languages; either may be missing.
type Words struct {
	RU string `json:"ru,omitempty" maxLength:"200"`
	EN string `json:"en,omitempty" maxLength:"200"`
}

// Role is a set of permissions under a name.
type Role struct {
	Key         string  `json:"key"`
	Name        Words   `json:"name"`
	Builtin     bool    `json:"builtin"`
	Permissions []Grant `json:"permissions"`
	Members     int     `json:"members"`
	Version     int     `json:"version"`
	tenant      string
}

// ETag is the role's version.
func (r *Role) ETag() string { return versionTag(r.Version) }

// Location is where the role is read.
func (r *Role) Location() string { return "/v1/tenants/" + r.tenant + "/roles/" + r.Key }

// Grant is one permission of a role.
type Grant struct {
	Permission string     `json:"permission" maxLength:"60"`
	Types      TypesOrAll `json:"types"`
}

// TypesOrAll is a list of ticket types, or "*" for all.
type TypesOrAll []string

// Schema says that it is one or the other.
func (TypesOrAll) Schema(huma.Registry) *huma.Schema {
	most := 200
	return &huma.Schema{OneOf: []*huma.Schema{
		{Type: "array", Items: &huma.Schema{Type: "string"}, MaxItems: &most},
		{Type: "string", Enum: []any{"*"}},
	}}
}

// MarshalJSON writes "*" for all.
func (t TypesOrAll) MarshalJSON() ([]byte, error) {
	if len(t) == 0 {
		return []byte(`"*"`), nil
	}
	return json.Marshal([]string(t))
}

// UnmarshalJSON reads either.
func (t *TypesOrAll) UnmarshalJSON(b []byte) error {
	if string(b) == `"*"` {
		*t = nil
		return nil
	}
	return json.Unmarshal(b, (*[]string)(t))
}

type RolePath struct {
	Key string `path:"key" maxLength:"60"`
}

type newRoleIn struct {
	Body struct {
		Key         string  `json:"key" minLength:"1" maxLength:"60"`
		Name        Words   `json:"name"`
		Permissions []Grant `json:"permissions" maxItems:"100"`
	}
}

type roleIn struct {
	RolePath
	IfMatch
	Body struct {
		Name        *Words   `json:"name,omitempty"`
		Permissions *[]Grant `json:"permissions,omitempty" maxItems:"100"`
	}
}

type roleGoneIn struct {
	RolePath
	IfMatchMaybe
}

// PermissionDef is a right with its words.
type PermissionDef struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Group string `json:"group"`
}

func (a *App) roleRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/roles"
	read, manage := []access.Permission{access.MemberRead}, []access.Permission{access.RoleManage}
	view(r, "GET "+at, Op{ID: "listRoles", Tag: "People", Summary: "The tenant's roles", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*List[Role], error) {
			all, err := a.Staff.Roles(ctx, tx)
			list := &List[Role]{}
			for _, role := range all {
				list.Items = append(list.Items, roleView(tx, role))
			}
			return list, err
		})
	view(r, "GET "+at+"/{key}", Op{ID: "readRole", Tag: "People", Summary: "One role", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *RolePath) (*Role, error) {
			return a.role(ctx, tx, in.Key)
		})
	act(r, "POST "+at, Op{ID: "makeRole", Tag: "People", Summary: "Make a role", Needs: manage, Answers: 201, Errors: []desk.Code{desk.AlreadyExists, desk.InUse}},
		func(ctx context.Context, tx tenants.Tx, in *newRoleIn) (*Role, error) {
			made, err := a.Staff.SetRole(ctx, tx, in.Body.Key, roleSpec(in.Body.Name, in.Body.Permissions), 0)
			v := roleView(tx.ReadTx, made)
			return &v, err
		})
	act(r, "PATCH "+at+"/{key}", Op{ID: "changeRole", Tag: "People", Summary: "Change a role", Needs: manage, Errors: []desk.Code{desk.InUse}},
		func(ctx context.Context, tx tenants.Tx, in *roleIn) (*Role, error) {
			now, err := a.role(ctx, tx.ReadTx, in.Key)
			if err != nil {
				return nil, err
			}
			if in.Body.Name != nil {
				now.Name = *in.Body.Name
			}
			if in.Body.Permissions != nil {
				now.Permissions = *in.Body.Permissions
			}
			made, err := a.Staff.SetRole(ctx, tx, in.Key, roleSpec(now.Name, now.Permissions), in.Version())
			made.Members = now.Members
			v := roleView(tx.ReadTx, made)
			return &v, err
		})
	act(r, "DELETE "+at+"/{key}", Op{ID: "removeRole", Tag: "People", Summary: "Take a role away", Needs: manage, Errors: []desk.Code{desk.InUse}},
		func(ctx context.Context, tx tenants.Tx, in *roleGoneIn) (Nothing, error) {
			base := in.Version()
			if base == 0 {
				now, err := a.role(ctx, tx.ReadTx, in.Key)
				if err != nil {
					return Nothing{}, err
				}
				base = now.Version
			}
			return Nothing{}, a.Staff.RemoveRole(ctx, tx, in.Key, base)
		})
	view(r, "GET /v1/tenants/{tenant}/permissions", Op{ID: "listPermissions", Tag: "People", Summary: "Every right there is, with its words", Needs: read},
		func(_ context.Context, tx tenants.ReadTx, _ *noInput) (*List[PermissionDef], error) {
			list := &List[PermissionDef]{}
			for _, p := range access.All() {
				list.Items = append(list.Items, PermissionDef{p.String(), words.Right(tx.Actor().Language, p.String()), p.Group()})
			}
			return list, nil
		})
}

func (a *App) role(ctx context.Context, tx tenants.ReadTx, key string) (*Role, error) {
	all, err := a.Staff.Roles(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, role := range all {
		if role.Key == key {
			v := roleView(tx, role)
			return &v, nil
		}
	}
	return nil, desk.Missing()
}

func roleView(tx tenants.ReadTx, r staff.Role) Role {
	v := Role{Key: r.Key, Name: Words(r.Role.Name), Builtin: r.Builtin, Members: r.Members, Version: r.Version, tenant: tx.Tenant().Slug}
	for _, g := range r.Role.Grants {
		v.Permissions = append(v.Permissions, Grant{g.Permission, TypesOrAll(g.Types)})
	}
	return v
}

func roleSpec(name Words, grants []Grant) access.Role {
	role := access.Role{Name: access.Words(name)}
	for _, g := range grants {
		role.Grants = append(role.Grants, access.Grant{Permission: g.Permission, Types: []string(g.Types)})
	}
	return role
}
