package email

import (
	"bufio"
	"bytes"
	"net/textproto"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"
)

const (
	// maxDepth is how deep multiparts are followed; what lies deeper is one file.
	maxDepth = 30
	// maxParts is how many parts are looked at, over all multiparts.
	maxParts = 2000
	// maxHeader is how much of a header is read.
	maxHeader = 1 << 20
)

// part is one node of a message: its header and either children or content.
type part struct {
	header      header
	typ         string
	params      map[string]string
	disposition string
	name        string
	children    []*part
	// content is a slice of the raw message, not yet decoded.
	content []byte
}

// splitter cuts a message into parts. enmime reads the headers and media types;
// the cutting is done here on slices, because a reader a level costs seconds on
// a large message and minutes on one that was nested to hurt.
type splitter struct {
	parts    int
	problems []Problem
}

// AddError and AddWarning make the splitter the collector of enmime's complaints.
func (s *splitter) AddError(string, string, ...any) { s.problem(BrokenHeader) }

// AddWarning takes the complaints that lost nothing, such as a line that was not indented.
func (s *splitter) AddWarning(string, string, ...any) {}

func (s *splitter) problem(p Problem) {
	for _, known := range s.problems {
		if known == p {
			return
		}
	}
	s.problems = append(s.problems, p)
}

// split reads a part from its first header line to its end.
func (s *splitter) split(raw []byte, depth int) *part {
	s.parts++
	top := topOf(raw)
	p := &part{header: s.readHeader(top), content: bytes.TrimPrefix(bytes.TrimPrefix(raw[len(top):], []byte("\r")), []byte("\n"))}
	p.typ, p.params = mediaType(p.header.get("Content-Type"))
	var dparams map[string]string
	p.disposition, dparams = mediaType(p.header.get("Content-Disposition"))
	for _, name := range []string{
		longParam(p.header.get("Content-Disposition"), "filename"), dparams["filename"],
		longParam(p.header.get("Content-Type"), "name"), p.params["name"], p.params["filename"],
	} {
		if p.name == "" {
			p.name = name
		}
	}
	if len(p.header) == 0 {
		p.content = raw // no header at all: every line is the letter's
	}
	boundary := p.params["boundary"]
	switch {
	case !strings.HasPrefix(p.typ, "multipart/") || boundary == "":
		return p
	case depth >= maxDepth:
		p.disposition = "attachment"
		s.problem(TooManyParts)
		return p
	}
	pieces, closed := cut(p.content, boundary, maxParts-s.parts)
	if !closed {
		s.problem(BrokenStructure)
	}
	for _, piece := range pieces {
		p.children = append(p.children, s.split(piece, depth+1))
	}
	return p
}

func (s *splitter) readHeader(top []byte) header {
	if len(top) > maxHeader {
		top = top[:maxHeader]
		s.problem(BrokenHeader)
	}
	h, err := enmime.ReadHeader(bufio.NewReader(bytes.NewReader(top)), s)
	if err != nil || h == nil {
		s.problem(BrokenHeader)
		return plainHeaders(top)
	}
	return header(h)
}

// cut finds what lies between the lines of a boundary (RFC 2046, section 5.1). The
// line break before a boundary belongs to it. The last piece of a message that
// breaks off goes to its end; closed is false then, and when no boundary was met.
func cut(content []byte, boundary string, limit int) (pieces [][]byte, closed bool) {
	mark := []byte("--" + boundary)
	start := -1
	for at := 0; at < len(content) && len(pieces) < limit; {
		i := bytes.Index(content[at:], mark)
		if i < 0 {
			break
		}
		line := at + i
		end := line + len(mark)
		at = end
		if line > 0 && content[line-1] != '\n' {
			continue
		}
		rest, _, _ := bytes.Cut(content[end:min(len(content), end+200)], []byte("\n"))
		last := bytes.HasPrefix(rest, []byte("--"))
		if !last && len(bytes.TrimSpace(rest)) > 0 {
			continue
		}
		if start >= 0 {
			pieces = append(pieces, trimBreak(content[start:max(line, start)]))
		}
		if last {
			return pieces, true
		}
		start = min(end+len(rest)+1, len(content))
		at = start
	}
	if start >= 0 && start < len(content) && len(pieces) < limit {
		pieces = append(pieces, content[start:])
	}
	return pieces, false
}

func trimBreak(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

var (
	bareType  = regexp.MustCompile(`^\s*([A-Za-z0-9!#$&^_.+-]+(?:/[A-Za-z0-9!#$&^_.+-]+)?)`)
	bareParam = regexp.MustCompile(`(?i);\s*(boundary|charset|name|filename)\s*=\s*(?:"([^"]*)"|([^\s;"]+))`)
)

// mediaType reads a Content-Type or Content-Disposition, as far as it can be told.
func mediaType(value string) (string, map[string]string) {
	if value == "" {
		return "", nil
	}
	typ, params, _, err := mediatype.ParseWithOptions(value, mediatype.ParseOptions{StripMediaTypeInvalidCharacters: true})
	if err == nil {
		return strings.ToLower(typ), params
	}
	params = map[string]string{}
	for _, found := range bareParam.FindAllStringSubmatch(value, 10) {
		params[strings.ToLower(found[1])] = found[2] + found[3]
	}
	if found := bareType.FindStringSubmatch(value); found != nil {
		return strings.ToLower(found[1]), params
	}
	return "", params
}

var longPart = regexp.MustCompile(`(?i)(?:^|[;\s])([a-z]+)\*(\d{1,3})?(\*)?\s*=\s*(?:"([^"]*)"|([^\s;"]*))`)

// longParam puts a parameter together that was cut and encoded (RFC 2231) in any
// charset; the standard parser knows UTF-8 alone.
func longParam(value, name string) string {
	type piece struct {
		n       int
		encoded bool
		text    string
	}
	var pieces []piece
	for _, found := range longPart.FindAllStringSubmatch(value, 100) {
		if strings.EqualFold(found[1], name) {
			n, _ := strconv.Atoi(found[2])
			pieces = append(pieces, piece{n, found[3] != "" || found[2] == "", found[4] + found[5]})
		}
	}
	sort.SliceStable(pieces, func(i, j int) bool { return pieces[i].n < pieces[j].n })
	charset := ""
	var out []byte
	for i, p := range pieces {
		if i == 0 && p.encoded {
			if parts := strings.SplitN(p.text, "'", 3); len(parts) == 3 {
				charset, p.text = parts[0], parts[2]
			}
		}
		if p.encoded {
			out = append(out, decodePercent(p.text)...)
		} else {
			out = append(out, p.text...)
		}
	}
	text, _ := decodeText(out, charset)
	return text
}

func decodePercent(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			out = append(out, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return out
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
