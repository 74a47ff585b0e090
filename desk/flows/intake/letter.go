package intake

import (
	"strings"
	"unicode/utf8"

	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// longest bounds are those of the ticket's own fields.
const (
	longestSubject = 250
	longestBody    = 90_000
)

// from is who wrote: the author, or whom the conversation named when there is none.
func (l *letter) from() string { return firstOf(l.message.From, l.message.Sender, l.envelope.From) }

// language of the words themselves, else the tenant's first.
func (l *letter) language(t tenants.Tenant) string { return t.Language(l.message.Language) }

// subject is what the ticket will be called: a letter without one is called by
// its first line.
func (l *letter) subject(t tenants.Tenant) string {
	line, _, _ := strings.Cut(strings.TrimSpace(l.message.NewText), "\n")
	none := "Без темы"
	if l.language(t) == "en" {
		none = "No subject"
	}
	return cut(firstOf(strings.TrimSpace(l.message.Subject), strings.TrimSpace(line), none), longestSubject)
}

// body is what the sender added, clean HTML where there is some. A letter that
// is only a picture says so.
func (l *letter) body() (string, tickets.Format) {
	if html := strings.TrimSpace(l.message.NewHTML); html != "" && len(html) <= longestBody {
		return html, tickets.HTML
	}
	text := strings.TrimSpace(l.message.NewText)
	if text == "" {
		text = strings.TrimSpace(l.message.Text)
	}
	if text == "" && len(l.message.Attachments) > 0 {
		text = l.message.Attachments[0].Name
	}
	if text == "" {
		text = firstOf(strings.TrimSpace(l.message.Subject), "…")
	}
	return cut(text, longestBody), tickets.Plain
}

// quoted is what stood there before, kept apart so that it can be unfolded.
func (l *letter) quoted() string {
	text, added := strings.TrimSpace(l.message.Text), strings.TrimSpace(l.message.NewText)
	if text == added {
		return ""
	}
	rest, ok := strings.CutPrefix(text, added)
	if !ok {
		rest = text
	}
	return cut(strings.TrimSpace(rest), longestBody)
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// cut shortens to so many bytes without cutting a letter in two.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}
