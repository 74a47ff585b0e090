package api

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants/people"
)

// myTenants are the tenants a session may open, pinned ones first.
func (a *App) myTenants(ctx context.Context, s people.Session) ([]MyTenant, error) {
	live, err := a.People.Tenants(ctx, s)
	if err != nil {
		return nil, err
	}
	ids := make([]desk.TenantID, len(live))
	for i, m := range live {
		ids[i] = m.Tenant
	}
	all, err := a.house.Many(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []MyTenant
	for _, m := range live {
		t, ok := all[m.Tenant]
		if !ok {
			continue
		}
		actor, err := a.People.ActorIn(ctx, s, t)
		if err != nil {
			return nil, err
		}
		v := MyTenant{Tenant: a.tenantView(t)}
		if v.Abilities, err = a.Guard.Held(ctx, t, actor); err != nil {
			return nil, err
		}
		if m.Pin > 0 {
			pin := m.Pin
			v.Pin = &pin
		}
		if m.Provider.ID != 0 {
			v.Provider = &Titled{m.Provider.Slug, m.Provider.Name}
		}
		out = append(out, v)
	}
	return out, nil
}
