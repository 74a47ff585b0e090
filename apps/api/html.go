package api

import (
	"strings"

	"manydesk/desk/channels/email"
	"manydesk/desk/tickets"
)

// spoken is a comment's body as HTML or as text, one of the two. What was stored
// clean is cleaned once more on its way out: the rules may have got stricter.
func spoken(c *tickets.Comment) (html, text string) {
	if c.Format == tickets.HTML {
		return email.CleanHTML(c.Body), ""
	}
	return "", c.Body
}

// plainText is a comment's body without marks, for a line of a list.
func plainText(c *tickets.Comment) string {
	if c.Format != tickets.HTML {
		return cut(c.Body, 500)
	}
	var b strings.Builder
	inTag := false
	for _, r := range email.CleanHTML(c.Body) {
		switch {
		case r == '<':
			inTag = true
			b.WriteByte(' ')
		case r == '>':
			inTag = false
		case !inTag:
			b.WriteRune(r)
		}
	}
	text := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&nbsp;", " ", "&amp;", "&").Replace(b.String())
	return cut(strings.Join(strings.Fields(text), " "), 500)
}
