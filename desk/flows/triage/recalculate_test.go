package triage_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/flows/triage"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/jobs"
	"manydesk/tenants"
)

func TestThePromiseMadeBeforehandIsTheDeadlineStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, at := range [][3]int{{23, 8, 0}, {23, 12, 40}, {23, 17, 59}, {27, 18, 30}, {28, 12, 0}} {
		w.at(at[0], at[1], at[2])
		n := w.Request(w.Ivan).Number
		stored := w.read(n)
		told, err := w.triage.Preview(t.Context(), w.Read(w.Ivan), triage.Ask{At: stored.CreatedAt, Type: stored.Type, Subject: stored.Subject, Contact: w.Ivan.Contact(), Channel: stored.Channel})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range told.Clocks {
			want := map[sla.Clock]time.Time{sla.FirstResponse: stored.FirstDueAt, sla.Resolution: stored.ResolveDueAt}[p.Kind]
			if !want.IsZero() && !p.Due.Equal(want) {
				t.Errorf("at %v the %s was promised for %s, and stored for %s", at, p.Kind, p.Due, want)
			}
		}
		if len(told.Clocks) == 0 || told.Why.Terms.Policy != "standard" || len(told.Why.Tried) != 1 {
			t.Errorf("told %+v", told.Why)
		}
	}
}

// stricter is the standard with four hours where it had eight.
func stricter() sla.Policy {
	p := standard()
	p.Targets["3"] = sla.Target{FirstResponse: 120, NextResponse: 240, Resolution: 240, Calendar: "office"}
	return p
}

func (w *world) draft(p sla.Policy) {
	w.T.Helper()
	w.Must(desk.Automaton("setup"), func(ctx context.Context, tx tenants.Tx) error {
		_, err := sla.Policies.Draft(ctx, tx, settings.Draft[sla.Policy]{Key: "standard", Spec: p})
		return err
	})
}

func TestATrialTellsWhatADraftWouldHaveMeant(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(23, 9, 0)
	for range 3 {
		w.Request(w.Ivan)
	}
	done := w.Request(w.Ivan).Number
	w.reply(done)
	w.at(23, 15, 0) // five working hours later
	w.status(done, "resolved", time.Time{})
	w.draft(stricter())
	got, err := w.triage.TryDraft(t.Context(), w.Read(desk.Automaton("setup")), sla.Policies.Name, "standard")
	if err != nil {
		t.Fatal(err)
	}
	// Four resolutions come earlier; of the three that run, all lie in the past by now.
	if got.Tickets != 4 || got.Moved != 4 || got.Earlier != 4 || got.IntoPast != 3 || len(got.Rows) != 4 {
		t.Errorf("%+v", got)
	}
	// First responses: one was kept, three are late. Resolutions: one kept before, none after.
	if got.Before != 2.0/5 || got.After != 1.0/8 {
		t.Errorf("kept %f before, %f after", got.Before, got.After)
	}
}

func TestRunningTicketsMoveWhenTheAdministratorSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(23, 9, 0)
	running, paused := w.Request(w.Ivan), w.Request(w.Ivan)
	w.reply(paused.Number)
	w.at(23, 10, 0)
	w.status(paused.Number, "pending", moscow(25, 12, 0))
	w.draft(stricter())
	setup := desk.Automaton("setup")
	preview, err := w.triage.PreviewRecalculation(t.Context(), w.Read(setup), triage.DraftOf{Kind: sla.Policies.Name, Key: "standard"})
	if err != nil || preview.Running != 2 || preview.Moved != 1 {
		t.Fatalf("%+v %v", preview, err)
	}
	var run jobs.Run
	w.Must(setup, func(ctx context.Context, tx tenants.Tx) (err error) {
		open, err := sla.Policies.Open(ctx, tx.ReadTx, "standard")
		if err != nil {
			return err
		}
		if err := sla.Policies.Publish(ctx, tx, "standard", open.Version); err != nil {
			return err
		}
		run, err = w.triage.Recalculate(ctx, tx)
		return err
	})
	w.refresh()
	near(t, "before the job", w.read(running.Number).ResolveDueAt, moscow(23, 18, 0))
	for range 2 { // a job may be called twice
		w.portions(run.ID)
	}
	near(t, "what runs", w.read(running.Number).ResolveDueAt, moscow(23, 13, 0))
	w.at(25, 9, 0)
	w.status(paused.Number, "in_progress", time.Time{})
	near(t, "what stood", w.read(paused.Number).ResolveDueAt, moscow(25, 12, 0))
	ended, err := jobs.ReadRun(t.Context(), w.Read(setup), run.ID)
	if err != nil || ended.State != jobs.RunApplied || ended.Done != 2 {
		t.Errorf("%+v %v", ended, err)
	}
	w.refolded(running.Number)
	w.refolded(paused.Number)
}

// portions does the jobs of a run that wait.
func (w *world) portions(run desk.RunID) {
	w.T.Helper()
	for {
		var rows []struct {
			ID   int64
			Data json.RawMessage
		}
		if err := w.House.SharedReader(w.Vera).Query(w.T.Context(), &rows, "select id, data from manydesk.outbox where name = $1", triage.JobRecalculate); err != nil {
			w.T.Fatal(err)
		}
		if len(rows) == 0 {
			return
		}
		work := &jobs.Work{ID: rows[0].ID, Tenant: w.Tenant, Name: triage.JobRecalculate, Subject: run.Any(), Data: rows[0].Data}
		if err := w.triage.Portion(w.T.Context(), work); err != nil {
			w.T.Fatal(err)
		}
	}
}

func TestATicketsOwnExceptionStaysAndIsTakenBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(23, 9, 0)
	n := w.Request(w.Ivan).Number
	except := func(e sla.Effect, why string) error {
		return w.Do(w.Oleg, func(ctx context.Context, tx tenants.Tx) error {
			_, err := w.triage.Except(ctx, tx, tickets.Number(n), e, why)
			return err
		})
	}
	if err := except(sla.Effect{DueAt: moscow(30, 12, 0)}, " "); !desk.Is(err, desk.ValidationFailed) {
		t.Errorf("without a reason: %v", err)
	}
	if err := except(sla.Effect{DueAt: moscow(30, 12, 0)}, "Ждём запчасть, согласовано"); err != nil {
		t.Fatal(err)
	}
	near(t, "the date that was agreed", w.read(n).ResolveDueAt, moscow(30, 12, 0))
	w.priority(n, 2)
	near(t, "after another priority", w.read(n).ResolveDueAt, moscow(30, 12, 0))
	if err := except(sla.Effect{}, "Запчасть пришла"); err != nil {
		t.Fatal(err)
	}
	near(t, "taken back", w.read(n).ResolveDueAt, moscow(23, 18, 0))
	w.refolded(n)
}
