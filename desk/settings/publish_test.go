package settings

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

func TestDefaultsArePublishedAndReadFromMemory(t *testing.T) {
	t.Parallel()
	h, acme := world(t)
	if err := do(t, h, acme, func(ctx context.Context, tx tenants.Tx) error { return Fill(ctx, tx, Defaults("ru")...) }); err != nil {
		t.Fatal(err)
	}
	tx := reader(t, h, acme)
	w, err := Workflows.Live(t.Context(), tx, Main)
	if err != nil {
		t.Fatal(err)
	}
	if w.Version != 1 || !reflect.DeepEqual(w.Spec, DefaultWorkflow()) {
		t.Errorf("the workflow came back as %+v", w)
	}
	forms, err := Forms(t.Context(), tx)
	if err != nil {
		t.Fatal(err)
	}
	var public []string
	for _, f := range forms {
		if f.Type.Public {
			public = append(public, f.Key)
		}
	}
	if want := []string{"incident", "request", "question"}; !reflect.DeepEqual(public, want) {
		t.Errorf("public types are %v, want %v", public, want)
	}
	if q := forms[0].Questions; len(q) != 3 || q[0].Spec.Kind != Choice || len(q[0].Spec.Choices) != 3 {
		t.Errorf("the incident's form is %+v", q)
	}
	roles, err := Roles.All(t.Context(), tx)
	if err != nil || len(roles) != len(access.Builtin()) {
		t.Errorf("%d roles: %v", len(roles), err)
	}
	if _, err := Groups.Live(t.Context(), tx, "third"); !desk.Is(err, desk.NotFound) {
		t.Errorf("an absent group answered %v", err)
	}
}

func TestAPublishedVersionNeverChanges(t *testing.T) {
	t.Parallel()
	h, acme := world(t)
	ctx := t.Context()
	put := func(name string) (p Published[Group]) {
		t.Helper()
		err := do(t, h, acme, func(ctx context.Context, tx tenants.Tx) (err error) {
			p, err = Groups.Put(ctx, tx, Draft[Group]{Key: "first", Spec: Group{Name: Words{RU: name, EN: name}}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	put("One")
	if p := put("Two"); p.Version != 2 {
		t.Fatalf("the second version has the number %d", p.Version)
	}
	live, err := Groups.Live(ctx, reader(t, h, acme), "first")
	if err != nil || live.Spec.Name.EN != "Two" {
		t.Fatalf("live is %+v: %v", live, err)
	}
	// A draft is not live, and drafting again changes the same draft.
	err = do(t, h, acme, func(ctx context.Context, tx tenants.Tx) error {
		for _, name := range []string{"Three", "Four"} {
			v, err := Groups.Draft(ctx, tx, Draft[Group]{Key: "first", Spec: Group{Name: Words{RU: name, EN: name}}, Reason: "why not"})
			if err != nil || v != 3 {
				t.Errorf("draft %s is version %d: %v", name, v, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if live, _ := Groups.Live(ctx, reader(t, h, acme), "first"); live.Version != 2 {
		t.Errorf("a draft went live: %+v", live)
	}
	err = do(t, h, acme, func(ctx context.Context, tx tenants.Tx) error {
		if d, err := Groups.Open(ctx, tx.ReadTx, "first"); err != nil || d.Spec.Name.EN != "Four" || d.Reason != "why not" {
			t.Errorf("the draft is %+v: %v", d, err)
		}
		return Groups.Publish(ctx, tx, "first", 3)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = do(t, h, acme, func(ctx context.Context, tx tenants.Tx) error {
		if err := Groups.Publish(ctx, tx, "first", 1); !desk.Is(err, desk.NotFound) {
			t.Errorf("a retired version was published again: %v", err)
		}
		return errors.New("roll back")
	})
	if err == nil {
		t.Fatal("the unit was kept")
	}
	err = do(t, h, acme, func(ctx context.Context, tx tenants.Tx) error {
		p, err := Groups.Restore(ctx, tx, "first", 1)
		if err == nil && (p.Version != 4 || p.Spec.Name.EN != "One") {
			t.Errorf("restored %+v", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	diff, err := Groups.Compare(ctx, reader(t, h, acme), "first", 3, 4)
	if err != nil || len(diff) != 2 || diff[0].Path != "/name/en" || diff[0].From != "Four" || diff[0].To != "One" {
		t.Errorf("the difference is %+v: %v", diff, err)
	}
	versions, err := Groups.Versions(ctx, reader(t, h, acme), "first")
	if err != nil || len(versions) != 4 || versions[0].State != "published" || versions[3].State != "retired" {
		t.Errorf("versions %+v: %v", versions, err)
	}
}

func TestWhatAUnitTakesBackIsNotRemembered(t *testing.T) {
	t.Parallel()
	h, acme := world(t)
	err := do(t, h, acme, func(ctx context.Context, tx tenants.Tx) error {
		if _, err := Groups.Put(ctx, tx, Draft[Group]{Key: "ghost", Spec: Group{Name: Words{RU: "Г", EN: "G"}}}); err != nil {
			t.Fatal(err)
		}
		if _, err := Groups.Live(ctx, tx.ReadTx, "ghost"); !desk.Is(err, desk.NotFound) {
			t.Errorf("uncommitted settings are seen: %v", err)
		}
		return errors.New("roll back")
	})
	if err == nil {
		t.Fatal("the unit was kept")
	}
	if _, err := Groups.Live(t.Context(), reader(t, h, acme), "ghost"); !desk.Is(err, desk.NotFound) {
		t.Errorf("a ghost stayed: %v", err)
	}
}

func TestRetiredSettingIsGone(t *testing.T) {
	t.Parallel()
	h, acme := world(t)
	spec := Group{Name: Words{RU: "Первая", EN: "First"}}
	step := func(fn func(ctx context.Context, tx tenants.Tx) error) {
		t.Helper()
		if err := do(t, h, acme, fn); err != nil {
			t.Fatal(err)
		}
	}
	step(func(ctx context.Context, tx tenants.Tx) error {
		_, err := Groups.Put(ctx, tx, Draft[Group]{Key: "first", Spec: spec, Secret: []byte("sealed")})
		return err
	})
	if s, err := Groups.Secret(t.Context(), reader(t, h, acme), "first"); err != nil || string(s) != "sealed" {
		t.Errorf("the secret is %q: %v", s, err)
	}
	step(func(ctx context.Context, tx tenants.Tx) error { return Groups.Retire(ctx, tx, "first") })
	if all, err := Groups.All(t.Context(), reader(t, h, acme)); err != nil || len(all) != 0 {
		t.Errorf("still there: %+v %v", all, err)
	}
}

func TestWrongKeysAndSpecsAreRefused(t *testing.T) {
	t.Parallel()
	h, acme := world(t)
	for _, d := range []Draft[Group]{{Key: "", Spec: Group{Name: Words{RU: "а", EN: "a"}}}, {Key: "Ключ", Spec: Group{Name: Words{RU: "а", EN: "a"}}}, {Key: "first"}} {
		err := do(t, h, acme, func(ctx context.Context, tx tenants.Tx) error {
			_, err := Groups.Put(ctx, tx, d)
			return err
		})
		if !desk.Is(err, desk.ValidationFailed) {
			t.Errorf("%+v answered %v", d, err)
		}
	}
}
