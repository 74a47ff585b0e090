package tenants_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

var vera = desk.Actor{Kind: desk.StaffActor, Name: "Вера"}

func addCompany(ctx context.Context, tx tenants.Tx, name string) error {
	_, err := tx.Exec(ctx, "insert into ?tenant.companies (id, name) values ($1, $2)", desk.NewCompanyID(tx.Now()), name)
	return err
}

func companies(t *testing.T, h *tenants.House, tenant tenants.Tenant) int {
	t.Helper()
	var n int
	err := h.View(t.Context(), tenant, vera, func(ctx context.Context, tx tenants.ReadTx) error {
		return tx.QueryRow(ctx, "select count(*) from ?tenant.companies", nil, &n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAUnitOfWorkCommitsOnSuccessAndRollsBackOnErrorAndPanic(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	if err := h.Do(t.Context(), acme, vera, func(ctx context.Context, tx tenants.Tx) error { return addCompany(ctx, tx, "Ромашка") }); err != nil {
		t.Fatal(err)
	}
	refusal := desk.Refuse(desk.InUse)
	err := h.Do(t.Context(), acme, vera, func(ctx context.Context, tx tenants.Tx) error {
		if err := addCompany(ctx, tx, "Лютик"); err != nil {
			return err
		}
		return refusal
	})
	if !desk.Is(err, desk.InUse) {
		t.Fatalf("the verb's refusal came out as %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = h.Do(t.Context(), acme, vera, func(ctx context.Context, tx tenants.Tx) error {
			if err := addCompany(ctx, tx, "Василёк"); err != nil {
				return err
			}
			panic("in the middle")
		})
	}()
	if n := companies(t, h, acme); n != 1 {
		t.Fatalf("%d companies stand, want only the committed one", n)
	}
}

func TestAFailedStatementThatTheVerbSwallowsIsNotACommit(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	err := h.Do(t.Context(), acme, vera, func(ctx context.Context, tx tenants.Tx) error {
		if err := addCompany(ctx, tx, "Ромашка"); err != nil {
			return err
		}
		_, _ = tx.Exec(ctx, "insert into ?tenant.companies (id, name, kind) values ($1, 'x', 'nonsense')", desk.NewCompanyID(tx.Now()))
		return nil
	})
	if err == nil || companies(t, h, acme) != 0 {
		t.Fatalf("the unit reported %v and left rows", err)
	}
}

func TestTheConnectionComesBackUsableAfterARollback(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	for range 40 { // more than the pool has
		_ = h.Do(t.Context(), acme, vera, func(context.Context, tenants.Tx) error { return errors.New("no") })
		ctx, cancel := context.WithCancel(t.Context())
		_ = h.Do(ctx, acme, vera, func(ctx context.Context, tx tenants.Tx) error {
			cancel()
			return addCompany(ctx, tx, "Ромашка")
		})
	}
	if err := h.Do(t.Context(), acme, vera, func(ctx context.Context, tx tenants.Tx) error { return addCompany(ctx, tx, "Ромашка") }); err != nil {
		t.Fatal(err)
	}
	if n := companies(t, h, acme); n != 1 {
		t.Fatalf("%d companies, want 1", n)
	}
}

func TestAViewCannotWrite(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	_, err := h.Reader(acme, vera).NewRaw("insert into ?tenant.companies (id, name) values (gen_random_uuid(), 'x')").Exec(t.Context())
	if err == nil || !strings.Contains(err.Error(), "read-only") && !strings.Contains(err.Error(), "permission denied") {
		t.Fatalf("a view wrote: %v", err)
	}
}

func TestAForgottenTenantIsAnError(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	var n int
	err := h.Reader(acme, vera).QueryRow(t.Context(), "select count(*) from companies", nil, &n)
	if err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Fatalf("an unqualified name found something: %v", err)
	}
}

// It takes a wrong handle and a wrong role to cross tenants.
func TestATenantsRoleReachesNobodyElse(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme, romashka := stage.Tenant(t, h, nil), stage.Tenant(t, h, nil)
	other := strings.Replace("t_#", "#", itoa(int(romashka.ID)), 1)
	for name, statement := range map[string]string{
		"reads another's table":      "select count(*) from " + other + ".companies",
		"writes another's table":     "insert into " + other + ".companies (id, name) values (gen_random_uuid(), 'x')",
		"writes another's timer":     "insert into manydesk.timers (tenant_id, subject_id, kind, due_at) values (" + itoa(int(romashka.ID)) + ", gen_random_uuid(), 'clock', now())",
		"reads people":               "select count(*) from manydesk.users",
		"reads the registry":         "select count(*) from manydesk.tenants",
		"changes its own history":    "update t_" + itoa(int(acme.ID)) + ".facts set type = 'x'",
		"deletes its own history":    "delete from t_" + itoa(int(acme.ID)) + ".facts",
		"reads the signing keys":     "select count(*) from manydesk.signing_keys",
		"reads others' credentials":  "select count(*) from manydesk.credentials",
		"changes a migration's name": "update manydesk.migrations set name = 'x'",
	} {
		err := h.Do(t.Context(), acme, vera, func(ctx context.Context, tx tenants.Tx) error {
			_, err := tx.NewRaw(statement).Exec(ctx)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "row-level security") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBothSidesChangeTogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	both := func(fail error) error {
		return h.Both(t.Context(), acme, vera, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
			for range 2 { // back and forth: each statement in its own role
				if err := addCompany(ctx, tx, "Ромашка"); err != nil {
					return err
				}
				if _, err := shared.Exec(ctx, "update manydesk.tenants set state_reason = 'seen' where id = $1", int32(acme.ID)); err != nil {
					return err
				}
			}
			return fail
		})
	}
	if err := both(desk.Refuse(desk.InUse)); !desk.Is(err, desk.InUse) {
		t.Fatal(err)
	}
	h.Forget(acme.ID)
	if got, err := h.ByID(t.Context(), acme.ID); err != nil || got.StateReason != "" || companies(t, h, acme) != 0 {
		t.Fatalf("half of it stands: %+v %v", got, err)
	}
	if err := both(nil); err != nil {
		t.Fatal(err)
	}
	h.Forget(acme.ID)
	if got, err := h.ByID(t.Context(), acme.ID); err != nil || got.StateReason != "seen" || companies(t, h, acme) != 2 {
		t.Fatalf("not all of it stands: %+v %v", got, err)
	}
}

func TestASuspendedTenantReadsButDoesNotWrite(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	if err := h.SetState(t.Context(), acme.ID, tenants.Suspended, "не оплачено", vera); err != nil {
		t.Fatal(err)
	}
	acme, err := h.BySlug(t.Context(), acme.Slug)
	if err != nil {
		t.Fatal(err)
	}
	err = h.Do(t.Context(), acme, vera, func(ctx context.Context, tx tenants.Tx) error { return addCompany(ctx, tx, "x") })
	if !desk.Is(err, desk.TenantSuspended) || companies(t, h, acme) != 0 {
		t.Fatalf("a suspended tenant was written to: %v", err)
	}
	if err := h.SetState(t.Context(), acme.ID, tenants.Active, "", vera); err != nil {
		t.Fatal(err)
	}
}

func TestWakeIsCalledOnlyAfterACommit(t *testing.T) {
	t.Parallel()
	woken := 0
	h := stage.House(t, stage.Options{Wake: func() { woken++ }})
	acme := stage.Tenant(t, h, nil)
	_ = h.Do(t.Context(), acme, vera, func(_ context.Context, tx tenants.Tx) error { tx.Wake(); return errors.New("no") })
	if woken != 0 {
		t.Fatal("woken for nothing")
	}
	if err := h.Do(t.Context(), acme, vera, func(_ context.Context, tx tenants.Tx) error { tx.Wake(); return nil }); err != nil || woken != 1 {
		t.Fatalf("woken %d times: %v", woken, err)
	}
}

func TestNoRowIsSaidAsSuch(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	acme := stage.Tenant(t, h, nil)
	var name string
	err := h.Reader(acme, vera).QueryRow(t.Context(), "select name from ?tenant.companies where id = $1", []any{desk.NewCompanyID(desk.System())}, &name)
	if !errors.Is(err, sql.ErrNoRows) {
		t.Fatalf("got %v", err)
	}
}
