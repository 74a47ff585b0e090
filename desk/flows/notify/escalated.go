package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/post"
	"manydesk/desk/staff"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
)

// whom is who is told by an escalation's level.
type whom struct {
	Roles    []string      `json:"roles"`
	People   []desk.UserID `json:"people"`
	Assignee bool          `json:"assignee"`
	// Title is what a trigger is called.
	Title string `json:"title"`
}

// Triggered tells people what a trigger wants told, under the trigger's name.
func (n *Notify) Triggered(ctx context.Context, w *jobs.Work) error {
	return n.agreed(ctx, w, "triggered")
}

// Escalated tells people that a promise is in danger or broken: those who are
// named, those who hold a role, whoever has the ticket. Everybody gets one letter
// of it; who is gone gets none.
func (n *Notify) Escalated(ctx context.Context, w *jobs.Work) error {
	return n.agreed(ctx, w, "escalated")
}

func (n *Notify) agreed(ctx context.Context, w *jobs.Work, kind string) error {
	var to whom
	if err := json.Unmarshal(w.Data, &to); err != nil {
		return fmt.Errorf("read whom to tell: %w", err)
	}
	return n.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil {
			return err
		}
		a, err := read(ctx, tx.ReadTx, desk.TicketID(w.Subject), w.Seq)
		if desk.Is(err, desk.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if to.Assignee && !a.AssigneeID.IsZero() {
			to.People = append(to.People, a.AssigneeID)
		}
		people, err := staff.Reached(ctx, tx.ReadTx, to.People, to.Roles)
		if err != nil {
			return err
		}
		for _, p := range people {
			data := notice{Kind: kind, Title: to.Title, To: []tickets.Recipient{{Name: p.Name, Address: p.Email}}}
			m, err := post.Post(ctx, tx, post.Outgoing{Channel: "mail", Address: p.Email, Subject: a.ID.Any(), Seq: w.Seq, Data: data})
			if err != nil {
				return fmt.Errorf("post a letter: %w", err)
			}
			if err := jobs.Enqueue(ctx, tx, sending(m)); err != nil {
				return err
			}
		}
		return nil
	})
}

// dueOf is the deadline of a promise, as it stands on the ticket.
func (a *about) dueOf(promise string) time.Time {
	switch {
	case promise == "first_response" && !a.FirstDueAt.IsZero():
		return a.FirstDueAt
	case promise == "resolution" && !a.ResolveDueAt.IsZero():
		return a.ResolveDueAt
	}
	return a.DueAt
}
