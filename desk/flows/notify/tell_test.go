package notify_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/channels/email"
	"manydesk/desk/channels/post"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

func itoa(n int) string { return strconv.Itoa(n) }

const ivan, petra = "ivan@example.com", "petra@lotos.example"

func TestANewRequestIsAcknowledgedOnceInItsReadersLanguage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.Request(w.Ivan)
	m := w.one("opened")
	if to(m) != ivan || !strings.Contains(m.Subject, w.Tenant.Ref(made.Number)) || !strings.Contains(m.Text, "Мы приняли вашу заявку") {
		t.Errorf("to %s: %q\n%s", to(m), m.Subject, m.Text)
	}
	if m.Kind == email.Person || m.From != w.Mailbox(w.Tenant) {
		t.Errorf("it is from %s and reads as %s", m.From, m.Kind)
	}
	w.none("again")
	w.set("update ?tenant.contacts set language = 'en' where id = $1", w.Petra.ID)
	w.Request(w.Petra)
	if m = w.one("opened in English"); to(m) != petra || !strings.Contains(m.Text, "We’ve received your request") {
		t.Errorf("to %s:\n%s", to(m), m.Text)
	}
}

func TestWhoHearsOfAChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.request(w.Ivan)
	w.assign(made, w.Vera, w.Vera)
	w.none("Vera took it herself")
	w.assign(made, w.Vera, w.Oleg)
	if m := w.one("assigned"); !strings.HasPrefix(to(m), w.Oleg.ID.UUID()) || !strings.Contains(m.Text, "https://desk.example/t/") {
		t.Errorf("to %s:\n%s", to(m), m.Text)
	}
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Note(ctx, tx, tickets.Note{Ticket: tickets.ID(made.ID), Text: "Он опять."})
		return err
	})
	w.none("a note")
	w.Must(w.Ivan, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.ClientReply(ctx, tx, tickets.ClientReply{Ticket: tickets.ID(made.ID), Text: "Ф-200."})
		return err
	})
	if m := w.one("the client wrote"); !strings.HasPrefix(to(m), w.Oleg.ID.UUID()) || !strings.Contains(m.Text, "Ф-200.") {
		t.Errorf("to %s:\n%s", to(m), m.Text)
	}
	w.move(made, w.Vera, tickets.Move{To: "pending", Until: w.Now().Add(time.Hour), Comment: "Пришлите модель."})
	if m := w.one("needs info"); to(m) != ivan {
		t.Errorf("the question went to %s", to(m))
	}
	w.Pass(2 * time.Hour)
	w.Must(desk.Automaton("timer"), func(ctx context.Context, tx tenants.Tx) error {
		return w.Tickets.Resume(ctx, tx, desk.Timer{Subject: made.ID.Any(), Kind: tickets.TimerResume})
	})
	if m := w.one("resumed"); !strings.HasPrefix(to(m), w.Oleg.ID.UUID()) {
		t.Errorf("the end of the pause was told to %s", to(m))
	}
	w.move(made, w.Vera, tickets.Move{To: "resolved", Comment: "Заменили головку."})
	if m := w.one("resolved"); to(m) != ivan || !strings.Contains(m.Text, "/rate/rate-"+made.ID.UUID()[:8]) {
		t.Errorf("to %s:\n%s", to(m), m.Text)
	}
}

func TestNobodyIsToldOfTheirOwnDoing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.request(w.Ivan)
	w.move(made, w.Vera, tickets.Move{To: "resolved", Comment: "Готово."})
	w.letters()
	w.Must(w.Ivan, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Confirm(ctx, tx, tickets.ID(made.ID))
		return err
	})
	w.none("Ivan closed it himself")
	// A letter that does not arrive is not followed by others.
	w.set("update ?tenant.contacts set mail_state = 'bounced' where id = $1", w.Ivan.ID)
	w.Request(w.Ivan)
	w.none("the address bounced")
}

func TestAReplyLeavesWhenItsHoldIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.request(w.Ivan)
	w.under = append(w.under, file("акт.txt", "строка"))
	c := w.reply(made, tickets.Reply{Text: "Перезапустите кассу.", Cc: []tickets.Recipient{{Name: "Петра", Address: petra}}})
	w.none("held")
	w.release(made, c)
	all := w.letters()
	if len(all) != 1 || !strings.Contains(to(all[0]), ivan) || !strings.Contains(to(all[0]), petra) {
		t.Fatalf("%d letters, %+v", len(all), all)
	}
	m := all[0]
	if !strings.Contains(m.Text, "Перезапустите кассу.") || len(m.Attachments) != 1 || m.Attachments[0].Name != "акт.txt" || m.Kind != email.Person {
		t.Errorf("%s %+v\n%s", m.Kind, m.Attachments, m.Text)
	}
	keys, err := w.House.SigningKeys(t.Context(), "mail")
	if err != nil {
		t.Fatal(err)
	}
	signer := email.Signer{Tenant: w.Tenant.ID, Keys: keys}
	if token, ok := signer.ReadMessageID(m.MessageID); !ok || token.Ticket != made.ID || token.Seq != c.Seq {
		t.Errorf("its answer would not find the ticket by %s", m.MessageID)
	}
	if w.newest().State != post.Sent || w.count("select count(*) from ?tenant.facts where subject_id = $1 and type = $2", made.ID, tickets.FactSent) != 1 {
		t.Errorf("it left and is %s", w.newest().State)
	}
	// The client's next letter about it stands in the same thread.
	next := w.reply(made, tickets.Reply{Text: "Помогло?"})
	w.release(made, next)
	if answer := w.one("the next reply"); len(answer.InReplyTo) == 0 || !strings.Contains(strings.Join(answer.References, " "), m.MessageID) {
		t.Errorf("it refers to %v", answer.References)
	}
}

func TestAWithdrawnReplyNeverLeaves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.request(w.Ivan)
	c := w.reply(made, tickets.Reply{Text: "Не то."})
	w.Must(w.Vera, func(ctx context.Context, tx tenants.Tx) error {
		_, err := w.Tickets.Withdraw(ctx, tx, tickets.ID(made.ID), c.Seq)
		return err
	})
	w.release(made, c)
	w.none("withdrawn")
}

func TestASolutionIsToldByItsOwnLetterAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.request(w.Ivan)
	c := w.reply(made, tickets.Reply{Text: "Заменили головку.", Status: &tickets.Move{To: "resolved"}})
	w.release(made, c)
	if m := w.one("the solution"); !strings.Contains(m.Text, "Заменили головку.") || !strings.Contains(m.Text, "/rate/") {
		t.Errorf("%s", m.Text)
	}
}

func TestAServerThatIsDownIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.set(true)
	made := w.Request(w.Ivan)
	for range 2 {
		if failed := w.work(); len(failed) != 1 || !strings.Contains(failed[0].Error(), "again in") {
			t.Fatalf("failed %v", failed)
		}
	}
	if m := w.newest(); m.State != post.Queued || m.Tries != 2 {
		t.Errorf("it is %s after %d tries", m.State, m.Tries)
	}
	w.server.set(false)
	if m := w.one("the server is back"); to(m) != ivan || !strings.Contains(m.Subject, w.Tenant.Ref(made.Number)) {
		t.Errorf("to %s", to(m))
	}
	if n := w.count("select count(*) from ?tenant.messages where direction = 'out'"); n != 1 {
		t.Errorf("%d letters were queued for one", n)
	}
}

func TestAFailureShowsOnTheTicketAndCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.request(w.Ivan)
	w.server.set(false, ivan)
	c := w.reply(made, tickets.Reply{Text: "Перезапустите кассу."})
	w.release(made, c)
	w.none("a server that knows no Ivan")
	m := w.newest()
	if m.State != post.Failed || m.Code == "" || m.Error == "" || w.count("select count(*) from ?tenant.facts where subject_id = $1 and type = $2 and not public", made.ID, tickets.FactSendFailed) != 1 {
		t.Fatalf("%+v", m)
	}
	w.server.set(false)
	again := func() (job desk.Job, err error) {
		err = w.Do(w.Vera, func(ctx context.Context, tx tenants.Tx) (err error) {
			job, err = w.notify.Retry(ctx, tx, m.ID)
			return err
		})
		return job, err
	}
	job, err := again()
	if err != nil || job.Name != tickets.JobSend {
		t.Fatalf("%+v %v", job, err)
	}
	if _, err = again(); desk.CodeOf(err) != desk.InUse {
		t.Errorf("twice: %v", err)
	}
	w.set("insert into manydesk.outbox (tenant_id, name, lane, subject_id, seq, data) values ($1, $2, 'mail', $3, $4, $5::jsonb)", int32(w.Tenant.ID), job.Name, job.Subject, job.Seq, string(job.Data))
	if got := w.one("tried again"); to(got) != ivan {
		t.Errorf("to %s", to(got))
	}
}

func TestASuspendedTenantsLettersWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Request(w.Ivan)
	active := w.Tenant
	w.Tenant.State = tenants.Suspended
	if failed := w.work(); len(failed) != 1 || desk.CodeOf(failed[0]) != desk.TenantSuspended || len(w.server.took()) != 0 {
		t.Errorf("failed %v", failed)
	}
	w.Tenant = active
	if m := w.one("resumed"); to(m) != ivan {
		t.Errorf("to %s", to(m))
	}
}

// A machine that answers our acknowledgement with a new letter, and says nothing
// of being one, hears us three times.
func TestTwoMachinesFallSilent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	heard := 0
	for range 12 {
		w.Request(w.Ivan)
		w.Pass(time.Minute)
		heard += len(w.letters())
	}
	if heard > 3 || heard == 0 {
		t.Errorf("it heard us %d times", heard)
	}
	w.Request(w.Petra)
	if m := w.one("somebody else"); to(m) != petra {
		t.Errorf("to %s", to(m))
	}
}
