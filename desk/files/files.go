package files

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Files is the room's door. One serves the whole process.
type Files struct {
	house *tenants.House
	store Store
	most  int64
}

// DefaultLimit is how large one file may be: firmware and reports included.
const DefaultLimit = 512 << 20

// Open opens the room and makes the first key of download tokens, which must not
// be made from inside a unit of work. most bounds one file in bytes; 0 is DefaultLimit.
func Open(ctx context.Context, house *tenants.House, store Store, most int64) (*Files, error) {
	if _, err := house.SigningKeys(ctx, tokenPurpose); err != nil {
		return nil, fmt.Errorf("prepare the key of downloads: %w", err)
	}
	if most == 0 {
		most = DefaultLimit
	}
	return &Files{house, store, most}, nil
}

// Get reads a file's row. The right to see it is that to see its owner, which
// the caller asks; an upload is its sender's only.
//
// Errors: NotFound.
func (f *Files) Get(ctx context.Context, tx tenants.ReadTx, id desk.FileID) (*File, error) {
	got, err := row(ctx, tx, id, "")
	if err == nil && got.OwnerKind == OwnerUpload && got.CreatedBy != tx.Actor().ID {
		return nil, desk.Missing()
	}
	return got, err
}

func row(ctx context.Context, tx tenants.ReadTx, id desk.FileID, lock string) (*File, error) {
	var got File
	err := tx.Query(ctx, &got, "select "+columns+" from ?tenant.files where id = $1"+lock, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, desk.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	return &got, nil
}

// Under lists the files under one comment, or under the whole owner with seq 0.
func (f *Files) Under(ctx context.Context, tx tenants.ReadTx, owner desk.AnyID, seq int) ([]File, error) {
	var all []File
	err := tx.Query(ctx, &all, "select "+columns+" from ?tenant.files where owner_id = $1 and ($2 = 0 or owner_seq = $2) and owner_kind <> 'upload' order by id limit 500", owner, seq)
	if err != nil {
		return nil, fmt.Errorf("read files: %w", err)
	}
	return all, nil
}
