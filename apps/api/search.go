package api

import (
	"context"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// searchIn finds tickets of one tenant. What the person may not read there is
// not looked at.
func (a *App) searchIn(ctx context.Context, tx tenants.ReadTx, words string) ([]Row, error) {
	f, err := a.frame(ctx, tx)
	if err != nil {
		return nil, err
	}
	found := map[desk.TicketID]bool{}
	var out []Row
	add := func(q tickets.ListQuery) error {
		q.Limit = perTenant
		l, err := a.Tickets.List(ctx, tx, q)
		if hidden(err) {
			return nil
		}
		if err != nil {
			return err
		}
		for i := range l.Rows {
			if found[l.Rows[i].ID] {
				continue
			}
			found[l.Rows[i].ID] = true
			row, err := f.listRow(ctx, tx, &l.Rows[i])
			if err != nil {
				return err
			}
			out = append(out, row)
		}
		return nil
	}
	if err := add(tickets.ListQuery{Filter: tickets.Filter{Words: strings.Fields(words)}}); err != nil {
		return nil, err
	}
	contacts, _, err := a.Customers.Contacts(ctx, tx, customers.ContactsQuery{Words: words, Limit: perTenant})
	if hidden(err) {
		return out, nil
	}
	if err != nil || len(contacts) == 0 {
		return out, err
	}
	ids := make([]desk.ContactID, len(contacts))
	for i, c := range contacts {
		ids[i] = c.ID
	}
	return out, add(tickets.ListQuery{Filter: tickets.Filter{Contacts: ids}})
}

// hidden reports refusals that in a list over many tenants mean "nothing here".
func hidden(err error) bool {
	return desk.Is(err, desk.NotFound) || desk.Is(err, desk.Denied) || desk.Is(err, desk.ScopeMissing)
}

func compareTimes(a, b Instant) int { return time.Time(a).Compare(time.Time(b)) }
