package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk"
)

// prepared is an answer in bytes, ready before the unit of work commits.
type prepared struct {
	status   int
	body     []byte
	etag     string
	location string
	cookies  []*http.Cookie
	cache    string
}

// What an answer may have beside its members.
type (
	tagged   interface{ ETag() string }
	located  interface{ Location() string }
	baking   interface{ Cookies() []*http.Cookie }
	statused interface{ StatusCode() int }
)

// prepare encodes a verb's answer. No slice or map in it is ever null.
func (c *call) prepare(answer any) (prepared, error) {
	out := answer
	// Verbs answer by pointer or by value; what an answer has is asked of the pointer.
	if inner := reflect.ValueOf(answer).Elem(); inner.Kind() == reflect.Pointer {
		out = inner.Interface()
	}
	p := prepared{status: c.route.Answers, cache: c.route.Cache}
	if p.status == 0 {
		p.status = http.StatusOK
	}
	if v, ok := out.(tagged); ok {
		p.etag = v.ETag()
	}
	if v, ok := out.(located); ok {
		p.location = v.Location()
	}
	if v, ok := out.(baking); ok {
		p.cookies = v.Cookies()
	}
	if v, ok := out.(statused); ok {
		p.status = v.StatusCode()
	}
	if _, none := out.(*Nothing); none {
		if c.route.Answers == 0 {
			p.status = http.StatusNoContent
		}
		return p, nil
	}
	fill(out)
	var err error
	if p.body, err = encode(out); err != nil {
		return p, fmt.Errorf("encode the answer of %s: %w", c.route.ID, err)
	}
	p.etag = tagOf(p.etag, p.body)
	return p, nil
}

// tagOf makes a version's tag one of the very bytes: "v7-1f0c…". Much of an
// answer changes without the version of its thing: what the reader may do, the
// language, whether a letter has left. If-Match takes the tag for its version.
func tagOf(etag string, body []byte) string {
	version, ok := strings.CutSuffix(etag, `"`)
	if !ok {
		return etag
	}
	sum := sha256.Sum256(body)
	return version + "-" + hex.EncodeToString(sum[:6]) + `"`
}

// deliver writes a prepared answer; 304 when the caller has it already.
func (c *call) deliver(p prepared) error {
	if p.cache == "" {
		p.cache = "private, no-cache"
	}
	c.set("Cache-Control", p.cache)
	c.set("Content-Language", c.language)
	if p.etag != "" {
		c.set("ETag", p.etag)
	}
	if p.location != "" {
		c.set("Location", p.location)
	}
	for _, cookie := range p.cookies {
		c.fc.Response().Header.Add("Set-Cookie", cookie.String())
	}
	if p.etag != "" && c.method != "POST" && !c.unsafe() && matches(c.header("If-None-Match"), p.etag) {
		c.write(http.StatusNotModified, "", nil)
		return nil
	}
	contentType := "application/json"
	if len(p.body) == 0 {
		contentType = ""
	}
	c.write(p.status, contentType, p.body)
	return nil
}

func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == etag || part == "*" {
			return true
		}
	}
	return false
}

// within runs a verb under the route's time.
func (c *call) within(f func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(c.ctx, c.route.Within)
	defer cancel()
	return f(ctx)
}

// versionTag is the ETag of a version: "v7".
func versionTag(version int) string { return fmt.Sprintf(`"v%d"`, version) }

// Instant is a moment as the API writes it: UTC, milliseconds, Z.
type Instant time.Time

const instantForm = "2006-01-02T15:04:05.000Z"

// Schema is a date-time, not the parts of Go's.
func (Instant) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: "string", Format: "date-time"}
}

// MarshalJSON writes the instant; the zero one is null.
func (i Instant) MarshalJSON() ([]byte, error) {
	t := time.Time(i)
	if t.IsZero() {
		return []byte("null"), nil
	}
	return t.UTC().AppendFormat(make([]byte, 0, 32), `"`+instantForm+`"`), nil
}

// UnmarshalJSON reads any RFC 3339 time.
func (i *Instant) UnmarshalJSON(b []byte) error {
	b = bytes.Trim(b, `"`)
	if string(b) == "null" || len(b) == 0 {
		*i = Instant{}
		return nil
	}
	t, err := time.Parse(time.RFC3339Nano, string(b))
	if err != nil {
		return desk.Invalid(desk.FieldError{Pointer: "/body", Code: desk.DateTime})
	}
	*i = Instant(t.UTC())
	return nil
}

// at is an instant or null.
func at(t time.Time) *Instant {
	if t.IsZero() {
		return nil
	}
	i := Instant(t)
	return &i
}
