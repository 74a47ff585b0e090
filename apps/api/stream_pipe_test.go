package api

import (
	"io"
	"net"
	"sync/atomic"
	"testing"
)

// lentConn is a connection that is given to somebody else once it is taken back.
type lentConn struct {
	net.Conn
	readers atomic.Int32
	over    atomic.Bool
	late    chan struct{}
}

func (c *lentConn) Read(p []byte) (int, error) {
	if c.over.Load() {
		close(c.late)
		return 0, io.EOF
	}
	c.readers.Add(1)
	defer c.readers.Add(-1)
	return c.Conn.Read(p)
}

// The server's shell of a connection goes to the next stream: a reader left
// behind would read there, or bring the house down.
func TestNobodyReadsAConnectionOnceItsStreamIsOver(t *testing.T) {
	t.Parallel()
	for range 200 {
		ours, theirs := net.Pipe()
		heard := make(chan struct{})
		go func() {
			defer close(heard)
			_, _ = io.Copy(io.Discard, theirs)
		}()
		conn := &lentConn{Conn: ours, late: make(chan struct{})}
		s := &stream{next: make(chan event, 1), gone: make(chan struct{})}
		s.leave()
		s.pipe(t.Context(), conn, []byte("head"), nil, func() bool { return true })
		conn.over.Store(true)
		if n := conn.readers.Load(); n != 0 {
			t.Errorf("%d still read", n)
		}
		_ = ours.Close()
		<-heard
		select {
		case <-conn.late:
			t.Error("read after the stream was over")
		default:
		}
	}
}
