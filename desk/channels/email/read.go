package email

import (
	"bytes"
	"errors"
	"net/textproto"
	"strings"

	"github.com/jhillyerd/enmime/v2"
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
	root, err := parse(raw)
	if err != nil {
		return unreadable(raw)
	}
	m = blank()
	h := header(root.Header)
	m.readEnvelope(h, raw)
	b := body{message: &m}
	b.walk(root, 0)
	b.finish()
	m.Kind = kindOf(h, &m, b.reports)
	if m.Kind == Bounce {
		m.Bounce = bounceOf(h, m.Text, b.reports)
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

// maxBoundaries is how many multiparts a message may announce. Real letters stay
// under a dozen; beyond this lies only mail that was made to keep us busy.
const maxBoundaries = 400

var errTooDeep = errors.New("too many multiparts")

func parse(raw []byte) (*enmime.Part, error) {
	if bytes.Count(bytes.ToLower(raw[:min(len(raw), 64<<20)]), []byte("boundary=")) > maxBoundaries {
		return nil, errTooDeep
	}
	parser := enmime.NewParser(
		enmime.RawContent(true), // transfer encodings and charsets are ours to salvage
		enmime.SkipMalformedParts(true),
		enmime.MultipartWOBoundaryAsSinglePart(true),
		enmime.StripMediaTypeInvalidCharacters(true),
		enmime.MaxStoredPartErrors(20),
	)
	root, err := parser.ReadParts(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	if root.Header == nil {
		root.Header = textproto.MIMEHeader{}
	}
	return root, nil
}

// unreadable keeps a message whose structure defeats the parser: its header lines
// as far as they can be told, the rest as the text and the original as a file.
func unreadable(raw []byte) Message {
	m := blank()
	m.problem(Unreadable)
	top := topOf(raw)
	h := plainHeaders(top)
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

// plainHeaders reads "Name: value" lines and their folds, skipping what is neither.
func plainHeaders(top []byte) header {
	h := textproto.MIMEHeader{}
	for len(top) > 0 {
		end := fieldEnd(top)
		if end == 0 {
			end = len(top)
		}
		name, value, ok := strings.Cut(string(top[:end]), ":")
		if ok && name != "" && !strings.ContainsAny(name, " \t\r\n") {
			h.Add(name, strings.TrimSpace(strings.NewReplacer("\r", "", "\n", "").Replace(value)))
		}
		top = top[end:]
	}
	return header(h)
}

func clipBytes(b []byte, limit int) []byte { return b[:min(len(b), limit)] }
