package tickets

import (
	"context"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Move is where a ticket goes in the workflow.
type Move struct {
	To string
	// Until is when a paused ticket comes back.
	Until   time.Time
	Comment string
	// Fields are answers to what the form asks in that status, merged into those
	// there are.
	Fields map[string]any
}

// SetStatus is a Move of a ticket at a known version.
type SetStatus struct {
	Ticket  Ref
	Version int
	Move
}

// SetStatus moves a ticket in its workflow. The same status again is no change,
// but for a new Until of a pause. Required questions that the new status makes
// the form ask must be answered with it, whoever moves the ticket: a person,
// several at once, a trigger. What clients, timers and incoming mail bring about
// (Reopen, Confirm, Resume) waits for no form.
//
// Rights: ticket.status; ticket.edit as well for answers to other questions than
// those. Errors: NotFound, Denied, ChangedMeanwhile; TransitionRefused,
// ClosedIsFinal, UntilRequired, CommentRequired; ValidationFailed on "to",
// "until", "comment", "fields/<key>".
func (t *Tickets) SetStatus(ctx context.Context, tx tenants.Tx, in SetStatus) (*Ticket, error) {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketStatus, f.object()); err != nil {
		return nil, err
	}
	touched := []string{"status"}
	for key := range in.Fields {
		touched = append(touched, "fields."+key)
	}
	if err := unchanged(ctx, tx, f, in.Version, touched...); err != nil {
		return nil, err
	}
	c := f.change(tx)
	if err := t.move(ctx, tx, c, in.Move, 0); err != nil {
		return nil, err
	}
	if len(c.Facts) == 0 {
		return &f.Ticket, nil
	}
	c.read()
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Ticket, nil
}

// move checks a way in the workflow and takes it. reply is the seq of the
// comment it comes with, 0 for none: such a comment is comment enough.
func (t *Tickets) move(ctx context.Context, tx tenants.Tx, c *Change, in Move, reply int) error {
	if reply != 0 {
		if err := t.guard.Check(ctx, tx.ReadTx, access.TicketStatus, c.Ticket.object()); err != nil {
			return err
		}
	}
	flow, err := Workflow(ctx, tx.ReadTx)
	if err != nil {
		return err
	}
	if bad := text("comment", in.Comment, 0, maxReason); bad != nil {
		return desk.Invalid(bad...)
	}
	to, err := step(&flow, c, in, reply != 0)
	stays := to.Key == c.Ticket.Status && in.Until.Equal(c.Ticket.ResumeAt)
	if err != nil || stays && len(in.Fields) == 0 {
		return err
	}
	answers, err := t.answered(ctx, tx, c, to.Key, in.Fields)
	if err != nil {
		return pointed(err, reply)
	}
	if !stays {
		c.walk(&flow, to, in, reply)
	}
	before := c.Ticket
	c.Ticket.Fields = answers
	if changes := differences(&before, &c.Ticket); len(changes) > 0 {
		c.Record(FactChanged, false, Detail{Changes: changes})
	}
	return nil
}

// walk takes a way in the workflow and records it.
func (c *Change) walk(flow *settings.Workflow, to settings.Status, in Move, reply int) {
	d := Detail{Comment: in.Comment, Until: in.Until, Reply: reply, Changes: []FieldChange{{Field: "status", From: c.Ticket.Status, To: to.Key}}}
	d.Reopened = c.Ticket.Category == CategoryResolved && Listed(to.Category)
	if to.Category != CategoryPending {
		d.Until = time.Time{}
	}
	c.enter(to, in.Until, closeAfter(flow))
	if to.Category == CategoryPending && reply != 0 {
		c.Comments[len(c.Comments)-1].Data.Asked = true
	}
	c.Record(FactStatusChanged, true, d)
}

// step finds the status and whether the way there is open.
func step(flow *settings.Workflow, c *Change, in Move, commented bool) (settings.Status, error) {
	from, to, language := c.Ticket.Status, in.To, c.actor.Language
	s, known := flow.Status(to)
	if !known {
		return s, desk.Invalid(desk.Field("to", desk.UnknownID))
	}
	_, way := flow.May(from, to)
	switch {
	case from == to && s.Category != CategoryPending:
		return s, nil
	case c.Ticket.Category == CategoryClosed:
		return s, desk.Refuse(desk.ClosedIsFinal)
	case from != to && !way:
		return s, refuseWay(flow, from, to, language)
	case s.Category == CategoryPending && in.Until.IsZero():
		return s, desk.Refuse(desk.UntilRequired)
	case s.Category == CategoryPending && !in.Until.After(c.now):
		return s, desk.Invalid(desk.Field("until", desk.InPast))
	case s.Category == CategoryPending && in.Until.After(c.now.AddDate(2, 0, 0)):
		return s, desk.Invalid(desk.Field("until", desk.Maximum, "max", "2 y"))
	case from != to && !commented && in.Comment == "" && flow.NeedsComment(from, to):
		return s, desk.Refuse(desk.CommentRequired)
	}
	return s, nil
}

// refuseWay says which way is not open, in the tenant's words for the two statuses.
func refuseWay(flow *settings.Workflow, from, to, language string) error {
	a, _ := flow.Status(from)
	b, _ := flow.Status(to)
	return desk.Refuse(desk.TransitionRefused, "from", a.Name.In(language), "to", b.Name.In(language))
}

func closeAfter(flow *settings.Workflow) time.Duration {
	return time.Duration(flow.CloseAfterDays) * 24 * time.Hour
}

// unchanged lets a change pass that was made against an older version if nobody
// has touched the same fields since. version 0 is not compared.
//
// Errors: ChangedMeanwhile with "current", the version there is, and "changes".
func unchanged(ctx context.Context, tx tenants.Tx, f *found, version int, fields ...string) error {
	if version == 0 || version == f.Version {
		return nil
	}
	since, err := changesSince(ctx, tx.ReadTx, f.ID, version)
	if err != nil {
		return err
	}
	for _, s := range since {
		for _, ch := range s.Detail.Changes {
			if slices.Contains(fields, ch.Field) {
				return desk.Refuse(desk.ChangedMeanwhile, "who", s.Author.Name, "what", called(ctx, tx.ReadTx, ch.Field)).
					With("current", f.Version).With("changes", since)
			}
		}
	}
	return nil
}
