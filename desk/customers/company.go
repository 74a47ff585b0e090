package customers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/lookup"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

const companyColumns = `c.id, c.name, c.vip, coalesce(c.level, '') as level, coalesce(c.calendar, '') as calendar, c.note, c.version, c.created_at, c.archived_at,
	array(select i.shown from ?tenant.identifiers i where i.object_id = c.id and i.kind = 'domain' order by i.value) as domains`

type companyRow struct {
	ID         desk.CompanyID
	Name       string
	VIP        bool
	Level      string
	Calendar   string
	Note       string
	Domains    []string `bun:",array"`
	Contacts   int
	Version    int
	CreatedAt  time.Time
	ArchivedAt time.Time
}

// Company reads one.
//
// Rights: customer.read. Errors: NotFound, Denied.
func (c *Customers) Company(ctx context.Context, tx tenants.ReadTx, id desk.CompanyID) (*Company, error) {
	if err := c.guard.Check(ctx, tx, access.CustomerRead, access.Object{}); err != nil {
		return nil, err
	}
	return company(ctx, tx, id, "")
}

func company(ctx context.Context, tx tenants.ReadTx, id desk.CompanyID, lock string) (*Company, error) {
	var row companyRow
	err := tx.Query(ctx, &row, "select "+companyColumns+`, (select count(*) from (select from ?tenant.contacts p where p.company_id = c.id limit 1000) x) as contacts
		from ?tenant.companies c where c.id = $1 and c.kind = 'customer'`+lock, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, desk.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("read company: %w", err)
	}
	found := Company(row)
	return &found, nil
}

func (c *Customers) knownCompany(ctx context.Context, tx tenants.ReadTx, id desk.CompanyID) error {
	if id.IsZero() {
		return nil
	}
	found, err := company(ctx, tx, id, "")
	if desk.Is(err, desk.NotFound) {
		return desk.Invalid(desk.Field("company", desk.UnknownID))
	}
	if err == nil && !found.ArchivedAt.IsZero() {
		return desk.Invalid(desk.Field("company", desk.Archived))
	}
	return err
}

// Firm is what can be said of a company. Nil leaves a thing as it is.
type Firm struct {
	Name *string
	VIP  *bool
	// Level and Calendar are keys of settings, empty for none; whoever asks has
	// seen to it that they are there.
	Level    *string
	Calendar *string
	Note     *string
	Domains  *[]string
	Archived *bool
}

// AddCompany makes a company.
//
// Rights: customer.edit. Errors: Denied, ValidationFailed.
func (c *Customers) AddCompany(ctx context.Context, tx tenants.Tx, f Firm) (*Company, error) {
	if err := c.guard.Check(ctx, tx.ReadTx, access.CustomerEdit, access.Object{}); err != nil {
		return nil, err
	}
	made := &Company{ID: desk.NewCompanyID(tx.Now()), Version: 1, CreatedAt: tx.Now()}
	ids, _, wrong := f.apply(made, tx.Now())
	if f.Name == nil {
		wrong = append(wrong, desk.Field("name", desk.Required))
	}
	if err := desk.Invalid(wrong...); err != nil {
		return nil, err
	}
	_, err := tx.Exec(ctx, "insert into ?tenant.companies (id, name, vip, note, created_at, level, calendar) values ($1, $2, $3, nullif($4, ''), $5, nullif($6, ''), nullif($7, ''))",
		made.ID, made.Name, made.VIP, made.Note, tx.Now(), made.Level, made.Calendar)
	if err != nil {
		return nil, fmt.Errorf("insert company: %w", err)
	}
	if err := c.lookup.Replace(ctx, tx, made.ID.Any(), "company", ids...); err != nil {
		return nil, err
	}
	return made, c.record(ctx, tx, made.ID.Any(), "company", FactCompanyAdded, nil)
}

// EditCompany changes a company. Version 0 is not compared.
//
// Rights: customer.edit. Errors: NotFound, Denied, ChangedMeanwhile, ValidationFailed.
func (c *Customers) EditCompany(ctx context.Context, tx tenants.Tx, id desk.CompanyID, version int, f Firm) (*Company, error) {
	if err := c.guard.Check(ctx, tx.ReadTx, access.CustomerEdit, access.Object{}); err != nil {
		return nil, err
	}
	old, err := company(ctx, tx.ReadTx, id, " for no key update of c")
	if err != nil {
		return nil, err
	}
	if version != 0 && version != old.Version {
		return nil, desk.Refuse(desk.ChangedMeanwhile).With("current", old.Version)
	}
	changed := *old
	ids, changes, wrong := f.apply(&changed, tx.Now())
	if err := desk.Invalid(wrong...); err != nil || len(changes) == 0 {
		return old, err
	}
	changed.Version++
	var archived *time.Time
	if !changed.ArchivedAt.IsZero() {
		archived = &changed.ArchivedAt
	}
	_, err = tx.Exec(ctx, "update ?tenant.companies set name = $2, vip = $3, note = nullif($4, ''), archived_at = $5, version = $6, level = nullif($7, ''), calendar = nullif($8, '') where id = $1",
		id, changed.Name, changed.VIP, changed.Note, archived, changed.Version, changed.Level, changed.Calendar)
	if err != nil {
		return nil, fmt.Errorf("update company: %w", err)
	}
	if err := c.lookup.Replace(ctx, tx, id.Any(), "company", ids...); err != nil {
		return nil, err
	}
	return &changed, c.record(ctx, tx, id.Any(), "company", FactCompanyChanged, changes)
}

func (f Firm) apply(c *Company, now time.Time) (ids []lookup.Identifier, changes []string, wrong []desk.FieldError) {
	if f.Name != nil && *f.Name != c.Name {
		c.Name = *f.Name
		changes = append(changes, "name")
	}
	if f.Name != nil {
		wrong = append(wrong, named("name", &c.Name)...)
	}
	if f.VIP != nil && *f.VIP != c.VIP {
		c.VIP = *f.VIP
		changes = append(changes, "vip")
	}
	if f.Level != nil && *f.Level != c.Level {
		c.Level = *f.Level
		changes = append(changes, "level")
	}
	if f.Calendar != nil && *f.Calendar != c.Calendar {
		c.Calendar = *f.Calendar
		changes = append(changes, "calendar")
	}
	if f.Note != nil && *f.Note != c.Note {
		c.Note = strings.TrimSpace(*f.Note)
		changes = append(changes, "note")
		if len([]rune(c.Note)) > 2000 {
			wrong = append(wrong, desk.Field("note", desk.MaxLength, "max", 2000))
		}
	}
	if f.Domains != nil {
		c.Domains = *f.Domains
		changes = append(changes, "domains")
	}
	if f.Archived != nil && *f.Archived == c.ArchivedAt.IsZero() {
		changes = append(changes, "archived")
		c.ArchivedAt = time.Time{}
		if *f.Archived {
			c.ArchivedAt = now
		}
	}
	for _, d := range c.Domains {
		// A domain is a mail address without its person.
		value, ok := lookup.Mail("x@" + strings.TrimSpace(d))
		if !ok {
			wrong = append(wrong, desk.Field("domains", desk.Pattern, "pattern", "example.com"))
			break
		}
		ids = append(ids, lookup.Identifier{Kind: "domain", Value: value[2:], Shown: strings.TrimSpace(d)})
	}
	if name, ok := lookup.Parse(lookup.Name, c.Name, true); ok {
		ids = append(ids, name)
	}
	return ids, changes, wrong
}

// Companies reads a page by name, in one statement.
//
// Rights: customer.read. Errors: Denied, NotFound.
func (c *Customers) Companies(ctx context.Context, tx tenants.ReadTx, words string, after Cursor, limit int) (page []Company, next *Cursor, err error) {
	if err := c.guard.Check(ctx, tx, access.CustomerRead, access.Object{}); err != nil {
		return nil, nil, err
	}
	if limit <= 0 {
		limit = 50
	}
	limit = min(limit, 100)
	var rows []companyRow
	err = tx.Query(ctx, &rows, "select "+companyColumns+`, (select count(*) from (select from ?tenant.contacts p where p.company_id = c.id limit 1000) x) as contacts
		from ?tenant.companies c where c.archived_at is null and c.merged_into is null and c.kind = 'customer'
			and (cardinality($1::text[]) = 0 or c.id in (select i.object_id from ?tenant.identifiers i where i.object_kind = 'company' and i.value like any($1)))
			and ($3::uuid is null or (manydesk.fold(c.name), c.id) > ($2, $3))
		order by manydesk.fold(c.name), c.id limit $4`, patterns(words), after.Name, after.ID, limit+1)
	if err != nil {
		return nil, nil, fmt.Errorf("list companies: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		next = &Cursor{Name: lookup.Fold(last.Name), ID: last.ID.Any()}
	}
	page = make([]Company, len(rows))
	for i, row := range rows {
		page[i] = Company(row)
	}
	return page, next, nil
}
