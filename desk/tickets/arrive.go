package tickets

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Arrive is somebody having come to the client's place.
type Arrive struct {
	Ticket Ref
	// At is when; zero is now.
	At time.Time
}

// Arrive records that somebody came, which is what an arrival on site was promised
// for. Told again with another time it is corrected; the client sees both.
//
// Rights: ticket.status. Errors: NotFound, Denied, ClosedIsFinal; ValidationFailed
// on "at": BeforeOpened, InFuture.
func (t *Tickets) Arrive(ctx context.Context, tx tenants.Tx, in Arrive) (*Ticket, error) {
	return t.Tend(ctx, tx, in.Ticket, access.TicketStatus, func(ctx context.Context, c *Change) error {
		at := in.At.UTC().Truncate(time.Microsecond)
		if in.At.IsZero() {
			at = c.Now()
		}
		switch {
		case c.Ticket.Category == CategoryClosed:
			return desk.Refuse(desk.ClosedIsFinal)
		case at.After(c.Now()):
			return desk.Invalid(desk.Field("at", desk.InFuture))
		case at.Before(c.Ticket.CreatedAt.Truncate(time.Millisecond)):
			return desk.Invalid(desk.Field("at", desk.BeforeOpened))
		case at.Before(c.Ticket.CreatedAt):
			at = c.Ticket.CreatedAt // as exactly as people are told of it
		}
		was, err := arrived(ctx, tx.ReadTx, c.Ticket.ID)
		if err != nil || was.Equal(at) || !was.IsZero() && in.At.IsZero() {
			return err
		}
		c.arrive(FactArrived, was, at)
		return nil
	})
}

// NotArrived takes an arrival back that was recorded by mistake; without one
// nothing happens.
//
// Rights: ticket.status. Errors: NotFound, Denied, ClosedIsFinal.
func (t *Tickets) NotArrived(ctx context.Context, tx tenants.Tx, ref Ref) (*Ticket, error) {
	return t.Tend(ctx, tx, ref, access.TicketStatus, func(ctx context.Context, c *Change) error {
		if c.Ticket.Category == CategoryClosed {
			return desk.Refuse(desk.ClosedIsFinal)
		}
		was, err := arrived(ctx, tx.ReadTx, c.Ticket.ID)
		if err != nil || was.IsZero() {
			return err
		}
		c.arrive(FactNotArrived, was, time.Time{})
		return nil
	})
}

// The facts of an arrival; the times are the change of the field "arrival".
const (
	FactArrived    = "ticket.arrived"
	FactNotArrived = "ticket.arrival_withdrawn"
)

func (c *Change) arrive(fact string, was, at time.Time) {
	told := func(t time.Time) any {
		if t.IsZero() {
			return nil
		}
		return t.Format(time.RFC3339Nano)
	}
	c.Record(fact, true, Detail{Changes: []FieldChange{{Field: "arrival", From: told(was), To: told(at)}}})
	c.read()
}

// Arrival is what the change says of an arrival: when somebody came, zero when it
// is taken back; told is false when it says nothing.
func (c *Change) Arrival() (at time.Time, told bool) {
	for i := range c.Facts {
		if f := &c.Facts[i]; f.Type == FactArrived || f.Type == FactNotArrived {
			return arrivalIn(f.Data), true
		}
	}
	return time.Time{}, false
}

func arrivalIn(data json.RawMessage) time.Time {
	var d struct {
		Changes []struct {
			Field string    `json:"field"`
			To    time.Time `json:"to"`
		} `json:"changes"`
	}
	if json.Unmarshal(data, &d) != nil || len(d.Changes) == 0 {
		return time.Time{}
	}
	return d.Changes[0].To
}

// arrived is when somebody came, by the last word on it; zero when nobody has.
func arrived(ctx context.Context, tx tenants.ReadTx, id desk.TicketID) (time.Time, error) {
	var rows []struct{ Data json.RawMessage }
	err := tx.Query(ctx, &rows, `select data from ?tenant.facts where subject_id = $1 and type in ('ticket.arrived', 'ticket.arrival_withdrawn') order by seq desc limit 1`, id)
	if err != nil {
		return time.Time{}, fmt.Errorf("find an arrival: %w", err)
	}
	if len(rows) == 0 {
		return time.Time{}, nil
	}
	return arrivalIn(rows[0].Data), nil
}
