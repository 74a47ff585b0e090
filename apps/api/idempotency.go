package api

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// once runs an act under its Idempotency-Key, if it has one. There is no look-up
// first: the verb runs and the key's row is part of its unit of work. Whatever
// refused is then compared with what an earlier twin left, because a replayed
// "resolve" is refused just because it worked.
func (c *call) once(f func(ctx context.Context, key *tenants.Key) (prepared, error)) error {
	key, err := c.key()
	if err != nil {
		return err
	}
	return c.within(func(ctx context.Context) error {
		a, err := f(ctx, key)
		if err == nil {
			return c.deliver(a)
		}
		if key == nil || desk.CodeOf(err) == desk.Internal {
			return err
		}
		return c.replay(ctx, key, err)
	})
}

// key reads the header of a POST; nil when there is none or the route has no use for it.
func (c *call) key() (*tenants.Key, error) {
	given := c.header("Idempotency-Key")
	if given == "" || c.method != "POST" || c.route.Repeatable {
		return nil, nil
	}
	if len(given) > 255 || strings.ContainsFunc(given, func(r rune) bool { return r < 0x21 || r > 0x7e }) {
		return nil, desk.Invalid(desk.FieldError{Pointer: "/header/Idempotency-Key", Code: desk.Pattern, Params: map[string]any{"pattern": "1–255 ASCII"}})
	}
	var who [4]byte
	binary.BigEndian.PutUint32(who[:], uint32(c.tenant.ID))
	actor := c.who.actor.ID
	hash := sha256.New()
	hash.Write(who[:])
	hash.Write(actor[:])
	hash.Write([]byte(given))
	print := sha256.New()
	print.Write([]byte(c.method + " " + c.path + "\n"))
	print.Write(c.body)
	status := c.route.Answers
	if status == 0 {
		status = 200
	}
	return &tenants.Key{Hash16: hash.Sum(nil)[:16], Fingerprint: print.Sum(nil)[:16], Status: status}, nil
}

// claimKey ends the unit of work with the key's row.
func claimKey(ctx context.Context, tx tenants.Tx, key *tenants.Key, a prepared) error {
	_, err := tx.Exec(ctx, `insert into manydesk.idempotency (key16, fingerprint, tenant_id, status, location) values ($1, $2, $3, $4, $5)`,
		key.Hash16, key.Fingerprint, int32(tx.Tenant().ID), a.status, a.location)
	if err != nil {
		return fmt.Errorf("claim the idempotency key: %w", err)
	}
	return nil
}

// kept is what the first answer left.
type kept struct {
	fingerprint []byte
	status      int
	location    string
	age         time.Duration
}

func (c *call) kept(ctx context.Context, key *tenants.Key) (k kept, found bool, err error) {
	tx := c.app.house.SharedReader(c.who.actor)
	var created time.Time
	err = tx.QueryRow(ctx, `select fingerprint, status, location, created_at from manydesk.idempotency where key16 = $1`,
		[]any{key.Hash16}, &k.fingerprint, &k.status, &k.location, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return k, false, nil
	}
	k.age = tx.Now().Sub(created)
	return k, err == nil, err
}

// running marks a row whose first request has not answered yet (status column).
const running = 0

// stale is when a request that never answered is taken for dead.
const stale = time.Minute

// replay answers as the twin did, if there was one; else the refusal stands.
func (c *call) replay(ctx context.Context, key *tenants.Key, refused error) error {
	k, found, err := c.kept(ctx, key)
	switch {
	case err != nil:
		return refused
	case !found && waited(refused):
		return desk.Refuse(desk.KeyInProgress, "n", 1)
	case !found:
		return refused
	case string(k.fingerprint) != string(key.Fingerprint):
		return desk.Refuse(desk.KeyReused)
	case k.status == running:
		return desk.Refuse(desk.KeyInProgress, "n", 1)
	}
	return c.again(k)
}

// waited reports that the insert met a twin still in flight.
func waited(err error) bool {
	return tenants.Constraint(err) == "idempotency_pk" || desk.Is(err, desk.TimedOut) && strings.Contains(err.Error(), "lock timeout")
}

// again reads what the first request made, under today's rights, and answers
// with the first one's status.
func (c *call) again(k kept) error {
	c.set("Idempotency-Replayed", "true")
	if k.location == "" {
		return c.deliver(prepared{status: k.status})
	}
	found := c.app.tree.Find("GET", k.location)
	if !found.Found {
		return c.deliver(prepared{status: k.status, location: k.location})
	}
	read := *c
	read.method, read.path, read.route, read.params, read.query = "GET", k.location, found.Value, found.Params, nil
	read.url.Path, read.url.RawQuery = k.location, ""
	read.ctx = context.WithValue(c.app.base, callKey{}, &read)
	if err := read.admit(); err != nil {
		return err
	}
	read.route.serve(&read)
	c.status, c.answered, c.cause = read.status, read.answered, read.cause
	if read.status == 200 {
		c.set("Location", k.location)
		c.status = k.status
		c.fc.Status(k.status)
	}
	return nil
}

// own is once for verbs that open units of work themselves. The key is claimed
// before and settled after; a crash between leaves a claim that a minute later
// counts for nothing, and the verb's own uniqueness then decides.
func (c *call) own(verb func(ctx context.Context) (prepared, error)) error {
	key, err := c.key()
	if err != nil {
		return err
	}
	return c.within(func(ctx context.Context) error {
		if key != nil {
			first, err := c.claim(ctx, key)
			if err != nil {
				return err
			}
			if !first {
				return c.replay(ctx, key, desk.Refuse(desk.KeyInProgress, "n", 1))
			}
		}
		a, err := verb(ctx)
		if key != nil {
			c.conclude(ctx, key, a, err)
		}
		if err != nil {
			return err
		}
		return c.deliver(a)
	})
}

func (c *call) claim(ctx context.Context, key *tenants.Key) (first bool, err error) {
	err = c.app.house.Shared(ctx, c.who.actor, func(ctx context.Context, tx tenants.SharedTx) error {
		n, err := tx.Exec(ctx, `insert into manydesk.idempotency (key16, fingerprint, tenant_id, status, created_at) values ($1, $2, $3, $4, $5)
			on conflict (key16) do update set created_at = excluded.created_at
			where idempotency.status = 0 and idempotency.fingerprint = excluded.fingerprint and idempotency.created_at < $6`,
			key.Hash16, key.Fingerprint, int32(c.tenant.ID), running, tx.Now(), tx.Now().Add(-stale))
		first = n == 1
		return err
	})
	if err != nil {
		return false, fmt.Errorf("claim the idempotency key: %w", err)
	}
	return first, nil
}

// conclude keeps the answer or, after a refusal, lets the key go: refusals are not stored.
func (c *call) conclude(ctx context.Context, key *tenants.Key, a prepared, refused error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := c.app.house.Shared(ctx, c.who.actor, func(ctx context.Context, tx tenants.SharedTx) error {
		if refused != nil {
			_, err := tx.Exec(ctx, `delete from manydesk.idempotency where key16 = $1 and status = 0`, key.Hash16)
			return err
		}
		_, err := tx.Exec(ctx, `update manydesk.idempotency set status = $2, location = $3 where key16 = $1`, key.Hash16, a.status, a.location)
		return err
	})
	if err != nil {
		c.app.log.Warn("an idempotency key was not settled", "request_id", c.id, "error", err.Error())
	}
}
