package people

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
)

func TestProfileIsMergedAndCompared(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	name, english, nowhere := "  Вера   Павловна ", "en", "Mars/Olympus"
	u, err := w.ChangeProfile(t.Context(), g.Session, Profile{Name: &name, Language: &english, Prefs: map[string]json.RawMessage{"theme": json.RawMessage(`"dark"`), "density": json.RawMessage(`"compact"`)}, Version: 1})
	if err != nil || u.Name != "Вера Павловна" || u.Language != "en" || u.Version != 2 {
		t.Fatalf("the profile is %+v: %v", u, err)
	}
	u, err = w.ChangeProfile(t.Context(), g.Session, Profile{Prefs: map[string]json.RawMessage{"theme": json.RawMessage(`null`)}})
	var prefs map[string]string
	if err != nil || json.Unmarshal(u.Prefs, &prefs) != nil || len(prefs) != 1 || prefs["density"] != "compact" {
		t.Errorf("preferences are %s: %v", u.Prefs, err)
	}
	_, err = w.ChangeProfile(t.Context(), g.Session, Profile{Name: &name, Version: 1})
	w.want(err, desk.ChangedMeanwhile)
	_, err = w.ChangeProfile(t.Context(), g.Session, Profile{TimeZone: &nowhere, Language: &nowhere})
	if w.want(err, desk.ValidationFailed); len(fieldsOf(err)) != 2 {
		t.Errorf("the wrong fields are %v", err)
	}
	huge := json.RawMessage(`"` + strings.Repeat("x", longestPrefs) + `"`)
	_, err = w.ChangeProfile(t.Context(), g.Session, Profile{Prefs: map[string]json.RawMessage{"keymap": huge}})
	w.want(err, desk.ValidationFailed)
	// The session shows it at once.
	if s, err := w.ByToken(t.Context(), g.Token); err != nil || s.User.Name != "Вера Павловна" {
		t.Errorf("the session says %q: %v", s.User.Name, err)
	}
}

func TestPinsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	a, b := stage.Tenant(t, w.house, nil), stage.Tenant(t, w.house, nil)
	w.member(a.ID, g.Session.User)
	w.member(b.ID, g.Session.User)
	pins := func() map[desk.TenantID]int {
		all, err := w.Tenants(t.Context(), g.Session)
		if err != nil {
			t.Fatal(err)
		}
		m := map[desk.TenantID]int{}
		for _, x := range all {
			m[x.Tenant] = x.Pin
		}
		return m
	}
	w.want(w.Pin(t.Context(), g.Session, []desk.TenantID{b.ID, a.ID}), "")
	if p := pins(); p[b.ID] != 1 || p[a.ID] != 2 {
		t.Errorf("pins %v", p)
	}
	w.want(w.Pin(t.Context(), g.Session, []desk.TenantID{a.ID}), "")
	if p := pins(); p[b.ID] != 0 || p[a.ID] != 1 {
		t.Errorf("pins %v", p)
	}
	w.want(w.Pin(t.Context(), g.Session, []desk.TenantID{a.ID, a.ID}), desk.ValidationFailed)
	w.want(w.Pin(t.Context(), g.Session, make([]desk.TenantID, 10)), desk.ValidationFailed)
}

func TestTwoFirstVisitorsMakeOneOwner(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if empty, err := w.NeedsSetup(t.Context()); err != nil || !empty {
		t.Fatalf("a new installation has people: %v", err)
	}
	_, err := w.FirstOwner(t.Context(), NewUser{Name: "", Email: "x", Password: "1", Language: "de"}, "owner/", from)
	for _, f := range fieldsOf(err) {
		if !strings.HasPrefix(f.Pointer, "/body/owner/") {
			t.Errorf("the field %s", f.Pointer)
		}
	}
	if len(fieldsOf(err)) != 4 {
		t.Errorf("wrong fields: %v", err)
	}
	var made sync.WaitGroup
	codes := make([]desk.Code, 4)
	for i := range codes {
		made.Go(func() {
			_, err := w.FirstOwner(t.Context(), NewUser{Name: "Ольга", Email: string(rune('a'+i)) + "@a.example", Password: password}, "", from)
			codes[i] = desk.CodeOf(err)
		})
	}
	made.Wait()
	owners := 0
	for _, c := range codes {
		if c == "" {
			owners++
		} else if c != desk.NotFound {
			t.Errorf("refused with %q", c)
		}
	}
	if owners != 1 {
		t.Errorf("%d owners", owners)
	}
	if empty, err := w.NeedsSetup(t.Context()); err != nil || empty {
		t.Errorf("still empty: %v", err)
	}
}

func TestAccountsAreOneAnAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.person("vera@a.example")
	_, err := w.NewUser(t.Context(), NewUser{Name: "Вера", Email: "VERA@a.example ", Password: password})
	if f := fieldsOf(err); len(f) != 1 || f[0].Code != desk.Taken {
		t.Errorf("a second account: %v", err)
	}
	for _, email := range []string{"", "vera", "vera@", "vera@localhost", "Vera <vera@a.example>", "a b@a.example", strings.Repeat("x", 250) + "@a.example"} {
		_, err := w.NewUser(t.Context(), NewUser{Name: "Вера", Email: email, Password: password})
		w.want(err, desk.ValidationFailed)
	}
}

func TestAuditIsAppendOnlyAndPaged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	g := w.signedIn("vera@a.example")
	for range 3 {
		w.in("vera@a.example", password)
	}
	page, err := w.SignInsOf(t.Context(), g.Session.User.ID, 0, 3)
	if err != nil || len(page) != 3 || page[0].IP != "192.0.2.7" || !page[0].OK || page[0].What != signedIn {
		t.Fatalf("the page is %+v: %v", page, err)
	}
	if rest, err := w.SignInsOf(t.Context(), g.Session.User.ID, page[2].ID, 3); err != nil || len(rest) != 1 {
		t.Errorf("the rest is %+v: %v", rest, err)
	}
}
