package api

import (
	"strings"
	"testing"

	"manydesk/desk"
)

func TestADrawingLosesWhatRunsOrLoads(t *testing.T) {
	t.Parallel()
	raw := `<?xml version="1.0"?><!-- hello --><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" onload="alert(1)">
<script>alert(2)</script><style>@import url(http://evil)</style><g onclick="x()" style="background:url(http://evil)"><path d="M0 0L9 9" fill="url(#a)" stroke="url(http://evil)"/></g>
<foreignObject><div>html</div></foreignObject><image href="http://evil/x.png"/><use xlink:href="#a"/><use href="https://evil/#a"/><a href="javascript:alert(3)"><text>Акме &amp; Ко</text></a></svg>`
	clean, err := cleanSVG([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	got := string(clean)
	for _, bad := range []string{"script", "alert", "evil", "onload", "onclick", "style", "foreignObject", "image", "javascript"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q is still there: %s", bad, got)
		}
	}
	for _, good := range []string{`viewBox="0 0 9 9"`, `d="M0 0L9 9"`, `fill="url(#a)"`, `xmlns="http://www.w3.org/2000/svg"`} {
		if !strings.Contains(got, good) {
			t.Errorf("%q is gone: %s", good, got)
		}
	}
	if again, err := cleanSVG(clean); err != nil || string(again) != got {
		t.Errorf("cleaning twice differs: %v", err)
	}
}

func TestWhatIsNoDrawingIsRefused(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "hello", "<html></html>", "<svg>", "<svg></svg><svg></svg>", `<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>`, strings.Repeat("<g>", 100)} {
		if _, err := cleanSVG([]byte(raw)); !desk.Is(err, desk.FileRefused) {
			t.Errorf("%.30q: %v", raw, err)
		}
	}
}
