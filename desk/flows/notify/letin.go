package notify

import (
	"context"
	"errors"
	"fmt"

	"manydesk/desk/channels/email"
	"manydesk/desk/flows/notify/letters"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// Invitation sends the letter with a link that makes an account. It is one of
// three letters that let somebody in, with PasswordReset and SignInCode: what
// they carry is short-lived, so one that is late is not sent.
func (n *Notify) Invitation(ctx context.Context, w *jobs.Work) error {
	return n.letIn(ctx, w, func(l people.Letter, s people.Secret, in *letters.Letter) {
		in.Kind, in.By, in.Provider = letters.Invitation, l.By, l.Provider
		in.Link = n.links.Console("/invitations/" + s.Token)
	})
}

// PasswordReset sends the link by which a new password is set.
func (n *Notify) PasswordReset(ctx context.Context, w *jobs.Work) error {
	return n.letIn(ctx, w, func(_ people.Letter, s people.Secret, in *letters.Letter) {
		in.Kind, in.Link = letters.PasswordReset, n.links.Console("/password-resets/"+s.Token)
	})
}

// SignInCode sends a client the code and the link to the portal.
func (n *Notify) SignInCode(ctx context.Context, w *jobs.Work) error {
	return n.letIn(ctx, w, func(_ people.Letter, s people.Secret, in *letters.Letter) {
		in.Kind, in.Code = letters.SignIn, s.Code
		in.Link = n.links.Portal(w.Tenant, "/sign-in/"+s.Token)
	})
}

func (n *Notify) letIn(ctx context.Context, w *jobs.Work, fill func(l people.Letter, s people.Secret, in *letters.Letter)) error {
	l, secret, err := people.OpenLetter(n.house, w.Subject, w.Data)
	if err != nil {
		return jobs.Never(err)
	}
	now := n.house.Clock()()
	if now.After(l.Expires) {
		return n.done(ctx, w)
	}
	in := n.brand(w.Tenant, l.Language)
	in.Until = l.Expires
	fill(l, secret, &in)
	rendered, err := letters.Render(in)
	if err != nil {
		return jobs.Never(fmt.Errorf("render: %w", err))
	}
	from, err := n.fromOf(ctx, w.Tenant, l.Language)
	if err != nil {
		return err
	}
	_, err = n.sender.Send(ctx, email.Letter{
		From: from, To: []email.Address{{Name: l.Name, Email: l.To}}, Subject: rendered.Subject, Text: rendered.Text, HTML: rendered.HTML,
		Date: now, MessageID: "in." + w.Subject.UUID() + "@" + domainOf(from.Email), Mailbox: from.Email, Automatic: true,
	})
	var failed *email.SendError
	switch {
	case err == nil:
		return n.done(ctx, w)
	case errors.As(err, &failed) && failed.Temporary:
		return jobs.Later(wait(w.Tries), failed)
	case errors.As(err, &failed):
		return jobs.Never(failed)
	}
	return err
}

// fromOf is in whose name: the tenant's, or the installation's own.
func (n *Notify) fromOf(ctx context.Context, tenant tenants.Tenant, language string) (email.Address, error) {
	if tenant.ID == 0 {
		return email.Address{Name: "Manydesk", Email: n.links.Mailbox(tenant)}, nil
	}
	return n.from(ctx, n.house.Reader(tenant, actor), language)
}

func (n *Notify) done(ctx context.Context, w *jobs.Work) error {
	if w.Tenant.ID == 0 {
		return n.house.Shared(ctx, actor, func(ctx context.Context, tx tenants.SharedTx) error { return w.DoneShared(ctx, tx) })
	}
	return n.close(ctx, w, nil)
}
