package email

import "strings"

// unflow joins the lines that a mail program broke for the wire (RFC 3676,
// format=flowed): a line that ends in a space goes on in the next one of the same
// depth of quoting.
func unflow(s string, dropSpace bool) string {
	var out []string
	open, depth := false, 0
	for _, line := range strings.Split(s, "\n") {
		rest := strings.TrimLeft(line, ">")
		quotes := len(line) - len(rest)
		rest = strings.TrimPrefix(rest, " ") // stuffed, so that "From" and ">" are what they are
		flows := strings.HasSuffix(rest, " ") && rest != "-- "
		body := rest
		if flows && dropSpace {
			body = strings.TrimSuffix(rest, " ")
		}
		switch {
		case open && quotes == depth && rest != "-- ":
			out[len(out)-1] += body
		case quotes > 0:
			out = append(out, strings.Repeat(">", quotes)+" "+body)
		default:
			out = append(out, body)
		}
		open, depth = flows, quotes
	}
	return strings.Join(out, "\n")
}
