package api

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

type echoIn struct {
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"20"`
	}
}

type echoOut struct {
	Text string   `json:"text"`
	List []string `json:"list"`
}

// withEcho adds routes that answer what they are told.
func withEcho(a *App) {
	public(a.routes, "POST /v1/echo", Op{ID: "echo", Tag: "Test", Summary: "Echo", Anyone: "a test", Limit: 1024, Class: unlimited, Repeatable: true},
		func(_ context.Context, _ Caller, in *echoIn) (*echoOut, error) {
			return &echoOut{Text: in.Body.Text}, nil
		})
	public(a.routes, "GET /v1/smuggled", Op{ID: "smuggled", Tag: "Test", Summary: "Must not be reached", Anyone: "a test", Class: unlimited},
		func(context.Context, Caller, *noInput) (*echoOut, error) { return &echoOut{Text: "smuggled"}, nil })
}

// raw talks to the edge over a bare socket and gives back everything it says.
func raw(t *testing.T, addr, text string) string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(1500 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	said, _ := io.ReadAll(conn)
	return string(said)
}

func TestAnUnreadBodyIsNeverTheNextRequest(t *testing.T) {
	t.Parallel()
	w := open(t, withEcho)
	inner := "GET /v1/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
	padding := strings.Repeat("x", 8<<10)
	for name, text := range map[string]string{
		"padding before it":     fmt.Sprintf("GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s%s", len(padding)+len(inner), padding, inner),
		"alone":                 fmt.Sprintf("POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s", len(inner), inner),
		"chunked":               fmt.Sprintf("POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(inner), inner),
		"chunked and not ended": "POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + inner,
		"on a page":             fmt.Sprintf("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s%s", len(padding)+len(inner), padding, inner),
		"an unknown method":     fmt.Sprintf("BREW /v1/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s%s", len(padding)+len(inner), padding, inner),
		"too long":              fmt.Sprintf("POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s%s", len(padding)+len(inner), padding, inner),
		"refused cross-origin":  fmt.Sprintf("POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nContent-Length: %d\r\n\r\n%s%s", len(padding)+len(inner), padding, inner),
	} {
		said := raw(t, w.addr, text)
		if strings.Contains(said, "smuggled") || strings.Count(said, "HTTP/1.1 ") != 1 {
			t.Errorf("%s: the edge said\n%s", name, said)
		}
	}
}

func TestAConnectionWhoseBodyWasReadStaysOpen(t *testing.T) {
	t.Parallel()
	w := open(t, withEcho)
	body := `{"text":"once"}`
	next := "GET /v1/smuggled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
	for name, text := range map[string]string{
		"length":  fmt.Sprintf("POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body),
		"chunked": fmt.Sprintf("POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(body), body),
	} {
		said := raw(t, w.addr, text+next)
		if !strings.Contains(said, `"text":"once"`) || !strings.Contains(said, "smuggled") {
			t.Errorf("%s: the edge said\n%s", name, said)
		}
	}
}

func TestAmbiguousHeadsAreRefusedAndClosed(t *testing.T) {
	t.Parallel()
	w := open(t, withEcho)
	for name, text := range map[string]string{
		"no host":            "GET /v1/smuggled HTTP/1.1\r\n\r\n",
		"two hosts":          "GET /v1/smuggled HTTP/1.1\r\nHost: localhost\r\nHost: acme.localhost\r\n\r\n",
		"absolute target":    "GET http://acme.localhost/v1/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"length and chunked": "POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"two lengths":        "POST /v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
	} {
		said := raw(t, w.addr, text)
		if !strings.HasPrefix(said, "HTTP/1.1 400 ") || strings.Contains(said, "smuggled") {
			t.Errorf("%s: the edge said\n%s", name, said)
		}
	}
}

func TestABodyHasItsLimitAndItsType(t *testing.T) {
	t.Parallel()
	w := open(t, withEcho)
	c := w.anonymous("localhost")
	exact := `{"text":"a"}` + strings.Repeat(" ", 1024-len(`{"text":"a"}`))
	if res := c.do("POST", "/v1/echo", exact); res.status != 200 {
		t.Errorf("a body of exactly the limit: %d %s", res.status, res.body)
	}
	if res := c.do("POST", "/v1/echo", exact+" "); res.status != 413 || res.code() != "too_large" {
		t.Errorf("one byte more: %d %s", res.status, res.body)
	}
	chunked, err := http.NewRequestWithContext(t.Context(), "POST", "http://"+w.addr+"/v1/echo", io.MultiReader(strings.NewReader(exact), strings.NewReader("    ")))
	if err != nil {
		t.Fatal(err)
	}
	chunked.Host = "localhost"
	chunked.Header.Set("Content-Type", "application/json")
	res, err := transport.RoundTrip(chunked)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != 413 {
		t.Errorf("chunked beyond the limit: %d", res.StatusCode)
	}
	for body, want := range map[string]string{
		`{"text":"a\u0000b"}`:    "validation_failed",
		"{\"text\":\"a\xff\"}":   "body_unreadable",
		`{"text":`:               "body_unreadable",
		``:                       "body_required",
		`{"Text":"a"}`:           "validation_failed",
		strings.Repeat("[", 200): "validation_failed",
	} {
		var sent any = body
		if body == "" {
			sent = nil
		}
		if res := c.do("POST", "/v1/echo", sent); res.code() != want {
			t.Errorf("%.40q: %d %s", body, res.status, res.body)
		}
	}
	if res := c.do("POST", "/v1/echo", `{"text":"a"}`, "Content-Type", "text/plain"); res.code() != "unsupported_type" {
		t.Errorf("text/plain: %s", res.body)
	}
}

func TestProblemsSpeakTheCallersLanguageAndEchoNothing(t *testing.T) {
	t.Parallel()
	w := open(t, withEcho)
	c := w.anonymous("localhost")
	res := c.do("POST", "/v1/echo", `{"text":"`+strings.Repeat("secret", 10)+`","more":1}`, "Accept-Language", "ru")
	p := res.json(t)
	if res.status != 422 || p["title"] != "Проверьте отмеченные поля." || p["code"] != "validation_failed" || res.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %s", res.status, res.body)
	}
	if bytes.Contains(res.body, []byte("secret")) {
		t.Errorf("the value was echoed: %s", res.body)
	}
	fields := map[string]string{}
	for _, e := range p["errors"].([]any) {
		f := e.(map[string]any)
		fields[f["pointer"].(string)] = f["code"].(string) + ": " + f["detail"].(string)
	}
	if fields["/body/text"] != "max_length: Не больше 20 знаков." || fields["/body/more"] != "unknown_field: Такого поля нет." {
		t.Errorf("%v", fields)
	}
	if id := res.header.Get("X-Request-Id"); id == "" || p["request_id"] != id {
		t.Errorf("request id %q in %s", id, res.body)
	}
}

func TestPathsAndMethodsOutsideTheTree(t *testing.T) {
	t.Parallel()
	w := open(t, withEcho)
	c := w.anonymous("localhost")
	if res := c.do("DELETE", "/v1/echo", nil); res.status != 405 || res.header.Get("Allow") != "POST" || res.code() != "method_not_allowed" {
		t.Errorf("DELETE: %d %v %s", res.status, res.header["Allow"], res.body)
	}
	for _, p := range []string{"/v1/", "/v1/nothing", "/v1/echo/", "/v1/%00", "/assets/gone.js", "/favicon.ico"} {
		if res := c.do("GET", p, nil); res.status != 404 {
			t.Errorf("%s: %d %s", p, res.status, res.body)
		}
	}
	if res := c.do("GET", "/v1/smuggled?x=1", nil); res.status != 422 || !bytes.Contains(res.body, []byte("unknown_field")) {
		t.Errorf("unknown query: %d %s", res.status, res.body)
	}
	if res := c.do("POST", "/", "x"); res.status != 405 {
		t.Errorf("POST /: %d", res.status)
	}
}

func TestSitesAreToldByHostAlone(t *testing.T) {
	t.Parallel()
	w := open(t, withEcho)
	w.tenant("acme")
	for host, want := range map[string]int{"localhost": 200, "localhost:8080": 200, "LOCALHOST": 200, "acme.localhost": 200, "nobody.localhost": 404, "evil.example": 404, "localhost.evil.example": 404, "files.localhost": 404, "a.b.localhost": 404} {
		c := w.anonymous(host)
		res := c.do("GET", "/", nil, "X-Forwarded-Host", "localhost")
		if res.status != want {
			t.Errorf("%s: %d", host, res.status)
		}
		if res.header.Get("X-Content-Type-Options") != "nosniff" || res.header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: no security headers: %v", host, res.header)
		}
	}
	if res := w.anonymous("acme.localhost").do("GET", "/v1/smuggled", nil); res.status != 404 {
		t.Errorf("a console route on a portal: %d", res.status)
	}
}

func TestOtherSitesCannotAct(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		method, fetch, origin string
		cookie, refused       bool
	}{
		{method: "GET", fetch: "cross-site", cookie: true},
		{method: "POST", fetch: "same-origin", cookie: true},
		{method: "POST", fetch: "none", cookie: true},
		{method: "POST", fetch: "same-site", cookie: true, refused: true},
		{method: "DELETE", fetch: "cross-site", cookie: true, refused: true},
		{method: "POST", origin: "http://localhost", cookie: true},
		{method: "POST", origin: "http://acme.localhost", cookie: true, refused: true},
		{method: "POST", origin: "null", cookie: true, refused: true},
		{method: "POST", cookie: true, refused: true},
		{method: "POST"},
		{method: "POST", fetch: "cross-site", refused: true},
	} {
		err := sameOrigin(c.method, c.fetch, c.origin, "localhost", c.cookie)
		if (err != nil) != c.refused {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestAClientStillSendingHearsTheRefusal(t *testing.T) {
	t.Parallel()
	w := open(t, withEcho)
	c := w.anonymous("localhost")
	for range 5 {
		if res := c.do("POST", "/v1/nothing", bytes.Repeat([]byte("x"), 8<<20)); res.status != 404 {
			t.Fatalf("%d", res.status)
		}
	}
}

func TestABodyThatStallsIsRefusedInTime(t *testing.T) {
	t.Parallel()
	r := &body{from: stalled{}, left: 10, limit: 10}
	if _, err := r.all(); err == nil || !strings.Contains(err.Error(), "timed_out") {
		t.Error(err)
	}
}

type stalled struct{}

func (stalled) Read([]byte) (int, error) { return 0, timeout{} }

type timeout struct{}

func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }
func (timeout) Error() string   { return "i/o timeout" }

func TestTheReaderIsStickyAtTheEnd(t *testing.T) {
	t.Parallel()
	src := &ends{}
	r := &body{from: src, left: 10, limit: 10}
	if b, err := r.all(); err != nil || string(b) != "ab" {
		t.Fatal(string(b), err)
	}
	for range 3 {
		if n, err := r.Read(make([]byte, 4)); n != 0 || !errors.Is(err, io.EOF) {
			t.Error(n, err)
		}
	}
	if src.reads != 2 {
		t.Errorf("the socket was read %d times", src.reads)
	}
}

type ends struct{ reads int }

func (e *ends) Read(p []byte) (int, error) {
	e.reads++
	if e.reads == 1 {
		return copy(p, "ab"), nil
	}
	return 0, io.EOF
}

func TestAssetsGoOutReadyMade(t *testing.T) {
	t.Parallel()
	w := open(t)
	c := w.anonymous("localhost")
	for accept, want := range map[string]string{"br, gzip": "brotli", "gzip": "gzip", "": "console.log(1)", "br;q=0, gzip;q=0.5": "gzip"} {
		res := c.do("GET", "/assets/app-1a2b.js", nil, "Accept-Encoding", accept)
		if string(res.body) != want || res.header.Get("Vary") != "Accept-Encoding" || !strings.Contains(res.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%q: %s %v", accept, res.body, res.header)
		}
		// A worker lives under the policy of its own file.
		if res.header.Get("Content-Security-Policy") != w.app.csp || res.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%q: an asset without the site's policy: %v", accept, res.header)
		}
		if again := c.do("GET", "/assets/app-1a2b.js", nil, "Accept-Encoding", accept, "If-None-Match", res.header.Get("ETag")); again.status != 304 {
			t.Errorf("%q again: %d", accept, again.status)
		}
	}
}

func TestThePageCarriesItsBootDataAsData(t *testing.T) {
	t.Parallel()
	w := open(t)
	res := w.anonymous("localhost").do("GET", "/q", nil, "Accept-Language", "en")
	page := string(res.body)
	if !strings.Contains(page, `"site":"console"`) || !strings.Contains(page, `<html lang="en" data-theme="light">`) || res.header.Get("Cache-Control") != "no-store" {
		t.Error(page)
	}
	own := `<html lang="ru" data-theme="light" data-app="portal">` + shellHTML
	if out := string(laid([]byte(own), nil, ` lang="en" data-theme="dark" data-tenant="acme"`)); !strings.HasPrefix(out, `<html lang="en" data-theme="dark" data-tenant="acme" data-app="portal">`) {
		t.Error(out)
	}
	out := string(laid([]byte(shellHTML), []byte(`{"x":"\u003c/script\u003e"}`), ` lang="ru"`))
	if strings.Count(out, "</script>") != 1 {
		t.Error(out)
	}
}

func TestHealthAndReadiness(t *testing.T) {
	t.Parallel()
	w := open(t)
	c := w.anonymous("10.0.0.1")
	c.want(200, "GET", "/healthz", nil)
	c.want(200, "GET", "/readyz", nil)
	w.app.draining.Store(true)
	if res := c.do("GET", "/readyz", nil); res.status != 503 {
		t.Errorf("while draining: %d", res.status)
	}
	w.app.draining.Store(false)
}

func TestFiguresAreForThisMachineAlone(t *testing.T) {
	t.Parallel()
	w := open(t)
	res := w.anonymous("127.0.0.1:8080").want(200, "GET", "/metrics", nil)
	if !bytes.Contains(res.body, []byte("manydesk_http_requests_in_flight")) {
		t.Errorf("%s", res.body)
	}
	w.anonymous("127.0.0.1").want(404, "GET", "/metrics", nil, "X-Forwarded-For", "203.0.113.9")
	for _, host := range []string{"acme.localhost", "203.0.113.9", "desk.example"} {
		if res := w.anonymous(host).do("GET", "/metrics", nil); bytes.Contains(res.body, []byte("manydesk_http")) {
			t.Errorf("%s was shown the figures", host)
		}
	}
	if res := w.anonymous("localhost").do("GET", "/metrics", nil); bytes.Contains(res.body, []byte("manydesk_http")) {
		t.Error("the console's host was shown the figures")
	}
}

func TestNoListInAnAnswerIsNull(t *testing.T) {
	t.Parallel()
	type inner struct {
		A []int            `json:"a"`
		M map[string][]int `json:"m"`
	}
	v := struct {
		P  *inner  `json:"p"`
		In []inner `json:"in"`
		inner
	}{P: &inner{}, In: []inner{{}}}
	fill(&v)
	b, err := encode(v)
	if err != nil || bytes.Contains(b, []byte("null")) {
		t.Errorf("%s %v", b, err)
	}
	w := open(t, withEcho)
	if res := w.anonymous("localhost").want(200, "POST", "/v1/echo", `{"text":"a"}`); string(res.body) != `{"text":"a","list":[]}` {
		t.Errorf("%s", res.body)
	}
}

func TestOptionsNeedNoBody(t *testing.T) {
	t.Parallel()
	w := open(t, withEcho)
	conn, err := net.Dial("tcp", w.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "OPTIONS /v1/echo HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil\r\nConnection: close\r\n\r\n")
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != 405 || res.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
}
