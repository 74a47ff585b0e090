package customers

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/lookup"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

const contactColumns = `c.id, c.company_id, co.name as company, coalesce(co.vip, false) as vip, c.name, c.position, c.language, c.time_zone, c.sees, c.mail_state,
	c.password_hash is not null as has_password, c.version, c.created_at, c.archived_at,
	array(select i.shown from ?tenant.identifiers i where i.object_id = c.id and i.kind = 'email' order by i.main desc, i.value) as emails,
	array(select i.shown from ?tenant.identifiers i where i.object_id = c.id and i.kind = 'phone' order by i.main desc, i.value) as phones`

const contactTables = " from ?tenant.contacts c left join ?tenant.companies co on co.id = c.company_id"

type contactRow struct {
	ID          desk.ContactID
	CompanyID   desk.CompanyID
	Company     string
	VIP         bool
	Name        string
	Position    string
	Language    string
	TimeZone    string
	Sees        string
	Emails      []string `bun:",array"`
	Phones      []string `bun:",array"`
	MailState   string
	HasPassword bool
	Tickets     int
	Version     int
	CreatedAt   time.Time
	ArchivedAt  time.Time
}

// Contact reads one person.
//
// Rights: customer.read; a contact reads itself. Errors: NotFound, Denied.
func (c *Customers) Contact(ctx context.Context, tx tenants.ReadTx, id desk.ContactID) (*Contact, error) {
	if tx.Actor().Contact() != id || id.IsZero() {
		if err := c.guard.Check(ctx, tx, access.CustomerRead, access.Object{}); err != nil {
			return nil, err
		}
	}
	return one(ctx, tx, `, (select count(*) from (select from ?tenant.tickets t where t.contact_id = c.id limit 1000) x) as tickets`+contactTables+" where c.id = $1", id)
}

func one(ctx context.Context, tx tenants.ReadTx, rest string, args ...any) (*Contact, error) {
	var row contactRow
	err := tx.Query(ctx, &row, "select "+contactColumns+rest, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, desk.Missing()
	}
	if err != nil {
		return nil, fmt.Errorf("read contact: %w", err)
	}
	found := Contact(row)
	return &found, nil
}

// ByEmail finds a person by a mail address: for signing in to the portal, so it
// asks for no right and must not be shown to anybody else.
//
// Errors: NotFound.
func ByEmail(ctx context.Context, tx tenants.ReadTx, email string) (*Contact, error) {
	value, ok := lookup.Mail(email)
	if !ok {
		return nil, desk.Missing()
	}
	return byIdentifier(ctx, tx, lookup.Email, value)
}

func byIdentifier(ctx context.Context, tx tenants.ReadTx, kind lookup.Kind, value string) (*Contact, error) {
	return one(ctx, tx, contactTables+` where c.archived_at is null and c.id = (select i.object_id from ?tenant.identifiers i
		where i.value = $1 and i.kind = $2 and i.object_kind = 'contact' order by i.main desc, i.object_id limit 1)`, value, string(kind))
}

// Person is what can be said of a contact. Nil leaves a thing as it is.
type Person struct {
	Name     *string
	Company  *desk.CompanyID
	Position *string
	Language *string
	TimeZone *string
	Sees     *string
	Emails   *[]string
	Phones   *[]string
	Archived *bool
}

// AddContact makes a person by hand: a name, and a mail or a phone.
//
// Rights: customer.edit. Errors: Denied, ValidationFailed: Taken on "emails" when
// an address is somebody's already.
func (c *Customers) AddContact(ctx context.Context, tx tenants.Tx, p Person) (*Contact, error) {
	if err := c.guard.Check(ctx, tx.ReadTx, access.CustomerEdit, access.Object{}); err != nil {
		return nil, err
	}
	made := &Contact{ID: desk.NewContactID(tx.Now()), Sees: SeesOwn, Version: 1, CreatedAt: tx.Now()}
	ids, _, wrong := p.apply(made, tx.Now())
	if p.Name == nil {
		wrong = append(wrong, desk.Field("name", desk.Required))
	}
	if len(made.Emails)+len(made.Phones) == 0 && len(wrong) == 0 {
		wrong = append(wrong, desk.Field("email", desk.Required))
	}
	if err := desk.Invalid(wrong...); err != nil {
		return nil, err
	}
	if err := c.knownCompany(ctx, tx.ReadTx, made.CompanyID); err != nil {
		return nil, err
	}
	_, err := tx.Exec(ctx, `insert into ?tenant.contacts (id, company_id, name, position, language, time_zone, sees, created_at)
		values ($1, $2, $3, nullif($4, ''), nullif($5, ''), nullif($6, ''), $7, $8)`,
		made.ID, made.CompanyID, made.Name, made.Position, made.Language, made.TimeZone, made.Sees, tx.Now())
	if err != nil {
		return nil, fmt.Errorf("insert contact: %w", err)
	}
	if err := c.replace(ctx, tx, made.ID, ids); err != nil {
		return nil, err
	}
	return made, c.record(ctx, tx, made.ID.Any(), "contact", FactContactAdded, nil)
}

// EditContact changes a person. Version 0 is not compared.
//
// Rights: customer.edit; a contact may change its own name, language and time
// zone. Errors: NotFound, Denied, ChangedMeanwhile, ValidationFailed.
func (c *Customers) EditContact(ctx context.Context, tx tenants.Tx, id desk.ContactID, version int, p Person) (*Contact, error) {
	self := tx.Actor().Contact() == id && !id.IsZero()
	if self {
		p = Person{Name: p.Name, Language: p.Language, TimeZone: p.TimeZone}
	} else if err := c.guard.Check(ctx, tx.ReadTx, access.CustomerEdit, access.Object{}); err != nil {
		return nil, err
	}
	old, err := one(ctx, tx.ReadTx, contactTables+" where c.id = $1 for no key update of c", id)
	if err != nil {
		return nil, err
	}
	if version != 0 && version != old.Version {
		return nil, desk.Refuse(desk.ChangedMeanwhile).With("current", old.Version)
	}
	changed := *old
	ids, changes, wrong := p.apply(&changed, tx.Now())
	if err := desk.Invalid(wrong...); err != nil || len(changes) == 0 {
		return old, err
	}
	if changed.CompanyID != old.CompanyID {
		if err := c.knownCompany(ctx, tx.ReadTx, changed.CompanyID); err != nil {
			return nil, err
		}
	}
	changed.Version++
	var archived *time.Time
	if !changed.ArchivedAt.IsZero() {
		archived = &changed.ArchivedAt
	}
	_, err = tx.Exec(ctx, `update ?tenant.contacts set company_id = $2, name = $3, position = nullif($4, ''), language = nullif($5, ''), time_zone = nullif($6, ''),
		sees = $7, archived_at = $8, version = $9, mail_state = case when $10 then null else mail_state end where id = $1`,
		id, changed.CompanyID, changed.Name, changed.Position, changed.Language, changed.TimeZone, changed.Sees, archived, changed.Version, p.Emails != nil)
	if err != nil {
		return nil, fmt.Errorf("update contact: %w", err)
	}
	if p.Emails != nil || p.Phones != nil || p.Name != nil {
		if err := c.replace(ctx, tx, id, ids); err != nil {
			return nil, err
		}
	}
	return &changed, c.record(ctx, tx, id.Any(), "contact", FactContactChanged, changes)
}

// apply puts what is said into the contact and names what is wrong. It gives all
// identifiers the contact then has, and what changed, without values: addresses
// have no place in the log.
func (p Person) apply(c *Contact, now time.Time) (ids []lookup.Identifier, changes []string, wrong []desk.FieldError) {
	set := func(field string, to *string, from *string) {
		if to != nil && *to != *from {
			*from = strings.TrimSpace(*to)
			changes = append(changes, field)
		}
	}
	set("name", p.Name, &c.Name)
	if p.Name != nil {
		wrong = append(wrong, named("name", &c.Name)...)
	}
	set("position", p.Position, &c.Position)
	set("language", p.Language, &c.Language)
	if c.Language != known(c.Language) {
		wrong = append(wrong, desk.Field("language", desk.OneOf, "of", "ru, en"))
	}
	set("time_zone", p.TimeZone, &c.TimeZone)
	if _, err := time.LoadLocation(c.TimeZone); err != nil || c.TimeZone == "Local" {
		wrong = append(wrong, desk.Field("time_zone", desk.TimeZone))
	}
	set("sees", p.Sees, &c.Sees)
	if !slices.Contains([]string{SeesOwn, SeesSites, SeesCompany, SeesGroup}, c.Sees) {
		wrong = append(wrong, desk.Field("sees", desk.OneOf, "of", "own, sites, company, group"))
	}
	if p.Company != nil && *p.Company != c.CompanyID {
		c.CompanyID = *p.Company
		changes = append(changes, "company")
	}
	if p.Emails != nil && !slices.Equal(*p.Emails, c.Emails) {
		c.Emails = *p.Emails
		changes = append(changes, "emails")
	}
	if p.Phones != nil && !slices.Equal(*p.Phones, c.Phones) {
		c.Phones = *p.Phones
		changes = append(changes, "phones")
	}
	if p.Archived != nil && *p.Archived == c.ArchivedAt.IsZero() {
		changes = append(changes, "archived")
		c.ArchivedAt = time.Time{}
		if *p.Archived {
			c.ArchivedAt = now
		}
	}
	emails, bad := parse("emails", lookup.Email, desk.Email, c.Emails)
	wrong = append(wrong, bad...)
	phones, bad := parse("phones", lookup.Phone, desk.Phone, c.Phones)
	wrong = append(wrong, bad...)
	ids = append(emails, phones...)
	c.Emails, c.Phones = shown(emails), shown(phones)
	if name, ok := lookup.Parse(lookup.Name, c.Name, false); ok {
		ids = append(ids, name)
	}
	return ids, changes, wrong
}

func shown(ids []lookup.Identifier) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = id.Shown
	}
	return all
}

func (c *Customers) replace(ctx context.Context, tx tenants.Tx, id desk.ContactID, ids []lookup.Identifier) error {
	err := c.lookup.Replace(ctx, tx, id.Any(), "contact", ids...)
	if desk.Is(err, desk.AlreadyExists) {
		return desk.Invalid(desk.Field("emails", desk.Taken))
	}
	return err
}

func (c *Customers) record(ctx context.Context, tx tenants.Tx, subject desk.AnyID, kind, fact string, changes []string) error {
	data, err := json.Marshal(map[string]any{"changed": append([]string{}, changes...)})
	if err != nil {
		return fmt.Errorf("encode fact: %w", err)
	}
	return c.log.Record(ctx, tx, desk.Fact{Subject: subject, SubjectKind: kind, At: tx.Now(), Actor: tx.Actor(), Type: fact, Data: data})
}
