package joining

import (
	"testing"

	"manydesk/desk"
	"manydesk/tenants/access"
)

func TestListsTellWhoIsWhereByWhat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	e := w.engaged(Offer{Roles: []string{access.Agent}, Types: []string{"incident"}})

	members, err := w.people.Members(ctx, w.acme.ID)
	if err != nil || len(members) != 2 {
		t.Fatalf("members %+v: %v", members, err)
	}
	for _, m := range members {
		own := m.Name == "Ольга"
		if m.SeenAt.IsZero() || m.TOTP || m.Email == "" || (m.Provider.Slug == "") != own || m.Engagement.IsZero() != own || !m.Live(w.clock()) || m.Tenant != w.acme.ID {
			t.Errorf("the member %+v", m)
		}
	}
	ofTenant, err := w.people.EngagementsOf(ctx, w.acme.ID)
	if err != nil || len(ofTenant) != 1 || ofTenant[0].ID != e.ID || ofTenant[0].Provider.Name != "Север" || ofTenant[0].Types[0] != "incident" {
		t.Errorf("the tenant's engagements %+v: %v", ofTenant, err)
	}
	byProvider, err := w.people.EngagementsBy(ctx, w.north.ID)
	if err != nil || len(byProvider) != 1 || byProvider[0].Tenant != w.acme.ID {
		t.Errorf("the provider's engagements %+v: %v", byProvider, err)
	}
	staff, err := w.people.ProviderStaff(ctx, w.north.ID)
	if err != nil || len(staff) != 2 || staff[0].Name != "Нина" || !staff[0].Admin() || staff[1].Admin() {
		t.Errorf("the provider's people %+v: %v", staff, err)
	}
	if p, err := w.people.ProviderBySlug(ctx, "north"); err != nil || p.ID != w.north.ID || p.State != "active" {
		t.Errorf("the provider %+v: %v", p, err)
	}
	if _, err := w.InviteToProvider(ctx, w.north.ProviderRef, w.admin(), "vera@north.example", false); err != nil {
		t.Fatal(err)
	}
	if all, err := w.people.ProviderInvitations(ctx, w.north.ID); err != nil || len(all) != 1 || all[0].Email != "vera@north.example" {
		t.Errorf("the provider's invitations %+v: %v", all, err)
	}
	if all, err := w.people.Invitations(ctx, w.acme.ID); err != nil || len(all) != 0 {
		t.Errorf("the tenant's invitations %+v: %v", all, err)
	}
	lines, err := w.people.SignInsIn(ctx, w.acme.ID, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, l := range lines {
		seen[l.What] = true
	}
	if !seen["sign_in"] || !seen["engagement_active"] {
		t.Errorf("the audit of the tenant tells of %v", seen)
	}
	if u, err := w.people.UserByEmail(ctx, " PETR@north.example"); err != nil || u.ID != w.petr.User.ID {
		t.Errorf("by address %+v: %v", u, err)
	}
	if _, err := w.people.ProviderBySlug(ctx, "south"); !desk.Is(err, desk.NotFound) {
		t.Errorf("a provider that is not: %v", err)
	}
}
