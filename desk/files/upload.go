package files

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

// Upload describes a file to come.
type Upload struct {
	Name string
	Size int64
}

// Keep is how long an upload that nobody attached stays.
const Keep = 24 * time.Hour

// TimerUpload looks at an upload when its day is over.
const TimerUpload = "upload"

// waiting bounds how many unattached files one person may have.
const waiting = 200

// Begin makes room for an upload.
//
// Rights: anybody who may write in the tenant, which the caller asks. Errors:
// FileRefused for what can be run; TooLarge; LimitReached; ValidationFailed.
func (f *Files) Begin(ctx context.Context, tx tenants.Tx, in Upload) (*File, error) {
	switch {
	case in.Size < 0:
		return nil, desk.Invalid(desk.Field("size", desk.Minimum, "min", 0))
	case in.Size > f.most:
		return nil, desk.Refuse(desk.TooLarge, "limit", f.most)
	case Runnable(in.Name):
		return nil, desk.Refuse(desk.FileRefused, "name", Name(in.Name))
	}
	made := &File{
		ID: desk.NewFileID(tx.Now()), OwnerID: tx.Actor().ID, OwnerKind: OwnerUpload, State: Uploading, Size: in.Size,
		Hash: []byte{}, Name: Name(in.Name), Mime: "application/octet-stream", CreatedBy: tx.Actor().ID, CreatedAt: tx.Now(),
	}
	n, err := tx.Exec(ctx, `insert into ?tenant.files (id, owner_id, owner_kind, state, size, hash, name, mime, data, created_by, created_at)
		select $1, $2, $3, $4, $5, '', $6, $7, '{}', $2, $8
		where (select count(*) from ?tenant.files o where o.owner_id = $2 and o.owner_kind = 'upload') < $9`,
		made.ID, made.OwnerID, OwnerUpload, Uploading, made.Size, made.Name, made.Mime, tx.Now(), waiting)
	if err != nil {
		return nil, fmt.Errorf("begin upload: %w", err)
	}
	if n == 0 {
		return nil, desk.Refuse(desk.LimitReached, "n", waiting)
	}
	return made, jobs.SetTimers(ctx, tx, desk.Timer{Subject: made.ID.Any(), Kind: TimerUpload, DueAt: tx.Now().Add(Keep)})
}

// Receive takes the bytes of an upload from an offset on, as many as come, and
// keeps what came also when the sender falls silent: it goes on from File.Offset.
// With the last byte the file is whole and gets its hash and type. It opens its
// own short units of work around the bytes, never during them.
//
// Errors: NotFound for somebody else's; UploadOffset with "offset" when the
// offset is not where the upload stands; TooLarge for more than was announced;
// FileRefused; the reader's own error, after what came is kept.
func (f *Files) Receive(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, id desk.FileID, offset int64, body io.Reader) (*File, error) {
	got, err := f.Get(ctx, f.house.Reader(tenant, actor), id)
	if err != nil {
		return nil, err
	}
	if got.State != Uploading && offset == got.Size {
		return got, nil // the answer to the last byte was lost, and it is sent again
	}
	if got.State != Uploading || offset != got.Offset() {
		return nil, desk.Refuse(desk.UploadOffset, "byte", got.Offset()).With("offset", got.Offset())
	}
	part := Part{Key: fmt.Sprintf("%suploads/%s-%d-%s", prefix(tenant.ID), id.UUID(), offset, desk.NewFileID(f.house.Clock()()).UUID())}
	in := &intake{from: body, left: got.Size - offset}
	if err := f.store.Put(ctx, part.Key, in); err != nil {
		return nil, err
	}
	if in.over {
		return nil, f.forget(ctx, part.Key, desk.Refuse(desk.TooLarge, "limit", got.Size))
	}
	part.Size = in.came
	if part.Size > 0 || got.Size == 0 {
		if got, err = f.grow(ctx, tenant, actor, id, offset, part); err != nil {
			return nil, f.forget(ctx, part.Key, err)
		}
	} else if err := f.forget(ctx, part.Key, nil); err != nil {
		return nil, err
	}
	if got.Offset() < got.Size {
		return got, in.failed
	}
	return f.finish(ctx, tenant, actor, got)
}

// forget removes bytes that belong to nothing and gives the error on.
func (f *Files) forget(ctx context.Context, key string, err error) error {
	if removing := f.store.Remove(ctx, key); err == nil {
		return removing
	}
	return err
}

// grow adds a part, if nobody else has added one at the same offset meanwhile.
func (f *Files) grow(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, id desk.FileID, offset int64, part Part) (*File, error) {
	var got *File
	err := f.house.Do(ctx, tenant, actor, func(ctx context.Context, tx tenants.Tx) (err error) {
		if got, err = row(ctx, tx.ReadTx, id, " for no key update"); err != nil {
			return err
		}
		if got.State != Uploading || got.Offset() != offset || got.CreatedBy != actor.ID {
			return desk.Refuse(desk.UploadOffset, "byte", got.Offset()).With("offset", got.Offset())
		}
		got.Data.Parts = append(got.Data.Parts, part)
		_, err = tx.Exec(ctx, "update ?tenant.files set data = $2::jsonb where id = $1", id, encoded(got.Data))
		return err
	})
	return got, err
}

// intake reads at most what was announced, notes what came, and turns the
// sender's falling silent into an end.
type intake struct {
	from   io.Reader
	left   int64
	came   int64
	over   bool
	failed error
}

func (i *intake) Read(b []byte) (int, error) {
	if i.over || i.failed != nil {
		return 0, io.EOF
	}
	if int64(len(b)) > i.left+1 {
		b = b[:i.left+1]
	}
	n, err := i.from.Read(b)
	if int64(n) > i.left {
		n, i.over, err = int(i.left), true, io.EOF
	}
	i.left -= int64(n)
	i.came += int64(n)
	if err != nil && err != io.EOF {
		i.failed = err
		err = io.EOF
	}
	return n, err
}

// Drop takes an upload away before it is attached. The bytes go with the sweep.
//
// Errors: NotFound.
func (f *Files) Drop(ctx context.Context, tx tenants.Tx, id desk.FileID) error {
	got, err := row(ctx, tx.ReadTx, id, " for no key update")
	if err != nil {
		return err
	}
	if got.OwnerKind != OwnerUpload || got.CreatedBy != tx.Actor().ID {
		return desk.Missing()
	}
	return f.drop(ctx, tx, got)
}

// Expire is the handler of the timer "upload": one that nobody attached goes.
func (f *Files) Expire(ctx context.Context, tx tenants.Tx, due desk.Timer) error {
	got, err := row(ctx, tx.ReadTx, desk.FileID(due.Subject), " for no key update")
	if desk.Is(err, desk.NotFound) {
		return nil
	}
	if err != nil || got.OwnerKind != OwnerUpload {
		return err
	}
	return f.drop(ctx, tx, got)
}

func (f *Files) drop(ctx context.Context, tx tenants.Tx, got *File) error {
	if _, err := tx.Exec(ctx, "delete from ?tenant.files where id = $1", got.ID); err != nil {
		return fmt.Errorf("drop upload: %w", err)
	}
	rest := leftover{Hash: got.SHA256()}
	for _, p := range got.Data.Parts {
		rest.Parts = append(rest.Parts, p.Key)
	}
	data, err := json.Marshal(rest)
	if err != nil {
		return fmt.Errorf("encode what is left: %w", err)
	}
	return jobs.Enqueue(ctx, tx, desk.Job{Name: JobSweep, Lane: desk.Bulk, Subject: got.ID.Any(), Data: data})
}
