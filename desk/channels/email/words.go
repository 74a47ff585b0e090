package email

import (
	"strings"
	"unicode/utf8"
)

// word is one encoded word of a header (RFC 2047): "=?charset?B?text?=".
type word struct {
	charset string
	bytes   []byte
}

// decodeHeader reads a header's value with its encoded words. Neighbours of one
// charset are joined before they are decoded, because senders cut letters in
// half between them. Raw eight-bit text is guessed.
func decodeHeader(s string) string {
	var out strings.Builder
	var pending []word
	flush := func() {
		for _, w := range pending {
			text, _ := decodeText(w.bytes, w.charset)
			out.WriteString(text)
		}
		pending = pending[:0]
	}
	for s != "" {
		start := strings.Index(s, "=?")
		if start < 0 {
			break
		}
		w, size := parseWord(s[start:])
		if size == 0 {
			flush()
			out.WriteString(plainHeader(s[:start+2]))
			s = s[start+2:]
			continue
		}
		if between := s[:start]; len(pending) == 0 || strings.TrimSpace(between) != "" {
			flush()
			out.WriteString(plainHeader(between))
		}
		if n := len(pending); n > 0 && strings.EqualFold(pending[n-1].charset, w.charset) {
			pending[n-1].bytes = append(pending[n-1].bytes, w.bytes...)
		} else {
			pending = append(pending, w)
		}
		s = s[start+size:]
	}
	flush()
	out.WriteString(plainHeader(s))
	return out.String()
}

func plainHeader(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return guessText([]byte(s))
}

// parseWord reads one encoded word at the start of s and tells how long it is; zero is none.
func parseWord(s string) (word, int) {
	rest := s[2:]
	charset, rest, ok := strings.Cut(rest, "?")
	if !ok || charset == "" || len(charset) > 40 || strings.ContainsAny(charset, " \t=") {
		return word{}, 0
	}
	charset, _, _ = strings.Cut(charset, "*") // RFC 2231 adds the language after a star
	enc, rest, ok := strings.Cut(rest, "?")
	if !ok || len(enc) != 1 {
		return word{}, 0
	}
	end := strings.Index(rest, "?=")
	if end < 0 {
		return word{}, 0
	}
	text := rest[:end]
	size := len(s) - len(rest) + end + 2
	switch enc {
	case "B", "b":
		b, _ := decodeBase64([]byte(text))
		return word{charset, b}, size
	case "Q", "q":
		return word{charset, decodeQ(text)}, size
	}
	return word{}, 0
}

// decodeQ undoes the Q encoding: "_" is a space, "=XX" a byte.
func decodeQ(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '_':
			out = append(out, ' ')
		case s[i] == '=' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0:
			out = append(out, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return out
}
