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

func TestPictureInsideTheHTMLBecomesAFile(t *testing.T) {
	t.Parallel()
	picture := `src="data:image/png;base64,iVBORw0KGgo="`
	m := Read([]byte("From: a@x.example\r\nContent-Type: text/html\r\n\r\n<p>see <img " + picture + "> and <IMG " + picture + ` alt="again"></p>`))
	if len(m.Attachments) != 1 || !m.Attachments[0].Inline || m.Attachments[0].Name != "image.png" || m.Attachments[0].Size != 8 {
		t.Fatalf("files %+v", m.Attachments)
	}
	if strings.Count(m.HTML, `src="cid:`+m.Attachments[0].ContentID+`"`) != 2 || strings.Contains(m.HTML, "data:") {
		t.Errorf("html %q", m.HTML)
	}
}

func TestFlowedTextIsJoined(t *testing.T) {
	t.Parallel()
	raw := "From: a@x.example\r\nSubject: x\r\nContent-Type: text/plain; format=flowed; charset=utf-8\r\n\r\n" +
		"This line goes \r\non here.\r\n\r\n  stuffed\r\n> old line \r\n> goes on\r\n>> older\r\n-- \r\nVera"
	want := "This line goes on here.\n\n stuffed\n> old line goes on\n>> older\n-- \nVera"
	if got := Read([]byte(raw)).Text; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
