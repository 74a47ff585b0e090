package customers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Standing is what a customer's agreements depend on.
type Standing struct {
	CompanyID desk.CompanyID
	VIP       bool
	// Level and Calendar are keys of settings; empty for none.
	Level    string
	Calendar string
}

// StandingOf reads that of a company, or of a contact's company; the zero
// Standing for neither. One statement. Rights are those of the caller: it is
// asked from inside a verb.
func StandingOf(ctx context.Context, tx tenants.ReadTx, company desk.CompanyID, contact desk.ContactID) (s Standing, err error) {
	if company.IsZero() && contact.IsZero() {
		return s, nil
	}
	err = tx.QueryRow(ctx, `select co.id, co.vip, coalesce(co.level, ''), coalesce(co.calendar, '') from (select 1) one
		cross join lateral (select x.* from ?tenant.companies x
			where x.id = coalesce($1::uuid, (select c.company_id from ?tenant.contacts c where c.id = $2::uuid)) limit 1) co`,
		[]any{company, contact}, &s.CompanyID, &s.VIP, &s.Level, &s.Calendar)
	if errors.Is(err, sql.ErrNoRows) {
		return Standing{}, nil
	}
	if err != nil {
		return s, fmt.Errorf("read the customer's standing: %w", err)
	}
	return s, nil
}

// Standings reads those of many companies at once, by company, in one statement.
// What is not a company of the tenant is left out.
func Standings(ctx context.Context, tx tenants.ReadTx, companies []desk.CompanyID) (map[desk.CompanyID]Standing, error) {
	ids := make([]string, len(companies))
	for i, id := range companies {
		ids[i] = id.UUID()
	}
	var rows []Standing
	err := tx.Query(ctx, &rows, `select co.id as company_id, co.vip, coalesce(co.level, '') as level, coalesce(co.calendar, '') as calendar
		from ?tenant.companies co where co.id = any($1::uuid[])`, ids)
	if err != nil {
		return nil, fmt.Errorf("read customers' standings: %w", err)
	}
	by := make(map[desk.CompanyID]Standing, len(rows))
	for _, s := range rows {
		by[s.CompanyID] = s
	}
	return by, nil
}
