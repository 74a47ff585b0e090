package tickets

import (
	"context"
	"fmt"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Rate is what the client thinks of the work.
type Rate struct {
	Ticket Ref
	// Contact is who rates, when the automaton of mailed links brings it.
	Contact desk.ContactID
	Score   int // 1 to 5
	Reasons []string
	Comment string
	Key     *tenants.Key
}

// RatingEditable is how long a rating can be changed after it was first given.
const RatingEditable = 7 * 24 * time.Hour

// Rate keeps the client's rating of a resolved or closed ticket. It can be given
// again for RatingEditable; every version stays as a fact.
//
// Rights: request.rate on one's own ticket; of an automaton request.rate.
// Errors: NotFound; ValidationFailed: on "score" also with Expired when it can
// be changed no more; TransitionRefused while the work is not done.
func (t *Tickets) Rate(ctx context.Context, tx tenants.Tx, in Rate) (*Ticket, error) {
	f, err := hold(ctx, tx, in.Ticket)
	if err != nil {
		return nil, err
	}
	if err := t.may(ctx, tx.ReadTx, f, access.RequestRate, access.RequestRate); err != nil {
		return nil, err
	}
	who := speaker(tx.Actor(), in.Contact)
	if who.Kind != desk.ContactActor || !f.own(who.Contact()) {
		return nil, desk.Missing()
	}
	if err := in.validate(); err != nil {
		return nil, err
	}
	if Listed(f.Category) {
		return nil, desk.Refuse(desk.TransitionRefused)
	}
	if f.Rating != 0 {
		first, err := firstRated(ctx, tx.ReadTx, f.ID)
		if err != nil {
			return nil, err
		}
		if tx.Now().After(first.Add(RatingEditable)) {
			return nil, desk.Invalid(desk.Field("score", desk.Expired))
		}
	}
	c := f.change(tx)
	c.Key = in.Key
	c.Ticket.Rating = in.Score
	d := Detail{Score: in.Score, Reasons: in.Reasons, Comment: in.Comment, Changes: []FieldChange{{Field: "rating", To: in.Score}}}
	if f.Rating != 0 {
		d.Changes[0].From = f.Rating
	}
	c.RecordAs(who, FactRated, true, d)
	if err := t.finish(ctx, tx, c); err != nil {
		return nil, err
	}
	return &c.Ticket, nil
}

func (in *Rate) validate() error {
	in.Comment = strings.TrimSpace(in.Comment)
	wrong := text("comment", in.Comment, 0, maxReason)
	if in.Score < 1 || in.Score > 5 {
		wrong = append(wrong, desk.Field("score", desk.OneOf, "of", "1, 2, 3, 4, 5"))
	}
	if len(in.Reasons) > 3 {
		wrong = append(wrong, desk.Field("reasons", desk.MaxItems, "max", 3))
	}
	for _, r := range in.Reasons {
		if !readable(r) || len(r) == 0 || len(r) > 40 {
			wrong = append(wrong, desk.Field("reasons", desk.MaxLength, "max", 40))
			break
		}
	}
	return desk.Invalid(wrong...)
}

func firstRated(ctx context.Context, tx tenants.ReadTx, id desk.TicketID) (at time.Time, err error) {
	err = tx.QueryRow(ctx, "select min(f.at) from ?tenant.facts f where f.subject_id = $1 and f.type = $2", []any{id, FactRated}, &at)
	if err != nil {
		return at, fmt.Errorf("find the first rating: %w", err)
	}
	return at, nil
}
