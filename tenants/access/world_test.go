package access

import (
	"context"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

// world is a house with one tenant whose time is set by hand.
type world struct {
	*tenants.House
	guard *Guard
	acme  tenants.Tenant
	dsn   string
	mu    sync.Mutex
	now   time.Time
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{now: start, dsn: stage.DSN(t)}
	h := stage.Open(t, w.dsn, stage.Options{Clock: w.clock})
	var err error
	w.House, w.guard = h, New(h)
	if w.acme, err = h.Create(t.Context(), tenants.New{Slug: "acme", Name: "Acme"}, desk.Automaton("setup"), nil); err != nil {
		t.Fatal(err)
	}
	return w
}

// tenant is Acme as the registry knows it now.
func (w *world) tenant(t testing.TB) tenants.Tenant {
	t.Helper()
	now, err := w.ByID(t.Context(), w.acme.ID)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func (w *world) do(t testing.TB, fn func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error) {
	t.Helper()
	if err := w.Both(t.Context(), w.tenant(t), desk.Automaton("setup"), fn); err != nil {
		t.Fatal(err)
	}
}

// hire adds a staff row with roles; an engagement makes them a provider's.
func (w *world) hire(t testing.TB, engagement desk.EngagementID, roles ...string) desk.Actor {
	t.Helper()
	id := desk.NewUserID(start)
	w.do(t, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		var provider any
		if !engagement.IsZero() {
			provider = 1
		}
		if _, err := tx.Exec(ctx, "insert into ?tenant.staff (user_id, email, name, roles, provider_id, engagement_id) values ($1, 'vera@acme.example', 'Vera', $2, $3, $4)", id, roles, provider, engagement); err != nil {
			return err
		}
		return tx.AccessChanged(ctx)
	})
	return desk.Actor{Kind: desk.StaffActor, ID: id.Any(), Name: "Vera", Language: "ru"}
}

func (w *world) check(t testing.TB, actor desk.Actor, p Permission, typ string) desk.Code {
	t.Helper()
	return desk.CodeOf(w.guard.Check(t.Context(), w.Reader(w.tenant(t), actor), p, Object{Type: typ}))
}

func (w *world) setRole(t testing.TB, key, spec string) {
	t.Helper()
	w.do(t, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, `insert into ?tenant.config (kind, key, version, state, spec) values ('role', $1, 1, 'published', $2)`, key, spec)
		if err != nil {
			return err
		}
		return tx.AccessChanged(ctx)
	})
}
