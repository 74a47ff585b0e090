package email

import "strings"

const (
	// maxText is how much text a message shows; the whole of a longer one is attached.
	maxText = 1 << 19
	// maxHTML is how much HTML is cleaned; a longer body is attached and shown as text.
	maxHTML = 1 << 20
	// maxFiles is how many attachments one message may bring.
	maxFiles = 300
)

// segment is one piece of the body: what a person sees between two attachments.
type segment struct{ text, html string }

// body gathers what the parts of a message add up to.
type body struct {
	message  *Message
	segments []segment
	reports  []report
	rawHTML  string
}

func (b *body) walk(p *part) {
	if len(p.children) == 0 {
		b.leaf(p)
		return
	}
	before := len(b.segments)
	for _, c := range p.children {
		b.walk(c)
	}
	if p.typ == "multipart/alternative" {
		b.alternative(before)
	}
}

// alternative makes one segment of a text and an HTML that say the same.
func (b *body) alternative(before int) {
	var one segment
	for _, s := range b.segments[before:] {
		if one.text == "" {
			one.text = s.text
		}
		if one.html == "" {
			one.html = s.html
		}
	}
	b.segments = b.segments[:before]
	if one != (segment{}) {
		b.segments = append(b.segments, one)
	}
}

func (b *body) leaf(p *part) {
	content, ok := decodeTransfer(p.content, p.header.get("Content-Transfer-Encoding"))
	if !ok {
		b.message.problem(BrokenEncoding)
	}
	attached := p.disposition == "attachment" || p.name != "" && len(b.segments) > 0
	switch {
	case p.typ == "message/delivery-status" || p.typ == "message/global-delivery-status":
		b.reports = append(b.reports, report{fields: string(content)})
	case p.typ == "text/rfc822-headers":
		b.reports = append(b.reports, report{original: content})
	case p.typ == "message/rfc822":
		b.reports = append(b.reports, report{original: content})
	case attached:
	case p.typ == "text/plain" || p.typ == "" || strings.HasPrefix(p.typ, "multipart/"):
		if s := b.text(p, content); s != "" {
			b.segments = append(b.segments, segment{text: s})
		}
		return
	case p.typ == "text/html":
		content = b.takePictures(content)
		if len(content) > maxHTML {
			b.message.problem(TextCut)
			b.attach(p, content, "message.html")
		}
		if s := b.html(p, clipBytes(content, maxHTML)); s != "" {
			b.segments = append(b.segments, segment{html: s})
		}
		return
	}
	b.attach(p, content, "")
}

func (b *body) text(p *part, content []byte) string {
	if len(content) > maxText {
		b.message.problem(TextCut)
		b.attach(p, content, "message.txt")
		content = content[:maxText]
	}
	s, problem := decodeText(content, p.params["charset"])
	if problem != "" {
		b.message.problem(problem)
	}
	s = cleanText(s)
	if strings.EqualFold(p.params["format"], "flowed") {
		s = unflow(s, strings.EqualFold(p.params["delsp"], "yes"))
	}
	return strings.Trim(s, "\n")
}

func (b *body) html(p *part, content []byte) string {
	charset := p.params["charset"]
	if charset == "" {
		charset = charsetInHTML(content)
	}
	s, problem := decodeText(content, charset)
	if problem != "" {
		b.message.problem(problem)
	}
	return strings.TrimSpace(cleanText(s))
}

// attach keeps a part as a file. A part without a name gets one by its type.
func (b *body) attach(p *part, content []byte, name string) {
	if len(b.message.Attachments) >= maxFiles {
		b.message.problem(TooManyParts)
		return
	}
	typ := strings.ToLower(strings.TrimSpace(p.typ))
	if !strings.Contains(typ, "/") || len(typ) > 120 {
		typ = "application/octet-stream"
	}
	typ, _ = cleanName(typ)
	if name == "" {
		clean, hidden := cleanFile(decodeHeader(p.name))
		if hidden {
			b.message.problem(HiddenMarks)
		}
		name = clean
	}
	if name == "" {
		name = nameless(typ, content)
	}
	cid, _ := cleanName(strings.Trim(p.header.get("Content-Id"), "<> "))
	b.message.Attachments = append(b.message.Attachments, Attachment{
		Name: name, Type: typ, Size: len(content), ContentID: clip(cid, 300), content: content,
	})
}

// nameless names a file that came without a name: an enclosed letter by its subject.
func nameless(typ string, content []byte) string {
	switch typ {
	case "message/rfc822":
		subject, _ := cleanFile(decodeHeader(plainHeaders(topOf(content)).get("Subject")))
		if subject != "" {
			return shorten(subject+".eml", 200)
		}
		return "message.eml"
	case "text/calendar":
		return "invite.ics"
	case "message/delivery-status", "message/global-delivery-status":
		return "delivery-status.txt"
	case "text/rfc822-headers":
		return "headers.txt"
	case "text/plain":
		return "text.txt"
	case "text/html":
		return "page.html"
	}
	kind, sub, _ := strings.Cut(typ, "/")
	switch sub {
	case "jpeg", "pjpeg":
		return kind + ".jpg"
	case "png", "gif", "webp", "bmp", "tiff", "pdf", "zip":
		return kind + "." + sub
	case "svg+xml":
		return kind + ".svg"
	}
	return "file.bin"
}

// finish joins the segments into one text and one HTML, and tells which pictures stand in it.
func (b *body) finish() {
	var texts, htmls []string
	rich := false
	for _, s := range b.segments {
		rich = rich || s.html != ""
	}
	for _, s := range b.segments {
		if strings.TrimSpace(s.text) == "" {
			s.text = TextOfHTML(s.html)
		}
		texts = append(texts, s.text)
		switch {
		case s.html != "":
			htmls = append(htmls, s.html)
		case rich:
			htmls = append(htmls, htmlOfText(s.text))
		}
	}
	m := b.message
	m.Text = strings.TrimSpace(clip(strings.Join(texts, "\n\n"), maxText))
	b.rawHTML = strings.Join(htmls, "\n")
	if m.Text == "" && b.rawHTML != "" && !strings.Contains(b.rawHTML, "<img") {
		// HTML that shows nothing may still say something to who looks closer.
		m.Attachments = append(m.Attachments, Attachment{
			Name: "message.html", Type: "text/html", Size: len(b.rawHTML), content: []byte(b.rawHTML),
		})
	}
	if rich {
		m.HTML = CleanHTML(b.rawHTML)
	}
	for i, a := range m.Attachments {
		m.Attachments[i].Inline = a.ContentID != "" && refersTo(m.HTML, a.ContentID)
	}
}
