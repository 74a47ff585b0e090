package email

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
)

// header is the top of a message: canonical names, raw values in their order.
type header textproto.MIMEHeader

func (h header) get(name string) string      { return textproto.MIMEHeader(h).Get(name) }
func (h header) values(name string) []string { return textproto.MIMEHeader(h).Values(name) }
func (h header) has(name string) bool        { return len(h.values(name)) > 0 }

// readEnvelope fills in who wrote to whom, about what and in answer to which.
func (m *Message) readEnvelope(h header, raw []byte) {
	hidden := m.readPeople(h)
	subjects := h.values("Subject")
	if len(subjects) > 1 {
		m.problem(SeveralSubjects)
	}
	if len(subjects) > 0 {
		subject, h := cleanName(decodeHeader(subjects[0]))
		m.Subject, hidden = clip(subject, 20_000), hidden || h
	}
	if hidden {
		m.problem(HiddenMarks)
	}
	if date := h.get("Date"); date != "" {
		m.readDate(date)
	}
	if ids := messageIDs(h.get("Message-Id"), 1); len(ids) > 0 {
		m.MessageID = ids[0]
	} else {
		m.MessageID, m.ArtificialID = artificialID(raw), true
		m.problem(NoMessageID)
	}
	m.InReplyTo = messageIDs(strings.Join(h.values("In-Reply-To"), " "), 20)
	m.References = messageIDs(strings.Join(h.values("References"), " "), 200)
	if len(h.values("Received")) > maxHops {
		m.problem(ManyHops)
	}
}

func (m *Message) readPeople(h header) (hidden bool) {
	from, hidden := parseAddresses(strings.Join(h.values("From"), ", "))
	sender, _ := parseAddresses(h.get("Sender"))
	switch {
	case len(from) == 0:
		m.problem(NoFrom)
	case len(from) > 1:
		m.problem(SeveralFroms)
	}
	if len(from) > 0 {
		m.From, m.FromName = from[0].Email, from[0].Name
		if at := strings.LastIndexByte(m.From, '@'); at <= 0 || at == len(m.From)-1 {
			m.problem(BadFrom)
		}
	}
	if len(sender) > 0 && !strings.EqualFold(sender[0].Email, m.From) {
		m.Sender = sender[0].Email
	}
	list := func(names ...string) []string {
		var all []Address
		for _, name := range names {
			got, h := parseAddresses(strings.Join(h.values(name), ", "))
			all, hidden = append(all, got...), hidden || h
		}
		return emails(all)
	}
	m.ReplyTo, m.To, m.Cc = list("Reply-To"), list("To"), list("Cc")
	m.Delivered = list("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To")
	return hidden
}

func (m *Message) readDate(value string) {
	value, _, _ = strings.Cut(value, " (")
	at, err := mail.ParseDate(strings.TrimSpace(value))
	// Years that Postgres or JSON cannot hold come from broken clocks.
	if err != nil || at.Year() < 1970 || at.Year() > 2200 {
		m.problem(BadDate)
		return
	}
	m.Date = at.Truncate(time.Second)
}

// messageIDs reads the ids of a header, without brackets, each once, the last
// ones when there are too many. Ids without brackets are taken by their @.
func messageIDs(value string, limit int) []string {
	ids := []string{}
	seen := map[string]bool{}
	add := func(id string) {
		id, _ = cleanName(id)
		id = strings.Join(strings.Fields(strings.Trim(id, "<>")), "")
		if id != "" && len(id) <= 990 && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	if !strings.Contains(value, "<") {
		for _, id := range strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' }) {
			if strings.Contains(id, "@") || limit == 1 {
				add(id)
			}
		}
	}
	for {
		_, rest, ok := strings.Cut(value, "<")
		if !ok {
			break
		}
		id, after, ok := strings.Cut(rest, ">")
		if !ok {
			add(rest)
			break
		}
		add(id)
		value = after
	}
	if len(ids) > limit {
		ids = append(ids[:1], ids[len(ids)-limit+1:]...)
	}
	return ids
}

// artificialID names a message that has no name: the same bytes, the same name.
// The trace that our own door put on top is left out, so that a second try of the
// same server finds the first; a message that carries neither a date nor a trace
// of another server keeps ours, because two equal alarms are two alarms.
func artificialID(raw []byte) string {
	content := withoutOurTrace(raw)
	lower := bytes.ToLower(append([]byte("\n"), topOf(content)...))
	if !bytes.Contains(lower, []byte("\ndate:")) && !bytes.Contains(lower, []byte("\nreceived:")) {
		content = raw
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:16]) + "@artificial.invalid"
}

// topOf is the header of a message without the empty line after it.
func topOf(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte("\n")) || bytes.HasPrefix(raw, []byte("\r\n")) {
		return nil
	}
	end := len(raw)
	for _, blank := range []string{"\n\r\n", "\n\n"} {
		if i := bytes.Index(raw[:end], []byte(blank)); i >= 0 {
			end = i + 1
		}
	}
	return raw[:end]
}

// OurTrace is the comment by which we know our own Received line.
const OurTrace = "(Manydesk)"

// withoutOurTrace drops the lines that our door put on top: Return-Path,
// Delivered-To and the Received line that bears our name.
func withoutOurTrace(raw []byte) []byte {
	for {
		end := fieldEnd(raw)
		field := raw[:end]
		ours := bytes.HasPrefix(field, []byte("Return-Path:")) || bytes.HasPrefix(field, []byte("Delivered-To:")) ||
			bytes.HasPrefix(field, []byte("Received:")) && bytes.Contains(field, []byte(OurTrace))
		if end == 0 || !ours {
			return raw
		}
		raw = raw[end:]
	}
}

// fieldEnd is where the first header field ends, its folded lines included.
func fieldEnd(raw []byte) int {
	end := 0
	for {
		i := bytes.IndexByte(raw[end:], '\n')
		if i < 0 {
			return 0
		}
		end += i + 1
		if end >= len(raw) || raw[end] != ' ' && raw[end] != '\t' {
			return end
		}
	}
}
