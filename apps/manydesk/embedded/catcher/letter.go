package catcher

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"sort"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// Letter is a letter taken apart. What cannot be read stands in Text as it came.
type Letter struct {
	Headers []Header
	Text    string
	HTML    string
	Parts   []Part
}

// Header is one line of the head, decoded.
type Header struct{ Name, Value string }

// Part is a file of the letter.
type Part struct {
	Name, Type, ContentID string
	Content               []byte
}

// Header is the first one of a name, empty when absent.
func (l Letter) Header(name string) string {
	for _, h := range l.Headers {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}

// The bounds within which a letter is taken apart; ours need three levels.
const (
	deepest   = 10
	mostParts = 200
)

var words = mime.WordDecoder{CharsetReader: decoder}

// read takes a letter apart. It never fails: it is a window, not a judge.
func read(raw []byte) Letter {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Letter{Text: strings.ToValidUTF8(string(raw), "\uFFFD")}
	}
	l := Letter{Headers: headers(m.Header)}
	l.take(textproto.MIMEHeader(m.Header), m.Body, 0)
	return l
}

func headers(h mail.Header) []Header {
	var list []Header
	for name, values := range h {
		for _, v := range values {
			if decoded, err := words.DecodeHeader(v); err == nil {
				v = decoded
			}
			list = append(list, Header{name, strings.ToValidUTF8(v, "\uFFFD")})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

func (l *Letter) take(h textproto.MIMEHeader, body io.Reader, depth int) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" && depth < deepest {
		r := multipart.NewReader(body, params["boundary"])
		for len(l.Parts) < mostParts {
			p, err := r.NextRawPart()
			if err != nil {
				return
			}
			l.take(p.Header, p, depth+1)
		}
		return
	}
	content := decode(h.Get("Content-Transfer-Encoding"), body)
	disposition, named, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	attached := disposition == "attachment" || named["filename"] != ""
	switch {
	case kind == "text/plain" && !attached && l.Text == "":
		l.Text = text(params["charset"], content)
	case kind == "text/html" && !attached && l.HTML == "":
		l.HTML = text(params["charset"], content)
	default:
		l.Parts = append(l.Parts, Part{
			Name: partName(named["filename"], params["name"]), Type: kind,
			ContentID: strings.Trim(h.Get("Content-Id"), "<> "), Content: content,
		})
	}
}

func partName(names ...string) string {
	for _, n := range names {
		if decoded, err := words.DecodeHeader(n); err == nil {
			n = decoded
		}
		if n = strings.TrimSpace(n); n != "" {
			return n
		}
	}
	return "file"
}

// decode undoes the transfer encoding; what was decoded before an error stays.
func decode(encoding string, body io.Reader) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	b, err := io.ReadAll(io.LimitReader(body, largest))
	if err != nil && len(b) == 0 {
		return nil
	}
	return b
}

func text(charset string, b []byte) string {
	if r, err := decoder(charset, bytes.NewReader(b)); err == nil {
		if decoded, err := io.ReadAll(r); err == nil {
			b = decoded
		}
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

func decoder(charset string, r io.Reader) (io.Reader, error) {
	if charset == "" || strings.EqualFold(charset, "utf-8") {
		return r, nil
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(r), nil
}
