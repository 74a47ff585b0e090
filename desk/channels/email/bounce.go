package email

import (
	"regexp"
	"strings"
)

// report is a machine's part of a delivery report: either the fields of a
// message/delivery-status or the returned letter, whole or its header alone.
type report struct {
	fields   string
	original []byte
}

// field finds a field in any of the blocks of a delivery status, the first wins.
func (r report) field(name string) string {
	for line := range strings.Lines(r.fields) {
		key, value, ok := strings.Cut(line, ":")
		if ok && strings.EqualFold(strings.TrimSpace(key), name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

var (
	statusCode   = regexp.MustCompile(`\b([245]\.\d{1,3}\.\d{1,3})\b`)
	replyCode    = regexp.MustCompile(`(?m)\b([45])\d\d[ -]`)
	returnedID   = regexp.MustCompile(`(?im)^[> \t]*message-id:\s*<([^<>\s]{3,990})>`)
	barredPerson = regexp.MustCompile(`(?m)^[ \t]*<?([^\s<>@"]{1,64}@[^\s<>@":,;]{1,255})>?:?[ \t]*$`)
)

// bounceOf reads a delivery report (RFC 3464), or what servers without reports
// write into the text: whom it did not reach, why, and which letter of ours it was.
func bounceOf(h header, text string, reports []report) *Bounced {
	var b Bounced
	for _, r := range reports {
		if r.fields != "" && b.Recipient == "" {
			b.Recipient = typed(r.field("Final-Recipient"))
			if b.Recipient == "" {
				b.Recipient = typed(r.field("Original-Recipient"))
			}
			b.Action = strings.ToLower(r.field("Action"))
			b.Diagnostic = typed(r.field("Diagnostic-Code"))
			b.Status = statusCode.FindString(r.field("Status"))
		}
		if r.original != nil && b.OriginalMessageID == "" {
			if ids := messageIDs(plainHeaders(topOf(r.original)).get("Message-Id"), 1); len(ids) > 0 {
				b.OriginalMessageID = ids[0]
			}
		}
	}
	b.fromHeader(h)
	b.fromText(text)
	for _, s := range []*string{&b.Recipient, &b.Action, &b.Diagnostic} {
		*s, _ = cleanName(*s)
		*s = clip(*s, 1000)
	}
	return &b
}

func (b *Bounced) fromHeader(h header) {
	if failed, _ := parseAddresses(h.get("X-Failed-Recipients")); b.Recipient == "" && len(failed) > 0 {
		b.Recipient = failed[0].Email
	}
	// Some servers name the letter in the headers of the report alone.
	if b.OriginalMessageID == "" {
		for _, name := range []string{"X-Original-Message-Id", "In-Reply-To", "References"} {
			if ids := messageIDs(h.get(name), 20); len(ids) > 0 {
				b.OriginalMessageID = ids[len(ids)-1]
				return
			}
		}
	}
}

func (b *Bounced) fromText(text string) {
	if found := returnedID.FindStringSubmatch(text); b.OriginalMessageID == "" && found != nil {
		if ids := messageIDs("<"+found[1]+">", 1); len(ids) > 0 {
			b.OriginalMessageID = ids[0]
		}
	}
	if found := barredPerson.FindStringSubmatch(text); b.Recipient == "" && found != nil {
		b.Recipient = found[1]
	}
	if b.Status == "" {
		b.Status = statusCode.FindString(b.Diagnostic)
	}
	if b.Status == "" {
		b.Status = statusCode.FindString(text)
	}
	if found := replyCode.FindStringSubmatch(b.Diagnostic + "\n" + text); b.Status == "" && found != nil {
		b.Status = found[1] + ".0.0"
	}
}

// typed drops the "rfc822;" in front of an address and the "smtp;" of a diagnosis.
func typed(v string) string {
	if kind, rest, ok := strings.Cut(v, ";"); ok && !strings.ContainsAny(kind, " @") {
		v = rest
	}
	return strings.Trim(strings.TrimSpace(v), "<>")
}
