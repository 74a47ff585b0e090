package intake_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"manydesk/desk/channels/email"
	"manydesk/desk/channels/post"
	"manydesk/desk/events"
	"manydesk/desk/files"
	"manydesk/desk/flows/intake"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
)

func TestALetterBecomesATicketOfItsSender(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := w.ticket(w.arrives(letter{from: "Анна <anna@roga.example>", subject: "Не печатает касса", id: "1@roga.example", body: "С утра пустые чеки."}))
	if v.Ticket.Subject != "Не печатает касса" || v.Contact.Name != "Анна" || v.Ticket.Channel != tickets.Mail || v.Ticket.Language != "ru" {
		t.Errorf("%+v", v.Ticket)
	}
	if said := w.said(v.Ticket.ID); !slices.Equal(said, []string{"С утра пустые чеки."}) {
		t.Errorf("it says %q", said)
	}
	again := w.ticket(w.arrives(letter{from: "ANNA@roga.example", subject: "И ещё", id: "2@roga.example", body: "Другое."}))
	if again.Ticket.ContactID != v.Ticket.ContactID || again.Ticket.ID == v.Ticket.ID {
		t.Error("the second letter of the same person is somebody else's, or the same ticket")
	}
}

func TestAReplyJoinsItsTicket(t *testing.T) {
	t.Parallel()
	for name, refer := range map[string]func(w *world, ticket *tickets.Ticket, l *letter){
		"by the signed address": func(w *world, ticket *tickets.Ticket, l *letter) {
			l.to = w.signer().Address(support, email.Token{Ticket: ticket.ID, Seq: 1})
		},
		"by our signed Message-ID, never stored": func(w *world, ticket *tickets.Ticket, l *letter) {
			l.head = "In-Reply-To: <" + w.signer().MessageID(email.Token{Ticket: ticket.ID, Seq: 1}, "n", "acme.example") + ">\n"
		},
		"by the id of a letter that we sent": func(w *world, ticket *tickets.Ticket, l *letter) {
			w.sent(ticket.ID, "ivan@example.com", "out-1@acme.example")
			l.head = "References: <x@y.example>\n <out-1@acme.example>\n"
		},
		"by its number, of one who takes part": func(w *world, ticket *tickets.Ticket, l *letter) {
			l.subject = "Re: [" + w.Tenant.Ref(ticket.Number) + "] касса"
		},
		"by the mark in the quoted text": func(w *world, ticket *tickets.Ticket, l *letter) {
			l.body += "\n\n> " + w.signer().Mark(w.Tenant.Ref(ticket.Number))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ticket := w.Request(w.Ivan)
			l := letter{from: "ivan@example.com", subject: "Re: касса", id: "9@example.com", body: "Модель Ф-200."}
			refer(w, ticket, &l)
			m := w.arrives(l)
			if m.SubjectID != ticket.ID.Any() || w.tickets() != 1 {
				t.Fatalf("it went to %s, not to %s", m.SubjectID, ticket.ID)
			}
			if said := w.said(ticket.ID); len(said) != 2 || !strings.HasPrefix(said[1], "Модель Ф-200.") {
				t.Errorf("the ticket says %q", said)
			}
		})
	}
}

func TestAStrangerIsNotLetIntoSomebodysThread(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Request(w.Ivan)
	ref := w.Tenant.Ref(ticket.Number)
	m := w.arrives(letter{from: "thief@evil.example", subject: "Re: [" + ref + "] касса", id: "1@evil.example", body: "Что там написано?"})
	if m.SubjectID == ticket.ID.Any() || m.Code != "maybe "+ref {
		t.Errorf("the number alone let a stranger in, or the agent has no hint: %+v", m)
	}
	// A tag of another tenant's says nothing here, nor does a made-up one.
	other := w.signer()
	other.Tenant++
	for i, address := range []string{other.Address(support, email.Token{Ticket: ticket.ID, Seq: 1}), "support+" + strings.Repeat("a", 40) + "@acme.example"} {
		m = w.arrives(letter{from: "thief@evil.example", to: address, subject: "Касса", id: string(rune('a'+i)) + "@evil.example", body: "Что там?"})
		if m.SubjectID == ticket.ID.Any() || m.State != post.Done {
			t.Errorf("%s let a stranger in: %+v", address, m)
		}
	}
}

func TestAnAnswerToAClosedTicketIsANewRelatedOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Request(w.Ivan)
	w.move(ticket.ID, "resolved")
	w.move(ticket.ID, "closed")
	v := w.ticket(w.arrives(letter{from: "ivan@example.com", to: w.signer().Address(support, email.Token{Ticket: ticket.ID, Seq: 1}), subject: "Re: касса", id: "9@example.com", body: "Опять."}))
	if v.Ticket.ID == ticket.ID || len(w.said(ticket.ID)) > 2 {
		t.Fatal("a closed ticket was written to")
	}
	if w.count("select count(*) from ?tenant.links where $1 in (ticket_id, target_id) and $2 in (ticket_id, target_id)", ticket.ID, v.Ticket.ID) != 1 {
		t.Error("the new one does not lead to the old one")
	}
}

func TestOneLetterIsOneTicketHoweverItComes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := letter{from: "anna@roga.example", to: support + ", " + sales, subject: "Касса", id: "1@roga.example", body: "Не печатает."}
	w.accept(support, l.raw(), support)
	// The sender did not hear our 250 and says it again, through another server.
	w.accept(support, append([]byte("Received: from b.example by mx.acme.example; Mon, 23 Nov 2026 12:00:01 +0300\r\n"), l.raw()...), support)
	w.accept(sales, l.raw(), sales)
	// All three wait together and go in one unit.
	if err := w.work(); err != nil {
		t.Fatal(err)
	}
	if n := w.tickets(); n != 1 {
		t.Fatalf("%d tickets", n)
	}
	if m := w.last(); m.State != post.Ignored || m.Code != "copy" || m.SubjectID.IsZero() {
		t.Errorf("the other mailbox's copy is %+v", m)
	}
	// The same id over other words is another letter.
	l.body = "Совсем другое."
	w.arrivesRaw(l.raw(), support)
	if n := w.tickets(); n > 2 {
		t.Errorf("%d tickets", n)
	}
}

func TestAJobCalledTwiceActsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.accept(support, letter{from: "anna@roga.example", subject: "Касса", id: "1@roga.example", body: "x"}.raw(), support)
	job, _ := w.next()
	twin := *job
	if err := w.intake.Receive(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if err := w.intake.Receive(t.Context(), &twin); err == nil || w.tickets() != 1 {
		t.Errorf("the second call said %v, there are %d tickets", err, w.tickets())
	}
}

func TestLettersThatWaitAreSettledTogetherAndEachOnItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const n = 11
	for i := range n {
		w.accept(support, letter{from: "anna@roga.example", subject: "Касса", id: string(rune('a'+i)) + "@roga.example", body: "x"}.raw(), support)
	}
	job, _ := w.next()
	if err := w.intake.Receive(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if got := w.tickets(); got != 8 {
		t.Errorf("one call made %d tickets", got)
	}
	// A row that somebody else holds is left to them; one that failed goes alone.
	held, release := make(chan struct{}), make(chan struct{})
	wait := make(chan error, 1)
	go func() {
		wait <- w.House.Do(context.WithoutCancel(t.Context()), w.Tenant, me, func(ctx context.Context, tx tenants.Tx) error {
			if _, err := tx.Exec(ctx, "select id from manydesk.outbox where id = (select max(id) from manydesk.outbox) for update"); err != nil {
				return err
			}
			close(held)
			<-release
			return nil
		})
	}()
	<-held
	job, _ = w.next()
	if err := w.intake.Receive(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if got := w.tickets(); got != n-1 {
		t.Errorf("beside a busy one there are %d tickets", got)
	}
	job, _ = w.next()
	if err := w.intake.Receive(t.Context(), &jobs.Work{ID: job.ID, Tenant: w.Tenant, Name: intake.Job, Subject: job.Subject}); err == nil {
		t.Log("the busy row was waited for")
	}
	close(release)
	if err := <-wait; err != nil {
		t.Fatal(err)
	}
	if err := w.work(); err != nil || w.tickets() != n {
		t.Errorf("%v, %d tickets", err, w.tickets())
	}
}

func TestMachinesAreHeardAndWakeNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Request(w.Ivan)
	w.move(ticket.ID, "pending")
	back := w.signer().Address(support, email.Token{Ticket: ticket.ID, Seq: 1})
	m := w.arrives(letter{from: "ivan@example.com", to: back, subject: "Автоответ: касса", id: "9@example.com", head: "Auto-Submitted: auto-replied\n", body: "Я в отпуске."})
	v := w.ticket(m)
	if v.Ticket.ID != ticket.ID || v.Ticket.Category != tickets.CategoryPending || decode(t, m.Data).Kind != string(email.AutoReply) {
		t.Errorf("an out-of-office answer left the ticket %v: %+v", v.Ticket.Category, m)
	}
	if v = w.ticket(w.arrives(letter{from: "ivan@example.com", to: back, subject: "Re: касса", id: "10@example.com", body: "Ф-200."})); v.Ticket.Category == tickets.CategoryPending {
		t.Error("the client's own words left it waiting")
	}
	before := w.tickets()
	if m = w.arrives(letter{from: support, subject: "Касса", id: "11@acme.example", head: email.LoopHeader + ": " + support + "\n", body: "x"}); m.State != post.Ignored || m.Code != "loop" || w.tickets() != before {
		t.Errorf("our own letter came back and is %+v", m)
	}
}

func TestWhatCannotBeReadIsATicketWithTheOriginal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raw := []byte("From: anna@roga.example\r\nSubject: =?utf-8?B?broken\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\nContent-Transfer-Encoding: base64\r\n\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!notbase64\x00\xff\r\n")
	v := w.ticket(w.arrivesRaw(raw, support))
	if n := w.count("select count(*) from ?tenant.files where owner_id = $1 and name = 'original.eml' and size = $2", v.Ticket.ID, len(raw)); n != 1 {
		t.Errorf("the original is there %d times", n)
	}
}

// Whatever desks and libraries were seen to stumble over becomes something here.
func TestNothingOfTheCorpusIsDropped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	corpus, err := filepath.Glob("../../channels/email/testdata/*.eml")
	if err != nil || len(corpus) < 27 {
		t.Fatalf("%d letters, %v", len(corpus), err)
	}
	for _, name := range corpus {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w.accept(support, raw, support)
		if err := w.work(); err != nil {
			t.Fatalf("%s: %v", filepath.Base(name), err)
		}
		m := w.last()
		switch kind := decode(t, m.Data).Kind; kind {
		case string(email.Bounce):
			if m.State != post.Quarantined {
				t.Errorf("%s, a bounce of nothing of ours, is %s", filepath.Base(name), m.State)
			}
		case string(email.Loop):
			if m.State != post.Ignored {
				t.Errorf("%s, a loop, is %s", filepath.Base(name), m.State)
			}
		default:
			if m.State != post.Done && m.Code != "copy" {
				t.Errorf("%s, %s, is %s (%s)", filepath.Base(name), kind, m.State, m.Code)
			}
		}
	}
}

func TestAttachmentsAreKeptAndDangerousOnesHeld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	part := func(head, body string) string { return "--b\n" + head + "\n\n" + body + "\n" }
	m := w.arrives(letter{
		from: "anna@roga.example", subject: "Касса", id: "1@roga.example", head: "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n",
		body: part("Content-Type: text/html; charset=utf-8", `<p>Вот: <img src="cid:pic"></p><script>alert(1)</script>`) +
			part("Content-Type: image/png\nContent-ID: <pic>\nContent-Disposition: inline; filename=\"shot.png\"\nContent-Transfer-Encoding: base64", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=") +
			part("Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"../акт.pdf\"", "%PDF-1.4") +
			part("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"run.exe\"", "MZ..") +
			part("Content-Type: text/plain\nContent-Disposition: attachment; filename=\"huge.txt\"", strings.Repeat("0123456789abcdef\n", 70_000)) + "--b--",
	})
	v := w.ticket(m)
	for what, want := range map[string]int{
		"name = 'shot.png' and inline and content_id = 'pic' and state = 'ready'": 1,
		"name like '%акт.pdf' and name not like '%/%' and state = 'ready'":        1,
		"name = 'run.exe' and state = 'held'":                                     1,
		"name = 'huge.txt'":                                                       0,
	} {
		if n := w.count("select count(*) from ?tenant.files where owner_id = $1 and "+what, v.Ticket.ID); n != want {
			t.Errorf("%s: %d", what, n)
		}
	}
	if m.Code != "attachment_refused" {
		t.Errorf("nobody is told that one was refused: %q", m.Code)
	}
	if text := strings.Join(w.said(v.Ticket.ID), ""); strings.Contains(text, "script") || !strings.Contains(text, "Вот") {
		t.Errorf("it says %q", text)
	}
}

func TestABounceMarksOnlyWhomItsLetterWentTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Request(w.Ivan)
	out := w.sent(ticket.ID, "ivan@example.com", w.signer().MessageID(email.Token{Ticket: ticket.ID, Seq: 1}, "n", "acme.example"))
	var id string
	if err := w.Read(me).QueryRow(t.Context(), "select external_id from ?tenant.messages where id = $1", []any{out}, &id); err != nil {
		t.Fatal(err)
	}
	bounce := func(recipient, original, status string) post.Message {
		body := "--b\nContent-Type: text/plain\n\nIt did not arrive.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; " + recipient +
			"\nAction: failed\nStatus: " + status + "\nDiagnostic-Code: smtp; 550 no such user\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <" + original + ">\nSubject: x\n\nx\n--b--"
		return w.arrives(letter{
			from: "MAILER-DAEMON@mx.example", to: support, subject: "Undelivered", id: recipient + status + original[:4] + "@mx.example",
			head: "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n", body: body,
		})
	}
	marked := func() (all string) {
		if err := w.Read(me).QueryRow(t.Context(), "select coalesce(string_agg(name, ' ' order by name), '') from ?tenant.contacts where mail_state = 'bounced'", nil, &all); err != nil {
			t.Fatal(err)
		}
		return all
	}
	if m := bounce("ivan@example.com", "forged@acme.example", "5.1.1"); m.State != post.Quarantined || marked() != "" {
		t.Errorf("a bounce of a letter we never sent: %+v, marked %q", m, marked())
	}
	if m := bounce("ivan@example.com", id, "4.4.1"); m.Code != "bounce_delayed" || marked() != "" {
		t.Errorf("a delay: %+v, marked %q", m, marked())
	}
	// Who knows one id of ours cannot silence somebody else.
	if bounce("petra@lotos.example", id, "5.1.1"); strings.Contains(marked(), "Петра") {
		t.Errorf("marked %q", marked())
	}
	m := bounce("ivan@example.com", id, "5.2.2")
	if m.State != post.Done || m.SubjectID != ticket.ID.Any() || marked() != "Иван" || w.tickets() != 1 {
		t.Errorf("the bounce of our letter: %+v, marked %q", m, marked())
	}
	if n := w.count("select count(*) from ?tenant.facts where subject_id = $1 and type = $2", ticket.ID, tickets.FactSendFailed); n == 0 {
		t.Error("the ticket does not say so")
	}
}

func TestBytesOfAFailedUnitAreSwept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.accept(support, letter{
		from: "anna@roga.example", subject: "Касса", id: "1@roga.example", head: "Content-Type: multipart/mixed; boundary=\"b\"\n",
		body: "--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"a.pdf\"\n\n%PDF\n--b--",
	}.raw(), support)
	// The unit fails after the bytes are kept.
	refusing := events.New()
	events.Inside(refusing, func(context.Context, tenants.Tx, *tickets.Opened) error { return errors.New("the clock is broken") })
	real := w.intake
	w.intake = intake.New(w.House, tickets.New(refusing, w.Guard, w.files), w.customers, w.files)
	if err := w.work(); err == nil || w.tickets() != 0 {
		t.Fatalf("%v, %d tickets", err, w.tickets())
	}
	left := w.count("select count(*) from manydesk.outbox where name = $1 and tenant_id = $2", files.JobSweep, int32(w.Tenant.ID))
	if left != 1 {
		t.Errorf("%d sweeps are left", left)
	}
	w.intake = real
	if err := w.work(); err != nil || w.tickets() != 1 || w.count("select count(*) from ?tenant.files where name = 'a.pdf'") != 1 {
		t.Errorf("the next try: %v, %d tickets", err, w.tickets())
	}
}
