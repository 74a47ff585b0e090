package tickets

import (
	"encoding/json"
	"time"

	"manydesk/desk"
)

// Ticket is the row. A zero id or time is absent.
type Ticket struct {
	ID     desk.TicketID
	Number int64
	// Version is the seq of the last fact; PublicSeq of the last one the client can see.
	Version        int
	PublicSeq      int
	Category       Category
	Priority       int // 1 critical … 4 low
	Line           int
	Reopened       int
	Rating         int // 1 to 5; 0 while unrated
	CreatedAt      time.Time
	UpdatedAt      time.Time
	DueAt          time.Time
	ResumeAt       time.Time
	WaitingSince   time.Time
	FirstDueAt     time.Time
	FirstRepliedAt time.Time
	ResolveDueAt   time.Time
	ResolvedAt     time.Time
	ClosedAt       time.Time
	ContactID      desk.ContactID
	CompanyID      desk.CompanyID
	AssigneeID     desk.UserID
	// VendorID is the third party that the work was given to.
	VendorID   desk.CompanyID
	MergedInto desk.TicketID
	CreatedBy  desk.UserID
	Type       string
	Status     string
	Channel    string
	GroupKey   string
	Level      string
	Language   string
	Subject    string
	Tags       []string       `bun:",array"`
	Fields     map[string]any `bun:"type:jsonb"`
	// Clock and Filed belong to the service clock and to triage; carried as they are.
	Clock json.RawMessage `bun:"type:jsonb"`
	Filed json.RawMessage `bun:"type:jsonb"`
	// Process is what desk/processes keeps of the work in the ticket, carried as it
	// is; empty for a ticket without tasks.
	Process json.RawMessage `bun:"type:jsonb"`
}

const ticketColumns = `t.id, t.number, t.version, t.public_seq, t.category, t.priority, t.line, t.reopened, t.rating,
	t.created_at, t.updated_at, t.due_at, t.resume_at, t.waiting_since, t.first_due_at, t.first_replied_at, t.resolve_due_at,
	t.resolved_at, t.closed_at, t.contact_id, t.company_id, t.assignee_id, t.vendor_id, t.merged_into, t.created_by,
	t.type, t.status, t.channel, t.group_key, t.level, t.language, t.subject, t.tags, t.fields, t.clock, t.filed, t.process`

// ClientWaits reports whether the client's last word is unanswered.
func (t *Ticket) ClientWaits() bool { return !t.WaitingSince.IsZero() && Listed(t.Category) }

// Ref is how a ticket is found: by the number people say or by its id. Which of
// the two is given decides.
type Ref struct {
	Number int64
	ID     desk.TicketID
}

// Number refers to a ticket as people do.
func Number(n int64) Ref { return Ref{Number: n} }

// ID refers to a ticket as the house does.
func ID(id desk.TicketID) Ref { return Ref{ID: id} }

// The channels a ticket or a comment comes by.
const (
	Mail    = "mail"
	Portal  = "portal"
	Phone   = "phone"
	API     = "api"
	WebForm = "form"
)
