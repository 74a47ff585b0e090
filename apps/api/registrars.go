package api

import (
	"context"
	"io"

	"manydesk/tenants"
)

// public registers what nobody needs to be signed in for.
func public[I, O any](r *Routes, pattern string, op Op, verb func(ctx context.Context, c Caller, in *I) (O, error)) {
	add[I, O](r, kindPublic, pattern, op, func(c *call, in *I) error { return c.own(calling(c, in, verb)) })
}

// mine registers what concerns the person who asks, over all their tenants. The
// verbs of people open their own units of work, because each touches credentials.
func mine[I, O any](r *Routes, pattern string, op Op, verb func(ctx context.Context, c Caller, in *I) (O, error)) {
	add[I, O](r, kindMine, pattern, op, func(c *call, in *I) error { return c.own(calling(c, in, verb)) })
}

// view registers what reads one tenant. The connection is given back before the
// answer is written out.
func view[I, O any](r *Routes, pattern string, op Op, verb func(ctx context.Context, tx tenants.ReadTx, in *I) (O, error)) {
	add[I, O](r, kindView, pattern, op, func(c *call, in *I) error {
		return c.within(func(ctx context.Context) error {
			var out O
			err := c.app.house.View(ctx, c.tenant, c.who.actor, func(ctx context.Context, tx tenants.ReadTx) (err error) {
				out, err = verb(ctx, tx, in)
				return err
			})
			if err != nil {
				return err
			}
			a, err := c.prepare(&out)
			if err != nil {
				return err
			}
			return c.deliver(a)
		})
	})
}

// act registers what changes one tenant: one unit of work, the answer made
// before the commit, so that what cannot be told does not happen.
func act[I, O any](r *Routes, pattern string, op Op, verb func(ctx context.Context, tx tenants.Tx, in *I) (O, error)) {
	add[I, O](r, kindAct, pattern, op, func(c *call, in *I) error {
		return c.once(func(ctx context.Context, key *tenants.Key) (prepared, error) {
			return unit(ctx, c, func(ctx context.Context, tx tenants.Tx) (prepared, error) {
				out, err := verb(ctx, tx, in)
				if err != nil {
					return prepared{}, err
				}
				a, err := c.prepare(&out)
				if err == nil && key != nil {
					err = claimKey(ctx, tx, key, a)
				}
				return a, err
			})
		})
	})
}

// actOnce is act for verbs that write the key's row in their own one statement.
func actOnce[I, O any](r *Routes, pattern string, op Op, verb func(ctx context.Context, tx tenants.Tx, in *I, key *tenants.Key) (O, error)) {
	add[I, O](r, kindAct, pattern, op, func(c *call, in *I) error {
		return c.once(func(ctx context.Context, key *tenants.Key) (prepared, error) {
			return unit(ctx, c, func(ctx context.Context, tx tenants.Tx) (prepared, error) {
				out, err := verb(ctx, tx, in, key)
				if err != nil {
					return prepared{}, err
				}
				return c.prepare(&out)
			})
		})
	})
}

func unit(ctx context.Context, c *call, f func(ctx context.Context, tx tenants.Tx) (prepared, error)) (a prepared, err error) {
	err = c.app.house.Do(ctx, c.tenant, c.who.actor, func(ctx context.Context, tx tenants.Tx) error {
		a, err = f(ctx, tx)
		return err
	})
	return a, err
}

// flow registers what changes a tenant and the shared schema together. The verb
// opens its own unit of work; the key is claimed in another, first.
func flow[I, O any](r *Routes, pattern string, op Op, verb func(ctx context.Context, c Caller, in *I) (O, error)) {
	add[I, O](r, kindAct, pattern, op, func(c *call, in *I) error { return c.own(calling(c, in, verb)) })
}

// carry registers what moves bytes: uploads, downloads, the stream.
func carry[I any](r *Routes, pattern string, op Op, verb func(ctx context.Context, c Caller, in *I, body io.Reader, w *Answer) error) {
	add[I, Nothing](r, kindCarry, pattern, op, func(c *call, in *I) error {
		ctx, cancel := context.WithTimeout(c.ctx, c.route.Within)
		w := &Answer{call: c, Status: 200, release: cancel}
		err := verb(ctx, c.caller(), in, c.reader, w)
		if err != nil {
			cancel()
			return err
		}
		w.finish()
		return nil
	})
}

func calling[I, O any](c *call, in *I, verb func(ctx context.Context, c Caller, in *I) (O, error)) func(ctx context.Context) (prepared, error) {
	return func(ctx context.Context) (prepared, error) {
		out, err := verb(ctx, c.caller(), in)
		if err != nil {
			return prepared{}, err
		}
		return c.prepare(&out)
	}
}
