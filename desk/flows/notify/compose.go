package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/channels/post"
	"manydesk/desk/flows/notify/letters"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// compose makes the letter of a row: frozen recipients, the tenant's sender, the
// headers by which an answer finds its way back. The same row gives the same
// Message-ID however often it is composed.
func (n *Notify) compose(ctx context.Context, tx tenants.ReadTx, m *post.Message, a *about) (email.Letter, error) {
	var data notice
	if err := json.Unmarshal(m.Data, &data); err != nil {
		return email.Letter{}, fmt.Errorf("decode the row: %w", err)
	}
	tenant := tx.Tenant()
	signer, err := n.signer(ctx, tenant)
	if err != nil {
		return email.Letter{}, err
	}
	if data.Language == "" {
		data.Language = a.language(tenant)
	}
	from, err := n.from(ctx, tx, data.Language)
	if err != nil {
		return email.Letter{}, err
	}
	token := email.Token{Ticket: a.ID, Seq: m.Seq}
	l := email.Letter{
		From: from, Mailbox: from.Email, To: addresses(data.To), Cc: addresses(data.Cc), Date: m.At, Automatic: data.Kind != "",
		MessageID: signer.MessageID(token, m.ID.UUID()[:8]+m.ID.UUID()[24:], domainOf(from.Email)),
		ReplyTo:   []email.Address{{Name: from.Name, Email: signer.Address(from.Email, token)}},
	}
	l.Envelope = l.ReplyTo[0].Email
	if l.References, err = thread(ctx, tx, a.ID, m.ID); err != nil {
		return l, err
	}
	if len(l.References) > 0 {
		l.InReplyTo = l.References[len(l.References)-1]
	}
	files, err := n.attach(ctx, tx, &l, a, m, data)
	if err != nil {
		return l, err
	}
	in, err := n.words(ctx, tx, a, data, signer, files)
	if err != nil {
		return l, err
	}
	rendered, err := letters.Render(in)
	if err != nil {
		return l, fmt.Errorf("render: %w", err)
	}
	l.Subject, l.HTML, l.Text = rendered.Subject, rendered.HTML, rendered.Text
	return l, nil
}

// words fill the letter's form from what is known of the ticket.
func (n *Notify) words(ctx context.Context, tx tenants.ReadTx, a *about, data notice, signer email.Signer, files []string) (letters.Letter, error) {
	tenant := tx.Tenant()
	in := n.brand(tenant, data.Language)
	in.Zone, in.Now, in.Files = zone(a.ContactZone, tenant.TimeZone), tx.Now(), files
	in.Ref, in.Subject = tenant.Ref(a.Number), a.Subject
	in.Mark = signer.Mark(in.Ref)
	in.Link = n.links.Portal(tenant, "/requests/"+in.Ref)
	in.Kind = kindOf(data.Kind, a)
	if a.Comment.Body != "" {
		in.Message = letters.Message{Author: a.Comment.Author, At: a.Fact.At}
		if a.Comment.Format == tickets.HTML {
			in.Message.HTML = a.Comment.Body
		} else {
			in.Message.Text = a.Comment.Body
		}
	}
	switch in.Kind {
	case letters.NeedsInfo:
		in.Until = a.ResumeAt
	case letters.Resolved, letters.Closed:
		word, err := n.links.Rating(ctx, tenant, a.ID)
		if err != nil {
			return in, err
		}
		in.RatingLink = n.links.Portal(tenant, "/rate/"+word)
		if in.Kind == letters.Resolved {
			in.ReopenLink = in.Link
			if !a.ResolvedAt.IsZero() {
				in.Took = a.ResolvedAt.Sub(a.CreatedAt).Round(time.Minute)
			}
		}
	case letters.Assigned, letters.ClientReplied, letters.Resumed:
		in.Link = n.links.Console("/t/" + tenant.Slug + "/tickets/" + in.Ref)
		in.Client, in.Mark = a.Contact, ""
	case letters.Escalated:
		in.Link = n.links.Console("/t/" + tenant.Slug + "/tickets/" + in.Ref)
		in.Client, in.Mark, in.Promise, in.Due = a.Contact, "", a.Fact.Detail.Code, a.dueOf(a.Fact.Detail.Code)
		in.Message = letters.Message{}
	case letters.Triggered:
		in.Link = n.links.Console("/t/" + tenant.Slug + "/tickets/" + in.Ref)
		in.Client, in.Mark, in.Title, in.Message = a.Contact, "", data.Title, letters.Message{}
	case letters.Received:
		in.ReplyBy, in.ResolveBy = a.FirstDueAt, a.ResolveDueAt
	case letters.Reply:
	case letters.SignIn, letters.Invitation, letters.PasswordReset, letters.Returned:
		// These are not about a ticket; letIn and Digest compose them.
	}
	return in, nil
}

// kindOf names the letter: a notice says it itself; an answer is a question
// while the ticket waits for the client, and the solution when it came with it.
func kindOf(kind string, a *about) letters.Kind {
	switch kind {
	case "":
	case "replied":
		return letters.ClientReplied
	default:
		return letters.Kind(kind)
	}
	switch a.Category {
	case tickets.CategoryPending:
		return letters.NeedsInfo
	case tickets.CategoryResolved:
		return letters.Resolved
	case tickets.CategoryOpen, tickets.CategoryInProgress, tickets.CategoryClosed:
	}
	return letters.Reply
}

// brand is in whose name letters speak; a tenant of none is the installation.
func (n *Notify) brand(t tenants.Tenant, language string) letters.Letter {
	l := letters.Letter{Language: language, Now: n.house.Clock()(), Zone: zone("", t.TimeZone)}
	l.Brand.Name = "Manydesk"
	if t.ID != 0 {
		l.Brand.Name = t.Name
		l.Brand.Light, l.Brand.Dark = letters.Accent(t.Look.Light), letters.Accent(t.Look.Dark)
	}
	return l
}

// attach puts the files of the comment on the letter. Beyond twenty megabytes
// they stay behind their link: mail servers refuse more.
func (n *Notify) attach(ctx context.Context, tx tenants.ReadTx, l *email.Letter, a *about, m *post.Message, data notice) ([]string, error) {
	if data.Kind != "" && data.Kind != "received" || m.Seq == 0 {
		return nil, nil
	}
	files, err := n.files.Under(ctx, tx, a.ID.Any(), m.Seq)
	if err != nil {
		return nil, fmt.Errorf("list the files: %w", err)
	}
	var names []string
	left := int64(20 << 20)
	for _, f := range files {
		if !f.Inline {
			names = append(names, f.Name)
		}
		if data.Kind != "" || f.Size > left {
			continue
		}
		left -= f.Size
		part := email.File{Name: f.Name, Type: f.Type, ContentID: f.ContentID, Open: f.Open}
		if f.Inline && f.ContentID != "" {
			l.Inline = append(l.Inline, part)
		} else {
			l.Attachments = append(l.Attachments, part)
		}
	}
	return names, nil
}

// thread are the ids of what was said before, oldest first, as mail programs
// build their threads; the last twenty are enough for all of them.
func thread(ctx context.Context, tx tenants.ReadTx, ticket desk.TicketID, but desk.MessageID) ([]string, error) {
	var rows []struct{ ExternalID string }
	err := tx.Query(ctx, &rows, `select x.external_id from (select m.external_id, m.id from ?tenant.messages m where m.subject_id = $1 and m.channel = 'mail'
		and m.external_id is not null and m.id <> $2 order by m.id desc limit 20) x order by x.id`, ticket, but)
	if err != nil {
		return nil, fmt.Errorf("read the thread: %w", err)
	}
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		if email.IsMessageID(r.ExternalID) {
			ids = append(ids, r.ExternalID)
		}
	}
	return ids, nil
}

func addresses(all []tickets.Recipient) []email.Address {
	out := make([]email.Address, len(all))
	for i, r := range all {
		out[i] = email.Address{Name: r.Name, Email: r.Address}
	}
	return out
}

func zone(names ...string) *time.Location {
	for _, name := range names {
		if l, err := time.LoadLocation(name); name != "" && err == nil {
			return l
		}
	}
	return time.UTC
}

// domainOf is what stands after the @.
func domainOf(address string) string {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == '@' {
			return address[i+1:]
		}
	}
	return address
}

// Retry queues a letter that failed once more.
//
// Rights: the caller's, checked before. Errors: NotFound; InUse for one that is
// not failed or bounced.
func (n *Notify) Retry(ctx context.Context, tx tenants.Tx, id desk.MessageID) (desk.Job, error) {
	m, err := post.Load(ctx, tx.ReadTx, id)
	if err != nil {
		return desk.Job{}, err
	}
	if m.Direction != "out" || m.State != post.Failed && m.State != post.Bounced {
		return desk.Job{}, desk.Refuse(desk.InUse, "where", string(m.State))
	}
	if err := post.Settle(ctx, tx, post.Settled{ID: id, State: post.Queued}); err != nil {
		return desk.Job{}, err
	}
	return sending(m), nil
}
