package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"manydesk/desk"
	"manydesk/tenants"
)

// sniffed is how much of a file tells its type.
const sniffed = 3072

// finish hashes and sniffs a whole upload, moves its bytes to their lasting
// place and makes it ready.
func (f *Files) finish(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, got *File) (*File, error) {
	s := newSniffer()
	for _, p := range got.Data.Parts {
		if err := f.read(ctx, p.Key, s); err != nil {
			return nil, err
		}
	}
	mime := s.mime()
	if runs(mime) {
		err := f.house.Do(ctx, tenant, actor, func(ctx context.Context, tx tenants.Tx) error { return f.Drop(ctx, tx, got.ID) })
		if err != nil {
			return nil, err
		}
		return nil, desk.Refuse(desk.FileRefused, "name", got.Name)
	}
	to := key(tenant.ID, s.hash.Sum(nil))
	if len(got.Data.Parts) == 1 {
		if err := f.store.Move(ctx, got.Data.Parts[0].Key, to); err != nil {
			return nil, fmt.Errorf("settle a file: %w", err)
		}
	} else if err := f.join(ctx, got.Data.Parts, to); err != nil {
		return nil, err
	}
	got.State, got.Hash, got.Mime = Ready, s.hash.Sum(nil), mime
	parts := got.Data.Parts
	got.Data.Parts = nil
	err := f.house.Do(ctx, tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		_, err := tx.Exec(ctx, "update ?tenant.files set state = $2, hash = $3, mime = $4, data = $5::jsonb where id = $1 and state = $6",
			got.ID, got.State, got.Hash, got.Mime, encoded(got.Data), Uploading)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("finish upload: %w", err)
	}
	if len(parts) > 1 {
		for _, p := range parts {
			if err := f.store.Remove(ctx, p.Key); err != nil {
				return nil, err
			}
		}
	}
	return got, nil
}

func (f *Files) read(ctx context.Context, key string, into io.Writer) error {
	r, err := f.store.Get(ctx, key)
	if err != nil {
		return fmt.Errorf("read an upload: %w", err)
	}
	defer r.Close() //nolint:errcheck // only read
	if _, err := io.Copy(into, r); err != nil {
		return fmt.Errorf("read an upload: %w", err)
	}
	return nil
}

// join writes the parts one after another, reading each only when it is its turn.
func (f *Files) join(ctx context.Context, parts []Part, to string) error {
	r, w := io.Pipe()
	go func() {
		for _, p := range parts {
			if err := f.read(ctx, p.Key, w); err != nil {
				w.CloseWithError(err)
				return
			}
		}
		w.CloseWithError(nil)
	}()
	err := f.store.Put(ctx, to, r)
	r.CloseWithError(errors.New("the store reads no more"))
	return err
}

// sniffer hashes what passes and keeps its beginning.
type sniffer struct {
	hash  hash.Hash
	begin bytes.Buffer
	size  int64
}

func newSniffer() *sniffer { return &sniffer{hash: sha256.New()} }

func (s *sniffer) Write(b []byte) (int, error) {
	if room := sniffed - s.begin.Len(); room > 0 {
		s.begin.Write(b[:min(room, len(b))])
	}
	s.size += int64(len(b))
	return s.hash.Write(b)
}

// mime is the type by content, without parameters.
func (s *sniffer) mime() string {
	m, _, _ := strings.Cut(mimetype.Detect(s.begin.Bytes()).String(), ";")
	return m
}
