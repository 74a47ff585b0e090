package email

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"mime/quotedprintable"
	"sort"
	"strings"
	"time"

	"github.com/emersion/go-msgauth/dkim"
)

// maxLetter is how large a letter may become; most servers take no more.
const maxLetter = 50 << 20

// written are the headers that Build writes itself.
var written = map[string]bool{
	"date": true, "from": true, "sender": true, "to": true, "cc": true, "bcc": true, "reply-to": true, "subject": true,
	"message-id": true, "in-reply-to": true, "references": true, "mime-version": true, "content-type": true,
	"content-transfer-encoding": true, "return-path": true, "received": true, "dkim-signature": true,
	"auto-submitted": true, "x-auto-response-suppress": true, "precedence": true,
	"list-unsubscribe": true, "list-unsubscribe-post": true, strings.ToLower(LoopHeader): true,
}

// Build writes a letter as bytes (RFC 5322). Nothing in it is random: boundaries come
// from the Message-ID, so a letter that is built again is the same letter. The DKIM
// signature is not part of it; see Sign.
func Build(l Letter) ([]byte, error) {
	if err := l.Validate(); err != nil {
		return nil, fmt.Errorf("build letter: %w", err)
	}
	b := builder{boundary: boundaryOf(l)}
	b.headers(l)
	if err := b.body(l); err != nil {
		return nil, fmt.Errorf("build letter: %w", err)
	}
	if b.out.Len() > maxLetter {
		return nil, fmt.Errorf("build letter: %d bytes are too many", b.out.Len())
	}
	return b.out.Bytes(), nil
}

// Sign puts a DKIM signature on top of a built letter.
func Sign(raw []byte, key DKIM) ([]byte, error) {
	var out bytes.Buffer
	err := dkim.Sign(&out, bytes.NewReader(raw), &dkim.SignOptions{
		Domain: key.Domain, Selector: key.Selector, Signer: key.Key,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
		HeaderKeys: []string{"From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To", "MIME-Version", "Content-Type"},
	})
	if err != nil {
		return nil, fmt.Errorf("sign letter for %s: %w", key.Domain, err)
	}
	return out.Bytes(), nil
}

func boundaryOf(l Letter) string {
	sum := sha256.Sum256([]byte(l.MessageID))
	// "=_" occurs in neither quoted-printable nor base64.
	return "=_" + hex.EncodeToString(sum[:12])
}

type builder struct {
	out      bytes.Buffer
	boundary string
	level    int
}

func (b *builder) headers(l Letter) {
	b.field("Date", l.Date.Format(time.RFC1123Z))
	b.addresses("From", []Address{l.From})
	b.addresses("To", l.To)
	b.addresses("Cc", l.Cc)
	b.addresses("Reply-To", l.ReplyTo)
	subject, _ := cleanName(l.Subject)
	b.field("Subject", encodeWords(subject))
	b.field("Message-ID", "<"+l.MessageID+">")
	if ids := wellFormed(l.InReplyTo); len(ids) > 0 {
		b.field("In-Reply-To", "<"+ids[0]+">")
	}
	if refs := wellFormed(l.References...); len(refs) > 0 {
		// The first and the latest are what programs thread by; servers refuse long headers.
		if len(refs) > 20 {
			refs = append(refs[:1:1], refs[len(refs)-19:]...)
		}
		b.field("References", "<"+strings.Join(refs, "> <")+">")
	}
	b.marks(l)
	names := make([]string, 0, len(l.Headers))
	for name := range l.Headers {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		b.field(name, encodeWords(l.Headers[name]))
	}
	b.field("MIME-Version", "1.0")
}

// marks are what keeps machines from answering, and us from answering ourselves.
func (b *builder) marks(l Letter) {
	box := l.Mailbox
	if box == "" {
		box = l.From.Email
	}
	if box = plainAddress(box); plainASCII(box) {
		b.field(LoopHeader, box)
	}
	if l.Automatic {
		b.field("Auto-Submitted", "auto-generated")
		b.field("X-Auto-Response-Suppress", "All")
	}
	if l.Unsubscribe != "" && plainASCII(l.Unsubscribe) && !strings.ContainsAny(l.Unsubscribe, " <>") {
		b.field("List-Unsubscribe", "<"+l.Unsubscribe+">")
	}
}

func (b *builder) addresses(name string, list []Address) {
	var parts []string
	for _, a := range list {
		box, _ := mailbox(a.Email) // Validate has seen it
		who, _ := cleanName(a.Name)
		if who == "" {
			parts = append(parts, "<"+box+">")
			continue
		}
		parts = append(parts, phrase(who)+" <"+box+">")
	}
	if len(parts) > 0 {
		b.field(name, strings.Join(parts, ", "))
	}
}

// body nests what is there and no more:
// mixed( alternative( text, related( html, pictures ) ), files ).
func (b *builder) body(l Letter) error {
	if len(l.Attachments) == 0 {
		return b.words(l)
	}
	return b.multipart("mixed", "", func(next func()) error {
		next()
		if err := b.words(l); err != nil {
			return err
		}
		for _, f := range l.Attachments {
			next()
			if err := b.file(f, "attachment"); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *builder) words(l Letter) error {
	switch {
	case l.HTML == "":
		b.text("plain", l.Text)
		return nil
	case l.Text == "":
		return b.page(l)
	}
	return b.multipart("alternative", "", func(next func()) error {
		next()
		b.text("plain", l.Text)
		next()
		return b.page(l)
	})
}

func (b *builder) page(l Letter) error {
	if len(l.Inline) == 0 {
		b.text("html", l.HTML)
		return nil
	}
	return b.multipart("related", `; type="text/html"`, func(next func()) error {
		next()
		b.text("html", l.HTML)
		for _, f := range l.Inline {
			next()
			if err := b.file(f, "inline"); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *builder) multipart(kind, params string, parts func(next func()) error) error {
	b.level++
	mark := fmt.Sprintf("%s_%d", b.boundary, b.level)
	b.out.WriteString("Content-Type: multipart/" + kind + params + ";\r\n boundary=\"" + mark + "\"\r\n\r\n")
	if err := parts(func() { b.out.WriteString("--" + mark + "\r\n") }); err != nil {
		return err
	}
	b.out.WriteString("--" + mark + "--\r\n")
	return nil
}

// text writes quoted-printable where most of it is ASCII, else base64: Cyrillic in
// quoted-printable is six characters a letter.
func (b *builder) text(kind, s string) {
	s = strings.ReplaceAll(cleanText(s), "\n", "\r\n")
	if !strings.HasSuffix(s, "\r\n") {
		s += "\r\n"
	}
	b.out.WriteString("Content-Type: text/" + kind + "; charset=utf-8\r\n")
	high := 0
	for i := range len(s) {
		if s[i] >= 0x80 {
			high++
		}
	}
	if high*6 > len(s) {
		b.out.WriteString("Content-Transfer-Encoding: base64\r\n\r\n")
		b.base64([]byte(s))
		return
	}
	b.out.WriteString("Content-Transfer-Encoding: quoted-printable\r\n\r\n")
	w := quotedprintable.NewWriter(&b.out)
	_, _ = w.Write([]byte(s)) // a buffer takes everything
	_ = w.Close()
}

func (b *builder) base64(content []byte) {
	const line = 57 // bytes in 76 characters
	for len(content) > 0 {
		n := min(line, len(content))
		b.out.WriteString(base64.StdEncoding.EncodeToString(content[:n]))
		b.out.WriteString("\r\n")
		content = content[n:]
	}
}

func (b *builder) file(f File, disposition string) error {
	name, _ := cleanFile(f.Name)
	if name == "" {
		name = "file"
	}
	if f.Open == nil {
		return fmt.Errorf("file %q cannot be opened", name)
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("open file %q: %w", name, err)
	}
	content, err := io.ReadAll(io.LimitReader(r, maxLetter+1))
	if cerr := r.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("read file %q: %w", name, err)
	}
	if b.out.Len()+len(content) > maxLetter {
		return fmt.Errorf("file %q makes the letter too large", name)
	}
	b.out.WriteString("Content-Type: " + typeOf(f.Type) + fileParam("name", name) + "\r\n")
	b.out.WriteString("Content-Transfer-Encoding: base64\r\n")
	b.out.WriteString("Content-Disposition: " + disposition + fileParam("filename", name) + "\r\n")
	if f.ContentID != "" && idLike(f.ContentID) {
		b.out.WriteString("Content-ID: <" + f.ContentID + ">\r\n")
	}
	b.out.WriteString("\r\n")
	b.base64(content)
	return nil
}

func typeOf(declared string) string {
	typ, _, _ := strings.Cut(strings.ToLower(declared), ";")
	if found := bareType.FindString(typ); strings.Contains(found, "/") && !strings.HasPrefix(found, "multipart/") && !strings.HasPrefix(found, "message/") {
		return strings.TrimSpace(found)
	}
	return "application/octet-stream"
}
