package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/channels/post"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// place is where a letter belongs. hint is set when a number pointed at a ticket
// that the sender has no part in: it is shown to the agent, not followed.
type place struct {
	ticket   desk.TicketID
	category tickets.Category
	hint     string
}

func (p place) found() bool { return !p.ticket.IsZero() }

// place goes through the references from the surest to the weakest and takes the
// first that stands. A number alone joins only those who take part in the ticket:
// numbers can be guessed.
func (i *Intake) place(ctx context.Context, tx tenants.Tx, l *letter, sender Sender) (place, error) {
	var hint string
	for _, r := range l.references {
		p, err := i.follow(ctx, tx, r)
		if err != nil {
			return place{}, err
		}
		if !p.found() {
			continue
		}
		if r.Weak {
			in, err := takesPart(ctx, tx, p.ticket, sender.Contact)
			if err != nil {
				return place{}, err
			}
			if !in {
				hint = "maybe " + r.Number
				continue
			}
		}
		return p, nil
	}
	return place{hint: hint}, nil
}

func (i *Intake) follow(ctx context.Context, tx tenants.Tx, r email.Reference) (place, error) {
	switch r.Way {
	case email.BySignedAddress, email.BySignedMessageID:
		return find(ctx, tx, "t.id = $1", r.Token.Ticket)
	case email.ByMessageID:
		return i.byMessageID(ctx, tx, r.MessageID)
	default:
		code, number, _ := strings.Cut(r.Number, "-")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || !strings.EqualFold(code, tx.Tenant().Code) {
			return place{}, nil
		}
		return find(ctx, tx, "t.number = $1", n)
	}
}

// byMessageID finds the ticket of a letter that we stored, sent or received.
func (i *Intake) byMessageID(ctx context.Context, tx tenants.Tx, id string) (place, error) {
	known, err := post.ByExternalIDs(ctx, tx.ReadTx, "mail", []string{id})
	if err != nil {
		return place{}, err
	}
	for _, m := range known {
		if m.SubjectID.IsZero() {
			continue
		}
		p, err := find(ctx, tx, "t.id = $1", desk.TicketID(m.SubjectID))
		if err != nil || p.found() {
			return p, err
		}
	}
	return place{}, nil
}

// find reads where a ticket stands; a merged one leads to its survivor.
func find(ctx context.Context, tx tenants.Tx, where string, arg any) (place, error) {
	var p place
	err := tx.QueryRow(ctx, `select s.id, s.category from ?tenant.tickets t join ?tenant.tickets s on s.id = coalesce(t.merged_into, t.id) where `+where,
		[]any{arg}, &p.ticket, &p.category)
	if errors.Is(err, sql.ErrNoRows) {
		return place{}, nil
	}
	if err != nil {
		return place{}, fmt.Errorf("find the ticket: %w", err)
	}
	return p, nil
}

func takesPart(ctx context.Context, tx tenants.Tx, ticket desk.TicketID, who desk.ContactID) (in bool, err error) {
	err = tx.QueryRow(ctx, `select exists (select from ?tenant.tickets where id = $1 and contact_id = $2)
		or exists (select from ?tenant.participants where ticket_id = $1 and person_id = $2)`, []any{ticket, who}, &in)
	if err != nil {
		return false, fmt.Errorf("look for the sender among the participants: %w", err)
	}
	return in, nil
}

// twin is the same letter, settled before.
type twin struct {
	subject desk.AnyID
	seq     int
}

// twinOf finds the same letter in another mailbox of the tenant: one written to
// two of our addresses is one ticket.
func (i *Intake) twinOf(ctx context.Context, tx tenants.Tx, l *letter) (twin, error) {
	known, err := post.ByExternalIDs(ctx, tx.ReadTx, "mail", []string{l.stored.ExternalID})
	if err != nil {
		return twin{}, err
	}
	for _, m := range known {
		if m.Direction == "in" && m.ID != l.stored.ID && m.State == post.Done {
			return twin{m.SubjectID, m.Seq}, nil
		}
	}
	return twin{}, nil
}

// bounced finds the letter of ours that a delivery report is about.
func (i *Intake) bounced(ctx context.Context, tx tenants.Tx, l *letter) (*post.Message, error) {
	var ids []string
	for _, r := range l.references {
		if r.MessageID != "" {
			ids = append(ids, r.MessageID)
		}
	}
	known, err := post.ByExternalIDs(ctx, tx.ReadTx, "mail", ids)
	if err != nil {
		return nil, err
	}
	for n := range known {
		if known[n].Direction == "out" && !known[n].SubjectID.IsZero() {
			return &known[n], nil
		}
	}
	return nil, nil
}
