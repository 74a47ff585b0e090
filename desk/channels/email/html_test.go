package email

import (
	"strings"
	"testing"
)

func TestHTMLIsReadAsText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ html, want string }{
		{"<p>a</p><p>b</p>", "a\n\nb"},
		{"a<br>b<br><br>c", "a\nb\n\nc"},
		{"<div>a</div><div>b <b>c</b></div>", "a\nb c"},
		{"<ul><li>a</li><li>b</li></ul>", "- a\n- b"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"x &amp;lt; y", "x &lt; y"},
		{"<script>alert(1)</script><style>p{}</style>ok", "ok"},
		{"<pre>a\n  b</pre>", "a\n  b"},
		{"<blockquote>old<br>older</blockquote>new", "> old\n> older\nnew"},
		{`see <a href="https://acme.example/x">the page</a>`, "see the page (https://acme.example/x)"},
		{`<a href="https://acme.example/">acme.example</a>`, "acme.example"},
		{`<img src="cid:1" alt="снимок">`, "[снимок]"},
		{"<svg/>after", "after"},
		{`<div style="display: none">unseen<div>x</div></div>seen`, "seen"},
		{`<div style="display:none">never closed`, "never closed"},
		{"<html><head><title>t</title><body>b", "b"},
	} {
		if got := TextOfHTML(c.html); got != c.want {
			t.Errorf("%q is %q, want %q", c.html, got, c.want)
		}
	}
}

func TestCleanHTMLKeepsPicturesOfTheLetterAlone(t *testing.T) {
	t.Parallel()
	got := CleanHTML(`<p onclick="x()" style="color:red">a <img src="cid:pic1@x" alt="p"><img src="https://spy.example/1.gif">` +
		`<a href="https://acme.example">l</a><a href="javascript:alert(1)">j</a><form><input></form></p>`)
	for _, want := range []string{`<img src="cid:pic1@x" alt="p">`, `href="https://acme.example"`, "noreferrer", "noopener"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	for _, bad := range []string{"spy.example", "javascript", "onclick", "style", "form", "input"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q has %q", got, bad)
		}
	}
}
