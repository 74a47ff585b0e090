package notify

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/channels/post"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
)

// The jobs that facts leave behind, and the kinds of letters they lead to.
const (
	JobOpened   = "notify.opened"
	JobStatus   = "notify.status"
	JobAssigned = "notify.assigned"
	JobReplied  = "notify.client_replied"
	JobResumed  = "notify.resumed"
)

// notice is the data of a letter's row: what kind it is and what was frozen.
type notice struct {
	Kind string `json:"kind"`
	// Automatic letters answer a client without a person's doing; they count
	// towards a storm.
	Automatic bool                `json:"automatic,omitempty"`
	To        []tickets.Recipient `json:"to,omitempty"`
	Cc        []tickets.Recipient `json:"cc,omitempty"`
	Language  string              `json:"language,omitempty"`
	// Title is the name of the trigger that tells.
	Title string `json:"title,omitempty"`
}

// Opened acknowledges a ticket that its client opened: by mail, on the portal or
// by a form. Machines are not answered, and nobody is answered more than a few
// times in a few hours.
func (n *Notify) Opened(ctx context.Context, w *jobs.Work) error {
	return n.tell(ctx, w, func(a *about) (string, bool) {
		machine := a.Comment.Incoming != "" && a.Comment.Incoming != string(email.Person)
		return "received", !machine
	})
}

// Status tells the client that the ticket is resolved or closed. When an answer
// came with it the answer's own letter says so.
func (n *Notify) Status(ctx context.Context, w *jobs.Work) error {
	return n.tell(ctx, w, func(a *about) (string, bool) {
		byClient := !a.ContactID.IsZero() && a.Fact.ActorID == a.ContactID.Any()
		if byClient || a.Fact.Detail.Reply != 0 {
			return "", false
		}
		switch a.Category {
		case tickets.CategoryResolved:
			return "resolved", true
		case tickets.CategoryPending:
			return "needs_info", a.Fact.Detail.Comment != ""
		case tickets.CategoryClosed:
			return "closed", true
		case tickets.CategoryOpen, tickets.CategoryInProgress:
		}
		return "", false
	})
}

// tell sends the client a letter if which says so.
func (n *Notify) tell(ctx context.Context, w *jobs.Work, which func(a *about) (kind string, ok bool)) error {
	return n.write(ctx, w, func(ctx context.Context, tx tenants.Tx, a *about) (to string, _ notice, err error) {
		kind, ok := which(a)
		if !ok || a.Address == "" || a.MailState != "" {
			return "", notice{}, nil
		}
		if quiet, err := storm(ctx, tx, a); err != nil || quiet {
			return "", notice{}, err
		}
		return a.Address, notice{
			Kind: kind, Automatic: true, Language: a.language(w.Tenant),
			To: []tickets.Recipient{{Contact: a.ContactID, Name: a.Contact, Address: a.Address}},
		}, nil
	})
}

// write decides on a letter and queues it in one unit, in which the job becomes
// the one that sends it; then it is sent. Whoever is called twice queues once.
func (n *Notify) write(ctx context.Context, w *jobs.Work, what func(ctx context.Context, tx tenants.Tx, a *about) (to string, data notice, err error)) error {
	var a *about
	var m *post.Message
	err := n.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) (err error) {
		a, err = read(ctx, tx.ReadTx, desk.TicketID(w.Subject), w.Seq)
		if desk.Is(err, desk.NotFound) {
			return w.Done(ctx, tx)
		}
		if err != nil {
			return err
		}
		to, data, err := what(ctx, tx, a)
		if err != nil {
			return err
		}
		if to == "" {
			return w.Done(ctx, tx)
		}
		if m, err = post.Post(ctx, tx, post.Outgoing{Channel: "mail", Address: to, Subject: a.ID.Any(), Seq: w.Seq, Data: data}); err != nil {
			return fmt.Errorf("post the %s letter: %w", data.Kind, err)
		}
		return w.Become(ctx, tx, sending(m))
	})
	if err != nil || m == nil {
		return err
	}
	return n.deliver(ctx, w, m, a)
}

// sending is the job that sends a queued letter.
func sending(m *post.Message) desk.Job {
	return desk.Job{Name: tickets.JobSend, Lane: desk.MailLane, Subject: m.SubjectID, Seq: m.Seq, Data: []byte(`{"message":"` + m.ID.String() + `"}`)}
}

// storm reports whether automatic letters to this address have to stop for now.
func storm(ctx context.Context, tx tenants.Tx, a *about) (bool, error) {
	if a.ContactID.IsZero() {
		return false, nil
	}
	earlier, err := automaticTo(ctx, tx.ReadTx, a.ContactID, a.Address, tx.Now().Add(-email.Gentle.Window-email.Gentle.Silence))
	if err != nil {
		return false, err
	}
	ok, _ := email.Gentle.MaySend(earlier, tx.Now())
	return !ok, nil
}

// Assigned tells a person that a ticket is theirs now, unless they took it themselves.
func (n *Notify) Assigned(ctx context.Context, w *jobs.Work) error {
	return n.tellAssignee(ctx, w, "assigned", func(a *about) bool { return a.Fact.ActorID != a.AssigneeID.Any() })
}

// ClientReplied tells the assignee that the client wrote.
func (n *Notify) ClientReplied(ctx context.Context, w *jobs.Work) error {
	return n.tellAssignee(ctx, w, "replied", func(*about) bool { return true })
}

// Resumed tells the assignee that a pause is over.
func (n *Notify) Resumed(ctx context.Context, w *jobs.Work) error {
	return n.tellAssignee(ctx, w, "resumed", func(*about) bool { return true })
}

func (n *Notify) tellAssignee(ctx context.Context, w *jobs.Work, kind string, wanted func(a *about) bool) error {
	return n.write(ctx, w, func(_ context.Context, _ tenants.Tx, a *about) (string, notice, error) {
		if a.AssigneeEmail == "" || !wanted(a) {
			return "", notice{}, nil
		}
		return a.AssigneeEmail, notice{Kind: kind, To: []tickets.Recipient{{Name: a.Assignee, Address: a.AssigneeEmail}}}, nil
	})
}

// language is the reader's: the contact's wish, the language the ticket was
// written in, the tenant's first.
func (a *about) language(t tenants.Tenant) string {
	if a.ContactLanguage != "" {
		return t.Language(a.ContactLanguage)
	}
	return t.Language(a.Language)
}
