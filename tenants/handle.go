package tenants

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"manydesk/desk"
)

// bound is what all handles share: a connection (or the read pool), the bun
// dialect with the tenant's schema filled in, and who acts when.
type bound struct {
	house  *House
	db     *bun.DB
	conn   bun.IConn
	tenant Tenant
	actor  desk.Actor
	now    time.Time
}

// Tenant is whose data the handle reaches.
func (b bound) Tenant() Tenant { return b.tenant }

// Actor is who acts.
func (b bound) Actor() desk.Actor { return b.actor }

// Now is the only clock inside a unit of work: the same instant for all of it.
func (b bound) Now() time.Time { return b.now }

// NewSelect begins a query in bun. In models and texts "?tenant" is the schema:
// `bun:"table:?tenant.tickets,alias:t"`.
func (b bound) NewSelect() *bun.SelectQuery { return b.db.NewSelect().Conn(b.conn) }

// NewRaw begins a query written by hand, arguments as "?".
func (b bound) NewRaw(query string, args ...any) *bun.RawQuery {
	return b.db.NewRaw(query, args...).Conn(b.conn)
}

// Query runs a hot statement with a plan kept by the server: arguments are $1,
// $2, …, and "?tenant" is the schema. dest is what bun scans into. Four times
// as fast as NewRaw for a read of one row; use it where a target names a figure.
// It answers sql.ErrNoRows when dest is one row and there is none.
func (b bound) Query(ctx context.Context, dest any, query string, args ...any) error {
	found := 0
	err := b.native(ctx, func(conn *pgx.Conn) error {
		rows, err := send(ctx, conn, b.text(query), args)
		if err == nil {
			found, err = scanAll(b.db.Table, rows, dest)
		}
		return err
	})
	if err == nil && found == 0 && !many(dest) {
		return sql.ErrNoRows
	}
	return classify(err)
}

// many reports whether dest takes rows, not one row.
func many(dest any) bool {
	t := reflect.TypeOf(dest)
	if t == nil || t.Kind() != reflect.Pointer {
		return false
	}
	t = t.Elem()
	return t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8
}

// QueryRow is Query for one row scanned into plain pointers; sql.ErrNoRows when there is none.
func (b bound) QueryRow(ctx context.Context, query string, args []any, dest ...any) error {
	err := b.native(ctx, func(conn *pgx.Conn) error {
		rows, err := send(ctx, conn, b.text(query), args)
		if err != nil {
			return err
		}
		defer rows.Close()
		if !rows.Next() {
			if err := rows.Err(); err != nil {
				return err
			}
			return sql.ErrNoRows
		}
		if err := rows.Scan(dest...); err != nil {
			return fmt.Errorf("scan: %w", err)
		}
		rows.Close()
		return rows.Err()
	})
	return classify(err)
}

func (b bound) text(query string) string {
	return strings.ReplaceAll(query, "?tenant", b.tenant.schema())
}

// ReadTx reads one tenant's data. Its statements run on connections on which
// Postgres refuses every write.
type ReadTx struct{ bound }

// Tx reads and writes one tenant's data inside one unit of work. There is no
// Commit and no Rollback: the unit ends when its function returns.
type Tx struct {
	ReadTx
	u *unit
}

// NewInsert begins an insert.
func (t Tx) NewInsert() *bun.InsertQuery { return t.db.NewInsert().Conn(t.conn) }

// NewUpdate begins an update.
func (t Tx) NewUpdate() *bun.UpdateQuery { return t.db.NewUpdate().Conn(t.conn) }

// NewDelete begins a delete.
func (t Tx) NewDelete() *bun.DeleteQuery { return t.db.NewDelete().Conn(t.conn) }

// Exec runs a hot statement that answers nothing but how many rows it touched.
func (t Tx) Exec(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = t.native(ctx, func(conn *pgx.Conn) error {
		rows, err := send(ctx, conn, t.text(query), args)
		if err != nil {
			return err
		}
		rows.Close()
		n = rows.CommandTag().RowsAffected()
		return rows.Err()
	})
	return n, classify(err)
}

// AfterCommit runs f once the unit has committed, in this process and without a
// promise: for wake-ups and caches, never for work that must happen (jobs.Enqueue).
func (t Tx) AfterCommit(f func()) { t.u.after = append(t.u.after, f) }

// Wake says that this unit leaves work behind: an outbox row or a timer.
func (t Tx) Wake() { t.u.wake = true }

// AccessChanged makes every process compile this tenant's rights anew, within a second.
func (t Tx) AccessChanged(ctx context.Context) error {
	return t.u.bump(ctx, t.tenant.ID, "access_version")
}

// ConfigChanged makes every process read this tenant's settings anew, within a second.
func (t Tx) ConfigChanged(ctx context.Context) error {
	return t.u.bump(ctx, t.tenant.ID, "config_version")
}

// CalendarUsed notes that the tenant's tickets are ordered by a working calendar,
// so that the worklist over all tenants looks for them there.
func (t Tx) CalendarUsed(ctx context.Context, id int) error {
	return t.u.calendar(ctx, t.tenant.ID, id)
}

// SharedReadTx reads the shared schema.
type SharedReadTx struct{ bound }

// SharedTx reads and writes the shared schema: the registry, people, the outbox.
// It is another type than Tx, so that neither can be handed where the other is meant.
type SharedTx struct {
	SharedReadTx
	u *unit
}

// NewInsert begins an insert.
func (t SharedTx) NewInsert() *bun.InsertQuery { return t.db.NewInsert().Conn(t.conn) }

// NewUpdate begins an update.
func (t SharedTx) NewUpdate() *bun.UpdateQuery { return t.db.NewUpdate().Conn(t.conn) }

// NewDelete begins a delete.
func (t SharedTx) NewDelete() *bun.DeleteQuery { return t.db.NewDelete().Conn(t.conn) }

// Exec runs a hot statement that answers nothing but how many rows it touched.
func (t SharedTx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	return Tx{ReadTx: ReadTx{t.bound}, u: t.u}.Exec(ctx, query, args...)
}

// Wake is Tx.Wake.
func (t SharedTx) Wake() { t.u.wake = true }

// AfterCommit is Tx.AfterCommit.
func (t SharedTx) AfterCommit(f func()) { t.u.after = append(t.u.after, f) }

// AccessChanged makes every process compile a tenant's rights anew, within a second.
func (t SharedTx) AccessChanged(ctx context.Context, id desk.TenantID) error {
	return t.u.bump(ctx, id, "access_version")
}
