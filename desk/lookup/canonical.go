package lookup

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Kind of an identifier.
type Kind string

// The kinds of identifier that people have. Imports add "source:<name>".
const (
	Email Kind = "email"
	Phone Kind = "phone"
	Name  Kind = "name"
)

// Canonical gives the form in which an identifier is compared and stored; false
// when it is none of the kind.
func Canonical(kind Kind, typed string) (value string, ok bool) {
	switch kind {
	case Email:
		return Mail(typed)
	case Phone:
		return E164(typed)
	default:
		value = Fold(typed)
		return value, value != "" && utf8.RuneCountInString(value) <= 300
	}
}

// Fold is the one folding of words, equal to manydesk.fold in SQL: lower case,
// ё = е; blanks are single here besides.
func Fold(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "ё", "е")
	return strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")), " ")
}

// Mail is a mail address as it is compared: lower case, the domain in ASCII. The
// local part is folded too, for no provider that people use tells its cases
// apart (RFC 5321 2.4 would allow it). Addresses with quoted local parts,
// address literals and domains without a dot are not taken.
func Mail(typed string) (address string, ok bool) {
	s := strings.TrimSpace(typed)
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 || len(s) > 254 {
		return "", false
	}
	local, domain := strings.ToLower(s[:at]), strings.TrimSuffix(strings.ToLower(s[at+1:]), ".")
	if len(local) > 64 || !atoms(local) {
		return "", false
	}
	domain, err := idna.Lookup.ToASCII(domain)
	if err != nil || !strings.Contains(domain, ".") || len(domain) > 253 {
		return "", false
	}
	if _, err := netip.ParseAddr(domain); err == nil {
		return "", false
	}
	return local + "@" + domain, true
}

// atoms reports an unquoted local part: dots neither at the ends nor two together
// are asked for by the standard but not by life, so only the characters count.
func atoms(local string) bool {
	for _, r := range local {
		switch {
		case r > 0x7f:
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				return false
			}
		case r <= ' ', r == 0x7f, strings.ContainsRune(`()<>[]:;@\,"`, r):
			return false
		}
	}
	return utf8.ValidString(local)
}

// E164 is a phone number with its country. Numbers as Russians dial them (8 and
// ten digits, or ten that begin with 3, 4, 8 or 9) get +7; 00 is +. Of several
// digits after "доб." or "ext" nothing is kept.
func E164(typed string) (number string, ok bool) {
	s := strings.ToLower(strings.TrimSpace(typed))
	for _, mark := range []string{"доб", "ext", "#", ";", ","} {
		if i := strings.Index(s, mark); i > 0 {
			s = s[:i]
		}
	}
	plus := strings.HasPrefix(s, "+")
	var digits strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r == '+' && digits.Len() == 0:
		case strings.ContainsRune(" -().\u00a0\u2011\u2013/", r):
		default:
			return "", false
		}
	}
	d := digits.String()
	switch {
	case plus:
	case strings.HasPrefix(d, "00"):
		d = d[2:]
	case len(d) == 11 && d[0] == '8':
		d = "7" + d[1:]
	case len(d) == 10 && strings.ContainsRune("3489", rune(d[0])):
		d = "7" + d
	case len(d) == 11 && d[0] == '7':
	default:
		return "", false
	}
	if len(d) < 8 || len(d) > 15 || d[0] == '0' {
		return "", false
	}
	return "+" + d, true
}
