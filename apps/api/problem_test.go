package api

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"manydesk/desk"
)

func TestEveryCodeHasAStatus(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "../../desk/error.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == "Code" {
			code, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			n++
			if statuses[desk.Code(code)] == 0 {
				t.Errorf("%s has no status", code)
			}
		}
		return true
	})
	if n != len(statuses) {
		t.Errorf("%d codes, %d statuses", n, len(statuses))
	}
}

func TestAProblemKeepsItsExtrasAndHidesItsCause(t *testing.T) {
	t.Parallel()
	e := desk.Refuse(desk.ArrivedMeanwhile).With("arrived", []string{"x"}).With("status", "mine").Because(errors.New("select secret"))
	b, err := json.Marshal(describe(e, "en", "abc"))
	if err != nil || strings.Contains(string(b), "secret") {
		t.Fatalf("%s %v", b, err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil || m["status"] != float64(409) || len(m["arrived"].([]any)) != 1 || m["request_id"] != "abc" {
		t.Errorf("%s", b)
	}
	p := describe(refusal(errors.New("pq: no such table")), "ru", "k3v9q2m7xd")
	if p.Status != 500 || p.Detail != "Ошибка у нас, номер k3v9q2m7xd." {
		t.Errorf("%+v", p)
	}
}

func TestOnlyOurProxiesSpeakForOthers(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct{ peer, forwarded, want string }{
		{"203.0.113.9", "1.2.3.4", "203.0.113.9"},
		{"10.0.0.1", "1.2.3.4", "1.2.3.4"},
		{"10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"},
		{"10.0.0.1", "", "10.0.0.1"},
		{"10.0.0.1", "nonsense", "10.0.0.1"},
	} {
		var ctx fasthttp.RequestCtx
		ctx.Init(&fasthttp.Request{}, addr(c.peer), nil)
		if c.forwarded != "" {
			ctx.Request.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := clientIP(&ctx, proxies).String(); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	if got := network(netip.MustParseAddr("2001:db8::1:2:3:4")); got != "2001:db8::/64" {
		t.Error(got)
	}
}

func TestLanguageIsTakenByQuality(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{"": "ru", "en": "en", "en-GB,en;q=0.9,ru;q=0.8": "en", "de,ru;q=0.5,en;q=0.4": "ru", "de": "ru", "en;q=0.1,ru;q=0.9": "ru"} {
		if got := accepted(header); got != want {
			t.Errorf("%q: %s", header, got)
		}
	}
}

func TestRangesAreRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		header       string
		from, length int64
		partial, bad bool
	}{
		{"", 0, 100, false, false},
		{"bytes=0-9", 0, 10, true, false},
		{"bytes=90-", 90, 10, true, false},
		{"bytes=-5", 95, 5, true, false},
		{"bytes=0-999", 0, 100, true, false},
		{"bytes=100-", 0, 0, false, true},
		{"bytes=-0", 0, 0, false, true},
		{"bytes=5-2", 0, 100, false, false},
		{"bytes=0-1,5-6", 0, 100, false, false},
		{"lines=1-2", 0, 100, false, false},
	} {
		from, length, partial, err := rangeOf(c.header, "", `"x"`, 100)
		if (err != nil) != c.bad || !c.bad && (from != c.from || length != c.length || partial != c.partial) {
			t.Errorf("%+v: %d %d %t %v", c, from, length, partial, err)
		}
	}
	if _, _, partial, _ := rangeOf("bytes=0-9", `"old"`, `"x"`, 100); partial {
		t.Error("a part of another version was promised")
	}
}

func TestFiguresNameRoutesAndNeverPaths(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.anonymous("localhost").do("GET", "/v1/password-resets/secret-token", nil)
	families, err := w.app.metrics.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range families {
		all.WriteString(f.String())
	}
	if strings.Contains(all.String(), "secret-token") || !strings.Contains(all.String(), "/v1/password-resets/{token}") {
		t.Error("the figures are not by route pattern")
	}
}

func addr(ip string) net.Addr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: 1234} }
