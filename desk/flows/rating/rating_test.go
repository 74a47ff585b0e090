package rating_test

import (
	"context"
	"testing"

	"manydesk/desk"
	"manydesk/desk/flows/rating"
	"manydesk/desk/tickets"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

// done is a resolved request of Ivan's with the word of its letter's link.
func done(t *testing.T) (*ticketstest.World, *rating.Ratings, *tickets.Ticket, string) {
	t.Helper()
	w := ticketstest.New(t)
	made := w.Request(w.Ivan)
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.SetStatus(ctx, tx, tickets.SetStatus{Ticket: tickets.ID(made.ID), Move: tickets.Move{To: "resolved"}})
		return err
	})
	r := rating.New(w.House, w.Tickets)
	word, err := r.Token(t.Context(), w.Tenant, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	return w, r, made, word
}

func stored(t *testing.T, w *ticketstest.World, id desk.TicketID) (score, facts int) {
	t.Helper()
	err := w.Read(w.Vera).QueryRow(t.Context(), `select coalesce(t.rating, 0), (select count(*) from ?tenant.facts f where f.subject_id = t.id and f.type = 'ticket.rated')
		from ?tenant.tickets t where t.id = $1`, []any{id}, &score, &facts)
	if err != nil {
		t.Fatal(err)
	}
	return score, facts
}

func TestOpeningTheLinkRecordsNothing(t *testing.T) {
	t.Parallel()
	w, r, made, word := done(t)
	for range 3 {
		form, err := r.Show(t.Context(), w.Tenant, word)
		if err != nil || form.Number != made.Number || form.Subject != made.Subject || form.Score != 0 || form.Contact != made.ContactID || form.Name == "" {
			t.Fatalf("%+v %v", form, err)
		}
	}
	if score, facts := stored(t, w, made.ID); score != 0 || facts != 0 {
		t.Errorf("%d after looking, in %d facts", score, facts)
	}
}

func TestARatingIsGivenByTheLinkAndMayChange(t *testing.T) {
	t.Parallel()
	w, r, made, word := done(t)
	for i, score := range []int{2, 5} {
		form, err := r.Give(t.Context(), w.Tenant, word, rating.Given{Score: score, Comment: "Спасибо"})
		if err != nil || form.Score != score {
			t.Fatalf("%+v %v", form, err)
		}
		if got, facts := stored(t, w, made.ID); got != score || facts != i+1 {
			t.Errorf("%d in %d facts", got, facts)
		}
	}
	if form, err := r.Show(t.Context(), w.Tenant, word); err != nil || form.Score != 5 {
		t.Errorf("%+v %v", form, err)
	}
	for _, score := range []int{0, 6, -1} {
		if _, err := r.Give(t.Context(), w.Tenant, word, rating.Given{Score: score}); !desk.Is(err, desk.ValidationFailed) {
			t.Errorf("%d stars: %v", score, err)
		}
	}
}

func TestAWordHoldsForItsTicketInItsTenantOnly(t *testing.T) {
	t.Parallel()
	w, r, made, word := done(t)
	other := w.NewTenant()
	if _, err := r.Show(t.Context(), other, word); !desk.Is(err, desk.NotFound) {
		t.Errorf("in another tenant: %v", err)
	}
	second := w.Request(w.Ivan)
	foreign, err := r.Token(t.Context(), other, second.ID)
	if err != nil {
		t.Fatal(err)
	}
	flipped := []byte(word)
	flipped[3] ^= 1
	for name, bad := range map[string]string{"": "", "short": word[:len(word)-2], "changed": string(flipped), "another tenant's": foreign, "no base64": "!!!!"} {
		if _, err := r.Give(t.Context(), w.Tenant, bad, rating.Given{Score: 5}); !desk.Is(err, desk.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if score, _ := stored(t, w, made.ID); score != 0 {
		t.Errorf("rated %d by a forged word", score)
	}
}
