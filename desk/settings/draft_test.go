package settings

import (
	"context"
	"reflect"
	"testing"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// editing is an editor in Acme whose acts are units of work of an automaton.
type editing struct {
	*Editor
	t     *testing.T
	h     *tenants.House
	acme  tenants.Tenant
	facts *notebook
}

func edits(t *testing.T) *editing {
	t.Helper()
	h, acme := world(t)
	facts := &notebook{}
	return &editing{NewEditor(facts, access.New(h)), t, h, acme, facts}
}

func (e *editing) as(actor string, fn func(ctx context.Context, tx tenants.Tx) error) error {
	e.t.Helper()
	now, err := e.h.ByID(e.t.Context(), e.acme.ID)
	if err != nil {
		e.t.Fatal(err)
	}
	return e.h.Do(e.t.Context(), now, desk.Automaton(actor), fn)
}

func (e *editing) must(fn func(ctx context.Context, tx tenants.Tx) error) {
	e.t.Helper()
	if err := e.as("setup", fn); err != nil {
		e.t.Fatal(err)
	}
}

// save keeps a draft of a group and gives its version.
func (e *editing) save(key, name string) (version int) {
	e.t.Helper()
	e.must(func(ctx context.Context, tx tenants.Tx) (err error) {
		version, err = Save(ctx, e.Editor, tx, Groups, Draft[Group]{Key: key, Spec: Group{Name: Words{RU: name, EN: name}}, Reason: "why"})
		return err
	})
	return version
}

func (e *editing) release(key string, draft int) (err error) {
	return e.as("setup", func(ctx context.Context, tx tenants.Tx) error {
		_, err := Release(ctx, e.Editor, tx, Groups, key, draft, "")
		return err
	})
}

func (e *editing) keys() (all []string) {
	e.t.Helper()
	found, err := Groups.Settings(e.t.Context(), reader(e.t, e.h, e.acme))
	if err != nil {
		e.t.Fatal(err)
	}
	for _, s := range found {
		all = append(all, s.Key)
	}
	return all
}

func TestADraftIsPublishedByWhoLookedAtIt(t *testing.T) {
	t.Parallel()
	e := edits(t)
	if v := e.save("first", "One"); v != 1 {
		t.Fatalf("the first draft is version %d", v)
	}
	if err := e.release("first", 2); !desk.Is(err, desk.ChangedMeanwhile) {
		t.Errorf("another draft was published: %v", err)
	}
	if err := e.release("nothing", 1); !desk.Is(err, desk.NotFound) {
		t.Errorf("an absent key: %v", err)
	}
	if err := e.release("first", 1); err != nil {
		t.Fatal(err)
	}
	e.save("first", "Two")
	s, err := Groups.Setting(t.Context(), reader(t, e.h, e.acme), "first")
	if err != nil || s.LiveVersion() != 1 || s.Draft.Version != 2 || s.Spec().Name.EN != "One" || s.Draft.Reason != "why" {
		t.Fatalf("%+v %v", s, err)
	}
	if err := e.release("first", 2); err != nil {
		t.Fatal(err)
	}
	last := (*e.facts)[len(*e.facts)-1]
	if last.Type != "settings.published" || len(*e.facts) != 2 {
		t.Errorf("the log says %+v", *e.facts)
	}
}

func TestGoingBackKeepsTheOpenDraft(t *testing.T) {
	t.Parallel()
	e := edits(t)
	e.save("first", "One")
	if err := e.release("first", 1); err != nil {
		t.Fatal(err)
	}
	e.save("first", "Two")
	e.must(func(ctx context.Context, tx tenants.Tx) error {
		p, err := GoBack(ctx, e.Editor, tx, Groups, "first", 1)
		if err == nil && p.Version != 3 {
			t.Errorf("restored as version %d", p.Version)
		}
		return err
	})
	if err := e.release("first", 2); !desk.Is(err, desk.ChangedMeanwhile) {
		t.Errorf("a draft of what is live no more was published: %v", err)
	}
	if v := e.save("first", "Two again"); v != 4 {
		t.Errorf("saved as version %d", v)
	}
	if err := e.release("first", 4); err != nil {
		t.Error(err)
	}
	versions, err := Groups.Versions(t.Context(), reader(t, e.h, e.acme), "first")
	if err != nil || len(versions) != 3 || versions[0].Version != 4 || versions[0].State != "published" {
		t.Errorf("%+v %v", versions, err)
	}
}

func TestADraftIsProposedAndDiscarded(t *testing.T) {
	t.Parallel()
	e := edits(t)
	e.save("first", "One")
	e.must(func(ctx context.Context, tx tenants.Tx) error {
		return Propose(ctx, e.Editor, tx, Groups, "first", 1, "please")
	})
	s, err := Groups.Setting(t.Context(), reader(t, e.h, e.acme), "first")
	if err != nil || s.Draft.State != "proposed" || s.Draft.Reason != "please" {
		t.Fatalf("%+v %v", s.Draft, err)
	}
	if v := e.save("first", "Better"); v != 1 {
		t.Errorf("what is proposed became version %d", v)
	}
	if s, _ := Groups.Setting(t.Context(), reader(t, e.h, e.acme), "first"); s.Draft.State != "draft" {
		t.Errorf("changed but still %s", s.Draft.State)
	}
	discard := func(ctx context.Context, tx tenants.Tx) error { return Discard(ctx, e.Editor, tx, Groups, "first") }
	e.must(discard)
	if err := e.as("setup", discard); !desk.Is(err, desk.NotFound) {
		t.Errorf("discarded twice: %v", err)
	}
	if _, err := Groups.Setting(t.Context(), reader(t, e.h, e.acme), "first"); !desk.Is(err, desk.NotFound) {
		t.Errorf("still there: %v", err)
	}
}

func TestKeysAreOrdered(t *testing.T) {
	t.Parallel()
	e := edits(t)
	for _, key := range []string{"a", "b", "c"} {
		e.save(key, key)
	}
	if err := e.release("b", 1); err != nil {
		t.Fatal(err)
	}
	order := func(keys ...string) error {
		return e.as("setup", func(ctx context.Context, tx tenants.Tx) error { return Order(ctx, e.Editor, tx, Groups, keys) })
	}
	if err := order("c", "b"); err != nil {
		t.Fatal(err)
	}
	if got := e.keys(); !reflect.DeepEqual(got, []string{"c", "b", "a"}) {
		t.Errorf("the order is %v", got)
	}
	if err := order("c", "x", "c"); !desk.Is(err, desk.ValidationFailed) {
		t.Errorf("unknown and repeated keys: %v", err)
	}
	e.save("c", "changed")
	if got := e.keys(); got[0] != "c" {
		t.Errorf("a saved draft moved: %v", got)
	}
}

func TestWhoMayNotEditMayNotDraft(t *testing.T) {
	t.Parallel()
	e := edits(t)
	e.save("first", "One")
	for name, act := range map[string]func(ctx context.Context, tx tenants.Tx) error{
		"save": func(ctx context.Context, tx tenants.Tx) error {
			_, err := Save(ctx, e.Editor, tx, Groups, Draft[Group]{Key: "first", Spec: Group{Name: Words{RU: "а", EN: "a"}}})
			return err
		},
		"discard": func(ctx context.Context, tx tenants.Tx) error { return Discard(ctx, e.Editor, tx, Groups, "first") },
		"release": func(ctx context.Context, tx tenants.Tx) error {
			_, err := Release(ctx, e.Editor, tx, Groups, "first", 1, "")
			return err
		},
		"propose": func(ctx context.Context, tx tenants.Tx) error {
			return Propose(ctx, e.Editor, tx, Groups, "first", 1, "")
		},
		"go back": func(ctx context.Context, tx tenants.Tx) error {
			_, err := GoBack(ctx, e.Editor, tx, Groups, "first", 1)
			return err
		},
		"order": func(ctx context.Context, tx tenants.Tx) error {
			return Order(ctx, e.Editor, tx, Groups, []string{"first"})
		},
	} {
		if err := e.as("intake", act); !desk.Is(err, desk.Denied) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
