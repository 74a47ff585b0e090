package bench

import (
	"context"
	"fmt"
	"os"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// create opens tickets through the verb, 32 at once, in turns with the floor.
func create(ctx context.Context, b *bench) ([]Row, error) {
	contact, err := b.contact(ctx, "ivan@lotus.example")
	if err != nil {
		return nil, err
	}
	var rates []float64
	var spent time.Duration
	made := 0
	for range b.Scale.Rounds {
		if _, err := b.measureFloor(ctx); err != nil {
			return nil, err
		}
		// Its connections go before the next floor: the server has sixty.
		wide, shut, err := b.Open(ctx, 32)
		if err != nil {
			return nil, err
		}
		before, cpuErr := used(os.Getpid())
		went, err := rate(ctx, 32, b.Scale.Span, func(ctx context.Context, _ int64) error { return b.open(ctx, wide, contact) })
		after, _ := used(os.Getpid())
		if shutErr := shut(); err == nil {
			err = shutErr
		}
		if err != nil {
			return nil, err
		}
		rates = append(rates, went.per)
		if cpuErr == nil {
			// The warming-up is in it too: a quarter of the span at the same rate.
			spent, made = spent+after.cpu-before.cpu, made+went.n*5/4
		}
	}
	per := middle(rates)
	r := Row{What: "create a ticket through the verb (ticket, comment, fact, worklist, outbox in one transaction), 32 at once", Figure: perSecond(per)}
	yardstick, share, of := b.besides(per)
	r.Yardstick, r.Ratio = yardstick, share
	cpu := time.Duration(0)
	if made > 0 {
		cpu = spent / time.Duration(made)
		r.Figure += fmt.Sprintf(", %s CPU of ours", millis(cpu))
	}
	if of == 0 {
		r.Target, r.Met = "≥ 0.9 of the floor", Unknown
		return []Row{r}, nil
	}
	return []Row{r.wants("≥ 0.9 of the floor, ≤ 1 ms CPU", of >= 0.9 && cpu <= time.Millisecond)}, nil
}

// contact makes somebody who asks.
func (b *bench) contact(ctx context.Context, email string) (id desk.ContactID, err error) {
	err = b.House.Do(ctx, b.home, b.vera.Actor(), func(ctx context.Context, tx tenants.Tx) error {
		name, emails := "Иван", []string{email}
		c, err := b.Customers.AddContact(ctx, tx, customers.Person{Name: &name, Emails: &emails})
		if err == nil {
			id = c.ID
		}
		return err
	})
	return id, err
}

func (b *bench) open(ctx context.Context, r Rooms, contact desk.ContactID) error {
	_, err := b.opened(ctx, r, contact)
	return err
}

func (b *bench) opened(ctx context.Context, r Rooms, contact desk.ContactID) (made *tickets.Ticket, err error) {
	err = r.House.Do(ctx, b.home, b.vera.Actor(), func(ctx context.Context, tx tenants.Tx) (err error) {
		made, err = r.Tickets.Open(ctx, tx, tickets.Open{Subject: "Не печатает касса №3", Text: story, Type: "question", Contact: contact})
		return err
	})
	return made, err
}
