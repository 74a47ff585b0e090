package api

import (
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/valyala/fasthttp"

	"manydesk/desk"
)

// body reads one request's body. It counts against a limit of its own (with
// streamed bodies fasthttp's is none), and it is sticky at the end: a read after
// the end of a chunked body would block on the socket for the next request.
type body struct {
	from  io.Reader
	left  int64
	limit int64
	done  bool
	err   error
}

// openBody begins the reading of a body of at most limit bytes within a time.
// TooLarge at once when the length is told and too long.
func openBody(ctx *fasthttp.RequestCtx, limit int64, within time.Duration) (*body, error) {
	length := ctx.Request.Header.ContentLength()
	b := &body{left: limit, limit: limit}
	stream := ctx.RequestBodyStream()
	if stream == nil || length == 0 || length == -2 {
		b.done = true
		return b, nil
	}
	b.from = stream
	if int64(length) > limit {
		return b, tooLarge(limit)
	}
	if err := ctx.Conn().SetReadDeadline(desk.System().Add(within)); err != nil {
		return b, err
	}
	return b, nil
}

// Read is io.Reader. TooLarge beyond the limit, TimedOut for a client that stalls.
func (b *body) Read(p []byte) (int, error) {
	switch {
	case b.err != nil:
		return 0, b.err
	case b.done:
		return 0, io.EOF
	}
	n, err := b.from.Read(p)
	if b.left -= int64(n); b.left < 0 {
		b.err = tooLarge(b.limit)
		return 0, b.err
	}
	switch {
	case errors.Is(err, io.EOF):
		b.done = true
	case err != nil:
		b.err = unread(err)
		err = b.err
	}
	return n, err
}

// all reads a small body whole.
func (b *body) all() ([]byte, error) { return io.ReadAll(b) }

func unread(err error) error {
	var n net.Error
	if errors.As(err, &n) && n.Timeout() {
		return desk.Refuse(desk.TimedOut).Because(err)
	}
	return desk.Refuse(desk.BodyUnreadable).Because(err)
}

func tooLarge(limit int64) error { return desk.Refuse(desk.TooLarge, "limit", size(limit)) }

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return strconv.FormatInt(n>>20, 10) + " MB"
	case n >= 1<<10:
		return strconv.FormatInt(n>>10, 10) + " KB"
	default:
		return strconv.FormatInt(n, 10) + " B"
	}
}

const (
	// discarded is how much of a refused body is read off, so that a client still
	// sending hears the refusal instead of a closed connection.
	discarded = 32 << 20
	discardIn = 2 * time.Second
)

// settle runs after every request, whoever answered it. A body that was not
// read to its end would be taken for the next request on the connection, which a
// proxy may share between people of different tenants: such a connection is closed.
func settle(ctx *fasthttp.RequestCtx, b *body) {
	if ctx.Hijacked() || b != nil && b.done {
		return
	}
	stream, length := ctx.RequestBodyStream(), ctx.Request.Header.ContentLength()
	if stream == nil || length == 0 || length == -2 {
		return
	}
	ctx.SetConnectionClose()
	if length < 0 || length > discarded {
		return
	}
	if err := ctx.Conn().SetReadDeadline(desk.System().Add(discardIn)); err == nil {
		_, _ = io.Copy(io.Discard, io.LimitReader(stream, discarded))
	}
}

// ambiguous reports a head that two readers could take for two different
// requests: several hosts, lengths or framings, or a target that names another host.
func ambiguous(ctx *fasthttp.RequestCtx) bool {
	hosts, lengths, codings := 0, 0, 0
	for line := range strings.SplitSeq(string(ctx.Request.Header.RawHeaders()), "\n") {
		name, _, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "host":
			hosts++
		case "content-length":
			lengths++
		case "transfer-encoding":
			codings++
		}
	}
	target := ctx.Request.Header.RequestURI()
	return hosts != 1 || lengths > 1 || codings > 1 || lengths+codings > 1 || len(target) == 0 || target[0] != '/'
}
