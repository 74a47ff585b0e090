package email

import "strings"

// Address is somebody's name and mailbox. Both are clean; the name may be empty.
type Address struct {
	Name  string
	Email string
}

// most is how many addresses of one header are read: beyond it lies no letter to us.
const most = 500

// parseAddresses reads an address list as tolerantly as people write them: it
// never fails, skips empty groups, and takes what stands in angle brackets or
// what holds an @. Hidden tells whether a name or an address held invisible marks.
func parseAddresses(header string) (list []Address, hidden bool) {
	for _, part := range splitAddresses(header) {
		a, h := parseAddress(part)
		hidden = hidden || h
		if a.Email != "" && len(list) < most {
			list = append(list, a)
		}
	}
	return list, hidden
}

func parseAddress(s string) (Address, bool) {
	s = strings.TrimSpace(s)
	name, mailbox := "", s
	if open := strings.LastIndexByte(s, '<'); open >= 0 {
		mailbox, _, _ = strings.Cut(s[open+1:], ">")
		name = s[:open]
	} else if bare, comment, ok := cutComment(s); ok {
		mailbox, name = bare, comment
	}
	mailbox = decodeHeader(strings.Trim(strings.TrimSpace(mailbox), "<>"))
	mailbox, hiddenMailbox := cleanName(strings.TrimPrefix(mailbox, "mailto:"))
	if !strings.Contains(mailbox, `"`) {
		mailbox = strings.Join(strings.Fields(mailbox), "")
	}
	name, hiddenName := cleanName(decodeHeader(unquote(name)))
	// A name that was encoded with its quotes keeps them no more than a plain one.
	name = strings.TrimSpace(strings.Trim(name, `"'`))
	if strings.EqualFold(name, mailbox) {
		name = ""
	}
	return Address{Name: clip(name, 200), Email: clip(mailbox, 320)}, hiddenMailbox || hiddenName
}

// cutComment takes "vera@acme.example (Vera)" apart.
func cutComment(s string) (mailbox, comment string, ok bool) {
	open := strings.IndexByte(s, '(')
	if open < 0 || strings.HasPrefix(s, `"`) {
		return "", "", false
	}
	shut := strings.LastIndexByte(s, ')')
	if shut < open {
		return "", "", false
	}
	return s[:open] + s[shut+1:], s[open+1 : shut], true
}

// unquote takes the quotes off a quoted string and undoes its backslashes.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if !strings.Contains(s, `"`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			out.WriteByte(s[i])
		case s[i] != '"':
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// splitAddresses cuts at commas, semicolons and the colon of a group, but not
// inside quotes, angle brackets, comments and encoded words.
func splitAddresses(s string) []string {
	var parts []string
	quoted, angle, comment, start := false, false, 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && (quoted || comment > 0):
			i++
		case c == '"' && comment == 0:
			quoted = !quoted
		case quoted:
		case c == '=' && strings.HasPrefix(s[i:], "=?"):
			if _, size := parseWord(s[i:]); size > 0 {
				i += size - 1
			}
		case c == '(':
			comment++
		case c == ')' && comment > 0:
			comment--
		case comment > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case angle:
		case c == ',' || c == ';':
			parts = append(parts, s[start:i])
			start = i + 1
		case c == ':' && !strings.Contains(s[start:i], "@"):
			start = i + 1
		}
	}
	return append(parts, s[start:])
}

// emails are the mailboxes of a list, each once.
func emails(list []Address) []string {
	out := make([]string, 0, len(list))
	seen := map[string]bool{}
	for _, a := range list {
		if key := strings.ToLower(a.Email); !seen[key] {
			seen[key] = true
			out = append(out, a.Email)
		}
	}
	return out
}
