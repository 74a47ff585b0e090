package api

import (
	"context"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// myTenants are the tenants a session may open.
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
	counts, err := a.myCounts(ctx, s, all)
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
		v := MyTenant{Tenant: a.tenantView(t), Counts: counts[t.ID]}
		if v.Abilities, err = a.Guard.Held(ctx, t, actor); err != nil {
			return nil, err
		}
		me, err := a.Staff.Get(ctx, a.house.Reader(t, actor), s.User.ID)
		if err != nil && !hidden(err) {
			return nil, err
		}
		v.Roles = me.Roles
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

// myCounts are the numbers beside the tenants, in one statement for all of them.
func (a *App) myCounts(ctx context.Context, s people.Session, all map[desk.TenantID]tenants.Tenant) (map[desk.TenantID]MyCounts, error) {
	list := make([]tenants.Tenant, 0, len(all))
	for _, t := range all {
		list = append(list, t)
	}
	n, err := a.Queue.Counts(ctx, s.Actor(), list)
	if err != nil {
		return nil, err
	}
	counts := map[desk.TenantID]MyCounts{}
	for _, t := range n.Tenants {
		counts[t.Tenant] = MyCounts{t.Open, t.AtRisk, t.Mine}
	}
	return counts, nil
}
