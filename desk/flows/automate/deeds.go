package automate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/jobs"
	"manydesk/tenants"
)

// deeds are what is done about one ticket at once, by a trigger or a macro.
type deeds struct {
	flow   *Automate
	tx     tenants.Tx
	ticket *tickets.Ticket
	// name is what people call that which acts.
	name string
	// trigger is the one that acts, at the fact seq; none for a person's macro.
	trigger settings.Published[triggers.Trigger]
	seq     int
	// replies are those that a person's macro has prepared; nil sends them.
	replies *[]string
}

// do does an action. What the desk refuses (a status that cannot be reached, a
// person who is gone) is told in the deed and stops nothing; what fails stops all.
func (d *deeds) do(ctx context.Context, a triggers.Action) (triggers.Deed, error) {
	deed := triggers.Deed{Kind: a.Kind, Macro: a.Macro}
	err := d.act(ctx, a)
	var refused *desk.Error
	if errors.As(err, &refused) && refused.Code != desk.Internal {
		deed.Code = string(refused.Code)
		if len(refused.Fields) > 0 {
			deed.Detail = refused.Fields[0].Pointer
		}
		err = nil
	}
	return deed, err
}

func (d *deeds) act(ctx context.Context, a triggers.Action) error {
	ref, t := tickets.ID(d.ticket.ID), d.flow.tickets
	switch a.Kind {
	case triggers.Set:
		return d.set(ctx, ref, a)
	case triggers.Note:
		text, err := d.fill(ctx, a.Text, d.tx.Tenant().Language(""))
		if err != nil {
			return err
		}
		_, err = t.Note(ctx, d.tx, tickets.Note{Ticket: ref, Text: text})
		return err
	case triggers.Reply:
		return d.reply(ctx, ref, a)
	case triggers.Assign:
		in := tickets.Assign{Ticket: ref, To: a.Person}
		if a.Group != "" {
			in.Group = &a.Group
		}
		_, err := t.Assign(ctx, d.tx, in)
		return err
	case triggers.Route:
		_, err := d.flow.router.Route(ctx, d.tx, ref, d.name)
		return err
	case triggers.Tag:
		tags := tagged(d.ticket.Tags, a)
		made, err := t.Edit(ctx, d.tx, tickets.Edit{Ticket: ref, Tags: &tags})
		return d.now(made, err)
	case triggers.Status:
		_, err := t.SetStatus(ctx, d.tx, tickets.SetStatus{Ticket: ref, Move: tickets.Move{To: a.To, Comment: d.name, Until: d.until(a)}})
		return err
	case triggers.CreateTask:
		return d.task(ctx, ref, a)
	case triggers.Tell:
		return d.tell(ctx, a)
	case triggers.Webhook:
		return d.call(ctx, a)
	case triggers.ApplyMacro: // of a trigger alone, which tells its actions one by one
	}
	return desk.Refuse(desk.NotFound)
}

// until is so many hours from now; zero without them.
func (d *deeds) until(a triggers.Action) (at time.Time) {
	if a.UntilHours > 0 {
		at = d.tx.Now().Add(time.Duration(a.UntilHours) * time.Hour)
	}
	return at
}

// reply writes to the client; what a person's macro says is left for the person
// to send.
func (d *deeds) reply(ctx context.Context, ref tickets.Ref, a triggers.Action) error {
	text, err := d.fill(ctx, a.Text, d.language())
	if err != nil {
		return err
	}
	if d.replies != nil {
		*d.replies = append(*d.replies, text)
		return nil
	}
	_, err = d.flow.tickets.Reply(ctx, d.tx, tickets.Reply{Ticket: ref, Text: text, Anyway: true, Auto: true, Hold: -1})
	return err
}

func (d *deeds) set(ctx context.Context, ref tickets.Ref, a triggers.Action) error {
	word, _ := a.Value.(string)
	edit := tickets.Edit{Ticket: ref}
	switch field, own := strings.CutPrefix(a.Field, "fields."); {
	case own:
		edit.Fields = map[string]any{field: a.Value}
	case a.Field == "type":
		edit.Type = &word
	case a.Field == "subject":
		edit.Subject = &word
	case a.Field == "priority":
		to, _ := a.Value.(float64)
		made, err := d.flow.tickets.SetPriority(ctx, d.tx, tickets.SetPriority{Ticket: ref, Priority: int(to)})
		return d.now(made, err)
	}
	made, err := d.flow.tickets.Edit(ctx, d.tx, edit)
	return d.now(made, err)
}

// now keeps the ticket as an action left it, for the next one.
func (d *deeds) now(made *tickets.Ticket, err error) error {
	if err == nil {
		d.ticket = made
	}
	return err
}

func tagged(had []string, a triggers.Action) []string {
	same := func(x string) func(string) bool {
		return func(y string) bool { return strings.EqualFold(strings.TrimSpace(x), y) }
	}
	tags := slices.DeleteFunc(slices.Clone(had), func(t string) bool {
		return slices.ContainsFunc(a.Remove, func(gone string) bool { return same(gone)(t) })
	})
	for _, more := range a.Add {
		if !slices.ContainsFunc(tags, same(more)) {
			tags = append(tags, strings.TrimSpace(more))
		}
	}
	return tags
}

// told and called are the jobs that go on from here (desk/flows/notify, webhooks).
type told struct {
	Roles    []string      `json:"roles,omitempty"`
	People   []desk.UserID `json:"people,omitempty"`
	Assignee bool          `json:"assignee,omitempty"`
	Title    string        `json:"title"`
}

type called struct {
	URL     string         `json:"url"`
	Trigger string         `json:"trigger"`
	Version int            `json:"version"`
	On      triggers.Event `json:"on"`
	Seq     int            `json:"seq"`
	Chain   []string       `json:"chain"`
}

// The jobs that an action leaves.
const (
	JobTell    = "notify.triggered"
	JobWebhook = "webhooks.triggered"
)

func (d *deeds) tell(ctx context.Context, a triggers.Action) error {
	return d.leave(ctx, JobTell, desk.MailLane, told{a.Roles, a.People, a.Assignee, d.name})
}

func (d *deeds) call(ctx context.Context, a triggers.Action) error {
	return d.leave(ctx, JobWebhook, desk.Default, called{a.URL, d.trigger.Key, d.trigger.Version, d.trigger.Spec.On, d.seq, tickets.Chain(ctx)})
}

func (d *deeds) leave(ctx context.Context, name string, lane desk.Lane, data any) error {
	encoded, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("encode a job: %w", err)
	}
	return jobs.Enqueue(ctx, d.tx, desk.Job{Name: name, Lane: lane, Subject: d.ticket.ID.Any(), Seq: d.ticket.Version, Data: encoded})
}

// language is the client's, else the tenant's.
func (d *deeds) language() string {
	if d.ticket.Language != "" {
		return d.ticket.Language
	}
	return d.tx.Tenant().Language("")
}

// fill puts the ticket's own words into a text.
func (d *deeds) fill(ctx context.Context, text settings.Words, language string) (string, error) {
	own, err := Own(ctx, d.tx.ReadTx, d.ticket)
	if err != nil {
		return "", err
	}
	return own.Replace(text.In(language)), nil
}

// Own puts a ticket's own words in the place of {ref}, {subject} and {client}.
func Own(ctx context.Context, tx tenants.ReadTx, t *tickets.Ticket) (*strings.Replacer, error) {
	client, err := customers.NameOf(ctx, tx, t.ContactID)
	if err != nil {
		return nil, err
	}
	return strings.NewReplacer("{ref}", tx.Tenant().Ref(t.Number), "{subject}", t.Subject, "{client}", client), nil
}
