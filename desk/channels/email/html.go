package email

import (
	"bytes"
	stdhtml "html"
	"net/url"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

var (
	linkTarget   = regexp.MustCompile(`(?i)^(?:https?://|mailto:|tel:)`)
	insidePicure = regexp.MustCompile(`(?i)^cid:[^\s"'<>\\]+$`)
	smallNumber  = regexp.MustCompile(`^[0-9]{1,4}%?$`)
	alignment    = regexp.MustCompile(`(?i)^(?:left|right|center|justify)$`)
	undisplayed  = regexp.MustCompile(`(?i)display\s*:\s*none`)
	metaCharset  = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})`)
	policy       = lettersPolicy()
)

// lettersPolicy lets through what a letter is written with and nothing that acts:
// no scripts, styles, forms, frames or classes. Pictures stand only for files of
// the same letter (cid:), so that opening a ticket tells nobody that it was opened.
func lettersPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "div", "span", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins",
		"sub", "sup", "small", "big", "mark", "code", "pre", "kbd", "samp", "tt", "blockquote", "q", "center",
		"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
	p.AllowAttrs("colspan", "rowspan").Matching(smallNumber).OnElements("td", "th")
	p.AllowAttrs("align").Matching(alignment).OnElements("p", "div", "td", "th", "table", "h1", "h2", "h3", "h4")
	p.AllowAttrs("start").Matching(smallNumber).OnElements("ol")
	p.AllowAttrs("href").Matching(linkTarget).OnElements("a")
	p.AllowAttrs("src").Matching(insidePicure).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(smallNumber).OnElements("img")
	p.AllowURLSchemes("http", "https", "mailto", "tel", "cid")
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.SkipElementsContent("title", "head", "noscript", "template", "svg", "math", "select", "button", "textarea")
	return p
}

// CleanHTML makes a letter's HTML safe to show beside our own: see lettersPolicy.
// It has no effect on HTML that it cleaned before.
func CleanHTML(s string) string {
	s = policy.Sanitize(s)
	return strings.TrimSpace(cleanText(s))
}

// htmlOfText shows plain text as HTML.
func htmlOfText(s string) string {
	return strings.ReplaceAll(stdhtml.EscapeString(s), "\n", "<br>\n")
}

// refersTo reports whether the cleaned HTML shows the file with this Content-ID.
func refersTo(clean, cid string) bool {
	for _, form := range []string{cid, url.PathEscape(cid), stdhtml.EscapeString(cid)} {
		if strings.Contains(clean, `"cid:`+form+`"`) {
			return true
		}
	}
	return false
}

func charsetInHTML(content []byte) string {
	if found := metaCharset.FindSubmatch(clipBytes(content, 4096)); found != nil {
		return string(found[1])
	}
	return ""
}

// breaks are the elements that stand on lines of their own.
var breaks = map[string]bool{
	"p": true, "div": true, "table": true, "tr": true, "ul": true, "ol": true, "li": true, "dl": true, "dt": true,
	"dd": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "blockquote": true,
	"pre": true, "hr": true, "center": true, "section": true, "article": true, "header": true, "footer": true,
	"form": true, "address": true, "title": true, "body": true,
}

// apart are the elements with an empty line around them.
var apart = map[string]bool{
	"p": true, "table": true, "ul": true, "ol": true, "pre": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
}

// silent are the elements whose content nobody reads.
var silent = map[string]bool{
	"script": true, "style": true, "title": true, "template": true, "svg": true, "math": true, "iframe": true,
}

// TextOfHTML writes HTML as a person would type it; quotes get "> " before each line.
// What is not displayed is left out. It works on tokens and not on a tree, so that
// depth costs nothing.
func TextOfHTML(s string) string {
	if s == "" {
		return ""
	}
	text, closed := writeText(s, true)
	if !closed {
		// A hidden element that never ends must not swallow the letter.
		text, _ = writeText(s, false)
	}
	return text
}

func writeText(s string, hide bool) (text string, closed bool) {
	w := textWriter{hide: hide}
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(maxHTML)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.done(), w.hidden == ""
		case html.TextToken:
			if w.silent == 0 && w.hidden == "" {
				w.text(string(z.Text()))
			}
		case html.StartTagToken:
			w.start(z, false)
		case html.SelfClosingTagToken:
			w.start(z, true)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.end(string(name))
		}
	}
}

type textWriter struct {
	out    bytes.Buffer
	line   strings.Builder
	space  bool
	blank  int
	silent int
	pre    int
	quote  int
	href   string
	anchor int
	// hidden is the element that is not displayed, and depth how many of its name are open.
	hide   bool
	hidden string
	depth  int
}

func (w *textWriter) start(z *html.Tokenizer, closed bool) {
	name, more := z.TagName()
	tag := string(name)
	var attr map[string]string
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		if attr == nil {
			attr = map[string]string{}
		}
		attr[string(k)] = string(v)
	}
	if silent[tag] && !closed {
		w.silent++
	}
	if w.silent > 0 || w.conceals(tag, attr["style"], closed) {
		return
	}
	if breaks[tag] {
		w.newline(apart[tag])
	}
	switch tag {
	case "br":
		w.flush(true)
	case "hr":
		w.text("---")
		w.newline(false)
	case "li":
		w.text("- ")
	case "td", "th":
		w.space = w.line.Len() > 0
	case "pre":
		w.pre++
	case "blockquote":
		w.quote = min(w.quote+1, 20)
	case "a":
		w.href, w.anchor = attr["href"], w.line.Len()
	case "img":
		if alt := strings.TrimSpace(attr["alt"]); alt != "" {
			w.text("[" + alt + "]")
		}
	}
}

// conceals keeps count of what is inside an element that is not displayed.
func (w *textWriter) conceals(tag, style string, closed bool) bool {
	switch {
	case w.hidden == tag && !closed:
		w.depth++
	case w.hidden == "" && w.hide && !closed && !voids[tag] && undisplayed.MatchString(style):
		w.hidden, w.depth = tag, 1
	}
	return w.hidden != ""
}

func (w *textWriter) end(tag string) {
	if silent[tag] {
		w.silent = max(w.silent-1, 0)
		return
	}
	if w.hidden == tag {
		if w.depth--; w.depth == 0 {
			w.hidden = ""
		}
		return
	}
	if w.silent > 0 || w.hidden != "" {
		return
	}
	switch tag {
	case "pre":
		w.pre = max(w.pre-1, 0)
	case "a":
		w.link()
	}
	if breaks[tag] {
		w.newline(apart[tag])
	}
	if tag == "blockquote" {
		w.quote = max(w.quote-1, 0)
	}
}

// link adds where a link leads when its words don't say it.
func (w *textWriter) link() {
	href := w.href
	w.href = ""
	if w.quote > 0 || !linkTarget.MatchString(href) || strings.HasPrefix(href, "tel:") || len(href) > 300 {
		return
	}
	shown := ""
	if w.anchor <= w.line.Len() {
		shown = w.line.String()[w.anchor:]
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(href, "mailto:"), "https://"), "/")
	if strings.TrimSpace(shown) != "" && !strings.Contains(shown, strings.TrimPrefix(bare, "http://")) {
		w.text(" (" + href + ")")
	}
}

func (w *textWriter) text(s string) {
	if w.pre > 0 {
		for i, part := range strings.Split(s, "\n") {
			if i > 0 {
				w.flush(true)
			}
			w.line.WriteString(part)
		}
		return
	}
	s = strings.ReplaceAll(s, "\u00A0", " ")
	words := strings.Fields(s)
	if len(words) == 0 {
		w.space = w.space || s != ""
		return
	}
	if strings.IndexByte(" \t\r\n", s[0]) >= 0 {
		w.space = true
	}
	if w.space && w.line.Len() > 0 && !strings.HasSuffix(w.line.String(), " ") {
		w.line.WriteByte(' ')
	}
	w.line.WriteString(strings.Join(words, " "))
	w.space = strings.IndexByte(" \t\r\n", s[len(s)-1]) >= 0
}

func (w *textWriter) newline(gap bool) {
	w.flush(false)
	if gap && w.out.Len() > 0 && w.blank == 0 {
		w.emit("")
	}
}

// flush ends the line; an empty one is written only when it was asked for by <br>.
func (w *textWriter) flush(force bool) {
	line := strings.TrimRight(w.line.String(), " ")
	w.line.Reset()
	w.space, w.anchor = false, 0
	if line != "" || force {
		w.emit(line)
	}
}

func (w *textWriter) emit(line string) {
	if line == "" {
		w.blank++
		if w.blank > 2 || w.out.Len() == 0 {
			return
		}
	} else {
		w.blank = 0
	}
	if w.quote > 0 {
		w.out.WriteString(strings.TrimRight(strings.Repeat("> ", w.quote), " "))
		if line != "" {
			w.out.WriteByte(' ')
		}
	}
	w.out.WriteString(line)
	w.out.WriteByte('\n')
}

func (w *textWriter) done() string {
	w.flush(false)
	return strings.TrimSpace(cleanText(w.out.String()))
}
