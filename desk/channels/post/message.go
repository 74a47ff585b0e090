package post

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
)

// State is what became of a message.
type State string

// The states. In: stored, then done, ignored or quarantined. Out: held, queued,
// sent, delivered, bounced or failed.
const (
	Stored      State = "stored"
	Done        State = "done"
	Ignored     State = "ignored"
	Quarantined State = "quarantined"
	Held        State = "held"
	Queued      State = "queued"
	Sent        State = "sent"
	Delivered   State = "delivered"
	Bounced     State = "bounced"
	Failed      State = "failed"
)

// Message is a row. Raw is only filled by Load.
type Message struct {
	bun.BaseModel `bun:"table:?tenant.messages,alias:m"`

	ID         desk.MessageID `bun:",pk"`
	Direction  string
	Channel    string
	Account    string
	ExternalID string `bun:",nullzero"`
	State      State
	SubjectID  desk.AnyID
	Seq        int    `bun:",nullzero"`
	Address    string `bun:",nullzero"`
	Tries      int
	Code       string `bun:",nullzero"`
	Error      string `bun:",nullzero"`
	Raw        []byte
	Data       json.RawMessage `bun:"type:jsonb"`
	At         time.Time
	ChangedAt  time.Time
}

// Incoming is a message as it arrived.
type Incoming struct {
	Channel string
	// Account is the mailbox, number or hook it came to.
	Account string
	// ExternalID is the other side's id, of which there is one for each account.
	ExternalID string
	Address    string
	Raw        []byte
	// Hash tells two contents under one id apart; nil is that of Raw.
	Hash []byte
	Data json.RawMessage
}

const columns = `m.id, m.direction, m.channel, m.account, coalesce(m.external_id, '') as external_id, m.state, m.subject_id, coalesce(m.seq, 0) as seq,
	coalesce(m.address, '') as address, m.tries, coalesce(m.code, '') as code, coalesce(m.error, '') as error, m.data, m.at, m.changed_at`
