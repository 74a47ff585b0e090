package stage

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"

	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/migrations"
	"manydesk/tenants"
)

// Login is the application's login in tests: it may do what the product's may, and no more.
const (
	Login    = "manydesk_test"
	password = "only on loopback"
)

// Secret wraps keys and secrets in tests.
var Secret = []byte("0123456789abcdef0123456789abcdef")

// Options change the house of a test.
type Options struct {
	Clock desk.Clock
	Wake  func()
	Steps []migrations.Migration
}

// House is a house in a database of its own, with the shared schema in place
// and no tenant. It is closed and dropped with the test.
func House(t testing.TB, options ...Options) *tenants.House {
	t.Helper()
	return Open(t, DSN(t), options...)
}

// DSN is a fresh database with the shared schema, as its owner reaches it.
func DSN(t testing.TB) string {
	t.Helper()
	key := "house"
	for _, m := range migrations.Shared() {
		key += hex.EncodeToString(m.Checksum[:4])
	}
	return cluster.FromTemplate(t, key, func(owner string) error {
		h, err := tenants.Open(tenants.Options{DSN: owner, Secret: Secret})
		if err != nil {
			return err
		}
		defer h.Close() //nolint:errcheck // the template is done with it
		ctx := context.Background()
		if err := h.Migrate(ctx, 1, nil); err != nil {
			return err
		}
		return h.Login(ctx, Login, password)
	})
}

// Open is another process's house on the same database.
func Open(t testing.TB, owner string, options ...Options) *tenants.House {
	t.Helper()
	var o Options
	if len(options) > 0 {
		o = options[0]
	}
	h, err := tenants.Open(tenants.Options{DSN: AsApplication(t, owner), OwnerDSN: owner, Backends: 4, Secret: Secret, Clock: o.Clock, Wake: o.Wake, Steps: o.Steps})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h
}

// AsApplication is how the application's login reaches the owner's database.
func AsApplication(t testing.TB, owner string) string {
	t.Helper()
	u, err := url.Parse(owner)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(Login, password)
	return u.String()
}

var count atomic.Int64

// Tenant makes a tenant with a name nobody else has; fill may be nil.
func Tenant(t testing.TB, h *tenants.House, fill func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error) tenants.Tenant {
	t.Helper()
	n := count.Add(1)
	tenant, err := h.Create(context.Background(), tenants.New{Slug: fmt.Sprintf("acme-%d", n), Name: fmt.Sprintf("ACME %d", n), Code: fmt.Sprintf("AC%d", n)}, desk.Automaton("test"), fill)
	if err != nil {
		t.Fatalf("make a tenant: %v", err)
	}
	return tenant
}
