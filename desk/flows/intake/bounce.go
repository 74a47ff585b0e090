package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"manydesk/desk"
	"manydesk/desk/channels/post"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// bounce tells the ticket whose letter came back, and never makes a new one.
func (i *Intake) bounce(ctx context.Context, tx tenants.Tx, l *letter) (post.Settled, error) {
	b := l.message.Bounce
	if b == nil {
		return post.Settled{State: post.Quarantined, Code: "bounce_unread"}, nil
	}
	original, err := i.bounced(ctx, tx, l)
	if err != nil {
		return post.Settled{}, err
	}
	if original == nil {
		return post.Settled{State: post.Quarantined, Code: "bounce_unmatched", Error: b.Recipient}, nil
	}
	if !b.Permanent() {
		return post.Settled{State: post.Done, Code: "bounce_delayed", Subject: original.SubjectID, Seq: original.Seq}, nil
	}
	err = i.tickets.Delivered(ctx, tx, tickets.Delivery{
		Ticket: tickets.ID(desk.TicketID(original.SubjectID)), Message: original.ID, Reply: original.Seq,
		State: string(post.Bounced), Code: b.Status, Text: firstOf(b.Diagnostic, b.Recipient),
	})
	if err != nil && !desk.Is(err, desk.NotFound) {
		return post.Settled{}, fmt.Errorf("note the bounce: %w", err)
	}
	if address := reached(original, b.Recipient); address != "" {
		if err := i.customers.MailFailed(ctx, tx, address); err != nil {
			return post.Settled{}, fmt.Errorf("note the bounce on the contact: %w", err)
		}
	}
	return post.Settled{State: post.Done, Code: "bounce", Subject: original.SubjectID, Seq: original.Seq}, nil
}

// reached is the one of the letter's recipients whom the report names: whoever
// got one letter of ours knows its id and must not silence others by it. A
// report that names nobody is about the only one there was.
func reached(original *post.Message, reported string) string {
	var data struct{ To, Cc []struct{ Address string } }
	if json.Unmarshal(original.Data, &data) != nil {
		return ""
	}
	written := []string{original.Address}
	for _, r := range append(data.To, data.Cc...) {
		if r.Address != "" && !strings.EqualFold(r.Address, original.Address) {
			written = append(written, r.Address)
		}
	}
	for _, address := range written {
		if strings.EqualFold(address, reported) {
			return address
		}
	}
	if len(written) == 1 && reported == "" {
		return original.Address
	}
	return ""
}
