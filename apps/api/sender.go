package api

import (
	"context"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// sender is in whose name answers leave, as the screen says before they do. The
// mail room decides when they leave; this is what it will decide.
func (a *App) sender(ctx context.Context, tx tenants.ReadTx, language string) (Address, error) {
	live, err := settings.Senders.Live(ctx, tx, settings.Main)
	if err != nil && !desk.Is(err, desk.NotFound) {
		return Address{}, err
	}
	t := tx.Tenant()
	s := Address{Address: live.Spec.Address, Name: live.Spec.Name.In(t.Language(language))}
	if s.Address == "" {
		s.Address = a.Mailbox(t)
	}
	if s.Name == "" {
		s.Name = t.Name
	}
	return s, nil
}
