package tickets

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/events"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// Change is one verb's whole effect, made in memory and saved in one statement.
// Reactions registered with events.Inside get it by pointer and may add to it.
type Change struct {
	// Ticket is as it will be; Before as it was, zero when it is being opened.
	Ticket Ticket
	Before Ticket
	// People are the names the worklist shows.
	Contact, Company string

	Facts    []desk.Fact
	Comments []Comment
	Messages []Message
	Timers   []desk.Timer
	Jobs     []desk.Job
	Links    []Link
	Readers  []Reader
	// Given is to whom the rules have just given it: the turn goes on to the others.
	Given desk.UserID
	// Due is the running deadline; nil leaves the ticket on the clock that stands.
	Due *Due
	// Standing puts the ticket behind those whose clocks run, as a pending one is.
	Standing bool
	// Release changes the state of a message of this ticket; Withdraw takes a
	// comment and its message away.
	Release  []MessageState
	Withdraw []int
	// DropDraft forgets what the actor was writing: "reply" or "note".
	DropDraft string
	Key       *tenants.Key

	now   time.Time
	actor desk.Actor
	then  []func(ctx context.Context, tx tenants.Tx) error
	// auto is set when the answer in it is a machine's.
	auto bool
}

// Answered reports whether somebody answered the client; a machine's answer is
// not what was promised.
func (c *Change) Answered() bool { return c.Has(FactReplied) && !c.auto }

// Due is a running deadline as the worklist orders by it.
type Due struct {
	Calendar int
	Tick     int64
	Kind     string
	// Target is how much working time it had, in seconds.
	Target   int
	Breached bool
}

// Link joins the ticket to another one of the tenant.
type Link struct {
	Kind   string
	Target desk.TicketID
}

// Reader is a person around the ticket.
type Reader struct {
	Person  desk.AnyID
	Kind    desk.ActorKind
	Follows bool
	Copied  bool
	Seen    int
}

// MessageState moves a message of a comment on.
type MessageState struct {
	Message desk.MessageID
	State   string
	// Code and Error are the other side's words about a failure.
	Code, Error string
}

// Opened is the event of a new ticket, before it is saved.
type Opened struct{ *Change }

// Changed is the event of every later change, before it is saved. The facts in
// it say what happened; Before and Ticket what was and is.
type Changed struct{ *Change }

// Now is the instant of the change.
func (c *Change) Now() time.Time { return c.now }

// Opening reports whether the ticket is being made.
func (c *Change) Opening() bool { return c.Before.ID.IsZero() }

// Moved reports whether the change moves the ticket into the category.
func (c *Change) Moved(to Category) bool {
	return c.Ticket.Category == to && c.Before.Category != to
}

// Has reports whether the change records a fact of the type.
func (c *Change) Has(factType string) bool {
	for i := range c.Facts {
		if c.Facts[i].Type == factType {
			return true
		}
	}
	return false
}

// Record adds a fact: the ticket's version becomes its seq, which it returns.
// Public facts move PublicSeq too.
func (c *Change) Record(factType string, public bool, d Detail) int {
	return c.RecordAs(c.actor, factType, public, d)
}

// RecordAs is Record for somebody else than the unit's actor: the contact whose
// mail an automaton brings in.
func (c *Change) RecordAs(who desk.Actor, factType string, public bool, d Detail) int {
	data, err := json.Marshal(d)
	if err != nil { // Detail has only marshallable members; fields were decoded from JSON.
		panic(fmt.Sprintf("encode %s: %v", factType, err))
	}
	c.Ticket.Version++
	if public {
		c.Ticket.PublicSeq = c.Ticket.Version
	}
	c.Ticket.UpdatedAt = c.now
	c.Facts = append(c.Facts, desk.Fact{
		Subject: c.Ticket.ID.Any(), SubjectKind: "ticket", Seq: c.Ticket.Version, Public: public,
		At: c.now, Actor: who, Type: factType, Data: data,
	})
	return c.Ticket.Version
}

// Annotate adds to the data of the change's first fact what else came about by
// it: the events of the clock, why somebody got it. The name is a member of Detail.
func (c *Change) Annotate(name string, value any) error {
	if len(c.Facts) == 0 {
		return errNothing
	}
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	c.Facts[0].Data = withMember(c.Facts[0].Data, name, data)
	return nil
}

// HasClock reports whether a fact of the change carries events of the clock.
func (c *Change) HasClock() bool {
	for i := range c.Facts {
		if bytes.Contains(c.Facts[i].Data, []byte(`"clock":[`)) {
			return true
		}
	}
	return false
}

var errNothing = errors.New("a change without facts has nothing to annotate")

// Afterwards has something done once the ticket is kept, in the same unit of work:
// rows of other rooms point at a ticket that must be there first.
func (c *Change) Afterwards(f func(ctx context.Context, tx tenants.Tx) error) {
	c.then = append(c.then, f)
}

// Timer sets the ticket's timer of a kind; a zero time takes it away.
func (c *Change) Timer(kind string, at time.Time) {
	for i := range c.Timers {
		if c.Timers[i].Kind == kind {
			c.Timers[i].DueAt = at
			return
		}
	}
	c.Timers = append(c.Timers, desk.Timer{Subject: c.Ticket.ID.Any(), Kind: kind, DueAt: at})
}

// Give puts the ticket into somebody's hands and says so; nobody's for the zero id.
func (c *Change) Give(to desk.UserID, toName, fromName string, d Detail) {
	d.Changes = append(d.Changes, FieldChange{
		Field: "assignee", From: maybe(c.Ticket.AssigneeID), To: maybe(to), FromName: fromName, ToName: toName,
	})
	c.Ticket.AssigneeID = to
	c.Record(FactAssigned, false, d)
}

// enter moves the ticket to a status, with what every way there brings along:
// times, timers, whose turn it is.
func (c *Change) enter(s settings.Status, until time.Time, closeAfter time.Duration) {
	t, from := &c.Ticket, c.Ticket.Category
	t.Status, t.Category = s.Key, s.Category
	if from == CategoryPending {
		t.ResumeAt = time.Time{}
		c.Timer(TimerResume, time.Time{})
	}
	if from == CategoryResolved && s.Category != CategoryResolved {
		c.Timer(TimerClose, time.Time{})
	}
	switch s.Category {
	case CategoryOpen, CategoryInProgress:
		if from == CategoryResolved {
			t.ResolvedAt = time.Time{}
			t.Reopened++
		}
	case CategoryPending:
		t.ResumeAt, t.WaitingSince = until, time.Time{}
		c.Timer(TimerResume, until)
		if from == CategoryResolved {
			t.ResolvedAt = time.Time{}
			t.Reopened++
		}
	case CategoryResolved:
		t.ResolvedAt, t.WaitingSince = c.now, time.Time{}
		if closeAfter > 0 {
			c.Timer(TimerClose, c.now.Add(closeAfter))
		}
	case CategoryClosed:
		t.ClosedAt, t.WaitingSince = c.now, time.Time{}
		if t.ResolvedAt.IsZero() {
			t.ResolvedAt = c.now
		}
	}
}

// The kinds of a ticket's timers; "send" is followed by ":" and the comment's seq.
const (
	TimerResume = "resume"
	TimerClose  = "close"
	TimerSend   = "send"
	TimerClock  = "clock"
)

// maybe shows an absent id as null.
func maybe[I interface {
	comparable
	String() string
}](id I) any {
	var zero I
	if id == zero {
		return nil
	}
	return id.String()
}

// flags of the row in the worklist, but for FlagNew.
func (c *Change) flags() (f int) {
	if c.Ticket.ClientWaits() {
		f |= FlagClientWaits
	}
	if c.Due != nil && c.Due.Breached {
		f |= FlagBreached
	}
	return f
}

// authorKind is how the author of a comment is stored, the same way as a fact's actor.
func authorKind(a desk.Actor) string { return events.ActorKind(a) }
