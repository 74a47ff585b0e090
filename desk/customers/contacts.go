package customers

import (
	"context"
	"fmt"
	"strings"

	"manydesk/desk"
	"manydesk/desk/lookup"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// ContactsQuery is one page of people, by name.
type ContactsQuery struct {
	// Words look in names, addresses and numbers, anywhere in them.
	Words    string
	Company  desk.CompanyID
	Archived bool
	After    Cursor
	// Limit is at most 100; 0 means 50.
	Limit int
}

// Cursor is where a page ended. The API signs it.
type Cursor struct {
	Name string     `json:"n,omitempty"`
	ID   desk.AnyID `json:"i,omitzero"`
}

// Contacts reads a page of people in one statement.
//
// Rights: customer.read. Errors: Denied, NotFound.
func (c *Customers) Contacts(ctx context.Context, tx tenants.ReadTx, q ContactsQuery) (page []Contact, next *Cursor, err error) {
	if err := c.guard.Check(ctx, tx, access.CustomerRead, access.Object{}); err != nil {
		return nil, nil, err
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 100)
	var rows []contactRow
	err = tx.Query(ctx, &rows, "select "+contactColumns+`, (select count(*) from (select from ?tenant.tickets t where t.contact_id = c.id limit 1000) x) as tickets`+contactTables+`
		where (c.archived_at is not null) = $1 and c.merged_into is null and ($2::uuid is null or c.company_id = $2)
			and (cardinality($3::text[]) = 0 or c.id in (select i.object_id from ?tenant.identifiers i where i.object_kind = 'contact' and i.value like any($3)))
			and ($5::uuid is null or (manydesk.fold(c.name), c.id) > ($4, $5))
		order by manydesk.fold(c.name), c.id limit $6`,
		q.Archived, q.Company, patterns(q.Words), q.After.Name, q.After.ID, q.Limit+1)
	if err != nil {
		return nil, nil, fmt.Errorf("list contacts: %w", err)
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		last := rows[q.Limit-1]
		next = &Cursor{Name: lookup.Fold(last.Name), ID: last.ID.Any()}
	}
	page = make([]Contact, len(rows))
	for i, row := range rows {
		page[i] = Contact(row)
	}
	return page, next, nil
}

// patterns are what an identifier may look like that holds the words: as typed
// and, if they look like one, as a phone number is stored.
func patterns(words string) []string {
	words = lookup.Fold(words)
	if words == "" {
		return []string{}
	}
	all := []string{like(words)}
	if number, ok := lookup.E164(words); ok {
		all = append(all, like(number))
	}
	return all
}

func like(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s) + "%"
}
