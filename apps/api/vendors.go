package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Vendor is a third party that work is given to.
type Vendor struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Engineers int      `json:"engineers"`
	Open      int      `json:"open" doc:"Its open tickets"`
	EndedAt   *Instant `json:"ended_at"`
}

type newVendorIn struct {
	Body struct {
		Name string `json:"name" maxLength:"200"`
	}
}

type vendorIn struct {
	IDPath
	Body struct {
		Name  *string `json:"name,omitempty" maxLength:"200"`
		Ended *bool   `json:"ended,omitempty" doc:"Its engineers leave, and what was given to it goes back"`
	}
}

func (a *App) vendorRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/vendors"
	manage := []access.Permission{access.MemberManage}
	view(r, "GET "+at, Op{ID: "listVendors", Tag: "Team", Summary: "Third parties that work is given to", Needs: teamReads},
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*List[Vendor], error) {
			all, err := a.Customers.Vendors(ctx, tx)
			list := &List[Vendor]{}
			for _, v := range all {
				list.Items = append(list.Items, vendorView(v))
			}
			return list, err
		})
	act(r, "POST "+at, Op{ID: "addVendor", Tag: "Team", Summary: "Add a third party", Needs: manage, Answers: 201},
		func(ctx context.Context, tx tenants.Tx, in *newVendorIn) (*Vendor, error) {
			made, err := a.Customers.AddVendor(ctx, tx, in.Body.Name)
			v := vendorView(made)
			return &v, err
		})
	flow(r, "PATCH "+at+"/{id}", Op{ID: "changeVendor", Tag: "Team", Summary: "Rename a third party, end the work with it or take it up again", Needs: manage},
		func(ctx context.Context, c Caller, in *vendorIn) (*Vendor, error) {
			var id desk.CompanyID
			if id.UnmarshalText([]byte(in.ID)) != nil || id.IsZero() {
				return nil, desk.Missing()
			}
			changed, err := a.Team.ChangeVendor(ctx, c.Tenant, c.Actor, id, customers.VendorChange{Name: in.Body.Name, Ended: in.Body.Ended})
			if err != nil {
				return nil, err
			}
			v := vendorView(changed)
			return &v, nil
		})
}

func vendorView(v customers.Vendor) Vendor {
	return Vendor{v.ID.String(), v.Name, v.Engineers, v.Open, at(v.EndedAt)}
}
