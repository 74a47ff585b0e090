package api

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// NewTenant describes a tenant to be made.
type NewTenant struct {
	Name      string     `json:"name" maxLength:"120"`
	Slug      string     `json:"slug" maxLength:"40"`
	Code      string     `json:"code,omitempty" maxLength:"6"`
	TimeZone  string     `json:"time_zone" maxLength:"60"`
	Languages []Language `json:"languages" minItems:"1" maxItems:"2"`
}

func (n NewTenant) verb() tenants.New {
	v := tenants.New{Name: n.Name, Slug: n.Slug, Code: n.Code, TimeZone: n.TimeZone}
	for _, l := range n.Languages {
		v.Languages = append(v.Languages, string(l))
	}
	return v
}

type setupIn struct {
	Body struct {
		Owner struct {
			Name     string   `json:"name" maxLength:"120"`
			Email    string   `json:"email" maxLength:"254"`
			Password string   `json:"password" maxLength:"200"`
			Language Language `json:"language"`
		} `json:"owner"`
		Tenant NewTenant `json:"tenant"`
	}
}

type newTenantIn struct{ Body NewTenant }

func (a *App) setupRoutes(r *Routes) {
	public(r, "POST /v1/setup", Op{
		ID: "setUp", Tag: "Tenants", Summary: "Make the owner and the first tenant of an empty installation", Anyone: nobodyYet, Answers: 201, Class: signIn,
		Errors: []desk.Code{desk.NotFound}, Within: actWithin * 2,
	}, func(ctx context.Context, c Caller, in *setupIn) (*Session, error) {
		o := in.Body.Owner
		g, _, err := a.Joining.Setup(ctx, people.NewUser{
			Name: o.Name, Email: o.Email, Password: o.Password, Language: string(o.Language), TimeZone: in.Body.Tenant.TimeZone, Owner: true,
		}, in.Body.Tenant.verb(), c.from())
		return a.granted(ctx, c, g, err)
	})
	mine(r, "GET /v1/tenants", Op{ID: "listTenants", Tag: "Tenants", Summary: "Tenants the person may open", Anyone: themselves},
		func(ctx context.Context, c Caller, _ *noInput) (*List[Tenant], error) {
			all, err := a.myTenants(ctx, c.visitor.session)
			list := &List[Tenant]{}
			for _, t := range all {
				list.Items = append(list.Items, t.Tenant)
			}
			return list, err
		})
	mine(r, "POST /v1/tenants", Op{
		ID: "makeTenant", Tag: "Tenants", Summary: "Make a tenant", Anyone: "the verb asks whether the person owns the installation or speaks for a provider", Answers: 201,
		Errors: []desk.Code{desk.Denied}, Within: actWithin * 2,
	}, func(ctx context.Context, c Caller, in *newTenantIn) (*madeTenant, error) {
		t, err := a.Joining.Found(ctx, c.visitor.session, in.Body.verb())
		if err != nil {
			return nil, err
		}
		a.People.Forget()
		return &madeTenant{a.tenantView(t)}, nil
	})
}

type madeTenant struct{ Tenant }

// Location is where the tenant is read.
func (t *madeTenant) Location() string { return "/v1/tenants/" + t.Slug }
