package files

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Folder is a Store in a directory: one file a key, written beside its place,
// flushed, and renamed into it.
type Folder struct{ root string }

// NewFolder makes the directory if it is not there.
func NewFolder(root string) (*Folder, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of files: %w", err)
	}
	return &Folder{root}, nil
}

// path spreads keys over 256 folders, by the two letters their last part begins with.
func (f *Folder) path(key string) string {
	dir, name := filepath.Split(filepath.FromSlash(key))
	spread := "00"
	if len(name) > 2 {
		spread = name[:2]
	}
	return filepath.Join(f.root, dir, spread, name)
}

// Put keeps the bytes.
func (f *Folder) Put(ctx context.Context, key string, r io.Reader) (err error) {
	to := f.path(key)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	var random [8]byte
	if _, err := rand.Read(random[:]); err != nil {
		return fmt.Errorf("make a name: %w", err)
	}
	part := to + ".part-" + hex.EncodeToString(random[:])
	out, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make a file: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part)
		}
	}()
	_, err = io.Copy(out, patient{ctx, r})
	if err == nil {
		err = out.Sync()
	}
	if closing := out.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("write a file: %w", err)
	}
	return f.settle(part, to)
}

// settle renames and flushes the folder, so that the name survives a crash too.
func (f *Folder) settle(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("rename a file: %w", err)
	}
	dir, err := os.Open(filepath.Dir(to))
	if err != nil {
		return fmt.Errorf("open the folder: %w", err)
	}
	defer dir.Close() //nolint:errcheck // only read
	if err := dir.Sync(); err != nil {
		return fmt.Errorf("flush the folder: %w", err)
	}
	return nil
}

// Get opens the bytes.
func (f *Folder) Get(_ context.Context, key string) (io.ReadCloser, error) {
	in, err := os.Open(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrGone
	}
	return in, err
}

// Range opens a part of the bytes.
func (f *Folder) Range(_ context.Context, key string, offset, length int64) (io.ReadCloser, error) {
	in, err := os.Open(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrGone
	}
	if err != nil {
		return nil, err
	}
	return window{io.NewSectionReader(in, offset, length), in}, nil
}

type window struct {
	io.Reader
	io.Closer
}

// Move renames; the bytes count as new from now.
func (f *Folder) Move(_ context.Context, from, to string) error {
	target := f.path(to)
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	err := f.settle(f.path(from), target)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrGone
	}
	return err
}

// Remove forgets the bytes.
func (f *Folder) Remove(_ context.Context, key string) error {
	if err := os.Remove(f.path(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove a file: %w", err)
	}
	return nil
}

// Age looks at when the file was written.
func (f *Folder) Age(_ context.Context, key string, now time.Time) (time.Duration, error) {
	info, err := os.Stat(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, ErrGone
	}
	if err != nil {
		return 0, fmt.Errorf("look at a file: %w", err)
	}
	return now.Sub(info.ModTime()), nil
}

// patient stops reading when the context is over.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}
