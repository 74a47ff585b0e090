//go:build unix

package postgres

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"manydesk/desk"
	"manydesk/tenants"
)

// The product's own migrations and a new tenant, as the logins that a real start
// uses, on the machine's Postgres and on the npm package's: since 16 Postgres is
// stricter about who may give which role to whom.
func TestTheHouseMovesIn(t *testing.T) {
	t.Parallel()
	folders := map[string]string{"the machine's": ""}
	for _, modules := range packageFolders() {
		dir := filepath.Join(modules, "@embedded-postgres", packageName(), "native", "bin")
		if _, err := os.Stat(dir); err == nil {
			folders["the package's"] = dir
		}
	}
	for name, programs := range folders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, Options{Data: folder(t), Programs: programs, Settings: unsynced})
			h, err := tenants.Open(tenants.Options{DSN: s.DSN(Login), OwnerDSN: s.DSN(Owner), Backends: 2, Secret: make([]byte, 32)})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = h.Close() })
			if err := h.Migrate(t.Context(), 2, nil); err != nil {
				t.Fatal(err)
			}
			if err := h.Login(t.Context(), Login, s.Password(Login)); err != nil {
				t.Fatal(err)
			}
			if err := h.Ready(t.Context()); err != nil {
				t.Fatal(err)
			}
			acme := tenants.New{Slug: "acme", Name: "Acme", Code: "ACME", Languages: []string{"ru"}, TimeZone: "UTC"}
			nothing := func(context.Context, tenants.SharedTx, tenants.Tx) error { return nil }
			if _, err := h.Create(t.Context(), acme, desk.Automaton("test"), nothing); err != nil {
				t.Errorf("Postgres %s: %v", s.Version(), err)
			}
		})
	}
}
