package access

import (
	"context"
	"slices"
	"testing"

	"manydesk/desk"
	"manydesk/tenants"
)

// A vendor's engineer has, whatever their roles, rights on tickets of their
// company alone, and none that shows a customer, a colleague or a setting.
func TestAVendorsEngineerHasRightsOnWhatIsTheirs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ours, theirs := desk.NewCompanyID(start), desk.NewCompanyID(start)
	w.setRole(t, "night", `{"name": {"ru": "Ночь", "en": "Night"}, "permissions": [{"permission": "ticket.read", "types": ["incident"]}]}`)
	boris, night := w.hire(t, desk.EngagementID{}, Admin), w.hire(t, desk.EngagementID{}, "night")
	w.do(t, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		if _, err := tx.Exec(ctx, "update ?tenant.staff set vendor_id = $1", ours); err != nil {
			return err
		}
		return tx.AccessChanged(ctx)
	})
	admin := w.hire(t, desk.EngagementID{}, Admin)
	tx := func(a desk.Actor) tenants.ReadTx { return w.Reader(w.tenant(t), a) }
	for _, p := range All() {
		allowed := vendors.has(p)
		for _, c := range []struct {
			who  desk.Actor
			o    Object
			want bool
		}{
			{boris, Object{Type: "incident", Vendor: ours}, allowed},
			{boris, Object{Type: "incident", Vendor: theirs}, false},
			{boris, Object{Type: "incident"}, false},
			{boris, Object{}, false},
			{night, Object{Type: "incident", Vendor: ours}, p == TicketRead},
			{night, Object{Type: "request", Vendor: ours}, false},
			{admin, Object{Type: "incident", Vendor: theirs}, staffSide.has(p) && p != TenantManage},
		} {
			err := w.guard.Check(t.Context(), tx(c.who), p, c.o)
			if (err == nil) != c.want {
				t.Errorf("%s on %+v: %v, want %v", p, c.o, err, c.want)
			}
			held, err := w.guard.Abilities(t.Context(), tx(c.who), c.o, p)
			if err != nil || slices.Contains(held, p.String()) != c.want {
				t.Errorf("%s on %+v: abilities %v %v, want %v", p, c.o, held, err, c.want)
			}
		}
	}
	if err := w.guard.Check(t.Context(), tx(boris), TicketRead, Object{Type: "incident", Vendor: theirs}); !desk.Is(err, desk.NotFound) {
		t.Errorf("another vendor's ticket was told of: %v", err)
	}
	s, err := w.guard.Sight(t.Context(), tx(night), TicketRead)
	if err != nil || s.All || s.Vendor != ours || !slices.Equal(s.Keys, []string{"incident"}) {
		t.Errorf("a list shows %+v %v", s, err)
	}
	// A list that knows nothing of vendors shows nothing.
	if types, err := w.guard.Types(t.Context(), tx(boris), TicketRead); err != nil || !types.None() {
		t.Errorf("all tickets of %+v %v", types, err)
	}
	if s, err := w.guard.Sight(t.Context(), tx(admin), TicketRead); err != nil || !s.All || !s.Vendor.IsZero() {
		t.Errorf("everybody else: %+v %v", s, err)
	}
	if v, err := w.guard.Vendor(t.Context(), tx(boris)); err != nil || v != ours {
		t.Errorf("whose engineer: %v %v", v, err)
	}
}
