package tenants_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"

	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

// An operator gave a login of its own, and the first tenant was refused its role.
func TestALoginOfAnOperatorIsLetInByTheMigration(t *testing.T) {
	t.Parallel()
	owner := cluster.Database(t)
	c, err := pgx.Connect(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	login := "operator_" + desk.NewTicketID(desk.System()).String()
	login = pgx.Identifier{login}.Sanitize()
	if _, err := c.Exec(t.Context(), "create role "+login+" login password 'x'"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.Background()
		_, _ = c.Exec(ctx, "drop role "+login)
		_ = c.Close(ctx)
	})
	u, err := url.Parse(owner)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(login[1:len(login)-1], "x")
	h, err := tenants.Open(tenants.Options{DSN: u.String(), OwnerDSN: owner, Backends: 2, Secret: stage.Secret})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	for range 2 {
		if err := h.Migrate(t.Context(), 1, nil); err != nil {
			t.Fatal(err)
		}
	}
	acme := stage.Tenant(t, h, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		return addCompany(ctx, tx, "Василёк")
	})
	if n := companies(t, h, acme); n != 1 {
		t.Fatalf("%d companies", n)
	}
}
