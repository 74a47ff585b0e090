package email

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var (
	quoteClass = regexp.MustCompile(`(?i)(?:^|\s)(?:gmail_quote|gmail_quote_container|gmail_attr|yahoo_quoted|moz-cite-prefix|` +
		`protonmail_quote|zmail_extra|tutanota_quote)(?:\s|$)`)
	quoteID    = regexp.MustCompile(`(?i)^(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|isForwardContent|reply-intro)$`)
	quoteStyle = regexp.MustCompile(`(?i)border-top:\s*solid\s*#(?:E1E1E1|B5C4DF)`)
)

// voids are the elements without an end.
var voids = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "source": true, "track": true, "wbr": true,
}

// withoutQuotedHTML drops what mail programs mark as the quoted letter: the element
// itself where it encloses the quote, or everything after it where it only stands
// before it (Outlook), and everything from our own line on. What is not displayed
// goes too: mail programs quote it all the same.
func withoutQuotedHTML(s string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(maxHTML)
	dropped, depth := "", 0
	for {
		switch t := z.Next(); t {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			raw := string(z.Raw())
			if strings.Contains(raw, AboveLineRu) || strings.Contains(raw, AboveLineEn) {
				return out.String()
			}
			if dropped == "" {
				out.WriteString(raw)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := string(z.Raw())
			tag, enclosing, following := quoteTag(z)
			if dropped != "" {
				if tag == dropped && t == html.StartTagToken {
					depth++
				}
				continue
			}
			if following {
				return out.String()
			}
			if enclosing && !voids[tag] && t == html.StartTagToken {
				dropped, depth = tag, 1
				continue
			}
			out.WriteString(raw)
		case html.EndTagToken:
			raw := string(z.Raw())
			name, _ := z.TagName()
			if dropped == "" {
				out.WriteString(raw)
			} else if string(name) == dropped {
				if depth--; depth == 0 {
					dropped = ""
				}
			}
		}
	}
}

// quoteTag tells whether an element encloses a quote, or nothing to be seen, or
// stands before a quote.
func quoteTag(z *html.Tokenizer) (tag string, enclosing, following bool) {
	name, more := z.TagName()
	tag = string(name)
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch key, value := string(k), string(v); key {
		case "class":
			enclosing = enclosing || quoteClass.MatchString(value)
		case "id":
			following = following || quoteID.MatchString(value)
		case "style":
			following = following || quoteStyle.MatchString(value)
			enclosing = enclosing || undisplayed.MatchString(value)
		case "type":
			enclosing = enclosing || tag == "blockquote" && strings.EqualFold(value, "cite")
		}
	}
	return tag, enclosing, following
}
