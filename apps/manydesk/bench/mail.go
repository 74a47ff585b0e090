package bench

import (
	"context"
	"fmt"
	"net"
	"net/smtp"
	"sync"
	"sync/atomic"
	"time"

	"manydesk/desk"
)

// letters come in by twelve connections and are read into tickets; 250 is said
// when they are on the disk.
func (b *bench) letters(ctx context.Context, c *child) ([]Row, error) {
	const connections = 12
	began := desk.System()
	var n atomic.Int64
	errs := make([]error, connections)
	var senders sync.WaitGroup
	for i := range connections {
		senders.Go(func() { errs[i] = b.send(ctx, c.door, began.Add(b.Scale.Mailing), &n) })
	}
	senders.Wait()
	took := desk.System().Sub(began)
	for _, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("send letters: %w", err)
		}
	}
	accepted := float64(n.Load()) / took.Seconds()
	r := Row{What: fmt.Sprintf("mail accepted durably by the SMTP door, %d connections, %d tenants, while tickets are made of it", connections, b.Scale.Queues), Figure: perSecond(accepted)}
	rows := []Row{r.wants("≥ 200/s", accepted >= 200)}
	err := until(ctx, func() (bool, error) {
		left := 0
		err := b.House.SharedReader(operator).QueryRow(ctx, "select count(*) from manydesk.outbox where name = $1", []any{b.IntakeJob}, &left)
		return left == 0, err
	})
	if err != nil {
		return rows, fmt.Errorf("wait for the letters to be read: %w", err)
	}
	tickets := float64(n.Load()) / desk.System().Sub(began).Seconds()
	r = Row{What: fmt.Sprintf("mail into tickets, %s letters, from the first to the last ticket", grouped(n.Load())), Figure: perSecond(tickets)}
	return append(rows, r.wants("≥ 100/s", tickets >= 100)), nil
}

// send gives letters over one connection until a moment, or until there are enough.
func (b *bench) send(ctx context.Context, door string, until time.Time, n *atomic.Int64) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", door)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // quit or not, it is over
	if err := conn.SetDeadline(desk.System().Add(2 * time.Minute)); err != nil {
		return err
	}
	s, err := smtp.NewClient(conn, "localhost")
	if err != nil {
		return err
	}
	for desk.System().Before(until) {
		i := n.Add(1)
		if i > b.Scale.Letters {
			n.Add(-1)
			break
		}
		if err := letter(s, i, fmt.Sprintf("desk-%d@localhost", i%int64(b.Scale.Queues))); err != nil {
			return err
		}
	}
	return s.Quit()
}

func letter(s *smtp.Client, n int64, to string) error {
	from := fmt.Sprintf("client%d@lotus.example", n)
	if err := s.Mail(from); err != nil {
		return err
	}
	if err := s.Rcpt(to); err != nil {
		return err
	}
	w, err := s.Data()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "From: Client %[1]d <%[2]s>\r\nTo: %[3]s\r\nSubject: Blank receipts %[1]d\r\nMessage-ID: <bench-%[1]d@lotus.example>\r\n"+
		"Date: Sun, 22 Nov 2026 10:00:00 +0300\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%[4]s\r\n", n, from, to, story)
	if err != nil {
		return err
	}
	return w.Close()
}
