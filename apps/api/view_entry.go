package api

import (
	"cmp"
	"context"
	"strings"

	"manydesk/desk/macros"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Entry is one line of a ticket's timeline.
type Entry struct {
	Seq         int            `json:"seq"`
	At          Instant        `json:"at"`
	Kind        string         `json:"kind" enum:"comment,note,event"`
	Public      bool           `json:"public"`
	Author      Person         `json:"author"`
	Channel     Channel        `json:"channel,omitempty"`
	HTML        string         `json:"html,omitempty" doc:"Sanitised by the server"`
	Text        string         `json:"text,omitempty"`
	Quoted      *string        `json:"quoted,omitempty"`
	Files       []FileRef      `json:"files,omitempty"`
	State       *string        `json:"state,omitempty" enum:"held,queued,sent,delivered,failed,bounced"`
	HeldUntil   *Instant       `json:"held_until,omitempty"`
	To          []Address      `json:"to,omitempty"`
	OriginalURL *string        `json:"original_url,omitempty"`
	Event       *TimelineEvent `json:"event,omitempty"`
	Message     *string        `json:"message,omitempty" doc:"The letter that did not arrive, to be tried again"`
	Abilities   []string       `json:"abilities,omitempty"`
	location    string
}

// Location is where the entry is read.
func (e *Entry) Location() string { return e.location }

// TimelineEvent is what happened, for the client's catalogue to say.
type TimelineEvent struct {
	Type    string   `json:"type"`
	Changes []Change `json:"changes,omitempty"`
	Comment string   `json:"comment,omitempty"`
	Reason  string   `json:"reason,omitempty" doc:"Why it was given to somebody else, in their words"`
	Until   *Instant `json:"until,omitempty"`
	Rule    *string  `json:"rule,omitempty"`
	// Work is what the fact is about where it is a process, a stage or a task.
	Work *EventWork `json:"work,omitempty"`
}

// EventWork names a process, a stage or a task as it was called then.
type EventWork struct {
	Name  string  `json:"name"`
	Stage *string `json:"stage,omitempty" doc:"Key of the stage"`
}

// Change is one field before and after.
type Change struct {
	Field    string `json:"field"`
	From     any    `json:"from"`
	To       any    `json:"to"`
	FromName string `json:"from_name,omitempty"`
	ToName   string `json:"to_name,omitempty"`
}

// FileRef is a file under a comment.
type FileRef struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Mime    string  `json:"mime"`
	Size    int64   `json:"size"`
	Inline  bool    `json:"inline"`
	URL     string  `json:"url" doc:"Leads to a download that is signed for a minute"`
	Refused *string `json:"refused,omitempty"`
}

func (f *frame) timeline(ctx context.Context, tx tenants.ReadTx, kind string, p tickets.Page) (*Timeline, error) {
	held, err := f.abilities(ctx, tx, kind, access.TicketReply)
	if err != nil {
		return nil, err
	}
	t := &Timeline{Items: make([]Entry, len(p.Entries))}
	for i := range p.Entries {
		t.Items[i] = f.entry(tx, &p.Entries[i], len(held) > 0)
	}
	if p.More && len(p.Entries) > 0 {
		next := itoa(p.Entries[0].Seq)
		t.Next = &next
	}
	return t, nil
}

// entry shows one line. Whoever may reply may take back what is still held of
// their own, and try again what did not arrive.
func (f *frame) entry(tx tenants.ReadTx, e *tickets.Entry, mayReply bool) Entry {
	v := Entry{Seq: e.Seq, At: Instant(e.At), Kind: "event", Public: e.Public, Author: personOf(e.Author.Kind, e.Author.ID, e.Author.Name)}
	for _, file := range e.Files {
		v.Files = append(v.Files, f.file(&file))
	}
	c := e.Comment
	if c == nil {
		v.Event = f.event(e)
		return v
	}
	v.Kind, v.Channel = "comment", Channel(c.Channel)
	if c.Internal {
		v.Kind = "note"
	}
	v.HTML, v.Text = spoken(c, e.Files, f.files())
	v.Quoted, v.State, v.HeldUntil = orNil(c.Data.Quoted), orNil(c.State), at(c.HeldUntil)
	for _, to := range c.Data.To {
		v.To = append(v.To, Address{to.Address, to.Name})
	}
	if c.State == "held" && mayReply && c.AuthorID == tx.Actor().ID {
		v.Abilities = []string{"undo"}
	}
	if (c.State == "failed" || c.State == "bounced") && !c.Message.IsZero() {
		v.Message = orNil(c.Message.String())
		if mayReply {
			v.Abilities = []string{"retry"}
		}
	}
	if c.Channel == tickets.Mail && !c.Message.IsZero() && c.AuthorKind == "contact" {
		v.OriginalURL = orNil("/v1/tenants/" + f.tenant.Slug + "/messages/" + c.Message.String() + "/original")
	}
	return v
}

func (f *frame) event(e *tickets.Entry) *TimelineEvent {
	v := &TimelineEvent{Type: e.Type, Comment: e.Detail.Comment, Reason: e.Detail.Reason, Until: at(e.Detail.Until), Rule: orNil(f.ruleName(e.Detail.Rule))}
	if e.Type == tickets.FactRouted {
		v.Rule = orNil(f.routeName(e.Detail.Rule))
	}
	if e.Type == macros.FactApplied {
		v.Rule = orNil(cmp.Or(f.macros[e.Detail.Rule].In(f.language), e.Detail.Text))
	}
	if w := e.Detail.Work; w != nil {
		v.Work = &EventWork{cmp.Or(w.Name.In(f.language), w.Title), orNil(w.Stage)}
	}
	for _, ch := range e.Detail.Changes {
		c := Change(ch)
		if ch.Field == "status" {
			c.FromName, c.ToName = f.statusName(ch.From, ch.FromName), f.statusName(ch.To, ch.ToName)
		}
		if ch.Field == "group" || ch.Field == "task.group" {
			c.FromName, c.ToName = f.groupName(ch.From, ch.FromName), f.groupName(ch.To, ch.ToName)
		}
		v.Changes = append(v.Changes, c)
	}
	return v
}

// ruleName is what the tenant calls an escalation now; of one that is gone its key.
func (f *frame) ruleName(rule string) string {
	key, _, _ := strings.Cut(rule, "@")
	if name, ok := f.rules[key]; ok {
		return name.In(f.language)
	}
	return key
}

// routeName is what the tenant calls a rule of routing now; of one that is gone nothing.
func (f *frame) routeName(key string) string { return f.routes[key].In(f.language) }

// groupName is a group in the reader's language, or as it was called then.
func (f *frame) groupName(key any, then string) string {
	k, _ := key.(string)
	if name, ok := f.groups[k]; ok {
		return name.In(f.language)
	}
	return then
}

// statusName is a status in the reader's language, or as it was called then.
func (f *frame) statusName(key any, then string) string {
	k, _ := key.(string)
	if s, ok := f.flow.Status(k); ok {
		return s.Name.In(f.language)
	}
	return then
}

func (f *frame) file(file *tickets.File) FileRef {
	return FileRef{
		ID: file.ID.String(), Name: file.Name, Mime: file.Mime, Size: file.Size, Inline: file.Inline, Refused: orNil(file.Refused),
		URL: f.files() + file.ID.String(),
	}
}

// files is where the tenant's files are asked for.
func (f *frame) files() string { return "/v1/tenants/" + f.tenant.Slug + "/files/" }
