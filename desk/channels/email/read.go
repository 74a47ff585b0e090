package email

import (
	"bytes"
	"strings"
)

// Read understands a raw message. It never fails: what cannot be read is named in
// Problems, and at worst the whole message is handed on as one attachment.
// The result holds slices of raw; do not write to it afterwards.
func Read(raw []byte) (m Message) {
	defer func() {
		// A parser that panics must not take the mailbox down with it.
		if recover() != nil {
			m = unreadable(raw)
		}
	}()
	var s splitter
	root := s.split(withoutEnvelopeLine(raw), 0)
	m = blank()
	for _, p := range s.problems {
		m.problem(p)
	}
	m.readEnvelope(root.header, raw)
	b := body{message: &m}
	b.walk(root)
	b.finish()
	if s.parts >= maxParts {
		m.problem(TooManyParts)
	}
	m.Kind = kindOf(root.header, &m, b.reports)
	if m.Kind == Bounce {
		m.Bounce = bounceOf(root.header, m.Text, b.reports)
	}
	m.NewText, m.NewHTML = m.Text, m.HTML
	if isReply(&m) {
		m.NewText, m.NewHTML = newParts(&m, b.rawHTML)
	}
	m.Language = language(m.Subject, m.NewText)
	return m
}

func blank() Message {
	return Message{
		ReplyTo: []string{}, To: []string{}, Cc: []string{}, Delivered: []string{},
		InReplyTo: []string{}, References: []string{}, Attachments: []Attachment{},
		Problems: []Problem{}, Kind: Person,
	}
}

// withoutEnvelopeLine drops a byte order mark and the "From " line of mbox files.
func withoutEnvelopeLine(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	if bytes.HasPrefix(raw, []byte("From ")) {
		if _, rest, ok := bytes.Cut(raw, []byte("\n")); ok {
			return rest
		}
	}
	return raw
}

// unreadable keeps a message that defeats the reader: its header lines as far as
// they can be told, the rest as the text and the original as a file.
func unreadable(raw []byte) Message {
	m := blank()
	m.problem(Unreadable)
	top := topOf(raw)
	h := plainHeaders(clipBytes(top, maxHeader))
	m.readEnvelope(h, raw)
	text, _ := decodeText(clipBytes(raw[len(top):], maxText), "")
	m.Text = strings.TrimSpace(cleanText(text))
	m.NewText = m.Text
	m.Kind = kindOf(h, &m, nil)
	m.Language = language(m.Subject, m.Text)
	m.Attachments = append(m.Attachments, Attachment{
		Name: "original.eml", Type: "message/rfc822", Size: len(raw), content: raw,
	})
	return m
}

func clipBytes(b []byte, limit int) []byte { return b[:min(len(b), limit)] }
