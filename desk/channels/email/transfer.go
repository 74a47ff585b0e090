package email

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
)

// decodeTransfer undoes the Content-Transfer-Encoding. What is broken is read as
// far as it goes; ok tells whether all of it could be.
func decodeTransfer(raw []byte, encoding string) (out []byte, ok bool) {
	encoding, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(encoding)), ";")
	switch strings.TrimSpace(encoding) {
	case "base64":
		return decodeBase64(raw)
	case "quoted-printable":
		return decodeQuoted(raw)
	case "x-uuencode", "uuencode", "x-uue":
		return decodeUU(raw)
	case "", "7bit", "8bit", "binary":
		return raw, true
	}
	return raw, false
}

// decodeBase64 reads base64 with anything between and a missing end. Padding in
// the middle, as when two encoded blocks were joined, starts a new block.
func decodeBase64(raw []byte) ([]byte, bool) {
	ok := true
	out := make([]byte, 0, len(raw)*3/4+3)
	block := make([]byte, 0, len(raw))
	flush := func() {
		if len(block)%4 == 1 {
			block, ok = block[:len(block)-1], false
		}
		n := len(out)
		out = append(out, make([]byte, base64.RawStdEncoding.DecodedLen(len(block)))...)
		m, _ := base64.RawStdEncoding.Decode(out[n:], block)
		out, block = out[:n+m], block[:0]
	}
	padded := false
	for _, c := range raw {
		switch {
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/':
			if padded {
				flush()
				padded = false
			}
			block = append(block, c)
		case c == '=':
			padded = true
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
		default:
			ok = false
		}
	}
	// A block that needs padding and has none was cut off in transfer.
	if len(block)%4 != 0 && !padded {
		ok = false
	}
	flush()
	return out, ok
}

// decodeQuoted reads quoted-printable and keeps what is not as it stands.
func decodeQuoted(raw []byte) ([]byte, bool) {
	out, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(raw)))
	if err == nil {
		return out, true
	}
	out = out[:0]
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c != '=' {
			out = append(out, c)
			continue
		}
		rest := raw[i+1:]
		switch {
		case len(rest) >= 2 && unhex(rest[0]) >= 0 && unhex(rest[1]) >= 0:
			out = append(out, byte(unhex(rest[0])<<4|unhex(rest[1])))
			i += 2
		case bytes.HasPrefix(rest, []byte("\r\n")):
			i += 2
		case bytes.HasPrefix(rest, []byte("\n")):
			i++
		case len(rest) == 0:
		default:
			out = append(out, c)
		}
	}
	return out, false
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// decodeUU reads the lines between "begin" and "end" of uuencoded files.
func decodeUU(raw []byte) ([]byte, bool) {
	var out []byte
	begun := false
	for line := range bytes.Lines(raw) {
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case !begun:
			begun = bytes.HasPrefix(line, []byte("begin "))
		case bytes.Equal(line, []byte("end")):
			return out, true
		case len(line) > 0:
			out = append(out, uuLine(line)...)
		}
	}
	if !begun {
		return raw, false
	}
	return out, false
}

func uuLine(line []byte) []byte {
	want := int(line[0]-' ') & 63
	var out []byte
	for body := line[1:]; len(body) >= 2 && len(out) < want; {
		var q [4]byte
		n := copy(q[:], body)
		body = body[n:]
		for i := range q {
			q[i] = (q[i] - ' ') & 63
		}
		out = append(out, q[0]<<2|q[1]>>4, q[1]<<4|q[2]>>2, q[2]<<6|q[3])
	}
	return out[:min(want, len(out))]
}
