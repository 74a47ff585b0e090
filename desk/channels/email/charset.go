package email

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// decodeText turns bytes of a declared charset into a string. A charset that is
// absent, unknown or plainly untrue is replaced by a guess; the problem says so.
// Text that declares nothing and is ASCII or UTF-8 is no problem.
func decodeText(raw []byte, declared string) (string, Problem) {
	declared = strings.ToLower(strings.Trim(strings.TrimSpace(declared), `"'`))
	declared = strings.TrimPrefix(declared, "charset=")
	switch declared {
	case "", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "default", "none":
		return guessText(raw), ""
	case "utf-8", "utf8", "unicode-1-1-utf-8":
		return decodeUTF8(raw)
	}
	enc, err := htmlindex.Get(declared)
	if err != nil {
		enc, err = ianaindex.MIME.Encoding(declared)
	}
	if err != nil || enc == nil || enc == encoding.Replacement {
		return guessText(raw), UnknownCharset
	}
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return guessText(raw), BrokenCharset
	}
	return string(out), ""
}

// decodeUTF8 keeps what is UTF-8 and marks what is not, unless nothing but ASCII
// in it is UTF-8: then the declaration was untrue.
func decodeUTF8(raw []byte) (string, Problem) {
	if utf8.Valid(raw) {
		return string(bytes.TrimPrefix(raw, []byte("\uFEFF"))), ""
	}
	high, good := 0, 0
	for b := raw; len(b) > 0; {
		r, n := utf8.DecodeRune(b)
		if b[0] >= utf8.RuneSelf {
			high++
			if r != utf8.RuneError || n > 1 {
				good++
			}
		}
		b = b[n:]
	}
	if good == 0 && high > 3 {
		return guessText(raw), BrokenCharset
	}
	return strings.ToValidUTF8(string(raw), string(replacement)), BrokenCharset
}

// guessText reads text that says nothing of its charset: UTF-8 when it is that,
// else Cyrillic by the letters that Russian uses most, else Western European.
func guessText(raw []byte) string {
	if utf8.Valid(raw) {
		return string(bytes.TrimPrefix(raw, []byte("\uFEFF")))
	}
	if s, ok := guessUTF16(raw); ok {
		return s
	}
	best, top := "", 0
	for _, cm := range []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866} {
		s, err := cm.NewDecoder().Bytes(raw)
		if err != nil {
			continue
		}
		if score := russianness(string(s)); score > top {
			best, top = string(s), score
		}
	}
	if best != "" {
		return best
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), string(replacement))
	}
	return string(s)
}

func guessUTF16(raw []byte) (string, bool) {
	if !bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		return "", false
	}
	enc, err := htmlindex.Get("utf-16")
	if err != nil {
		return "", false
	}
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil || bytes.Count(out, []byte(string(replacement)))*10 > len(out) {
		return "", false
	}
	return string(out), true
}

// frequent scores Russian letters by how often they are met: о is 11 %, ъ is nothing.
var frequent = map[rune]int{
	'о': 11, 'е': 8, 'а': 8, 'и': 7, 'н': 7, 'т': 6, 'с': 5, 'р': 5, 'в': 5, 'л': 4,
	'к': 3, 'м': 3, 'д': 3, 'п': 3, 'у': 3, 'я': 2, 'ы': 2, 'ь': 2, 'г': 2, 'з': 2,
	'б': 2, 'ч': 1, 'й': 1, 'х': 1, 'ж': 1, 'ш': 1, 'ю': 1, 'ё': 0, 'ц': 0, 'щ': 0, 'э': 0, 'ф': 0, 'ъ': -4,
}

// russianness rises with the letters that Russian uses and falls with what no
// Russian text holds: small letters before capitals, single Cyrillic letters
// stuck into Latin words, box drawings, control characters.
func russianness(s string) int {
	score, prev := 0, rune(' ')
	for _, r := range s {
		if r < utf8.RuneSelf {
			if unicode.IsLetter(r) && unicode.Is(unicode.Cyrillic, prev) {
				score -= 20
			}
			prev = r
			continue
		}
		weight, letter := frequent[unicode.ToLower(r)]
		switch {
		case letter:
			score += weight
			if unicode.IsUpper(r) && unicode.IsLower(prev) {
				score -= 12
			}
			if prev < utf8.RuneSelf && unicode.IsLetter(prev) {
				score -= 20
			}
		case unicode.IsControl(r), r >= '\u2500' && r <= '\u259F', r == replacement:
			score -= 15
		case unicode.IsLetter(r):
			score -= 8
		}
		prev = r
	}
	return score
}
