package tenants

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"manydesk/desk"
)

// classify turns Postgres's own refusals into the house's words, in this one
// place. Everything else stays as it is and becomes "internal" at the edge.
func classify(err error) error {
	if err == nil {
		return nil
	}
	var ours *desk.Error
	if errors.As(err, &ours) || errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return desk.Refuse(desk.TimedOut).Because(err)
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return err
	}
	switch pg.Code {
	case "23505": // unique_violation
		return &desk.Error{Code: desk.AlreadyExists, Params: map[string]any{"what": pg.ConstraintName}, Cause: err}
	case "57014", "55P03": // query_canceled, lock_not_available
		return desk.Refuse(desk.TimedOut).Because(err)
	case "40001", "40P01": // serialization_failure, deadlock_detected
		return desk.Refuse(desk.ChangedMeanwhile).Because(err)
	case "57P01", "57P03", "53300": // admin_shutdown, cannot_connect_now, too_many_connections
		return desk.Refuse(desk.Unavailable).Because(err)
	}
	return err
}

// Constraint names the constraint that refused, empty if none did: for verbs
// that give a unique violation a meaning of their own.
func Constraint(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.ConstraintName
	}
	return ""
}
