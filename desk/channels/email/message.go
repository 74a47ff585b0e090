package email

import (
	"encoding/json"
	"time"
)

// Kind says what sort of thing a message is, so that nobody answers a machine.
type Kind string

// The kinds of message.
const (
	// Person is a letter that somebody wrote.
	Person Kind = "person"
	// AutoReply is an out-of-office note, a receipt, any answer by a machine (RFC 3834).
	AutoReply Kind = "auto_reply"
	// Bounce tells that a letter of ours was not delivered (RFC 3464).
	Bounce Kind = "bounce"
	// List is mail sent to many: newsletters and mailing lists.
	List Kind = "list"
	// Loop is a letter of ours that came back to the mailbox it left.
	Loop Kind = "loop"
)

// Message is a raw message as understood. Every string in it is valid UTF-8
// without NUL; subject, names and file names hold no invisible or direction
// marks and no line breaks. Slices are never nil, so that JSON shows [] and not null.
type Message struct {
	// From is the first author's address as written, empty when there is none.
	From     string `json:"from"`
	FromName string `json:"from_name"`
	// Sender is the Sender header's address when it differs from From.
	Sender  string   `json:"sender,omitempty"`
	ReplyTo []string `json:"reply_to"`
	To      []string `json:"to"`
	Cc      []string `json:"cc"`
	// Delivered are the addresses that servers on the way wrote down
	// (Delivered-To, X-Original-To, Envelope-To): where a blind copy came from.
	Delivered []string `json:"delivered_to"`
	Subject   string   `json:"subject"`
	// Date is the author's own word for when; zero when absent or unreadable.
	Date time.Time `json:"-"`
	// MessageID has no angle brackets. It is made from the content when absent (ArtificialID).
	MessageID    string       `json:"message_id"`
	ArtificialID bool         `json:"artificial_id"`
	InReplyTo    []string     `json:"in_reply_to"`
	References   []string     `json:"references"`
	Text         string       `json:"text"`
	NewText      string       `json:"new_text"`
	HTML         string       `json:"html"`
	NewHTML      string       `json:"new_html"`
	Attachments  []Attachment `json:"attachments"`
	Kind         Kind         `json:"kind"`
	// Language is "ru", "en" or empty when the letters tell nothing.
	Language string    `json:"language"`
	Bounce   *Bounced  `json:"bounce,omitempty"`
	Problems []Problem `json:"problems"`
}

// Bounced is what a delivery report says about the letter that failed.
type Bounced struct {
	// OriginalMessageID is ours, without angle brackets; empty when the report names none.
	OriginalMessageID string `json:"original_message_id"`
	Recipient         string `json:"recipient"`
	// Status is the enhanced code "5.1.1" (RFC 3463); empty when unknown.
	Status     string `json:"status"`
	Action     string `json:"action,omitempty"`
	Diagnostic string `json:"diagnostic,omitempty"`
}

// Permanent reports a failure that another try will not cure. A report without
// a code counts as permanent, unless it says "delayed".
func (b Bounced) Permanent() bool {
	if b.Action == "delayed" {
		return false
	}
	return b.Status == "" || b.Status[0] == '5'
}

// Attachment is a file of a message. Its bytes are reached by Content, never by JSON.
type Attachment struct {
	// Name is safe to show and to offer for saving: no path, no hidden marks.
	Name string `json:"name"`
	// Type is what the sender declared; the files room sniffs for itself.
	Type   string `json:"type"`
	Size   int    `json:"size"`
	Inline bool   `json:"inline"`
	// ContentID is what the HTML refers to as "cid:…"; empty for plain files.
	ContentID string `json:"content_id,omitempty"`

	content []byte
}

// Content is the decoded file. The slice is shared; do not write to it.
func (a Attachment) Content() []byte { return a.content }

// MarshalJSON writes the date as RFC 3339, or null when the message has none.
func (m Message) MarshalJSON() ([]byte, error) {
	type plain Message
	var date *time.Time
	if !m.Date.IsZero() {
		date = &m.Date
	}
	return json.Marshal(struct {
		plain
		Date *time.Time `json:"date"`
	}{plain(m), date})
}
