package email

import (
	"regexp"
	"strings"
)

// Way is how a reference was found, in falling order of trust.
type Way string

// The ways.
const (
	// BySignedAddress: the letter came to an address that we signed.
	BySignedAddress Way = "signed_address"
	// BySignedMessageID: it answers an id that we signed.
	BySignedMessageID Way = "signed_message_id"
	// ByMessageID: it names ids that somebody may have stored, ours or the client's.
	ByMessageID Way = "message_id"
	// ByMark: our signed mark stands in the text.
	ByMark Way = "mark"
	// BySubject: a number stands in the subject. Numbers can be guessed.
	BySubject Way = "subject"
)

// Reference is one candidate for where a message belongs. Token is filled for the
// signed ways, MessageID for the third, Number for the last two.
type Reference struct {
	Way       Way
	Token     Token
	MessageID string
	Number    string
	// Weak references open nothing: they join only a participant of that ticket, and
	// are a hint ("possibly belongs to") for anybody else.
	Weak bool
}

var (
	bodyMark      = regexp.MustCompile(`\[#([\p{L}\p{N}][\p{L}\p{N}_-]{0,40}):([A-Za-z2-7]{8,40})\]`)
	subjectNumber = regexp.MustCompile(`(?:^|[^\p{L}\p{N}_-])\[?#?(\p{L}[\p{L}\p{N}]{1,11}-[1-9][0-9]{0,9})(?:\]|[^\p{L}\p{N}_-]|$)`)
)

// Thread lists where a message may belong, best first; the caller looks the tickets
// up and takes the first that stands. Envelope are the recipients of the SMTP
// conversation, which a header may not show.
func (s Signer) Thread(m Message, envelope ...string) []Reference {
	var out []Reference
	tokens := map[Token]bool{}
	for _, list := range [][]string{envelope, m.Delivered, m.To, m.Cc} {
		for _, address := range list {
			if t, ok := s.ReadAddress(address); ok && !tokens[t] {
				tokens[t] = true
				out = append(out, Reference{Way: BySignedAddress, Token: t})
			}
		}
	}
	ids := answered(m)
	var plain []Reference
	for _, id := range ids {
		t, ok := s.ReadMessageID(id)
		switch {
		case !ok:
			plain = append(plain, Reference{Way: ByMessageID, MessageID: id})
		case !tokens[t]:
			tokens[t] = true
			out = append(out, Reference{Way: BySignedMessageID, Token: t, MessageID: id})
		}
	}
	out = append(out, plain...)
	for _, found := range bodyMark.FindAllStringSubmatch(m.Text+"\n"+m.HTML, 20) {
		if s.readMark(found[1], found[2]) {
			out = appendNumber(out, Reference{Way: ByMark, Number: strings.ToUpper(found[1])})
		}
	}
	for _, found := range subjectNumber.FindAllStringSubmatch(m.Subject, 5) {
		out = appendNumber(out, Reference{Way: BySubject, Number: strings.ToUpper(found[1]), Weak: true})
	}
	return out
}

// answered are the ids that a message answers, the nearest first: In-Reply-To, then
// the references from the last to the first; for a bounce the letter that failed.
func answered(m Message) []string {
	var ids []string
	seen := map[string]bool{}
	add := func(id string) {
		if id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	if m.Bounce != nil {
		add(m.Bounce.OriginalMessageID)
	}
	for _, id := range m.InReplyTo {
		add(id)
	}
	for i := len(m.References) - 1; i >= 0; i-- {
		add(m.References[i])
	}
	return ids
}

func appendNumber(out []Reference, r Reference) []Reference {
	for _, known := range out {
		if known.Way == r.Way && known.Number == r.Number {
			return out
		}
	}
	return append(out, r)
}
