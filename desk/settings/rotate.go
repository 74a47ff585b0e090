package settings

import (
	"context"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Rotate keeps another sealed secret beside every version of a key that has one,
// and records that it was changed. seal makes it of the one there was.
//
// Rights: as of Edit. Errors: Denied, NotFound for a key without a secret.
func Rotate[T any](ctx context.Context, e *Editor, tx tenants.Tx, k Kind[T], key string, seal func(sealed []byte) ([]byte, error)) error {
	if err := e.guard.Check(ctx, tx.ReadTx, Right(k.Name), access.Object{}); err != nil {
		return err
	}
	var rows []struct{ Secret []byte }
	err := tx.Query(ctx, &rows, `select secret from ?tenant.config where kind = $1 and key = $2 and secret is not null order by version desc for update`, k.Name, key)
	if err != nil {
		return fmt.Errorf("hold the secret of %s %q: %w", k.Name, key, err)
	}
	if len(rows) == 0 {
		return desk.Missing()
	}
	sealed, err := seal(rows[0].Secret)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "update ?tenant.config set secret = $3 where kind = $1 and key = $2 and secret is not null", k.Name, key, sealed); err != nil {
		return fmt.Errorf("keep the secret of %s %q: %w", k.Name, key, err)
	}
	return e.record(ctx, tx, "settings.secret_rotated", k.Name, key, map[string]any{})
}

// Hold is Setting with the key locked until the unit ends, so that two who save
// its draft take turns. NotFound for a key that has nothing.
func (k Kind[T]) Hold(ctx context.Context, tx tenants.Tx, key string) (Setting[T], error) {
	if _, _, err := k.numbers(ctx, tx, key); err != nil {
		return Setting[T]{}, err
	}
	return k.Setting(ctx, tx.ReadTx, key)
}

// Revision is another number after each save, publication and discarding: the
// microsecond of the last one, cut to what a version may be.
func (s Setting[T]) Revision() int {
	at := time.Time{}
	switch {
	case s.Draft != nil:
		at = s.Draft.CreatedAt
	case s.Live != nil:
		at = s.Live.PublishedAt
	}
	return int(at.UnixMicro()&(1<<30-1)) + 1
}
