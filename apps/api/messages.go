package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"

	"manydesk/desk"
	"manydesk/desk/channels/post"
	"manydesk/desk/flows/intake"
	"manydesk/desk/flows/webhooks"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// MailMessage is a letter that did not arrive, or that waits to be looked at.
type MailMessage struct {
	ID        string   `json:"id"`
	At        Instant  `json:"at"`
	Direction string   `json:"direction" enum:"in,out"`
	State     string   `json:"state"`
	From      string   `json:"from"`
	To        []string `json:"to"`
	Subject   string   `json:"subject"`
	Reason    *string  `json:"reason"`
	Ticket    *string  `json:"ticket"`
	Tries     int      `json:"tries"`
	Abilities []string `json:"abilities"`
}

type messagesIn struct {
	Cursor string `query:"cursor" maxLength:"2000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"50" default:"50"`
	State  string `query:"state" enum:"failed,quarantined" default:"failed"`
}

var troubles = map[string][]post.State{
	"failed":      {post.Failed, post.Bounced},
	"quarantined": {post.Quarantined},
}

func (a *App) messageRoutes(r *Routes) {
	const at = "/v1/tenants/{tenant}/messages"
	view(r, "GET "+at, Op{ID: "listMessages", Tag: "Mail", Summary: "Letters in trouble, newest first", Needs: []access.Permission{access.SettingsRead}}, a.messages)
	view(r, "GET "+at+"/{id}", Op{ID: "readMessage", Tag: "Mail", Summary: "One letter", Needs: []access.Permission{access.SettingsRead, access.TicketRead}},
		func(ctx context.Context, tx tenants.ReadTx, in *IDPath) (*MailMessage, error) {
			m, err := a.message(ctx, tx, in.ID)
			if err != nil {
				return nil, err
			}
			seen, err := a.Tickets.Several(ctx, tx, ticketsOf(*m))
			if err != nil {
				return nil, err
			}
			v := messageView(tx, m, seen)
			return &v, nil
		})
	act(r, "POST "+at+"/{id}/retry", Op{ID: "retryMessage", Tag: "Mail", Summary: "Try a letter again", Needs: []access.Permission{access.SettingsEdit, access.TicketReply}, Errors: []desk.Code{desk.InUse}}, a.retryMessage)
	carry(r, "GET "+at+"/{id}/original", Op{ID: "readOriginal", Tag: "Mail", Summary: "The letter as it came", Needs: []access.Permission{access.SettingsRead, access.TicketRead}, Bytes: "message/rfc822"}, a.original)
}

func messageID(s string) (desk.MessageID, error) {
	var id desk.MessageID
	if id.UnmarshalText([]byte(s)) != nil || id.IsZero() {
		return id, desk.Missing()
	}
	return id, nil
}

// message reads a letter that the actor may see: on a ticket that they may see,
// or, for one that belongs nowhere yet, with the right to the settings.
func (a *App) message(ctx context.Context, tx tenants.ReadTx, s string) (*post.Message, error) {
	id, err := messageID(s)
	if err != nil {
		return nil, err
	}
	m, err := post.Load(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if !m.SubjectID.IsZero() {
		if _, err := a.Tickets.Get(ctx, tx, tickets.ID(desk.TicketID(m.SubjectID))); err == nil || !hidden(err) {
			return m, err
		}
	}
	if err := a.Guard.Check(ctx, tx, access.SettingsRead, anyObject); err != nil {
		return nil, desk.Missing()
	}
	return m, nil
}

func (a *App) messages(ctx context.Context, tx tenants.ReadTx, in *messagesIn) (*Page[MailMessage], error) {
	where := scope{tx.Tenant().ID, tx.Actor().ID, "messages", in.State}
	var before desk.MessageID
	if in.Cursor != "" {
		if err := a.cursors.open(ctx, where, in.Cursor, &before); err != nil {
			return nil, err
		}
	}
	found, err := post.Trouble(ctx, tx, troubles[in.State], before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	page := &Page[MailMessage]{}
	if len(found) > in.Limit {
		found = found[:in.Limit]
		if page.Next, err = a.cursors.seal(ctx, where, found[in.Limit-1].ID); err != nil {
			return nil, err
		}
	}
	seen, err := a.Tickets.Several(ctx, tx, ticketsOf(found...))
	if err != nil {
		return nil, err
	}
	for i := range found {
		page.Items = append(page.Items, messageView(tx, &found[i], seen))
	}
	return page, nil
}

// ticketsOf are those that letters are about.
func ticketsOf(letters ...post.Message) (ids []desk.TicketID) {
	for i := range letters {
		if id := desk.TicketID(letters[i].SubjectID); !id.IsZero() && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// messageView shows a letter; its ticket only to whoever may see it: one of seen.
func messageView(tx tenants.ReadTx, m *post.Message, seen map[desk.TicketID]tickets.Ticket) MailMessage {
	var data struct {
		Subject string              `json:"subject"`
		To      []tickets.Recipient `json:"to"`
	}
	if json.Unmarshal(m.Data, &data) != nil {
		data.To = nil
	}
	v := MailMessage{ID: m.ID.String(), At: Instant(m.At), Direction: m.Direction, State: string(m.State), Subject: data.Subject, Tries: m.Tries, Reason: orNil(m.Error)}
	if v.Reason == nil {
		v.Reason = orNil(m.Code)
	}
	if m.Direction == "in" {
		v.From, v.To = m.Address, []string{m.Account}
	} else {
		for _, to := range data.To {
			v.To = append(v.To, to.Address)
		}
		if len(v.To) == 0 && m.Address != "" {
			v.To = []string{m.Address}
		}
	}
	if t, visible := seen[desk.TicketID(m.SubjectID)]; visible {
		v.Ticket = orNil(tx.Tenant().Ref(t.Number))
		if v.Subject == "" {
			v.Subject = t.Subject
		}
	}
	if retriable(m) {
		v.Abilities = []string{"retry"}
	}
	return v
}

func retriable(m *post.Message) bool {
	return m.State == post.Failed || m.State == post.Bounced || m.State == post.Quarantined
}

// retryMessage gives a failed answer to the mail lane again, or lets a letter in
// quarantine be read again.
func (a *App) retryMessage(ctx context.Context, tx tenants.Tx, in *IDPath) (*MailMessage, error) {
	m, err := a.message(ctx, tx.ReadTx, in.ID)
	if err != nil {
		return nil, err
	}
	if m.Channel == webhooks.Channel {
		return nil, desk.Missing() // calls of systems have a log of their own
	}
	if !retriable(m) {
		return nil, desk.Refuse(desk.InUse, "where", string(m.State))
	}
	job, state := desk.Job{Name: intake.Job, Lane: desk.Default, Subject: m.ID.Any()}, post.Stored
	right := access.SettingsEdit
	if m.Direction == "out" {
		right, state = access.TicketReply, post.Queued
		data, err := json.Marshal(map[string]string{"message": m.ID.String()})
		if err != nil {
			return nil, err
		}
		job = desk.Job{Name: tickets.JobSend, Lane: desk.MailLane, Subject: m.SubjectID, Seq: m.Seq, Data: data}
	}
	if err := a.Guard.Check(ctx, tx.ReadTx, right, anyObject); err != nil {
		return nil, err
	}
	if err := post.Settle(ctx, tx, post.Settled{ID: m.ID, State: state}); err != nil {
		return nil, err
	}
	if err := jobs.Enqueue(ctx, tx, job); err != nil {
		return nil, err
	}
	m.State, m.Error, m.Code = state, "", ""
	seen, err := a.Tickets.Several(ctx, tx.ReadTx, ticketsOf(*m))
	if err != nil {
		return nil, err
	}
	v := messageView(tx.ReadTx, m, seen)
	return &v, nil
}

// original sends a letter as it came, to be saved and never shown.
func (a *App) original(ctx context.Context, c Caller, in *IDPath, _ io.Reader, w *Answer) error {
	m, err := a.message(ctx, a.house.Reader(c.Tenant, c.Actor), in.ID)
	if err != nil {
		return err
	}
	if len(m.Raw) == 0 {
		return desk.Missing()
	}
	w.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	w.Set("Content-Disposition", disposition(m.ID.String()+".eml"))
	w.Status = http.StatusOK
	w.whole("message/rfc822", m.Raw)
	return nil
}
