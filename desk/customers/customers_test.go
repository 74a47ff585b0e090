package customers_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/lookup"
	"manydesk/desk/tickets/ticketstest"
	"manydesk/tenants"
)

func room(t *testing.T) (*ticketstest.World, *customers.Customers) {
	t.Helper()
	w := ticketstest.New(t)
	index, err := lookup.Open(t.Context(), w.House)
	if err != nil {
		t.Fatal(err)
	}
	return w, customers.New(w.Log, w.Guard, index)
}

func to[T any](v T) *T { return &v }

func TestFirstMailsOfOneSenderAtOnceMakeOneContact(t *testing.T) {
	t.Parallel()
	w, c := room(t)
	var all sync.WaitGroup
	ids := make([]desk.ContactID, 20)
	for i := range ids {
		all.Go(func() {
			typed := []string{"Anna@Example.com", "anna@example.COM", "ANNA@example.com"}[i%3]
			err := w.Do(desk.Automaton("intake"), func(ctx context.Context, tx tenants.Tx) error {
				found, err := c.FindOrCreate(ctx, tx, typed, "Анна", "ru")
				if err == nil {
					ids[i] = found.ID
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, id := range ids {
		if id != ids[0] || id.IsZero() {
			t.Fatalf("contacts %v", ids)
		}
	}
	page, _, err := c.Contacts(t.Context(), w.Read(w.Vera), customers.ContactsQuery{Words: "анна"})
	if err != nil || len(page) != 1 || page[0].Email() != page[0].Emails[0] {
		t.Fatalf("%+v %v", page, err)
	}
}

func TestANewContactBelongsToTheCompanyOfItsDomain(t *testing.T) {
	t.Parallel()
	w, c := room(t)
	var firm *customers.Company
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) (err error) {
		firm, err = c.AddCompany(ctx, tx, customers.Firm{Name: to("Ромашка"), Domains: to([]string{"Romashka.РФ"})})
		return err
	})
	w.Must(desk.Automaton("intake"), func(ctx context.Context, tx tenants.Tx) error {
		made, err := c.FindOrCreate(ctx, tx, "a@romashka.рф", "", "de")
		if err != nil || made.CompanyID != firm.ID || made.Name != "a" || made.Language != "" || made.Sees != customers.SeesOwn {
			t.Errorf("made %+v %v", made, err)
		}
		_, err = c.FindOrCreate(ctx, tx, "nonsense", "", "ru")
		if !desk.Is(err, desk.ValidationFailed) {
			t.Errorf("nonsense: %v", err)
		}
		return nil
	})
}

func TestEditingAContact(t *testing.T) {
	t.Parallel()
	w, c := room(t)
	id := w.Ivan.Contact()
	edit := func(who desk.Actor, version int, p customers.Person) (got *customers.Contact, err error) {
		err = w.Do(who, func(ctx context.Context, tx tenants.Tx) (err error) {
			got, err = c.EditContact(ctx, tx, id, version, p)
			return err
		})
		return got, err
	}
	got, err := edit(w.Vera, 1, customers.Person{Name: to("Иван  Семёнов"), Emails: to([]string{"ivan@example.com", "Ivan@home.example"}), Phones: to([]string{"8 916 123-45-67"}), Company: &w.Lotos})
	if err != nil || got.Version != 2 || got.Name != "Иван Семёнов" || got.Email() != "ivan@example.com" {
		t.Fatalf("%+v %v", got, err)
	}
	for name, c := range map[string]struct {
		who     desk.Actor
		version int
		p       customers.Person
		want    desk.Code
	}{
		"an old version":       {w.Vera, 1, customers.Person{Name: to("а")}, desk.ChangedMeanwhile},
		"somebody's address":   {w.Vera, 0, customers.Person{Emails: to([]string{"PETRA@lotos.example"})}, desk.ValidationFailed},
		"no address at all":    {w.Vera, 0, customers.Person{Emails: to([]string{"x"}), Language: to("de"), Sees: to("all")}, desk.ValidationFailed},
		"an unknown company":   {w.Vera, 0, customers.Person{Company: to(desk.NewCompanyID(w.Now()))}, desk.ValidationFailed},
		"an observer":          {w.Nina, 0, customers.Person{Name: to("а")}, desk.Denied},
		"another client":       {w.Petra, 0, customers.Person{Name: to("а")}, desk.NotFound},
		"itself":               {w.Ivan, 0, customers.Person{Language: to("en"), Sees: to(customers.SeesCompany), Company: to(desk.CompanyID{})}, ""},
		"somebody of the void": {ticketstest.Staff("чужой"), 0, customers.Person{Name: to("а")}, desk.NotFound},
	} {
		if _, err := edit(c.who, c.version, c.p); desk.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	now, err := c.Contact(t.Context(), w.Read(w.Vera), id)
	if err != nil || now.Language != "en" || now.Sees != customers.SeesOwn || now.Company != "Лотос" || len(now.Emails) != 2 {
		t.Fatalf("%+v %v", now, err)
	}
	for _, words := range []string{"СЕМЕНОВ", "home.example", "916123", "+7 916 123 45 67"} {
		page, _, err := c.Contacts(t.Context(), w.Read(w.Vera), customers.ContactsQuery{Words: words})
		if err != nil || len(page) != 1 || page[0].ID != id {
			t.Errorf("%q finds %+v %v", words, page, err)
		}
	}
	var hashes int
	if err := w.House.SharedReader(w.Vera).QueryRow(t.Context(), "select count(*) from manydesk.lookup where object_id = $1", []any{id}, &hashes); err != nil || hashes != 5 {
		t.Fatalf("%d hashes, want two mails, a phone and its two tails: %v", hashes, err)
	}
}

func TestContactsArePagedByName(t *testing.T) {
	t.Parallel()
	w, c := room(t)
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		for i := range 11 {
			if _, err := c.AddContact(ctx, tx, customers.Person{Name: to(fmt.Sprintf("Ёжик %02d", i%5)), Phones: to([]string{fmt.Sprintf("+7916000000%d", i%10)})}); err != nil {
				return err
			}
		}
		return nil
	})
	seen := map[desk.ContactID]bool{}
	q := customers.ContactsQuery{Limit: 4}
	for range 6 {
		page, next, err := c.Contacts(t.Context(), w.Read(w.Vera), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page {
			if seen[p.ID] {
				t.Fatalf("%s twice", p.Name)
			}
			seen[p.ID] = true
		}
		if next == nil {
			break
		}
		q.After = *next
	}
	if len(seen) != 14 {
		t.Fatalf("%d of 14", len(seen))
	}
	if _, _, err := c.Contacts(t.Context(), w.Read(w.Ivan), customers.ContactsQuery{}); !desk.Is(err, desk.NotFound) {
		t.Fatalf("a client lists contacts: %v", err)
	}
}
