package sla

import (
	"context"
	"time"

	"manydesk/desk/settings"
	"manydesk/tenants"
)

// ReadDrafts gives the rulebook as it would be if every draft were published
// now: what is edited in place of what is live. Not from memory.
func ReadDrafts(ctx context.Context, tx tenants.ReadTx) (b Rulebook, err error) {
	if b.Policies, err = edited(ctx, tx, Policies); err != nil {
		return b, err
	}
	if b.Exceptions, err = edited(ctx, tx, Exceptions); err != nil {
		return b, err
	}
	if b.Escalations, err = edited(ctx, tx, Escalations); err != nil {
		return b, err
	}
	b.Calendars, err = edited(ctx, tx, Calendars)
	return b, err
}

func edited[T any](ctx context.Context, tx tenants.ReadTx, k settings.Kind[T]) ([]settings.Published[T], error) {
	all, err := k.Settings(ctx, tx)
	if err != nil {
		return nil, err
	}
	out := make([]settings.Published[T], len(all))
	for i, s := range all {
		v := s.Live
		if s.Draft != nil {
			v = s.Draft
		}
		out[i] = settings.Published[T]{Key: s.Key, Version: v.Version, Position: s.Position, Spec: v.Spec, PublishedAt: v.PublishedAt}
	}
	return out, nil
}

// WithDraft gives the rulebook with the draft of one key, of whichever kind it
// is, in place of what is live. at is when it would be published.
//
// Errors: NotFound for a key without a draft, or for another kind.
func (b Rulebook) WithDraft(ctx context.Context, tx tenants.ReadTx, kind, key string, at time.Time) (Rulebook, error) {
	var err error
	switch kind {
	case Calendars.Name:
		b.Calendars, err = swapped(ctx, tx, Calendars, b.Calendars, key, at)
	case Policies.Name:
		b.Policies, err = swapped(ctx, tx, Policies, b.Policies, key, at)
	case Exceptions.Name:
		b.Exceptions, err = swapped(ctx, tx, Exceptions, b.Exceptions, key, at)
	case Escalations.Name:
		b.Escalations, err = swapped(ctx, tx, Escalations, b.Escalations, key, at)
	}
	return b, err
}

func swapped[T any](ctx context.Context, tx tenants.ReadTx, k settings.Kind[T], live []settings.Published[T], key string, at time.Time) ([]settings.Published[T], error) {
	draft, err := k.Open(ctx, tx, key)
	if err != nil {
		return nil, err
	}
	fresh := settings.Published[T]{Key: key, Version: draft.Version, Position: draft.Position, Spec: draft.Spec, PublishedAt: at}
	out := make([]settings.Published[T], 0, len(live)+1)
	placed := false
	for _, p := range live {
		if p.Key == key {
			p, placed = fresh, true
		} else if !placed && (fresh.Position < p.Position) && !has(live, key) {
			out, placed = append(out, fresh), true
		}
		out = append(out, p)
	}
	if !placed {
		out = append(out, fresh)
	}
	return out, nil
}

func has[T any](all []settings.Published[T], key string) bool {
	for i := range all {
		if all[i].Key == key {
			return true
		}
	}
	return false
}
