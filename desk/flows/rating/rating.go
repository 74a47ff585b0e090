package rating

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

var actor = desk.Automaton("rating")

// Ratings is the flow's door.
type Ratings struct {
	house   *tenants.House
	tickets *tickets.Tickets
}

// New opens the flow.
func New(house *tenants.House, t *tickets.Tickets) *Ratings {
	return &Ratings{house: house, tickets: t}
}

const macSize = 16

// Token is the word in a letter's link: the ticket, its contact and a signature
// that holds in this tenant only.
func (r *Ratings) Token(ctx context.Context, tenant tenants.Tenant, ticket desk.TicketID) (string, error) {
	keys, err := r.house.SigningKeys(ctx, "rating")
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(append(ticket[:], sign(keys[0], tenant.ID, ticket)...)), nil
}

// open verifies a link's word. NotFound for anything that was not signed here.
func (r *Ratings) open(ctx context.Context, tenant tenants.Tenant, token string) (desk.TicketID, error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	var ticket desk.TicketID
	if err != nil || len(raw) != len(ticket)+macSize {
		return ticket, desk.Missing()
	}
	copy(ticket[:], raw)
	keys, err := r.house.SigningKeys(ctx, "rating")
	if err != nil {
		return ticket, err
	}
	good := false
	for _, key := range keys {
		good = hmac.Equal(raw[len(ticket):], sign(key, tenant.ID, ticket)) || good
	}
	if !good {
		return desk.TicketID{}, desk.Missing()
	}
	return ticket, nil
}

func sign(key []byte, tenant desk.TenantID, ticket desk.TicketID) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(tenant))) //nolint:gosec // registry numbers are positive
	h.Write(ticket[:])
	return h.Sum(nil)[:macSize]
}

// Form is what the page behind the link shows.
type Form struct {
	Number  int64
	Subject string
	// Score is 0 while unrated.
	Score int
	// Contact is whose rating it is.
	Contact desk.ContactID
	Name    string
}

// Show reads the page of a link and records nothing.
//
// Rights: the link itself. Errors: NotFound.
func (r *Ratings) Show(ctx context.Context, tenant tenants.Tenant, token string) (Form, error) {
	id, err := r.open(ctx, tenant, token)
	if err != nil {
		return Form{}, err
	}
	var f Form
	err = r.house.Reader(tenant, actor).QueryRow(ctx, `select t.number, t.subject, coalesce(t.rating, 0), t.contact_id, coalesce(c.name, '')
		from ?tenant.tickets t left join ?tenant.contacts c on c.id = t.contact_id where t.id = $1`, []any{id}, &f.Number, &f.Subject, &f.Score, &f.Contact, &f.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return Form{}, desk.Missing()
	}
	if err != nil {
		return Form{}, fmt.Errorf("read the ticket of the link: %w", err)
	}
	return f, nil
}

// Given is what the client sends from the page.
type Given struct {
	Score   int
	Reasons []string
	Comment string
	Key     *tenants.Key
}

// Give keeps the rating that the link's page sends.
//
// Rights: the link itself. Errors: NotFound and those of tickets.Rate.
func (r *Ratings) Give(ctx context.Context, tenant tenants.Tenant, token string, in Given) (Form, error) {
	form, err := r.Show(ctx, tenant, token)
	if err != nil {
		return form, err
	}
	err = r.house.Do(ctx, tenant, actor, func(ctx context.Context, tx tenants.Tx) error {
		_, err := r.tickets.Rate(ctx, tx, tickets.Rate{
			Ticket: tickets.Number(form.Number), Contact: form.Contact, Score: in.Score, Reasons: in.Reasons, Comment: in.Comment, Key: in.Key,
		})
		return err
	})
	form.Score = in.Score
	return form, err
}
