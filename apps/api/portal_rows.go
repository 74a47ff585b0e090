package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// asked bounds how many rows of one page carry the question that is asked of
// the client: each needs a look into its conversation.
const asked = 10

// requestRow shows a ticket to its client.
func (f *frame) requestRow(r *tickets.Row, own bool) RequestRow {
	state, step := stateOf(settings.Category(r.Category), !r.AssigneeID.IsZero())
	v := RequestRow{
		Ref: f.tenant.Ref(r.Number), Number: r.Number, Subject: r.Subject, State: state, Step: step,
		Sentence: sentence(f.language, state, r.Assignee), UpdatedAt: Instant(r.UpdatedAt), CreatedAt: Instant(r.CreatedAt),
	}
	if r.Rating > 0 {
		v.Rating = &r.Rating
	}
	for _, s := range stepNames {
		v.Steps = append(v.Steps, Step{Key: s.key, Name: say(f.language, [2]string{s.ru, s.en})})
	}
	v.Steps[0].At, v.Steps[3].At, v.Steps[4].At = at(r.CreatedAt), at(r.ResolvedAt), at(r.ClosedAt)
	if state == "waiting" {
		v.Waiting = &Waiting{From: r.Assignee, Until: at(r.ResumeAt)}
	}
	if state != "closed" {
		v.Abilities = append(v.Abilities, "reply", "confirm")
	}
	if state == "resolved" {
		v.Abilities = append(v.Abilities, "reopen")
	}
	if own && (state == "resolved" || state == "closed") {
		v.Abilities = append(v.Abilities, "rate")
	}
	return v
}

// requestRows shows a page of tickets with what is asked of the client in them.
func (f *frame) requestRows(ctx context.Context, tx tenants.ReadTx, rows []tickets.Row) ([]RequestRow, error) {
	out := make([]RequestRow, len(rows))
	left := asked
	for i := range rows {
		out[i] = f.requestRow(&rows[i], rows[i].ContactID == tx.Actor().Contact())
		if out[i].Waiting == nil || left == 0 {
			continue
		}
		left--
		p, err := f.app.Tickets.Timeline(ctx, tx, tickets.TimelineQuery{Ticket: tickets.ID(rows[i].ID), Kind: "comment", Limit: 10})
		if err != nil && !desk.Is(err, desk.NotFound) {
			return nil, err
		}
		f.question(out[i].Waiting, p.Entries)
	}
	return out, nil
}

// question is the last thing said by the staff.
func (f *frame) question(w *Waiting, entries []tickets.Entry) {
	for i := len(entries) - 1; i >= 0; i-- {
		e := &entries[i]
		if e.Comment == nil || e.Author.Kind == "contact" {
			continue
		}
		w.Question, w.From = plainText(e.Comment), e.Author.Name
		return
	}
}

// thread shows the conversation, the request's own text first.
func (f *frame) thread(tx tenants.ReadTx, entries []tickets.Entry) []ThreadEntry {
	var out []ThreadEntry
	for i := range entries {
		e := &entries[i]
		if e.Comment == nil {
			if said := f.eventSentence(e); said != "" {
				out = append(out, ThreadEntry{Seq: e.Seq, At: Instant(e.At), Kind: "event", Event: said})
			}
			continue
		}
		out = append(out, f.threadEntry(tx, e))
	}
	return out
}

func (f *frame) threadEntry(tx tenants.ReadTx, e *tickets.Entry) ThreadEntry {
	t := ThreadEntry{Seq: e.Seq, At: Instant(e.At), Kind: "theirs", Author: &ThreadAuthor{e.Author.Name, initials(e.Author.Name)}}
	if e.Author.Kind == string(desk.ContactActor) {
		t.Kind = "colleague"
		if e.Author.ID == tx.Actor().ID {
			t.Kind = "mine"
		}
	}
	place := "/v1/portal/" + f.tenant.Slug + "/files/"
	t.HTML, t.Text = spoken(e.Comment, e.Files, place)
	for _, file := range e.Files {
		t.Files = append(t.Files, FileRef{
			ID: file.ID.String(), Name: file.Name, Mime: file.Mime, Size: file.Size, Inline: file.Inline, Refused: orNil(file.Refused),
			URL: place + file.ID.String(),
		})
	}
	return t
}
