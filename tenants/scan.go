package tenants

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun/schema"
)

// Hot statements are scanned here from Postgres's binary rows into the structs
// that bun knows, a third of the processor time of database/sql and bun's scan.
// A column's null is the field's zero, as with bun.

// native runs f on the handle's own connection, or on one of the read pool.
func (b bound) native(ctx context.Context, f func(conn *pgx.Conn) error) error {
	switch c := b.conn.(type) {
	case as:
		if err := c.enter(ctx); err != nil {
			return err
		}
		return raw(c.u.conn, f)
	case *sql.DB:
		conn, leave, err := b.house.hot.take(ctx, int32(b.tenant.ID))
		if err != nil {
			return err
		}
		defer leave()
		defer conn.Close() //nolint:errcheck // given back, before its berth is
		return raw(conn, f)
	}
	return fmt.Errorf("a handle on a %T", b.conn)
}

// raw runs f and lets the pool forget a connection that died meanwhile.
func raw(conn interface{ Raw(f func(any) error) error }, f func(conn *pgx.Conn) error) (err error) {
	gone := conn.Raw(func(c any) error {
		pg := c.(*stdlib.Conn).Conn()
		err = f(pg)
		if pg.IsClosed() {
			return driver.ErrBadConn
		}
		return nil
	})
	if err == nil {
		err = gone
	}
	return err
}

func send(ctx context.Context, conn *pgx.Conn, query string, args []any) (pgx.Rows, error) {
	all := make([]any, 0, len(args)+1)
	all = append(all, pgx.QueryExecModeCacheStatement)
	for _, a := range args {
		all = append(all, plain(a))
	}
	return conn.Query(ctx, query, all...)
}

// plain spares ids the way through a text.
func plain(arg any) any {
	id, ok := arg.(interface{ Bytes() ([16]byte, bool) })
	if !ok {
		return arg
	}
	bytes, there := id.Bytes()
	return pgtype.UUID{Bytes: bytes, Valid: there}
}

// scanAll fills dest, a pointer to a struct, to a scalar or to a slice of either,
// and reports how many rows there were.
func scanAll(tables func(reflect.Type) *schema.Table, rows pgx.Rows, dest any) (n int, err error) {
	defer rows.Close()
	to := reflect.ValueOf(dest).Elem()
	list := many(dest)
	of := to.Type()
	if list {
		of = of.Elem()
		to.SetLen(0)
	}
	var l *layout
	for rows.Next() {
		if l == nil {
			if l, err = layoutOf(tables, rows, of); err != nil {
				return n, err
			}
		}
		n++
		into := to
		if list {
			to.Grow(1)
			to.SetLen(n)
			into = to.Index(n - 1)
			into.SetZero()
		}
		if err := l.scan(rows.RawValues(), into); err != nil {
			return n, err
		}
		if !list {
			break
		}
	}
	rows.Close()
	return n, rows.Err()
}

// layout is where the columns of a statement go in a struct, with the plans of
// one connection to read them.
type layout struct {
	columns []column
}

type column struct {
	name  string
	index []int
	plan  pgtype.ScanPlan
	id    bool
}

// layouts of a connection, kept on it: plans belong to its types.
type layouts map[layoutKey]*layout

type layoutKey struct {
	into    reflect.Type
	columns string
}

const layoutsAt = "manydesk.layouts"

func layoutOf(tables func(reflect.Type) *schema.Table, rows pgx.Rows, of reflect.Type) (*layout, error) {
	fields := rows.FieldDescriptions()
	custom := rows.Conn().PgConn().CustomData()
	known, _ := custom[layoutsAt].(layouts)
	if known == nil {
		known = layouts{}
		custom[layoutsAt] = known
	}
	key := layoutKey{of, signature(fields)}
	if l := known[key]; l != nil {
		return l, nil
	}
	l := &layout{columns: make([]column, len(fields))}
	types := rows.Conn().TypeMap()
	whole := scalar(of)
	if whole && len(fields) != 1 {
		return nil, fmt.Errorf("scan: %d columns into one %s", len(fields), of)
	}
	for i, f := range fields {
		c := column{name: f.Name}
		typ := of
		if !whole {
			at := tables(of).LookupField(f.Name)
			if at == nil {
				return nil, fmt.Errorf("scan: %s has no field for the column %q", of, f.Name)
			}
			c.index = at.Index
			typ = of.FieldByIndex(at.Index).Type
		}
		c.id = f.DataTypeOID == pgtype.UUIDOID && f.Format == pgx.BinaryFormatCode && typ.Kind() == reflect.Array && typ.Len() == 16
		if !c.id {
			c.plan = types.PlanScan(f.DataTypeOID, f.Format, reflect.New(typ).Interface())
		}
		l.columns[i] = c
	}
	known[key] = l
	return l, nil
}

func signature(fields []pgconn.FieldDescription) string {
	var b strings.Builder
	for i := range fields {
		b.WriteString(fields[i].Name)
		o := fields[i].DataTypeOID
		b.Write([]byte{0, byte(o), byte(o >> 8), byte(o >> 16), byte(o >> 24), byte(fields[i].Format)})
	}
	return b.String()
}

var instant = reflect.TypeFor[time.Time]()

// scalar reports whether a value of the type is one column.
func scalar(t reflect.Type) bool {
	return t.Kind() != reflect.Struct || t == instant || reflect.PointerTo(t).Implements(reflect.TypeFor[sql.Scanner]())
}

func (l *layout) scan(values [][]byte, into reflect.Value) error {
	for i := range l.columns {
		c, v := &l.columns[i], into
		if c.index != nil {
			v = into.FieldByIndex(c.index)
		}
		switch raw := values[i]; {
		case raw == nil:
			v.SetZero()
		case c.id:
			copy(v.Bytes(), raw)
		default:
			if err := c.plan.Scan(raw, v.Addr().Interface()); err != nil {
				return fmt.Errorf("scan %s: %w", c.name, err)
			}
		}
	}
	return nil
}
