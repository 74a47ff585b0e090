package tickets

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Open describes a ticket to be.
type Open struct {
	Subject string
	Text    string
	Format  Format
	// Type empty is the tenant's first public one.
	Type string
	// Priority 0 is normal (3). Clients do not choose it.
	Priority int
	Channel  string
	// Contact is whose request it is. When the actor is a contact it is that one.
	Contact desk.ContactID
	// Company is needed only where there is no contact: the contact brings its own.
	Company  desk.CompanyID
	Language string
	Group    string
	Fields   map[string]any
	Tags     []string
	Uploads  []desk.FileID
	// Message is the stored mail this was made from; Quoted what it quotes.
	Message desk.MessageID
	Quoted  string
	// Cc are contacts who get copies.
	Cc []desk.ContactID
	// Follows is the closed ticket this one goes on from, "related" to it.
	Follows desk.TicketID
	// ID may be given beforehand, so that files find their place before the ticket is there.
	ID  desk.TicketID
	Key *tenants.Key
}

// Validate names every wrong field that can be told without the tenant's settings.
func (in *Open) Validate() []desk.FieldError {
	in.Subject = oneLine(in.Subject)
	wrong := text("subject", in.Subject, 1, maxSubject)
	wrong = append(wrong, text("text", in.Text, 0, maxBody)...)
	if in.Priority < 0 || in.Priority > 4 {
		wrong = append(wrong, desk.Field("priority", desk.Maximum, "max", 4))
	}
	tags, bad := tidyTags(in.Tags)
	in.Tags = tags
	return append(wrong, bad...)
}

// Open makes a ticket with its first comment, its facts and its place in the
// worklist, in one statement: with the unit's begin and commit three round trips.
// Reactions to Opened see it before it is kept.
//
// Rights: ticket.open on the type; of a contact request.open, for itself, in a
// public type. Errors: NotFound, Denied, ValidationFailed; AlreadyExists for a
// twin with the same idempotency key.
func (t *Tickets) Open(ctx context.Context, tx tenants.Tx, in Open) (*Ticket, error) {
	client := tx.Actor().Kind == desk.ContactActor
	form, known, err := t.formFor(ctx, tx.ReadTx, in.Type, client)
	if err != nil {
		return nil, err
	}
	right, object := access.TicketOpen, access.Object{Type: form.Key}
	if client {
		right, object = access.RequestOpen, access.Object{}
	}
	if err := t.guard.Check(ctx, tx.ReadTx, right, object); err != nil {
		return nil, err
	}
	if client {
		in.Contact, in.Company, in.Channel, in.Priority = tx.Actor().Contact(), desk.CompanyID{}, Portal, 0
		in.Tags, in.Group, in.Follows = nil, "", desk.TicketID{}
		in.Language = tx.Tenant().Language(tx.Actor().Language)
	}
	wrong := in.Validate()
	if !known {
		wrong = append(wrong, desk.Field("type", desk.UnknownID))
	}
	flow, err := Workflow(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	c := opening(tx, in, form.Key, flow)
	by := filling{client: client, demand: everything}
	if in.Channel == Mail { // nobody was shown the form
		by.demand = nothing
	}
	fields, bad, err := fill(ctx, tx.ReadTx, form, &c.Ticket, in.Fields, by)
	if err != nil {
		return nil, err
	}
	if err := desk.Invalid(append(wrong, bad...)...); err != nil {
		return nil, err
	}
	c.Ticket.Fields = fields
	if err := t.attach(ctx, tx, in.Uploads, c.Ticket.ID, 1, false); err != nil {
		return nil, err
	}
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Ticket, nil
}

// opening is the pure part of Open, but for the answers.
func opening(tx tenants.Tx, in Open, typ string, flow settings.Workflow) *Change {
	if in.ID.IsZero() {
		in.ID = desk.NewTicketID(tx.Now())
	}
	if in.Priority == 0 {
		in.Priority = 3
	}
	if in.Channel == "" {
		in.Channel = API
	}
	first := flow.First()
	c := &Change{now: tx.Now(), actor: tx.Actor(), Key: in.Key}
	c.Ticket = Ticket{
		ID: in.ID, Category: first.Category, Status: first.Key, Priority: in.Priority, Type: typ, Channel: in.Channel,
		Subject: in.Subject, Tags: in.Tags, GroupKey: in.Group, Language: in.Language,
		ContactID: in.Contact, CompanyID: in.Company, CreatedBy: tx.Actor().User(),
		CreatedAt: tx.Now(), UpdatedAt: tx.Now(), WaitingSince: tx.Now(),
	}
	who := speaker(tx.Actor(), in.Contact)
	seq := c.RecordAs(who, FactOpened, true, Detail{Channel: in.Channel})
	c.Comments = append(c.Comments, Comment{
		Seq: seq, Format: in.Format, At: tx.Now(), AuthorID: who.ID, AuthorKind: authorKind(who), Channel: in.Channel,
		Body: in.Text, Message: in.Message, Data: CommentData{Quoted: in.Quoted},
	})
	if !in.Follows.IsZero() {
		c.Links = append(c.Links, Link{"related", in.Follows})
	}
	for _, cc := range in.Cc {
		c.Readers = append(c.Readers, Reader{Person: cc.Any(), Kind: desk.ContactActor, Copied: true})
	}
	return c
}

// speaker is who said it: an automaton that brings a contact's words lends its voice.
func speaker(actor desk.Actor, contact desk.ContactID) desk.Actor {
	if actor.Kind == desk.SystemActor && !contact.IsZero() {
		return desk.Actor{Kind: desk.ContactActor, ID: contact.Any()}
	}
	return actor
}

// formFor finds the form of a type; known is false when there is no such type
// for this actor. A tenant without any types has one without questions.
func (t *Tickets) formFor(ctx context.Context, tx tenants.ReadTx, key string, client bool) (form settings.Form, known bool, err error) {
	if key == "" {
		types, err := settings.Types.All(ctx, tx)
		if err != nil {
			return form, false, err
		}
		key = "request"
		if i := slicesIndexPublic(types); i >= 0 {
			key = types[i].Key
		} else if len(types) == 0 {
			return settings.Form{Key: key}, true, nil
		}
	}
	form, err = settings.FormOf(ctx, tx, key)
	if desk.Is(err, desk.NotFound) {
		return settings.Form{Key: key}, false, nil
	}
	if err != nil {
		return form, false, fmt.Errorf("read the form: %w", err)
	}
	return form, form.Type.Public || !client, nil
}

func slicesIndexPublic(types []settings.Published[settings.TicketType]) int {
	for i := range types {
		if types[i].Spec.Public {
			return i
		}
	}
	return -1
}

// attach puts uploads under a comment; without any it costs nothing.
func (t *Tickets) attach(ctx context.Context, tx tenants.Tx, uploads []desk.FileID, ticket desk.TicketID, seq int, internal bool) error {
	if len(uploads) == 0 {
		return nil
	}
	return t.uploads.Attach(ctx, tx, uploads, ticket.Any(), seq, internal)
}
