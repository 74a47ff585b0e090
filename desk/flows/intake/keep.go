package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/files"
	"manydesk/tenants"
)

// keepFiles puts the bytes into the store. A file that is too large is refused,
// the letter is not: the original has it.
func (i *Intake) keepFiles(ctx context.Context, tenant tenants.Tenant, l *letter) error {
	for n := range l.message.Attachments {
		a := &l.message.Attachments[n]
		content, err := i.files.Keep(ctx, tenant, bytes.NewReader(a.Content()))
		var refusal *desk.Error
		if errors.As(err, &refusal) {
			l.refused = true
			continue
		}
		if err != nil {
			return fmt.Errorf("keep an attachment: %w", err)
		}
		l.files = append(l.files, files.Naming{Content: content, Name: a.Name, Inline: a.Inline, ContentID: a.ContentID})
	}
	if !l.damaged() {
		return nil
	}
	content, err := i.files.Keep(ctx, tenant, bytes.NewReader(l.stored.Raw))
	if desk.Is(err, desk.TooLarge) {
		// It stays with the message, whole, for whoever looks after the mailbox.
		return nil
	}
	if err != nil {
		return fmt.Errorf("keep the original: %w", err)
	}
	l.files = append(l.files, files.Naming{Content: content, Name: "original.eml"})
	return nil
}

func (i *Intake) nameFiles(ctx context.Context, tx tenants.Tx, l *letter, ticket desk.TicketID, seq int) error {
	for n := range l.files {
		l.files[n].OwnerID, l.files[n].OwnerSeq = ticket.Any(), seq
	}
	if _, err := i.files.Add(ctx, tx, l.files...); err != nil {
		return fmt.Errorf("name the attachments: %w", err)
	}
	return nil
}

// leave has the bytes of letters whose unit failed looked at later: they go away
// unless a later try has named them.
func (i *Intake) leave(ctx context.Context, tenant tenants.Tenant, letters []*letter) error {
	var kept []files.Content
	for _, l := range letters {
		for _, f := range l.files {
			kept = append(kept, f.Content)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return i.house.Do(context.WithoutCancel(ctx), tenant, actor, func(ctx context.Context, tx tenants.Tx) error { return i.files.Leave(ctx, tx, kept...) })
}
