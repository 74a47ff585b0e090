package bench

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// view reads the page of a ticket with twenty comments, 8 at once.
func view(ctx context.Context, b *bench) ([]Row, error) {
	contact, err := b.contact(ctx, "anna@lotus.example")
	if err != nil {
		return nil, err
	}
	numbers := make([]int64, b.Scale.Viewed)
	work, workCtx := errgroup.WithContext(ctx)
	work.SetLimit(8)
	for i := range numbers {
		work.Go(func() error {
			made, err := b.opened(workCtx, b.Rooms, contact)
			if err != nil {
				return err
			}
			numbers[i] = made.Number
			return b.talk(workCtx, made.Number)
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	tx := b.House.Reader(b.home, b.vera.Actor())
	went, err := rate(ctx, 8, b.Scale.Span, func(ctx context.Context, i int64) error {
		v, err := b.Tickets.View(ctx, tx, numbers[i%int64(len(numbers))], 20)
		if err == nil && len(v.Timeline.Entries) != 20 {
			err = fmt.Errorf("the page has %d entries", len(v.Timeline.Entries))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	r := Row{What: "a ticket with 20 comments, one call, 8 at once", Figure: fmt.Sprintf("%s, p95 %s", perSecond(went.per), millis(went.p95))}
	bare := fmt.Sprintf("select t.number, t.subject, c.seq, c.at, c.body from t_%[1]d.tickets t join t_%[1]d.comments c on c.ticket_id = t.id where t.number = %[2]d order by c.seq desc limit 20", b.home.ID, numbers[0])
	if r.Yardstick, r.Ratio, err = b.readFloor(ctx, "the same ticket with its 20 comments", bare, went.per); err != nil {
		return nil, err
	}
	return []Row{r.wants("≥ 3,000/s", went.per >= 3000)}, nil
}

// talk puts twenty comments under a ticket, half of them notes.
func (b *bench) talk(ctx context.Context, number int64) error {
	for i := range 20 {
		err := b.House.Do(ctx, b.home, b.vera.Actor(), func(ctx context.Context, tx tenants.Tx) (err error) {
			if i%2 == 0 {
				_, err = b.Tickets.Reply(ctx, tx, tickets.Reply{Ticket: tickets.Number(number), Text: story, Anyway: true, Hold: -1})
			} else {
				_, err = b.Tickets.Note(ctx, tx, tickets.Note{Ticket: tickets.Number(number), Text: story})
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rights asks the compiled rights of one tenant.
func rights(ctx context.Context, b *bench) ([]Row, error) {
	tx := b.House.Reader(b.home, b.vera.Actor())
	ask := func(ctx context.Context) error {
		return b.Guard.Check(ctx, tx, access.TicketReply, access.Object{Type: "question"})
	}
	const times = 1000 // a single one is below what the clock can tell
	went, err := rate(ctx, 1, min(b.Scale.Span, time.Second), func(ctx context.Context, _ int64) error {
		for range times {
			if err := ask(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	each := time.Duration(float64(time.Second) / (went.per * times))
	r := Row{What: "right check (Casbin, compiled)", Figure: fmt.Sprintf("%.2f µs", float64(each)/1000)}
	return []Row{r.wants("≤ 5 µs", each <= 5*time.Microsecond)}, nil
}
