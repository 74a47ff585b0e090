package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Company is a customer's company.
type Company struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	VIP       bool     `json:"vip"`
	Level     *string  `json:"level" doc:"Service level, a key of the tenant's"`
	Calendar  *string  `json:"calendar" doc:"Working calendar of its own, a key of the tenant's"`
	Note      string   `json:"note"`
	Domains   []string `json:"domains"`
	Contacts  int      `json:"contacts"`
	Archived  bool     `json:"archived"`
	Version   int      `json:"version"`
	Abilities []string `json:"abilities"`
}

// ETag is the company's version.
func (c *Company) ETag() string { return versionTag(c.Version) }

type companyIn struct {
	IDPath
	IfMatch
	Body companyBody
}

type newCompanyIn struct{ Body companyBody }

type companyBody struct {
	Name     Maybe[string]   `json:"name,omitzero"`
	VIP      Maybe[bool]     `json:"vip,omitzero"`
	Level    Maybe[string]   `json:"level,omitzero"`
	Calendar Maybe[string]   `json:"calendar,omitzero"`
	Note     Maybe[string]   `json:"note,omitzero"`
	Domains  Maybe[[]string] `json:"domains,omitzero" doc:"Whoever writes from these is of the company"`
}

func (a *App) companyRoutes(r *Routes) {
	const list = "/v1/tenants/{tenant}/companies"
	read := []access.Permission{access.CustomerRead}
	view(r, "GET "+list, Op{ID: "listCompanies", Tag: "Customers", Summary: "Companies of customers, by name", Needs: read}, a.companies)
	view(r, "GET "+list+"/{id}", Op{ID: "readCompany", Tag: "Customers", Summary: "One company", Needs: read},
		func(ctx context.Context, tx tenants.ReadTx, in *IDPath) (*Company, error) {
			id, err := companyID(in.ID)
			if err != nil {
				return nil, err
			}
			c, err := a.Customers.Company(ctx, tx, id)
			if err != nil {
				return nil, err
			}
			return a.companyView(ctx, tx, *c)
		})
	act(r, "POST "+list, Op{ID: "addCompany", Tag: "Customers", Summary: "Add a company", Needs: []access.Permission{access.CustomerEdit}, Answers: 201, Errors: []desk.Code{desk.AlreadyExists}},
		func(ctx context.Context, tx tenants.Tx, in *newCompanyIn) (*Company, error) {
			firm, err := in.Body.firm(ctx, tx.ReadTx)
			if err != nil {
				return nil, err
			}
			c, err := a.Customers.AddCompany(ctx, tx, firm)
			if err != nil {
				return nil, err
			}
			return a.companyView(ctx, tx.ReadTx, *c)
		})
	act(r, "PATCH "+list+"/{id}", Op{ID: "changeCompany", Tag: "Customers", Summary: "Change a company", Needs: []access.Permission{access.CustomerEdit}},
		func(ctx context.Context, tx tenants.Tx, in *companyIn) (*Company, error) {
			return a.changeCompany(ctx, tx, in)
		})
}

func companyID(s string) (desk.CompanyID, error) {
	var id desk.CompanyID
	if id.UnmarshalText([]byte(s)) != nil || id.IsZero() {
		return id, desk.Missing()
	}
	return id, nil
}

func (a *App) companyView(ctx context.Context, tx tenants.ReadTx, c customers.Company) (*Company, error) {
	v := &Company{
		ID: c.ID.String(), Name: c.Name, VIP: c.VIP, Level: orNil(c.Level), Calendar: orNil(c.Calendar), Note: c.Note,
		Domains: c.Domains, Contacts: c.Contacts, Archived: !c.ArchivedAt.IsZero(), Version: c.Version,
	}
	edits, err := a.Guard.Any(ctx, tx.Tenant(), tx.Actor(), access.CustomerEdit)
	if edits {
		v.Abilities = []string{"edit"}
	}
	return v, err
}

func (a *App) companies(ctx context.Context, tx tenants.ReadTx, in *contactsIn) (*Page[Company], error) {
	var after customers.Cursor
	where := scope{tx.Tenant().ID, tx.Actor().ID, "companies", in.Q}
	if in.Cursor != "" {
		if err := a.cursors.open(ctx, where, in.Cursor, &after); err != nil {
			return nil, err
		}
	}
	found, next, err := a.Customers.Companies(ctx, tx, in.Q, after, in.Limit)
	if err != nil {
		return nil, err
	}
	page := &Page[Company]{}
	for _, c := range found {
		v, err := a.companyView(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		page.Items = append(page.Items, *v)
	}
	if next != nil {
		page.Next, err = a.cursors.seal(ctx, where, next)
	}
	return page, err
}

func (a *App) changeCompany(ctx context.Context, tx tenants.Tx, in *companyIn) (*Company, error) {
	id, err := companyID(in.ID)
	if err != nil {
		return nil, err
	}
	firm, err := in.Body.firm(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	c, err := a.Customers.EditCompany(ctx, tx, id, in.Version(), firm)
	if err != nil {
		return nil, err
	}
	return a.companyView(ctx, tx.ReadTx, *c)
}

// firm is what is said of a company, with keys that are published.
func (b *companyBody) firm(ctx context.Context, tx tenants.ReadTx) (customers.Firm, error) {
	f := customers.Firm{Name: b.Name.ptr(), VIP: b.VIP.ptr(), Level: orEmpty(b.Level), Calendar: orEmpty(b.Calendar), Note: orEmpty(b.Note), Domains: b.Domains.ptr()}
	var wrong []desk.FieldError
	if err := knownKey(ctx, tx, settings.Levels, "level", f.Level, &wrong); err != nil {
		return f, err
	}
	if err := knownKey(ctx, tx, sla.Calendars, "calendar", f.Calendar, &wrong); err != nil {
		return f, err
	}
	return f, invalid(wrong)
}

// orEmpty is a text to be set, empty for null; nil when it was not said.
func orEmpty(m Maybe[string]) *string {
	if !m.Set {
		return nil
	}
	s := m.Or("")
	return &s
}

// knownKey marks a key that is not published.
func knownKey[T any](ctx context.Context, tx tenants.ReadTx, kind settings.Kind[T], field string, key *string, wrong *[]desk.FieldError) error {
	if key == nil || *key == "" {
		return nil
	}
	_, err := kind.Live(ctx, tx, *key)
	if desk.Is(err, desk.NotFound) {
		*wrong = append(*wrong, desk.Field(field, desk.UnknownID))
		return nil
	}
	return err
}
