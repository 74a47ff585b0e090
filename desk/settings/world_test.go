package settings

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/tenants"
)

// world is a house with one tenant, Acme, on a database of its own.
func world(t *testing.T) (*tenants.House, tenants.Tenant) {
	t.Helper()
	ctx := t.Context()
	h, err := tenants.Open(tenants.Options{DSN: cluster.Database(t), Backends: 4, Secret: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if err := h.Migrate(ctx, 1, nil); err != nil {
		t.Fatal(err)
	}
	acme, err := h.Create(ctx, tenants.New{Slug: "acme", Name: "Acme"}, desk.Automaton("setup"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return h, acme
}

// do is one unit of work, in the tenant as the registry knows it now.
func do(t *testing.T, h *tenants.House, tenant tenants.Tenant, fn func(ctx context.Context, tx tenants.Tx) error) error {
	t.Helper()
	now, err := h.ByID(t.Context(), tenant.ID)
	if err != nil {
		t.Fatal(err)
	}
	return h.Do(t.Context(), now, desk.Automaton("setup"), fn)
}

func reader(t *testing.T, h *tenants.House, tenant tenants.Tenant) tenants.ReadTx {
	t.Helper()
	now, err := h.ByID(t.Context(), tenant.ID)
	if err != nil {
		t.Fatal(err)
	}
	return h.Reader(now, desk.Automaton("setup"))
}
