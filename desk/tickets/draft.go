package tickets

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Draft is what somebody is writing: a reply or a note, each apart. It is seen by
// its writer only.
type Draft struct {
	Kind    string // "reply" or "note"
	Body    string
	Uploads []desk.FileID
	// Base is the PublicSeq the writing began on.
	Base      int
	UpdatedAt time.Time
}

type draftBody struct {
	Text    string        `json:"text"`
	Uploads []desk.FileID `json:"uploads,omitempty"`
}

// SaveDraft keeps what the actor is writing.
//
// Rights: ticket.read. Errors: NotFound, ValidationFailed.
func (t *Tickets) SaveDraft(ctx context.Context, tx tenants.Tx, ticket Ref, d Draft) (*Draft, error) {
	f, err := find(ctx, tx.ReadTx, ticket)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketRead, f.object()); err != nil {
		return nil, err
	}
	wrong := text("text", d.Body, 0, maxBody)
	if d.Kind != "reply" && d.Kind != "note" {
		wrong = append(wrong, desk.Field("/path/kind", desk.OneOf, "of", "reply, note"))
	}
	if len(d.Uploads) > 50 {
		wrong = append(wrong, desk.Field("uploads", desk.MaxItems, "max", 50))
	}
	if err := desk.Invalid(wrong...); err != nil {
		return nil, err
	}
	d.UpdatedAt = tx.Now()
	return &d, t.keepDraft(ctx, tx, f.ID, &d)
}

func (t *Tickets) keepDraft(ctx context.Context, tx tenants.Tx, ticket desk.TicketID, d *Draft) error {
	body, err := json.Marshal(draftBody{d.Body, d.Uploads})
	if err != nil {
		return fmt.Errorf("encode draft: %w", err)
	}
	_, err = tx.Exec(ctx, `insert into ?tenant.drafts (user_id, ticket_id, kind, body, base, updated_at) values ($1, $2, $3, $4::jsonb, $5, $6)
		on conflict (user_id, ticket_id, kind) do update set body = excluded.body, base = excluded.base, updated_at = excluded.updated_at`,
		tx.Actor().ID, ticket, d.Kind, string(body), d.Base, tx.Now())
	if err != nil {
		return fmt.Errorf("keep draft: %w", err)
	}
	return nil
}

// Draft gives back what the actor was writing.
//
// Rights: ticket.read. Errors: NotFound, also when there is none.
func (t *Tickets) Draft(ctx context.Context, tx tenants.ReadTx, ticket Ref, kind string) (*Draft, error) {
	f, err := find(ctx, tx, ticket)
	if err != nil {
		return nil, err
	}
	if err := t.guard.Check(ctx, tx, access.TicketRead, f.object()); err != nil {
		return nil, err
	}
	d := &Draft{Kind: kind}
	var raw []byte
	err = tx.QueryRow(ctx, "select body, base, updated_at from ?tenant.drafts where user_id = $1 and ticket_id = $2 and kind = $3",
		[]any{tx.Actor().ID, f.ID, kind}, &raw, &d.Base, &d.UpdatedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, desk.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("read draft: %w", err)
	}
	var body draftBody
	if err := json.Unmarshal(raw, &body); err != nil {
		return nil, fmt.Errorf("decode draft: %w", err)
	}
	d.Body, d.Uploads = body.Text, body.Uploads
	return d, nil
}

// DropDraft forgets what the actor was writing. One that is not there is no error.
//
// Rights: ticket.read. Errors: NotFound.
func (t *Tickets) DropDraft(ctx context.Context, tx tenants.Tx, ticket Ref, kind string) error {
	f, err := find(ctx, tx.ReadTx, ticket)
	if err != nil {
		return err
	}
	if err := t.guard.Check(ctx, tx.ReadTx, access.TicketRead, f.object()); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "delete from ?tenant.drafts where user_id = $1 and ticket_id = $2 and kind = $3", tx.Actor().ID, f.ID, kind)
	if err != nil {
		return fmt.Errorf("drop draft: %w", err)
	}
	return nil
}
