package tenants

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// admit makes the application's login, when it is there, a member of
// manydesk_app: without it an operator's login may not take a tenant's role. One
// that has this already, as a superuser has, is left as it is.
func (h *House) admit(ctx context.Context, owner *sql.Conn) error {
	cfg, err := pgx.ParseConfig(h.options.DSN)
	if err != nil {
		return fmt.Errorf("read the database's address: %w", err)
	}
	var grant string
	err = owner.QueryRowContext(ctx, `select format('grant manydesk_app to %I', rolname) from pg_catalog.pg_roles
		where rolname = $1 and not pg_catalog.pg_has_role(oid, 'manydesk_app', 'usage')`, cfg.User).Scan(&grant)
	if isNoRows(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for the login %s: %w", cfg.User, err)
	}
	if _, err := owner.ExecContext(ctx, grant); err != nil {
		return fmt.Errorf("let the login %s in: %w", cfg.User, err)
	}
	return nil
}
