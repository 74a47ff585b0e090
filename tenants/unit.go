package tenants

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"

	"manydesk/desk"
)

// unit is one transaction on one connection. It remembers which role it is in,
// so that a tenant's statement never runs as the application nor the reverse.
type unit struct {
	house *House
	conn  bun.Conn
	leave func()
	role  string
	after []func()
	wake  bool
}

// Do runs fn as one unit of work in a tenant: begin, take the tenant's role,
// call, commit. An error rolls everything back and comes out as it is, but for
// Postgres's own refusals, which become Conflict and its like. No network call
// belongs inside.
//
// Errors: TenantSuspended when the tenant is not active.
func (h *House) Do(ctx context.Context, tenant Tenant, actor desk.Actor, fn func(ctx context.Context, tx Tx) error) error {
	if err := tenant.writable(); err != nil {
		return err
	}
	return h.unit(ctx, tenant, tenant.role(), func(ctx context.Context, u *unit) error {
		return fn(ctx, u.tx(tenant, actor, h.clock()))
	})
}

// Both is Do for the few acts that must change the shared schema and a tenant
// together: an engagement ends and its people leave. Each statement runs in the
// role of the handle it came by.
func (h *House) Both(ctx context.Context, tenant Tenant, actor desk.Actor, fn func(ctx context.Context, shared SharedTx, tx Tx) error) error {
	if err := tenant.writable(); err != nil {
		return err
	}
	return h.unit(ctx, tenant, tenant.role(), func(ctx context.Context, u *unit) error {
		now := h.clock()
		return fn(ctx, u.shared(actor, now), u.tx(tenant, actor, now))
	})
}

// Shared runs fn as one unit of work in the shared schema.
func (h *House) Shared(ctx context.Context, actor desk.Actor, fn func(ctx context.Context, tx SharedTx) error) error {
	return h.unit(ctx, Tenant{}, "", func(ctx context.Context, u *unit) error {
		return fn(ctx, u.shared(actor, h.clock()))
	})
}

// View gives a handle for reading one tenant. Its statements run one by one on
// the read pool: no begin, no commit, half the time of a transaction. What must
// be seen as of one instant is asked in one statement.
func (h *House) View(ctx context.Context, tenant Tenant, actor desk.Actor, fn func(ctx context.Context, tx ReadTx) error) error {
	return fn(ctx, h.Reader(tenant, actor))
}

// Reader is View's handle without the function around it.
func (h *House) Reader(tenant Tenant, actor desk.Actor) ReadTx {
	return ReadTx{bound{house: h, db: h.bind(h.read, tenant), conn: h.read.DB, tenant: tenant, actor: actor, now: h.clock()}}
}

// SharedReader reads the shared schema.
func (h *House) SharedReader(actor desk.Actor) SharedReadTx {
	return SharedReadTx{bound{house: h, db: h.read, conn: h.read.DB, actor: actor, now: h.clock()}}
}

func (h *House) bind(db *bun.DB, tenant Tenant) *bun.DB {
	return db.WithNamedArg("tenant", bun.Safe(tenant.schema()))
}

func (h *House) unit(ctx context.Context, tenant Tenant, role string, fn func(ctx context.Context, u *unit) error) (err error) {
	conn, leave, err := h.write.take(ctx, int32(tenant.ID))
	if err != nil {
		return classify(err)
	}
	u := &unit{house: h, conn: conn, leave: leave, role: role}
	begin := "begin"
	if role != "" {
		begin = "begin; set local role " + role
	}
	if _, err := u.command(ctx, begin); err != nil {
		u.abandon()
		return fmt.Errorf("begin: %w", classify(err))
	}
	done := false
	defer func() {
		if !done { // fn panicked
			u.rollback(ctx)
		}
	}()
	if err := fn(ctx, u); err != nil {
		done = true
		u.rollback(ctx)
		return classify(err)
	}
	done = true
	tag, err := u.command(ctx, "commit")
	if err != nil {
		u.abandon()
		return fmt.Errorf("commit: %w", classify(err))
	}
	if tag != "COMMIT" {
		u.release()
		return errors.New("commit: the transaction had failed and was rolled back, though the verb returned no error")
	}
	u.release()
	if u.wake {
		h.wake()
	}
	for _, f := range u.after {
		f()
	}
	return nil
}

func (u *unit) tx(tenant Tenant, actor desk.Actor, now time.Time) Tx {
	return Tx{ReadTx{bound{house: u.house, db: u.house.bind(u.house.write.db(), tenant), conn: as{u, tenant.role()}, tenant: tenant, actor: actor, now: now}}, u}
}

func (u *unit) shared(actor desk.Actor, now time.Time) SharedTx {
	return SharedTx{SharedReadTx{bound{house: u.house, db: u.house.write.db(), conn: as{u, ""}, actor: actor, now: now}}, u}
}

// as is the unit's connection in one role.
type as struct {
	u    *unit
	role string
}

func (a as) enter(ctx context.Context) error {
	if a.u.role == a.role {
		return nil
	}
	role := a.role
	if role == "" {
		role = "none"
	}
	if _, err := a.u.command(ctx, "set local role "+role); err != nil {
		return fmt.Errorf("change role: %w", err)
	}
	a.u.role = a.role
	return nil
}

func (a as) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := a.enter(ctx); err != nil {
		return nil, err
	}
	return a.u.conn.Conn.QueryContext(ctx, query, args...)
}

func (a as) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := a.enter(ctx); err != nil {
		return nil, err
	}
	return a.u.conn.Conn.ExecContext(ctx, query, args...)
}

func (a as) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if err := a.enter(ctx); err != nil {
		// database/sql has no way to make a failed Row; a cancelled context makes one.
		gone, cancel := context.WithCancelCause(ctx)
		cancel(err)
		return a.u.conn.Conn.QueryRowContext(gone, query, args...)
	}
	return a.u.conn.Conn.QueryRowContext(ctx, query, args...)
}

// command runs a transaction command and gives its tag: a commit of a failed
// transaction answers ROLLBACK and no error.
func (u *unit) command(ctx context.Context, sql string) (tag string, err error) {
	err = u.conn.Raw(func(raw any) error {
		results, err := raw.(*stdlib.Conn).Conn().PgConn().Exec(ctx, sql).ReadAll()
		if len(results) > 0 {
			tag = results[len(results)-1].CommandTag.String()
		}
		return err
	})
	return tag, err
}

func (u *unit) rollback(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if _, err := u.command(ctx, "rollback"); err != nil {
		u.abandon()
		return
	}
	u.release()
}

// abandon closes the connection instead of giving it back: nobody knows its state.
func (u *unit) abandon() {
	_ = u.conn.Raw(func(any) error { return driver.ErrBadConn })
	u.release()
}

func (u *unit) release() {
	_ = u.conn.Close()
	u.leave()
}

func (u *unit) bump(ctx context.Context, id desk.TenantID, column string) error {
	_, err := as{u, ""}.ExecContext(ctx, "update manydesk.tenants set "+column+" = "+column+" + 1 where id = $1", int32(id))
	if err != nil {
		return fmt.Errorf("bump %s: %w", column, classify(err))
	}
	u.after = append(u.after, func() { u.house.registry.forget(id) })
	return nil
}

// calendar adds a working calendar to those of a tenant, once.
func (u *unit) calendar(ctx context.Context, id desk.TenantID, calendar int) error {
	_, err := as{u, ""}.ExecContext(ctx, "update manydesk.tenants set calendar_ids = calendar_ids || $2::integer where id = $1 and not ($2 = any(calendar_ids))", int32(id), int32(calendar)) //nolint:gosec // an identity of integers
	if err != nil {
		return fmt.Errorf("note a calendar: %w", classify(err))
	}
	u.after = append(u.after, func() { u.house.registry.forget(id) })
	return nil
}
