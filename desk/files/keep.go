package files

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

// Content is bytes that lie in the store and have no name yet.
type Content struct {
	Hash []byte
	Size int64
	Mime string
	// Refused is "executable" for a program: kept, but given to nobody.
	Refused string
}

// Keep stores bytes that come from elsewhere than an upload, a mail's attachment,
// before the unit of work that will name them. A unit that fails leaves them to
// Leave.
//
// Errors: TooLarge.
func (f *Files) Keep(ctx context.Context, tenant tenants.Tenant, r io.Reader) (Content, error) {
	part := fmt.Sprintf("%suploads/%s", prefix(tenant.ID), desk.NewFileID(f.house.Clock()()).UUID())
	s := newSniffer()
	in := &intake{from: io.TeeReader(r, s), left: f.most}
	if err := f.store.Put(ctx, part, in); err != nil {
		return Content{}, err
	}
	switch {
	case in.failed != nil:
		return Content{}, f.forget(ctx, part, in.failed)
	case in.over:
		return Content{}, f.forget(ctx, part, desk.Refuse(desk.TooLarge, "limit", f.most))
	}
	c := Content{Hash: s.hash.Sum(nil), Size: in.came, Mime: s.mime()}
	if runs(c.Mime) {
		c.Refused = "executable"
	}
	if err := f.store.Move(ctx, part, key(tenant.ID, c.Hash)); err != nil {
		return Content{}, fmt.Errorf("settle a file: %w", err)
	}
	return c, nil
}

// Naming puts content under an owner.
type Naming struct {
	Content   Content
	Name      string
	OwnerID   desk.AnyID
	OwnerSeq  int
	OwnerKind string
	Internal  bool
	Inline    bool
	ContentID string
}

// Add names contents that Keep has stored. One that could be run, by its content
// or by its name, is held: shown, and given to nobody.
func (f *Files) Add(ctx context.Context, tx tenants.Tx, all ...Naming) ([]File, error) {
	made := make([]File, len(all))
	for i, n := range all {
		file := File{
			ID: desk.NewFileID(tx.Now()), OwnerID: n.OwnerID, OwnerSeq: n.OwnerSeq, OwnerKind: n.OwnerKind, State: Ready, Internal: n.Internal,
			Inline: n.Inline, Size: n.Content.Size, Hash: n.Content.Hash, Name: Name(n.Name), Mime: n.Content.Mime, ContentID: n.ContentID,
			Data: Data{Refused: n.Content.Refused}, CreatedBy: tx.Actor().ID, CreatedAt: tx.Now(),
		}
		if file.OwnerKind == "" {
			file.OwnerKind = OwnerTicket
		}
		if Runnable(n.Name) {
			file.Data.Refused = "executable"
		}
		if file.Data.Refused != "" {
			file.State = Held
		}
		_, err := tx.Exec(ctx, `insert into ?tenant.files (id, owner_id, owner_seq, owner_kind, state, inline, internal, size, hash, name, mime, content_id, data, created_by, created_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, nullif($12, ''), $13::jsonb, $14, $15)`,
			file.ID, file.OwnerID, file.OwnerSeq, file.OwnerKind, file.State, file.Inline, file.Internal, file.Size, file.Hash, file.Name, file.Mime,
			file.ContentID, encoded(file.Data), file.CreatedBy, file.CreatedAt)
		if err != nil {
			return nil, fmt.Errorf("name a file: %w", err)
		}
		made[i] = file
	}
	return made, nil
}

// Leave has bytes swept that Keep stored and no unit named, an hour from now and
// only if nothing names them then: a later try may have.
func (f *Files) Leave(ctx context.Context, tx tenants.Tx, all ...Content) error {
	sweeps := make([]desk.Job, len(all))
	for i, c := range all {
		data, err := json.Marshal(leftover{Hash: hex.EncodeToString(c.Hash)})
		if err != nil {
			return fmt.Errorf("encode what is left: %w", err)
		}
		sweeps[i] = desk.Job{Name: JobSweep, Lane: desk.Bulk, Data: data}
	}
	return jobs.Enqueue(ctx, tx, sweeps...)
}

// ByHash is where the bytes of a hash in hexadecimal lie, for what other rooms
// keep by hash alone (raw mail).
func (f *Files) ByHash(ctx context.Context, tenant tenants.Tenant, hash string) (io.ReadCloser, error) {
	raw, err := hex.DecodeString(hash)
	if err != nil || len(raw) != 32 {
		return nil, ErrGone
	}
	return f.store.Get(ctx, key(tenant.ID, raw))
}
