package api

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"manydesk/desk/channels/email"
	"manydesk/desk/tickets"
)

// spoken is a comment's body as HTML or as text, one of the two. What was stored
// clean is cleaned once more on its way out: the rules may have got stricter.
// Pictures in it are those of its own files, which are asked for under at.
func spoken(c *tickets.Comment, files []tickets.File, at string) (html, text string) {
	if c.Format == tickets.HTML {
		return pictured(email.CleanHTML(c.Body), files, at), ""
	}
	return "", c.Body
}

var picture = regexp.MustCompile(`src="cid:([^"]+)"`)

// pictured lets a letter's pictures lead to the files that came with it. One
// that is no file of the comment, no picture or refused stays what it was:
// nothing that a page could show.
func pictured(clean string, files []tickets.File, at string) string {
	return picture.ReplaceAllStringFunc(clean, func(src string) string {
		id := html.UnescapeString(picture.FindStringSubmatch(src)[1])
		if plain, err := url.PathUnescape(id); err == nil {
			id = plain
		}
		for _, f := range files {
			if f.ContentID == id && f.Refused == "" && strings.HasPrefix(f.Mime, "image/") {
				return `src="` + at + f.ID.String() + `"`
			}
		}
		return src
	})
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
