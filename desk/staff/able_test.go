package staff

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// publish makes a skill known.
func (w *world) publish(keys ...string) {
	w.t.Helper()
	err := w.as(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		for i, key := range keys {
			_, err := settings.Skills.Put(ctx, tx, settings.Draft[settings.Skill]{Key: key, Position: i, Spec: settings.Skill{Name: settings.Words{RU: key, EN: key}}})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestWhatAMemberCanDoIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("co2", "pos")
	boris := w.join("Борис", access.Engineer)
	m, err := w.change(w.alla, boris, Change{Groups: []string{"second"}, Lines: []int{3, 2, 3}, Skills: map[string]int{"co2": 3, "pos": 1}, Languages: []string{"ru", "en", "ru"}})
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]Member{"answered": m, "stored": w.get(boris)} {
		if !slices.Equal(got.Lines, []int{2, 3}) || !maps.Equal(got.Skills, map[string]int{"co2": 3, "pos": 1}) || !slices.Equal(got.Languages, []string{"ru", "en"}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	tx := w.house.Reader(w.tenant(), w.alla)
	held, err := Holding(t.Context(), tx)
	if err != nil || held.Groups["second"] != 1 || held.Skills["co2"] != 1 || held.Groups["first"] != 0 {
		t.Errorf("%+v %v", held, err)
	}
	if all, err := InGroup(t.Context(), tx, "second"); err != nil || len(all) != 1 || all[0].ID != boris.User() {
		t.Errorf("%+v %v", all, err)
	}
	if m, err = w.change(w.alla, boris, Change{Skills: map[string]int{}, Lines: []int{}}); err != nil || len(m.Skills) != 0 || len(m.Lines) != 0 || len(m.Languages) != 2 {
		t.Errorf("%+v %v", m, err)
	}
}

func TestWhatNobodyCanDoIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.publish("co2")
	boris := w.join("Борис", access.Engineer)
	_, err := w.change(w.alla, boris, Change{Lines: []int{4}, Skills: map[string]int{"co2": 4, "ghost": 1}, Languages: []string{"russian"}})
	var e *desk.Error
	if !errors.As(err, &e) || len(e.Fields) != 4 {
		t.Errorf("got %v", err)
	}
}

func TestAVendorsEngineerIsNobodysOwner(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	vendor, nobody := desk.NewCompanyID(w.house.Clock()()), desk.CompanyID{}
	if _, err := w.change(w.olga, w.olga, Change{Vendor: &vendor}); !desk.Is(err, desk.LastOwner) {
		t.Errorf("the last owner went to a vendor: %v", err)
	}
	boris := w.join("Борис", access.Engineer)
	if m, err := w.change(w.alla, boris, Change{Vendor: &vendor}); err != nil || m.Vendor != vendor {
		t.Fatalf("%+v %v", m, err)
	}
	if all, err := OfVendor(t.Context(), w.house.Reader(w.tenant(), w.alla), vendor); err != nil || len(all) != 1 {
		t.Errorf("%+v %v", all, err)
	}
	if m, err := w.change(w.alla, boris, Change{Vendor: &nobody}); err != nil || !m.Vendor.IsZero() {
		t.Errorf("%+v %v", m, err)
	}
}

func TestAGroupIsFilledAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	boris, vera := w.join("Борис", access.Engineer), w.join("Вера", access.Agent)
	set := func(by desk.Actor, ids ...desk.UserID) error {
		return w.as(by, func(ctx context.Context, tx tenants.Tx) error { return w.SetGroup(ctx, tx, "first", ids) })
	}
	if err := set(w.alla, boris.User(), vera.User()); err != nil {
		t.Fatal(err)
	}
	if err := set(w.alla, vera.User()); err != nil {
		t.Fatal(err)
	}
	if b, v := w.get(boris), w.get(vera); len(b.Groups) != 0 || !slices.Equal(v.Groups, []string{"first"}) || b.Version != 3 || v.Version != 2 {
		t.Errorf("%+v %+v", b, v)
	}
	if err := set(w.alla, desk.NewUserID(w.house.Clock()())); !desk.Is(err, desk.ValidationFailed) {
		t.Errorf("a stranger: %v", err)
	}
	if err := set(vera); !desk.Is(err, desk.Denied) {
		t.Errorf("an agent: %v", err)
	}
}
