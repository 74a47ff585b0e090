package settings

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// notebook is a log that remembers.
type notebook []desk.Fact

func (n *notebook) Record(_ context.Context, _ tenants.Tx, facts ...desk.Fact) error {
	*n = append(*n, facts...)
	return nil
}

func TestEditAsksForTheRightAndTheVersion(t *testing.T) {
	t.Parallel()
	h, acme := world(t)
	facts := notebook{}
	e := NewEditor(&facts, access.New(h))
	spec := Group{Name: Words{RU: "Первая", EN: "First"}}
	edit := func(actor string, base int) (err error) {
		now, err := h.ByID(t.Context(), acme.ID)
		if err != nil {
			t.Fatal(err)
		}
		return h.Do(t.Context(), now, desk.Automaton(actor), func(ctx context.Context, tx tenants.Tx) error {
			_, err := Edit(ctx, e, tx, Groups, Change[Group]{Draft[Group]{Key: "first", Spec: spec}, base})
			return err
		})
	}
	if err := edit("intake", 0); !desk.Is(err, desk.Denied) {
		t.Errorf("who may only read edited: %v", err)
	}
	if err := edit("setup", 0); err != nil {
		t.Fatal(err)
	}
	if err := edit("setup", 0); !desk.Is(err, desk.AlreadyExists) {
		t.Errorf("a taken key was made again: %v", err)
	}
	spec.Name.EN = "Front line"
	if err := edit("setup", 1); err != nil {
		t.Fatal(err)
	}
	if err := edit("setup", 1); !desk.Is(err, desk.ChangedMeanwhile) {
		t.Errorf("an old version was edited: %v", err)
	}
	if len(facts) != 2 || facts[1].Type != "settings.published" || facts[0].Subject != Subject("group", "first") {
		t.Errorf("the log says %+v", facts)
	}
	withdraw := func(base int) error {
		return do(t, h, acme, func(ctx context.Context, tx tenants.Tx) error { return Withdraw(ctx, e, tx, Groups, "first", base) })
	}
	if err := withdraw(1); !desk.Is(err, desk.ChangedMeanwhile) {
		t.Errorf("an old version was withdrawn: %v", err)
	}
	if err := withdraw(2); err != nil {
		t.Error(err)
	}
	if err := withdraw(2); !desk.Is(err, desk.NotFound) {
		t.Errorf("withdrawn twice: %v", err)
	}
}
