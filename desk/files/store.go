package files

import (
	"context"
	"errors"
	"io"
	"time"
)

// Store is where bytes lie. Keys are made by this room, so they need no cleaning.
type Store interface {
	// Put keeps what r gives and returns when it is durable: a crash afterwards
	// loses nothing, one before leaves nothing under the key.
	Put(ctx context.Context, key string, r io.Reader) error
	Get(ctx context.Context, key string) (io.ReadCloser, error)
	// Range gives length bytes from offset; less at the end.
	Range(ctx context.Context, key string, offset, length int64) (io.ReadCloser, error)
	// Move takes the place of what is under the new key.
	Move(ctx context.Context, from, to string) error
	// Remove of what is not there is no error.
	Remove(ctx context.Context, key string) error
	// Age is how long the bytes have lain there.
	Age(ctx context.Context, key string, now time.Time) (time.Duration, error)
}

// ErrGone says that there is nothing under a key.
var ErrGone = errors.New("no such content")
