package triage_test

import (
	"slices"
	"testing"
	"time"

	"manydesk/desk/conditions"
	"manydesk/desk/flows/reports"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
)

func TestATicketIsDueByTheCalendarOfItsPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(23, 17, 20) // Monday
	n := w.Request(w.Ivan).Number
	got := w.read(n)
	near(t, "first response", got.FirstDueAt, moscow(24, 10, 20))
	near(t, "resolution", got.ResolveDueAt, moscow(24, 17, 20))
	near(t, "the nearest", got.DueAt, moscow(24, 10, 20))
	near(t, "the timer", w.timer(got.ID), moscow(24, 10, 20))
	w.refolded(n)
}

func TestAnAnswerMeetsTheFirstClockAndTheNextOneRuns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(23, 10, 0)
	n := w.Request(w.Ivan).Number
	w.at(23, 10, 30)
	w.reply(n)
	got, s := w.read(n), w.state(n)
	if r := s.Run(sla.FirstResponse); r.Met.IsZero() {
		t.Error("the first response is not met")
	}
	near(t, "the nearest", got.DueAt, moscow(24, 10, 0))
	w.at(23, 12, 0)
	w.says(n)
	near(t, "the next response", w.read(n).DueAt, moscow(23, 17, 0))
	w.at(23, 12, 30)
	w.says(n)
	near(t, "the next response again", w.read(n).DueAt, moscow(23, 17, 0))
	w.reply(n)
	near(t, "after it", w.read(n).DueAt, moscow(24, 10, 0))
	w.refolded(n)
}

func TestAPauseMovesTheDeadlineByItsWorkingTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(23, 10, 0)
	n := w.Request(w.Ivan).Number
	w.reply(n)
	w.at(23, 11, 0)
	w.status(n, "pending", moscow(23, 16, 0))
	got := w.read(n)
	if !got.DueAt.IsZero() || !got.ResolveDueAt.IsZero() {
		t.Errorf("due %s while paused", got.DueAt)
	}
	if at := w.timer(got.ID); !at.IsZero() {
		t.Errorf("a timer at %s while paused", at)
	}
	w.at(23, 16, 0)
	w.status(n, "in_progress", time.Time{})
	// One hour was used; seven are left: 16–18, then five on Tuesday.
	near(t, "resolution", w.read(n).ResolveDueAt, moscow(24, 15, 0))
	w.refolded(n)
}

func TestAPriorityThatChangesLosesNoPauseAndNoTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(23, 10, 0)
	n := w.Request(w.Ivan).Number
	w.reply(n)
	w.at(23, 11, 0)
	w.status(n, "pending", moscow(23, 12, 0))
	w.at(23, 12, 0)
	w.status(n, "in_progress", time.Time{})
	w.at(23, 12, 30) // an hour and a half of eight are used
	w.priority(n, 1) // four hours, and from now on the clock never stops
	near(t, "resolution", w.read(n).ResolveDueAt, moscow(23, 15, 0))
	w.at(23, 12, 45)
	w.priority(n, 3) // eight hours in the office again: 1:45 are used
	near(t, "resolution", w.read(n).ResolveDueAt, moscow(24, 11, 0))
	w.refolded(n)
}

func TestATicketThatComesBackGoesOnCounting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(23, 10, 0)
	n := w.Request(w.Ivan).Number
	w.reply(n)
	w.at(23, 12, 0)
	w.status(n, "resolved", time.Time{})
	got := w.read(n)
	if !got.DueAt.IsZero() {
		t.Errorf("a resolved ticket is due %s", got.DueAt)
	}
	near(t, "what was promised", got.ResolveDueAt, moscow(24, 10, 0))
	w.at(24, 9, 0)
	w.status(n, "open", time.Time{})
	// Two hours were used by noon; six are left.
	near(t, "resolution", w.read(n).ResolveDueAt, moscow(24, 16, 0))
	w.refolded(n)
}

func TestARunningTicketKeepsItsVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at(23, 10, 0)
	n := w.Request(w.Ivan).Number
	stricter := standard()
	stricter.Targets["2"] = sla.Target{FirstResponse: 5, Resolution: 60, Calendar: "office"}
	put(w, sla.Policies, settings.Draft[sla.Policy]{Key: "standard", Spec: stricter})
	w.priority(n, 2)
	near(t, "resolution of what runs", w.read(n).ResolveDueAt, moscow(24, 10, 0))
	near(t, "first response of what runs", w.read(n).FirstDueAt, moscow(23, 10, 30))
	fresh := w.Request(w.Ivan).Number
	w.priority(fresh, 2)
	near(t, "first response of what is new", w.read(fresh).FirstDueAt, moscow(23, 10, 5))
	if s := w.state(fresh); s.Terms.Version != 2 || w.state(n).Terms.Version != 1 {
		t.Errorf("versions %d and %d", s.Terms.Version, w.state(n).Terms.Version)
	}
}

func TestAnExceptionWinsOverThePolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put(w, sla.Exceptions, settings.Draft[sla.Exception]{Key: "till", Spec: sla.Exception{
		Name: settings.Words{RU: "Кассы", EN: "Tills"}, Reason: "Касса в торговом центре", When: conditions.Leaf("subject", "contains", "касса"),
		Effect: sla.Effect{Calendar: "round", Targets: sla.Target{FirstResponse: 15}},
	}})
	w.at(23, 20, 0)
	n := w.Request(w.Ivan).Number
	near(t, "first response", w.read(n).FirstDueAt, moscow(23, 20, 15))
	s := w.state(n)
	if s.Terms.Exception != "till" || s.Terms.Reason == "" || s.Terms.Policy != "standard" {
		t.Errorf("terms %+v", s.Terms)
	}
	near(t, "first response without it", s.Run(sla.FirstResponse).Raw, moscow(24, 11, 0))
	w.refolded(n)
}

func TestABreachIsRecordedOnceAndEscalationsFireOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put(w, sla.Escalations, settings.Draft[sla.Escalation]{Key: "warn", Spec: sla.Escalation{
		Name: settings.Words{RU: "Предупредить", EN: "Warn"}, When: always, Levels: []sla.Level{
			{Clock: sla.FirstResponse, At: sla.Share, Value: 50, Actions: []sla.Action{{Kind: sla.Tag, Tag: "горит"}}},
			{Clock: sla.FirstResponse, At: sla.Breach, Actions: []sla.Action{{Kind: sla.Priority, To: 1}}},
		},
	}})
	w.at(23, 10, 0)
	made := w.Request(w.Ivan)
	near(t, "the timer", w.timer(made.ID), moscow(23, 11, 0))
	w.fire(made.ID)
	if w.read(made.Number).Version != made.Version {
		t.Fatal("a timer that came early did something")
	}
	w.at(23, 11, 0)
	w.fire(made.ID)
	w.fire(made.ID)
	got := w.read(made.Number)
	if len(got.Tags) != 1 || got.Tags[0] != "горит" {
		t.Fatalf("tags %v", got.Tags)
	}
	near(t, "the timer", w.timer(made.ID), moscow(23, 12, 0))
	w.at(23, 12, 0)
	w.fire(made.ID)
	w.Pass(-time.Hour) // the machine's clock is put right
	w.fire(made.ID)
	w.Pass(2 * time.Hour)
	w.fire(made.ID)
	got = w.read(made.Number)
	if got.Priority != 1 {
		t.Errorf("priority %d", got.Priority)
	}
	var kinds []struct{ Type string }
	if err := w.Read(w.Vera).Query(t.Context(), &kinds, "select type from ?tenant.facts where subject_id = $1 and type like 'sla.%' order by seq", made.ID); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, k := range kinds {
		count[k.Type]++
	}
	// The critical ticket's resolution clock goes on: 14:00 is four hours after ten.
	if count[tickets.FactBreached] != 1 || count[tickets.FactEscalated] != 2 {
		t.Errorf("facts %v", count)
	}
	w.refolded(made.Number)
}

func TestAReportHasTheFigureWithoutExceptionsBeside(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	put(w, sla.Exceptions, settings.Draft[sla.Exception]{Key: "move", Spec: sla.Exception{
		Name: settings.Words{RU: "Переезд", EN: "Moving"}, Reason: "Переезд заказчика", When: conditions.Leaf("subject", "contains", "касса"),
		Effect: sla.Effect{Targets: sla.Target{Resolution: 2400}},
	}})
	w.at(23, 10, 0)
	n := w.Request(w.Ivan).Number
	w.reply(n)
	w.at(25, 10, 0) // sixteen working hours later: eight were promised, forty by the exception
	w.status(n, "resolved", time.Time{})
	s, err := reports.New(w.Guard).Summary(t.Context(), w.Read(w.Oleg), reports.Period{From: moscow(22, 0, 0), To: moscow(26, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	want := []reports.Kept{
		{Clock: "first_response", Promised: 1, Kept: 1, RawPromised: 1, RawKept: 1, Excepted: 1},
		{Clock: "resolution", Promised: 1, Kept: 1, RawPromised: 1, RawKept: 0, Excepted: 1},
	}
	if !slices.Equal(s.SLA, want) {
		t.Errorf("%+v, want %+v", s.SLA, want)
	}
}

func TestClocksCostNoRoundTrip(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	open := func() int { return w.Trips.Count(func() { w.Request(w.Ivan) }) }
	open()
	w.refresh() // the registry knows by which calendar the tenant works now
	open()      // the agreements are in memory, and the statement is planned
	if n := open(); n > 3 {
		t.Errorf("%d round trips to open a ticket", n)
	}
}
