package people

import (
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
)

func TestKeyIsFoundAsACookieIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	acme, rival := stage.Tenant(t, w.house, nil), stage.Tenant(t, w.house, nil)
	g := w.signedIn("vera@a.example")
	for _, id := range []desk.TenantID{acme.ID, rival.ID} {
		w.member(id, g.Session.User)
	}
	key, secret, err := w.MakeKey(t.Context(), g.Session, NewKey{Name: "Reports", Scopes: []string{"ticket.read"}, Tenants: []desk.TenantID{acme.ID}, ExpiresAt: start.Add(time.Hour)}, from)
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.ByToken(t.Context(), secret)
	if err != nil || s.Kind != APIKey || s.User.ID != g.Session.User.ID || len(s.Scopes) != 1 || s.Name != "Reports" || s.Fresh(w.now()) {
		t.Fatalf("the key opens %+v: %v", s, err)
	}
	if a, err := w.ActorIn(t.Context(), s, acme); err != nil || len(a.Scopes) != 1 || a.Key != key.ID {
		t.Errorf("the key's actor is %+v: %v", a, err)
	}
	_, err = w.ActorIn(t.Context(), s, rival)
	w.want(err, desk.NotFound)
	if live, err := w.Tenants(t.Context(), s); err != nil || len(live) != 1 {
		t.Errorf("the key reaches %+v: %v", live, err)
	}
	all, err := w.Keys(t.Context(), g.Session.User.ID)
	if err != nil || len(all) != 1 || all[0].Shown != secret[:len(keyPrefix)+8] || !all[0].SeenAt.IsZero() {
		t.Errorf("the list is %+v: %v", all, err)
	}
	w.pass(time.Hour)
	if w.knows(secret) {
		t.Error("the key lives after its end")
	}
}

func TestKeyWithoutScopesIsNotAKeyForNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	_, all, err := w.MakeKey(t.Context(), g.Session, NewKey{Name: "All"}, from)
	if err != nil {
		t.Fatal(err)
	}
	_, none, err := w.MakeKey(t.Context(), g.Session, NewKey{Name: "None", Scopes: []string{}}, from)
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := w.ByToken(t.Context(), all); s.Scopes != nil {
		t.Errorf("a key for everything has the scopes %v", s.Scopes)
	}
	if s, _ := w.ByToken(t.Context(), none); s.Scopes == nil {
		t.Error("a key for nothing is one for everything")
	}
	w.pass(365 * 24 * time.Hour)
	if !w.knows(all) {
		t.Error("a key without an end ended by resting")
	}
}

func TestRevokedKeyAndItsOwnersAreApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g, other := w.signedIn("vera@a.example"), w.signedIn("petr@a.example")
	key, secret, err := w.MakeKey(t.Context(), g.Session, NewKey{Name: "Reports"}, from)
	if err != nil {
		t.Fatal(err)
	}
	w.want(w.EndKey(t.Context(), other.Session, key.ID, from), desk.NotFound)
	w.want(w.EndSession(t.Context(), g.Session, key.ID, from), desk.NotFound)
	w.want(w.EndKey(t.Context(), g.Session, key.ID, from), "")
	if _, err := w.ByToken(t.Context(), secret); !desk.Is(err, desk.SignInRequired) {
		t.Errorf("a revoked key: %v", err)
	}
	_, err2 := w.BeginTOTP(t.Context(), g.Session)
	w.want(err2, "")
	for _, n := range []NewKey{{}, {Name: "x", Scopes: []string{"everything"}}, {Name: "x", ExpiresAt: start}} {
		_, _, err := w.MakeKey(t.Context(), g.Session, n, from)
		w.want(err, desk.ValidationFailed)
	}
}

func TestKeyIsNoPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	key, secret, err := w.MakeKey(t.Context(), g.Session, NewKey{Name: "Reports", Scopes: []string{"ticket.read"}}, from)
	w.want(err, "")
	s, err := w.ByToken(t.Context(), secret)
	w.want(err, "")
	_, _, err = w.MakeKey(t.Context(), s, NewKey{Name: "More"}, from)
	w.want(err, desk.ScopeMissing)
	w.want(w.EndKey(t.Context(), s, key.ID, from), desk.ScopeMissing)
	w.want(w.EndSession(t.Context(), s, g.Session.ID, from), desk.ScopeMissing)
	w.want(w.ChangePassword(t.Context(), s, password, "совсем другие слова", from), desk.ScopeMissing)
	w.want(w.Reauthenticate(t.Context(), s, password, from), desk.ScopeMissing)
	w.want(w.EndTOTP(t.Context(), s, password, from), desk.ScopeMissing)
	_, err = w.BeginTOTP(t.Context(), s)
	w.want(err, desk.ScopeMissing)
	_, err = w.ConfirmTOTP(t.Context(), s, "123456", from)
	w.want(err, desk.ScopeMissing)
	_, err = w.ChangeProfile(t.Context(), s, Profile{})
	w.want(err, desk.ScopeMissing)
	w.want(w.Pin(t.Context(), s, nil), desk.ScopeMissing)
}

func TestBlockedPersonsKeyIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	_, secret, err := w.MakeKey(t.Context(), g.Session, NewKey{Name: "Reports"}, from)
	if err != nil {
		t.Fatal(err)
	}
	w.want(w.Block(t.Context(), g.Session.User.ID), "")
	if w.knows(secret) || w.knows(g.Token) {
		t.Error("a blocked person is let in")
	}
	w.want(w.Unblock(t.Context(), g.Session.User.ID), "")
	if !w.knows(secret) || w.knows(g.Token) {
		t.Error("after the block the key should work and the session not")
	}
}

func BenchmarkByToken(b *testing.B) {
	w := newWorld(b)
	g := w.signedIn("vera@a.example")
	_, secret, err := w.MakeKey(b.Context(), g.Session, NewKey{Name: "Reports"}, from)
	if err != nil {
		b.Fatal(err)
	}
	for name, token := range map[string]string{"cookie": g.Token, "key": secret} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w.sessions.clear()
				if _, err := w.ByToken(b.Context(), token); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
