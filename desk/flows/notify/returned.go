package notify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/flows/notify/letters"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// JobDigest sends one person the letter of a cause.
const JobDigest = "notify.digest"

// cause is why tickets came back: the data of the jobs that lead to Returned.
type cause struct {
	Cause  string         `json:"cause"`
	Person desk.UserID    `json:"person,omitzero"`
	Group  string         `json:"group,omitempty"`
	Vendor desk.CompanyID `json:"vendor,omitzero"`
	Since  time.Time      `json:"since"`
}

// digest is the letter of a cause to one person.
type digest struct {
	cause
	To    desk.UserID `json:"to"`
	Refs  []string    `json:"refs"`
	Count int         `json:"count"`
}

// mostRefs is how many tickets a digest names.
const mostRefs = 10

// Returned tells those who hand out work that tickets came back to nobody: one
// letter of a cause to each dispatcher, and to owners and administrators where
// there is none. What somebody has taken meanwhile is not told; nothing left,
// nothing told. The letters are queued in the unit that closes the job, so that
// each is queued once whatever dies.
func (n *Notify) Returned(ctx context.Context, w *jobs.Work) error {
	var c cause
	if err := json.Unmarshal(w.Data, &c); err != nil {
		return jobs.Never(fmt.Errorf("read why tickets came back: %w", err))
	}
	return n.house.Do(ctx, w.Tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil {
			return err
		}
		d := digest{cause: c}
		if err := d.read(ctx, tx.ReadTx); err != nil || d.Count == 0 {
			return err
		}
		people, err := dispatchers(ctx, tx.ReadTx, c.Person)
		if err != nil {
			return err
		}
		for _, p := range people {
			d.To = p.ID
			data, err := json.Marshal(d)
			if err != nil {
				return fmt.Errorf("encode a digest: %w", err)
			}
			letter := desk.NewMessageID(tx.Now())
			if err := jobs.Enqueue(ctx, tx, desk.Job{Name: JobDigest, Lane: desk.MailLane, Subject: letter.Any(), Data: data}); err != nil {
				return err
			}
		}
		return nil
	})
}

// read finds the tickets that came back by the cause and that nobody has now.
func (d *digest) read(ctx context.Context, tx tenants.ReadTx) error {
	came := map[string]any{"field": "assignee", "from": d.Person.String(), "to": nil}
	if !d.Vendor.IsZero() {
		came = map[string]any{"field": "vendor", "from": d.Vendor.String()}
	}
	change, err := json.Marshal([]any{came})
	if err != nil {
		return fmt.Errorf("encode a change: %w", err)
	}
	var rows []struct{ Number int64 }
	err = tx.Query(ctx, &rows, `select distinct i.number from ?tenant.facts f join manydesk.ticket_index i on i.tenant_id = $1 and i.ticket_id = f.subject_id and i.assignee_id is null
		where f.at >= $2 and f.type in ('ticket.routed', 'ticket.assigned') and f.data->'changes' @> $3::jsonb and ($4 = '' or i.group_key = $4) order by i.number`,
		int32(tx.Tenant().ID), d.Since, string(change), d.Group)
	if err != nil {
		return fmt.Errorf("find what came back: %w", err)
	}
	d.Count = len(rows)
	for _, r := range rows[:min(len(rows), mostRefs)] {
		d.Refs = append(d.Refs, tx.Tenant().Ref(r.Number))
	}
	return nil
}

// dispatchers are those whose work it is to hand out what nobody has, but for
// the one it came from.
func dispatchers(ctx context.Context, tx tenants.ReadTx, but desk.UserID) ([]staff.Member, error) {
	for _, roles := range [][]string{{access.Dispatcher}, {access.Owner, access.Admin}} {
		all, err := staff.Reached(ctx, tx, nil, roles)
		if err != nil {
			return nil, err
		}
		var people []staff.Member
		for _, m := range all {
			if m.ID != but && m.Vendor.IsZero() {
				people = append(people, m)
			}
		}
		if len(people) > 0 {
			return people, nil
		}
	}
	return nil, nil
}

// Digest sends one letter that Returned queued. A crash after the server's word
// sends it again under the same Message-ID, which mail programs show once; whoever
// works here no more gets none.
func (n *Notify) Digest(ctx context.Context, w *jobs.Work) error {
	var d digest
	if err := json.Unmarshal(w.Data, &d); err != nil {
		return jobs.Never(fmt.Errorf("read a digest: %w", err))
	}
	tx := n.house.Reader(w.Tenant, actor)
	people, err := staff.Reached(ctx, tx, []desk.UserID{d.To}, nil)
	if err != nil || len(people) == 0 {
		return errors.Join(err, n.close(ctx, w, nil))
	}
	to, language := people[0], ""
	if err := tx.QueryRow(ctx, "select coalesce(max(language), '') from manydesk.users where id = $1", []any{d.To}, &language); err != nil {
		return fmt.Errorf("read a person's language: %w", err)
	}
	in := n.brand(w.Tenant, w.Tenant.Language(language))
	in.Kind, in.Link = letters.Returned, n.links.Console("/t/"+w.Tenant.Slug+"/distribution")
	in.Cause, in.Refs, in.Count = d.Cause, d.Refs, d.Count
	if in.Who, err = d.who(ctx, tx, in.Language); err != nil {
		return err
	}
	rendered, err := letters.Render(in)
	if err != nil {
		return jobs.Never(fmt.Errorf("render: %w", err))
	}
	from, err := n.from(ctx, tx, in.Language)
	if err != nil {
		return err
	}
	_, err = n.sender.Send(ctx, email.Letter{
		From: from, To: []email.Address{{Name: to.Name, Email: to.Email}}, Subject: rendered.Subject, Text: rendered.Text, HTML: rendered.HTML,
		Date: w.Created, MessageID: "digest." + w.Subject.UUID() + "@" + domainOf(from.Email), Mailbox: from.Email, Automatic: true,
	})
	var failed *email.SendError
	switch {
	case err == nil:
		return n.close(ctx, w, nil)
	case errors.As(err, &failed) && failed.Temporary:
		return jobs.Later(wait(w.Tries), failed)
	case errors.As(err, &failed):
		return jobs.Never(failed)
	}
	return err
}

// who is the person, group or vendor of the cause, as people call it.
func (d *digest) who(ctx context.Context, tx tenants.ReadTx, language string) (string, error) {
	switch {
	case d.Group != "":
		group, err := settings.Groups.Live(ctx, tx, d.Group)
		if desk.Is(err, desk.NotFound) {
			return d.Group, nil
		}
		return group.Spec.Name.In(language), err
	case !d.Vendor.IsZero():
		var name string
		err := tx.QueryRow(ctx, "select coalesce(max(name), '') from ?tenant.companies where id = $1", []any{d.Vendor}, &name)
		return name, err
	}
	names, err := staff.Names(ctx, tx, d.Person)
	return names[d.Person], err
}
