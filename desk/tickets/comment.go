package tickets

import (
	"time"

	"manydesk/desk"
)

// Format of a comment's body.
type Format int16

// Bodies are plain text or HTML that the sender of the input has made clean:
// this room stores what it is given.
const (
	Plain Format = 0
	HTML  Format = 1
)

// Comment is the text of the fact with the same ticket and seq.
type Comment struct {
	Ticket     desk.TicketID
	Seq        int
	Internal   bool
	Format     Format
	At         time.Time
	AuthorID   desk.AnyID
	AuthorKind string
	Channel    string
	Body       string
	Message    desk.MessageID
	Data       CommentData
	// State is the fate of the message that carries it out: "" for what is not
	// sent, then held, queued, sent, delivered, failed, bounced.
	State     string
	HeldUntil time.Time
}

// CommentData is what stands beside the text.
type CommentData struct {
	// To and Cc are the people it goes to, as frozen when it was written.
	To []Recipient `json:"to,omitempty"`
	Cc []Recipient `json:"cc,omitempty"`
	// Quoted is the part of a mail that quotes earlier ones.
	Quoted string `json:"quoted,omitempty"`
	// Asked is set while the comment asks the client and the ticket waits for it.
	Asked bool `json:"asked,omitempty"`
}

// Recipient is one address of an outgoing message.
type Recipient struct {
	Contact desk.ContactID `json:"contact,omitzero"`
	Name    string         `json:"name,omitempty"`
	Address string         `json:"address"`
}

// Message is an outgoing message: the row that the sender of mail works from.
type Message struct {
	ID      desk.MessageID
	Channel string
	Account string
	State   string
	Seq     int
	Address string
	Data    MessageData
}

// MessageData is what the sender needs and nothing may change later.
type MessageData struct {
	To       []Recipient `json:"to,omitempty"`
	Cc       []Recipient `json:"cc,omitempty"`
	Language string      `json:"language,omitempty"`
	// HeldUntil is when the message leaves; until then it can be taken back.
	HeldUntil time.Time `json:"held_until,omitzero"`
	Unsaid    *Unsaid   `json:"unsaid,omitempty"`
}

// MainAccount is the account of messages whose sender is chosen when they leave.
const MainAccount = "main"

// Hold is how long a reply can be taken back.
const Hold = 10 * time.Second
