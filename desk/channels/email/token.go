package email

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"

	"manydesk/desk"
)

// Token names a ticket and a comment of it to the outside without telling either.
type Token struct {
	Ticket desk.TicketID
	// Seq is the fact that the letter told of; zero is the ticket as a whole.
	Seq int
}

// Signer signs what must find its way back and recognises it. The tenant is in
// every signature: what one tenant signed says nothing to another, whatever the keys.
type Signer struct {
	Tenant desk.TenantID
	// Keys sign with the first and verify with all; two live while they rotate.
	Keys [][]byte
}

// The purposes keep a signature from being carried from one place to another.
const (
	forAddress   = "address"
	forMessageID = "message-id"
	forMark      = "mark"
)

// Lengths of the truncated HMAC-SHA256 in bytes. An address has 64 characters for
// all of its local part; a guess at 64 bits has to go through our own door.
const (
	addressMAC = 8
	idMAC      = 12
	markMAC    = 8
)

// alphabet is lower case, because servers and people change the case of addresses.
var alphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Address puts a signed tag into a mailbox: "support+tag@acme.example". A mailbox
// whose local part leaves no room for it is returned as it is; the signed
// Message-ID then carries the thread alone. A tag that is there is replaced.
func (s Signer) Address(mailbox string, t Token) string {
	local, domain, ok := strings.Cut(mailbox, "@")
	if !ok || len(s.Keys) == 0 {
		return mailbox
	}
	local, _, _ = strings.Cut(local, "+")
	tag := s.seal(forAddress, t, addressMAC)
	if len(local)+1+len(tag) > 64 {
		return mailbox
	}
	return local + "+" + tag + "@" + domain
}

// ReadAddress finds the token of a signed address; false for any other address.
func (s Signer) ReadAddress(address string) (Token, bool) {
	local, _, ok := strings.Cut(strings.ToLower(strings.Trim(address, "<> ")), "@")
	if !ok {
		return Token{}, false
	}
	_, tag, ok := strings.Cut(local, "+")
	if !ok {
		return Token{}, false
	}
	return s.open(forAddress, tag, addressMAC)
}

// MessageID is a signed id without angle brackets. The nonce parts letters about one
// comment from each other (one a recipient); it is not signed, and one that is not
// made of letters, digits, "-" and "_" is replaced by its hash.
func (s Signer) MessageID(t Token, nonce, domain string) string {
	for _, r := range nonce {
		if !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_') {
			sum := sha256.Sum256([]byte(nonce))
			nonce = alphabet.EncodeToString(sum[:8])
			break
		}
	}
	id := "md." + s.seal(forMessageID, t, idMAC)
	if nonce != "" {
		id += "." + nonce
	}
	return id + "@" + domain
}

// ReadMessageID finds the token of a signed id; false for any other id.
func (s Signer) ReadMessageID(id string) (Token, bool) {
	local, _, _ := strings.Cut(strings.Trim(id, "<> "), "@")
	parts := strings.Split(local, ".")
	if len(parts) < 2 || !strings.EqualFold(parts[0], "md") {
		return Token{}, false
	}
	return s.open(forMessageID, strings.ToLower(parts[1]), idMAC)
}

// Mark is what stands in the body of a letter, so that a reply finds its ticket
// even when its headers are gone: "[#ACME-1042:tag]". The number is shown as it is.
func (s Signer) Mark(number string) string {
	if len(s.Keys) == 0 {
		return ""
	}
	return "[#" + number + ":" + alphabet.EncodeToString(s.mac(0, forMark, []byte(strings.ToUpper(number)), markMAC)) + "]"
}

// readMark verifies the two halves of a mark.
func (s Signer) readMark(number, tag string) bool {
	got, err := alphabet.DecodeString(strings.ToLower(tag))
	if err != nil {
		return false
	}
	for k := range s.Keys {
		if hmac.Equal(got, s.mac(k, forMark, []byte(strings.ToUpper(number)), markMAC)) {
			return true
		}
	}
	return false
}

func (s Signer) seal(purpose string, t Token, size int) string {
	if len(s.Keys) == 0 {
		return ""
	}
	body := binary.AppendUvarint(append([]byte{}, t.Ticket[:]...), uint64(max(t.Seq, 0)))
	return alphabet.EncodeToString(append(body, s.mac(0, purpose, body, size)...))
}

func (s Signer) open(purpose, tag string, size int) (Token, bool) {
	raw, err := alphabet.DecodeString(tag)
	if err != nil || len(raw) < len(desk.TicketID{})+1+size {
		return Token{}, false
	}
	body, got := raw[:len(raw)-size], raw[len(raw)-size:]
	good := false
	for k := range s.Keys {
		good = hmac.Equal(got, s.mac(k, purpose, body, size)) || good
	}
	var t Token
	copy(t.Ticket[:], body)
	seq, n := binary.Uvarint(body[len(t.Ticket):])
	if !good || n != len(body)-len(t.Ticket) || seq > 1<<31 || t.Ticket.IsZero() {
		return Token{}, false
	}
	t.Seq = int(seq)
	return t, true
}

func (s Signer) mac(key int, purpose string, body []byte, size int) []byte {
	h := hmac.New(sha256.New, s.Keys[key])
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(s.Tenant)))
	h.Write([]byte(purpose))
	h.Write([]byte{0})
	h.Write(body)
	return h.Sum(nil)[:size]
}
