package ticketstest

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"

	"manydesk/desk/desktest/stage"
)

// Wire stands between a house and Postgres and counts round trips: every Sync
// and every simple query of the frontend is one.
type Wire struct {
	trips       atomic.Int64
	network, to string
}

// Listen puts a wire before the server of dsn and gives the address to use instead.
func Listen(t testing.TB, dsn string) (*Wire, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	via, network, server := stage.Reroute(t, dsn, l.Addr().String())
	w := &Wire{network: network, to: server}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { w.carry(c) })
		}
	})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Errorf("close the wire: %v", err)
		}
		all.Wait()
	})
	return w, via
}

// Count is how many round trips fn took.
func (w *Wire) Count(fn func()) int {
	before := w.trips.Load()
	fn()
	return int(w.trips.Load() - before)
}

func (w *Wire) carry(front net.Conn) {
	defer front.Close() //nolint:errcheck // the test is over
	back, err := net.Dial(w.network, w.to)
	if err != nil {
		return
	}
	defer back.Close() //nolint:errcheck // the test is over
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(front, back)
		_ = front.Close()
	}()
	_ = w.forward(front, back)
	_ = back.Close()
	<-done
}

// forward passes the frontend's messages on. The first has no type byte.
func (w *Wire) forward(front io.Reader, back io.Writer) error {
	var head [5]byte
	if _, err := io.ReadFull(front, head[:4]); err != nil {
		return err
	}
	if err := pass(front, back, head[:4], binary.BigEndian.Uint32(head[:4])); err != nil {
		return err
	}
	for {
		if _, err := io.ReadFull(front, head[:]); err != nil {
			return err
		}
		if head[0] == 'Q' || head[0] == 'S' {
			w.trips.Add(1)
		}
		if err := pass(front, back, head[:], binary.BigEndian.Uint32(head[1:])); err != nil {
			return err
		}
	}
}

func pass(front io.Reader, back io.Writer, head []byte, length uint32) error {
	if length < 4 {
		return errors.New("a message shorter than its own length")
	}
	if _, err := back.Write(head); err != nil {
		return err
	}
	_, err := io.CopyN(back, front, int64(length-4))
	return err
}
