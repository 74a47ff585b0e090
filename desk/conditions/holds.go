package conditions

import "context"

// Holds evaluates a tree as fast as it can: it stops at the first node that
// decides. With Remember, texts are made ready once for many trees.
//
// Errors: those of values; a comparison that Check would refuse.
func (t Tree) Holds(ctx context.Context, env Env, values Values) (bool, error) {
	return t.holds(ctx, &env, values)
}

func (t *Tree) holds(ctx context.Context, env *Env, values Values) (bool, error) {
	switch {
	case t.Field != "":
		return t.leaf(ctx, env, values)
	case t.Not != nil:
		held, err := t.Not.holds(ctx, env, values)
		return !held && err == nil, err
	case t.Any != nil:
		for i := range t.Any {
			if held, err := t.Any[i].holds(ctx, env, values); held || err != nil {
				return held, err
			}
		}
		return false, nil
	default:
		for i := range t.All {
			if held, err := t.All[i].holds(ctx, env, values); !held || err != nil {
				return false, err
			}
		}
		return true, nil
	}
}

func (t *Tree) leaf(ctx context.Context, env *Env, values Values) (bool, error) {
	p, err := t.prepared()
	if err != nil {
		return false, err
	}
	if r, ok := values.(*remembered); ok {
		s, err := r.look(ctx, t.Field)
		return err == nil && p.holds(env, s), err
	}
	v, err := values.Value(ctx, t.Field)
	return err == nil && p.holds(env, &seen{value: v}), err
}

func (t *Tree) prepared() (*test, error) {
	if t.ready != nil {
		return t.ready, nil
	}
	return prepare(t)
}
