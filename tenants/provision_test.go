package tenants_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestATenantStandsWithItsDefaultsOrNotAtAll(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	n := tenants.New{Slug: "romashka", Name: "Ромашка"}
	_, err := h.Create(t.Context(), n, vera, func(context.Context, tenants.SharedTx, tenants.Tx) error { return errors.New("no defaults") })
	if err == nil {
		t.Fatal("made without its defaults")
	}
	if got, err := h.BySlug(t.Context(), "romashka"); err == nil && got.State == tenants.Active {
		t.Fatal("a tenant without defaults is active")
	}
	// The next try takes the half-made one over.
	got, err := h.Create(t.Context(), n, vera, func(ctx context.Context, _ tenants.SharedTx, tx tenants.Tx) error {
		return addCompany(ctx, tx, "Василёк")
	})
	if err != nil || got.State != tenants.Active || got.Code != "ROMA" || companies(t, h, got) != 1 {
		t.Fatalf("%+v %v", got, err)
	}
	if _, err := h.Create(t.Context(), n, vera, nil); !desk.Is(err, desk.ValidationFailed) {
		t.Fatalf("a taken slug: %v", err)
	}
}

func TestABadTenantIsToldEveryWrongField(t *testing.T) {
	t.Parallel()
	n := tenants.New{Slug: "Ромашка!", Name: "", Code: "a", TimeZone: "Mars/Olympus", Languages: []string{"tlh"}}
	var refusal *desk.Error
	if err := n.Validate(); !errors.As(err, &refusal) || len(refusal.Fields) != 5 {
		t.Fatalf("%v", err)
	}
	for _, slug := range []string{"desk", "-a", "a-", "a", "files"} {
		n := tenants.New{Slug: slug, Name: "x", Code: "AB"}
		if err := n.Validate(); err == nil {
			t.Errorf("slug %q was let in", slug)
		}
	}
}

func TestTheRegistryForgetsWithinASecond(t *testing.T) {
	t.Parallel()
	owner := stage.DSN(t)
	here, there := stage.Open(t, owner), stage.Open(t, owner)
	acme := stage.Tenant(t, here, nil)
	if _, err := there.BySlug(t.Context(), acme.Slug); err != nil {
		t.Fatal(err)
	}
	if err := here.SetState(t.Context(), acme.ID, tenants.Suspended, "", vera); err != nil {
		t.Fatal(err)
	}
	there.Forget(acme.ID) // what a message does at once and the cache's age does within a second
	if got, err := there.BySlug(t.Context(), acme.Slug); err != nil || got.State != tenants.Suspended {
		t.Fatalf("%+v %v", got, err)
	}
	if _, err := there.BySlug(t.Context(), "nobody"); !desk.Is(err, desk.NotFound) {
		t.Fatalf("got %v", err)
	}
	many, err := there.Many(t.Context(), []desk.TenantID{acme.ID, 999})
	if err != nil || len(many) != 1 {
		t.Fatalf("%v %v", many, err)
	}
}

func TestSealedSecretsOpenOnlyInTheirPlace(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	sealed, err := h.Seal([]byte("пароль"), "totp:vera")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := h.Unseal(sealed, "totp:vera"); err != nil || string(got) != "пароль" {
		t.Fatalf("%s %v", got, err)
	}
	if _, err := h.Unseal(sealed, "totp:oleg"); err == nil {
		t.Fatal("a secret opened in another's place")
	}
	if _, err := h.Unseal(sealed[:5], "totp:vera"); err == nil {
		t.Fatal("a stump opened")
	}
}

func TestSigningKeysAreMadeOnceForAllProcesses(t *testing.T) {
	t.Parallel()
	owner := stage.DSN(t)
	found := make(chan []byte, 8)
	for range 8 {
		h := stage.Open(t, owner)
		go func() {
			keys, err := h.SigningKeys(context.WithoutCancel(t.Context()), "mail")
			if err != nil || len(keys) != 1 {
				t.Errorf("%d keys: %v", len(keys), err)
				found <- nil
				return
			}
			found <- keys[0]
		}()
	}
	first := <-found
	for range 7 {
		if string(<-found) != string(first) {
			t.Fatal("two processes sign with different keys")
		}
	}
}
