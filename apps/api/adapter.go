package api

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk"
)

// adapter hands huma's operations to our tree. humafiber is not used: it leaves
// a 5 s read deadline on the connection and hands out strings of Fiber's.
type adapter struct {
	handlers map[*huma.Operation]func(huma.Context)
}

// Handle is called by huma for each registration; the registrar takes the handler back.
func (a *adapter) Handle(op *huma.Operation, handler func(huma.Context)) { a.handlers[op] = handler }

// ServeHTTP belongs to huma's interface and has no use here: Fiber serves.
func (a *adapter) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusNotImplemented)
}

// humaCall is a call as huma sees it.
type humaCall struct {
	*call
	op *huma.Operation
}

var _ huma.Context = humaCall{}

func (c humaCall) Operation() *huma.Operation { return c.op }
func (c humaCall) Context() context.Context   { return c.ctx }
func (c humaCall) TLS() *tls.ConnectionState  { return nil }
func (c humaCall) Version() huma.ProtoVersion {
	return huma.ProtoVersion{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
}
func (c humaCall) Method() string            { return c.method }
func (c humaCall) Host() string              { return c.site.host }
func (c humaCall) RemoteAddr() string        { return c.ip.String() }
func (c humaCall) URL() url.URL              { return c.url }
func (c humaCall) Param(name string) string  { return c.param(name) }
func (c humaCall) Query(name string) string  { return c.query.Get(name) }
func (c humaCall) Header(name string) string { return c.header(name) }
func (c humaCall) BodyReader() io.Reader     { return bytes.NewReader(c.body) }
func (c humaCall) SetStatus(code int)        { c.status, c.answered = code, true; c.fc.Status(code) }
func (c humaCall) Status() int               { return c.status }
func (c humaCall) SetHeader(n, v string)     { c.set(n, v) }
func (c humaCall) AppendHeader(n, v string)  { c.fc.Response().Header.Add(n, v) }
func (c humaCall) BodyWriter() io.Writer     { return c.fc.Context() }

// SetReadDeadline does nothing: the body was read before huma was called.
func (c humaCall) SetReadDeadline(time.Time) error { return nil }

// GetMultipartForm refuses: bodies in parts are read part by part by their own routes.
func (c humaCall) GetMultipartForm() (*multipart.Form, error) {
	return nil, desk.Refuse(desk.UnsupportedType, "type", "application/json")
}

func (c humaCall) EachHeader(cb func(name, value string)) {
	for k, v := range c.fc.Request().Header.All() {
		cb(string(k), string(v))
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

func atof(s string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		return 0
	}
	return f
}
