package conditions

import (
	"strings"
	"unicode"
)

// fold is manydesk.fold: small letters, е for ё. One rune becomes one rune.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(foldRune, s)
}

func foldRune(r rune) rune {
	switch r = unicode.ToLower(r); r {
	case 'ё':
		return 'е'
	default:
		return r
	}
}
