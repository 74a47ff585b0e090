package processes

import (
	"context"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Processes is the room's door. One serves the whole process.
type Processes struct {
	tickets *tickets.Tickets
	guard   *access.Guard
	around  Around
}

// Around knows of a ticket what stages ask for (desk/flows/triage).
type Around interface {
	// Holds evaluates a condition on a ticket that is being changed.
	Holds(ctx context.Context, tx tenants.ReadTx, c *tickets.Change, when conditions.Tree) (bool, error)
	// After is the instant after so much working time from now on, by the calendar
	// that the ticket's clock goes by.
	After(ctx context.Context, tx tenants.ReadTx, ticket *tickets.Ticket, d time.Duration) (time.Time, error)
}

// New opens the room.
func New(t *tickets.Tickets, guard *access.Guard, around Around) *Processes {
	return &Processes{t, guard, around}
}

// automaton gives tickets to whom a stage says.
var automaton = desk.Automaton("processes")

// most tasks that one ticket has.
const most = 200

// tend holds a ticket that the actor may see and keeps what is done to its work.
func (p *Processes) tend(ctx context.Context, tx tenants.Tx, ref tickets.Ref, do func(ctx context.Context, b *board) error) (*tickets.Ticket, error) {
	return p.tickets.Tend(ctx, tx, ref, access.TicketRead, func(ctx context.Context, c *tickets.Change) error {
		b, err := p.open(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := do(ctx, b); err != nil {
			return err
		}
		return b.keep()
	})
}

// edits refuses whoever may not change the work of the ticket, and a closed one.
func (b *board) edits(ctx context.Context) error {
	if err := b.p.guard.Check(ctx, b.tx.ReadTx, access.TicketEdit, b.object()); err != nil {
		return err
	}
	return b.lasts()
}

// does is edits, or whoever a task or a stage was given to and who may take part.
func (b *board) does(ctx context.Context, t *Task) error {
	err := b.p.guard.Check(ctx, b.tx.ReadTx, access.TicketEdit, b.object())
	if desk.Is(err, desk.Denied) && !t.Assignee.IsZero() && t.Assignee == b.tx.Actor().User() {
		err = b.p.guard.Check(ctx, b.tx.ReadTx, access.TicketNote, b.object())
	}
	if err != nil {
		return err
	}
	return b.lasts()
}

func (b *board) lasts() error {
	if b.c.Ticket.Category == tickets.CategoryClosed {
		return desk.Refuse(desk.ClosedIsFinal)
	}
	return nil
}

func (b *board) object() access.Object {
	return access.Object{Type: b.c.Ticket.Type, Vendor: b.c.Ticket.VendorID}
}

// oneLine folds line breaks and runs of blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
