package api

import (
	"context"
	"errors"
	"io"
	"net"
	"time"

	"manydesk/desk"
)

// Answer is what a route that moves bytes writes into.
type Answer struct {
	Status int
	call   *call
	// release ends the route's time; a body still being sent takes it over.
	release context.CancelFunc
	out     any
	sent    bool
}

// Set adds a header.
func (w *Answer) Set(name, value string) { w.call.set(name, value) }

// JSON answers with a small document.
func (w *Answer) JSON(status int, v any) { w.Status, w.out = status, v }

// Stream answers with a body of a known length, sent as it is read. It is closed
// when the client has it or has left; one that stops reading is cut off.
func (w *Answer) Stream(status int, contentType string, body io.ReadCloser, length int64) {
	w.sent = true
	c := w.call
	c.status, c.answered = status, true
	c.fc.Status(status)
	c.fc.Response().Header.SetContentType(contentType)
	c.fc.Response().SetBodyStream(&rolling{body: body, conn: c.fc.Context().Conn(), release: w.release}, int(length))
}

// takeOver gives the connection to f once this request is done.
func (w *Answer) takeOver(f func(conn net.Conn)) {
	w.sent = true
	w.release()
	c := w.call
	c.status, c.answered = 200, true
	c.fc.Context().HijackSetNoResponse(true)
	c.fc.Context().Hijack(f)
}

func (w *Answer) finish() {
	if w.sent {
		return
	}
	w.release()
	c := w.call
	c.set("Cache-Control", "no-store")
	if w.out == nil {
		c.write(w.Status, "", nil)
		return
	}
	fill(w.out)
	b, err := encode(w.out)
	if err != nil {
		c.refuse(err)
		return
	}
	c.write(w.Status, "application/json", b)
}

// rolling moves the write deadline with each piece: a slow client may take as
// long as it likes, one that stops does not.
type rolling struct {
	body    io.ReadCloser
	conn    net.Conn
	release context.CancelFunc
}

const pieceWithin = 20 * time.Second

func (r *rolling) Read(p []byte) (int, error) {
	if err := r.conn.SetWriteDeadline(desk.System().Add(pieceWithin)); err != nil {
		return 0, err
	}
	return r.body.Read(p)
}

// Close is called by fasthttp when the answer was sent or could not be.
func (r *rolling) Close() error {
	r.release()
	return errors.Join(r.body.Close(), r.conn.SetWriteDeadline(desk.System().Add(writeWithin)))
}

// whole answers with bytes that are in memory already.
func (w *Answer) whole(mime string, raw []byte) {
	w.sent = true
	w.release()
	w.call.write(w.Status, mime, raw)
}
