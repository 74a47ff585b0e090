package email

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// replacement stands for bytes that are no text.
const replacement = '\uFFFD'

// cleanText makes a body fit for Postgres and for reading: valid UTF-8, no NUL,
// no control characters but tab and line feed, no direction overrides. Joiners
// stay, because emoji and several scripts are written with them.
func cleanText(s string) string {
	return sift(strings.ReplaceAll(s, "\r\n", "\n"), func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\f' || r == '\v' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case unicode.IsControl(r), directs(r), r == '\uFEFF', r == '\u200B', unassignable(r):
			return -1
		}
		return r
	})
}

// cleanName makes a subject, a name or a file name that cannot disguise itself:
// one line, nothing invisible, nothing that turns the direction of reading.
// The second result tells whether something was hidden in it.
func cleanName(s string) (string, bool) {
	hidden := false
	out := sift(s, func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u0085':
			return ' '
		case invisible(r):
			hidden = hidden || r != '\u00AD' && r != '\uFE0F' && r != '\u200D'
			return -1
		case unicode.IsControl(r), unassignable(r):
			return -1
		}
		return r
	})
	return strings.Join(strings.Fields(out), " "), hidden
}

// sift maps runes as strings.Map does and leaves valid UTF-8 behind, whatever came.
func sift(s string, keep func(rune) rune) string {
	return strings.Map(keep, strings.ToValidUTF8(s, string(replacement)))
}

// directs reports the marks that change the direction of what follows.
func directs(r rune) bool {
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' ||
		r == '\u200E' || r == '\u200F' || r == '\u061C'
}

// invisible reports characters that take no place or look like a space that is not there.
func invisible(r rune) bool {
	switch r {
	case '\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u3164', '\uFFA0', '\u2800':
		return true
	}
	return unicode.Is(unicode.Cf, r) || r >= '\u180B' && r <= '\u180F' ||
		r >= '\uFE00' && r <= '\uFE0F' || r >= 0xE0000 && r <= 0xE0FFF
}

// unassignable reports code points that are never characters.
func unassignable(r rune) bool {
	return r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
}

// cleanFile makes a file name safe to show and to save: the last part of a path,
// no slash of either kind, no leading dots, at most 200 bytes with its extension kept.
func cleanFile(s string) (string, bool) {
	s, hidden := cleanName(s)
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case '/', '\\', ':', '*', '?', '"', '<', '>', '|', '\u2044', '\u2215', '\u29F8', '\uFF0F':
			return '_'
		}
		return r
	}, s)
	s = strings.TrimSpace(strings.TrimLeft(s, ". "))
	return shorten(s, 200), hidden
}

// shorten cuts the middle of a name so that the extension survives.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	tail := ""
	if i := strings.LastIndexByte(s, '.'); i > 0 && len(s)-i <= 12 {
		tail = s[i:]
	}
	return clip(s, limit-len(tail)) + tail
}

// clip cuts at a limit of bytes without halving a letter.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}
