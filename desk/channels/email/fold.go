package email

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"
)

// field writes one header, folded before words so that lines stay under 78 characters.
func (b *builder) field(name, value string) {
	b.out.WriteString(name + ":")
	width := len(name) + 1
	for _, word := range strings.Split(value, " ") {
		if width+1+len(word) > 76 && width > len(name)+1 {
			b.out.WriteString("\r\n")
			width = 0
		}
		b.out.WriteString(" " + word)
		width += 1 + len(word)
	}
	b.out.WriteString("\r\n")
}

// plainASCII reports text that a header takes as it is.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// encodeWords writes a value as it is, or as encoded words of at most 75 characters
// that never cut a letter in half (RFC 2047).
func encodeWords(s string) string {
	if plainASCII(s) && !strings.Contains(s, "=?") && longest(s) < 900 && s == strings.Join(strings.Fields(s), " ") {
		return s
	}
	var words []string
	for len(s) > 0 {
		n := 0
		for n < len(s) {
			_, size := utf8.DecodeRuneInString(s[n:])
			if n+size > 45 {
				break
			}
			n += size
		}
		words = append(words, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(words, " ")
}

func longest(s string) int {
	most := 0
	for _, word := range strings.Fields(s) {
		most = max(most, len(word))
	}
	return most
}

// phrase is a display name: quoted ASCII or encoded words.
func phrase(name string) string {
	if !plainASCII(name) || strings.Contains(name, "=?") {
		return encodeWords(name)
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
}

// fileParam is a file's name as a parameter: plain when it is ASCII, else cut and
// encoded (RFC 2231) with a plain one beside it for programs that don't know that.
func fileParam(key, name string) string {
	quoted := strings.NewReplacer(`\`, "_", `"`, "_").Replace(name)
	if plainASCII(name) && len(name) <= 60 && !strings.Contains(name, "=?") && !strings.Contains(name, "'") {
		return ";\r\n " + key + `="` + quoted + `"`
	}
	var out strings.Builder
	if key == "name" {
		// Old Outlook reads an encoded word here and nothing else.
		fmt.Fprintf(&out, ";\r\n name=\"%s\"", strings.ReplaceAll(encodeWords(name), " ", "\r\n "))
		return out.String()
	}
	var segment strings.Builder
	n := 0
	flush := func() {
		fmt.Fprintf(&out, ";\r\n %s*%d*=%s", key, n, segment.String())
		segment.Reset()
		n++
	}
	segment.WriteString("utf-8''")
	for i := range len(name) {
		c := name[i]
		if segment.Len() > 55 {
			flush()
		}
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' {
			segment.WriteByte(c)
		} else {
			fmt.Fprintf(&segment, "%%%02X", c)
		}
	}
	flush()
	return out.String()
}
