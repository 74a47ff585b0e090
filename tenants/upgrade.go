package tenants

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"manydesk/migrations"
)

// ErrNewerSchema is met by a binary older than the data.
var ErrNewerSchema = errors.New("the data was written by a newer version of this program; upgrade the program, it will not run on this data")

func isNoRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// Progress hears how many of all tenants are done.
type Progress func(done, total int)

// Migrate brings the shared schema and then every tenant to this binary's
// level, tenants in parallel. It may be interrupted and repeated: each step is
// one transaction, and a tenant's level is written in it. Two at once take
// turns (advisory lock). ErrNewerSchema when the data is ahead of the binary.
func (h *House) Migrate(ctx context.Context, parallel int, progress Progress) error {
	db, err := h.owner()
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is lost with it
	db.SetMaxOpenConns(parallel + 1)
	lock, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect as the owner: %w", err)
	}
	defer lock.Close() //nolint:errcheck // the lock goes with it
	if _, err := lock.ExecContext(ctx, "select pg_advisory_lock(7262)"); err != nil {
		return fmt.Errorf("wait for another migration: %w", err)
	}
	if err := migrateShared(ctx, lock); err != nil {
		return err
	}
	if err := h.admit(ctx, lock); err != nil {
		return err
	}
	return h.migrateTenants(ctx, db, lock, parallel, progress)
}

func migrateShared(ctx context.Context, conn *sql.Conn) error {
	all := migrations.Shared()
	ran, err := sharedLevel(ctx, conn)
	if err != nil {
		return err
	}
	if len(ran) > len(all) {
		return ErrNewerSchema
	}
	for i, m := range all {
		if i < len(ran) {
			if !bytes.Equal(ran[i], m.Checksum[:]) {
				return fmt.Errorf("migration %s was changed after it ran", m.Name)
			}
			continue
		}
		script := fmt.Sprintf("begin;\n%s;\ninsert into manydesk.migrations (name, checksum) values ('%s', '\\x%x');\ncommit;", m.SQL, m.Name, m.Checksum)
		if _, err := conn.ExecContext(ctx, script); err != nil {
			_, _ = conn.ExecContext(ctx, "rollback")
			return fmt.Errorf("migration %s: %w", m.Name, err)
		}
	}
	_, err = conn.ExecContext(ctx, "insert into manydesk.cells (id, name, dsn_secret) values (1, 'home', 'DATABASE_URL') on conflict do nothing")
	if err != nil {
		return fmt.Errorf("register the home cell: %w", err)
	}
	return nil
}

func sharedLevel(ctx context.Context, conn *sql.Conn) ([][]byte, error) {
	var exists bool
	if err := conn.QueryRowContext(ctx, "select exists (select from pg_catalog.pg_tables where schemaname = 'manydesk' and tablename = 'migrations')").Scan(&exists); err != nil {
		return nil, fmt.Errorf("look for the shared schema: %w", err)
	}
	if !exists {
		return nil, nil
	}
	rows, err := conn.QueryContext(ctx, "select checksum from manydesk.migrations order by name")
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	defer rows.Close() //nolint:errcheck // Err reports it
	var ran [][]byte
	for rows.Next() {
		var sum []byte
		if err := rows.Scan(&sum); err != nil {
			return nil, fmt.Errorf("read migrations: %w", err)
		}
		ran = append(ran, sum)
	}
	return ran, rows.Err()
}

func (h *House) migrateTenants(ctx context.Context, db *sql.DB, lock *sql.Conn, parallel int, progress Progress) error {
	all := h.steps
	target := len(all)
	var ahead int
	if err := lock.QueryRowContext(ctx, "select count(*) from manydesk.tenants where schema_version > $1", target).Scan(&ahead); err != nil {
		return fmt.Errorf("compare levels: %w", err)
	}
	if ahead > 0 {
		return ErrNewerSchema
	}
	rows, err := lock.QueryContext(ctx, "select id, schema_version from manydesk.tenants where schema_version < $1 and schema_version > 0 order by id", target)
	if err != nil {
		return fmt.Errorf("find tenants behind: %w", err)
	}
	defer rows.Close() //nolint:errcheck // Err reports it
	type behind struct{ id, level int }
	var todo []behind
	for rows.Next() {
		var b behind
		if err := rows.Scan(&b.id, &b.level); err != nil {
			return fmt.Errorf("find tenants behind: %w", err)
		}
		todo = append(todo, b)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("find tenants behind: %w", err)
	}
	var done atomic.Int64
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(max(parallel, 1))
	for _, b := range todo {
		work.Go(func() error {
			script := "begin;\n"
			for _, m := range all[b.level:] {
				script += m.For(fmt.Sprintf("t_%d", b.id), fmt.Sprintf("r_%d", b.id)) + ";\n"
			}
			script += fmt.Sprintf("update manydesk.tenants set schema_version = %d where id = %d;\ncommit;", target, b.id)
			conn, err := db.Conn(ctx)
			if err != nil {
				return fmt.Errorf("connect as the owner: %w", err)
			}
			defer conn.Close() //nolint:errcheck // given back
			if _, err := conn.ExecContext(ctx, script); err != nil {
				_, _ = conn.ExecContext(context.WithoutCancel(ctx), "rollback")
				return fmt.Errorf("upgrade tenant %d: %w", b.id, err)
			}
			if progress != nil {
				progress(int(done.Add(1)), len(todo))
			}
			return nil
		})
	}
	return work.Wait()
}

// Current refuses to run on data of another level: behind needs `manydesk migrate`.
func (h *House) Current(ctx context.Context) error {
	var shared, behind, ahead int
	err := h.read.NewRaw(`select (select count(*) from manydesk.migrations),
		(select count(*) from manydesk.tenants where schema_version between 1 and ?0 - 1),
		(select count(*) from manydesk.tenants where schema_version > ?0)`, len(h.steps)).Scan(ctx, &shared, &behind, &ahead)
	if err != nil {
		return fmt.Errorf("read the schema's level (run `manydesk migrate` on a new database): %w", err)
	}
	if shared > len(migrations.Shared()) || ahead > 0 {
		return ErrNewerSchema
	}
	if shared < len(migrations.Shared()) || behind > 0 {
		return errors.New("the data was written by an older version of this program; run `manydesk migrate` first")
	}
	return nil
}

// Login makes the application's login role, which may take the tenants' roles
// and nothing else: for parts that the binary runs itself.
func (h *House) Login(ctx context.Context, name, password string) error {
	db, err := h.owner()
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is lost with it
	var script string
	if err := db.QueryRowContext(ctx, `select format('do $d$ begin create role %1$I login; exception when duplicate_object or unique_violation then null; end $d$;
		alter role %1$I login inherit password %2$L; grant manydesk_app to %1$I;', $1::text, $2::text)`, name, password).Scan(&script); err != nil {
		return fmt.Errorf("prepare the login: %w", err)
	}
	if _, err := db.ExecContext(ctx, script); err != nil {
		return fmt.Errorf("make the login: %w", err)
	}
	return nil
}
