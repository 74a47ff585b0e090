package settings

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

// world is a house with one tenant, Acme, on a database of its own.
func world(t *testing.T) (*tenants.House, tenants.Tenant) {
	t.Helper()
	h := stage.House(t)
	return h, stage.Tenant(t, h, nil)
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
