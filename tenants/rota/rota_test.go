package rota

import (
	"context"
	"sync"
	"testing"
	"time"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/jobs"
	"manydesk/tenants"
)

// start is a Monday in winter, nine o'clock in Moscow.
var start = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)

var office = Week{"mon": {{"09:00", "18:00"}}, "tue": {{"09:00", "18:00"}}, "wed": {{"09:00", "18:00"}}, "thu": {{"09:00", "18:00"}}, "fri": {{"09:00", "18:00"}}}

// world is an installation whose time is set by hand, with Vera who works in Acme.
type world struct {
	*Rota
	t    testing.TB
	mu   sync.Mutex
	time time.Time
	acme tenants.Tenant
	vera desk.UserID
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, time: start}
	w.Rota = New(stage.House(t, stage.Options{Clock: w.now}))
	w.acme = stage.Tenant(t, w.house, func(context.Context, tenants.SharedTx, tenants.Tx) error { return nil })
	w.vera = w.person("vera@acme.example")
	return w
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.time
}

func (w *world) until(s string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.time = at(w.t, s)
}

func (w *world) shared(fn func(ctx context.Context, tx tenants.SharedTx) error) error {
	w.t.Helper()
	return w.house.Shared(w.t.Context(), me, fn)
}

func (w *world) must(fn func(ctx context.Context, tx tenants.SharedTx) error) {
	w.t.Helper()
	if err := w.shared(fn); err != nil {
		w.t.Fatal(err)
	}
}

// person is somebody with an account in Moscow's time who works in Acme.
func (w *world) person(email string) desk.UserID {
	w.t.Helper()
	id := desk.NewUserID(w.now())
	w.must(func(ctx context.Context, tx tenants.SharedTx) error {
		if _, err := tx.Exec(ctx, "insert into manydesk.users (id, email, name) values ($1, $2, 'Вера')", id, email); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "insert into manydesk.memberships (user_id, tenant_id) values ($1, $2)", id, int32(w.acme.ID))
		return err
	})
	return id
}

func (w *world) week(p Plan) error {
	w.t.Helper()
	return w.shared(func(ctx context.Context, tx tenants.SharedTx) error { return w.SetWeek(ctx, tx, p) })
}

func (w *world) stands() Standing {
	w.t.Helper()
	all, err := w.Standings(w.t.Context(), w.now(), w.vera)
	if err != nil {
		w.t.Fatal(err)
	}
	return all[w.vera]
}

func (w *world) shifts() []Shift {
	w.t.Helper()
	all, err := w.Between(w.t.Context(), w.now().AddDate(-1, 0, 0), w.now().AddDate(1, 0, 0), w.vera)
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func (w *world) told() (n int) {
	w.t.Helper()
	err := w.house.SharedReader(me).QueryRow(w.t.Context(), "select count(*) from manydesk.outbox where name = $1 and tenant_id = $2 and subject_id = $3", []any{Moved, int32(w.acme.ID), w.vera}, &n)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestWhoHasNoHoursIsAlwaysHere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if s := w.stands(); !s.OnShift || !s.Always || !s.Until.IsZero() || s.Takes() != Usual || s.TimeZone != "Europe/Moscow" {
		t.Errorf("%+v", s)
	}
}

func TestHoursBecomeShiftsFiveWeeksAhead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.week(Plan{User: w.vera, Week: office}); err != nil {
		t.Fatal(err)
	}
	if all := w.shifts(); len(all) != 25 || !all[0].StartsAt.Equal(start) || !all[24].EndsAt.Equal(at(t, "2026-12-25T15:00:00Z")) {
		t.Errorf("%d shifts: %v", len(all), all)
	}
	if s := w.stands(); !s.OnShift || s.Always || !s.Until.Equal(at(t, "2026-11-23T15:00:00Z")) || !s.Next.Equal(at(t, "2026-11-24T06:00:00Z")) {
		t.Errorf("in the morning: %+v", s)
	}
	w.until("2026-11-23T15:00:00Z")
	if s := w.stands(); s.OnShift || !s.Until.IsZero() || !s.Next.Equal(at(t, "2026-11-24T06:00:00Z")) {
		t.Errorf("in the evening: %+v", s)
	}
	if w.told() != 1 {
		t.Error("the tenant was not told")
	}
}

func TestNewHoursTakeThePlaceOfComingShifts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.week(Plan{User: w.vera, Week: office}); err != nil {
		t.Fatal(err)
	}
	w.until("2026-11-24T08:00:00Z")
	if err := w.week(Plan{User: w.vera, Week: Week{"tue": {{"09:00", "13:00"}}}, TimeZone: "Asia/Yekaterinburg"}); err != nil {
		t.Fatal(err)
	}
	all := w.shifts()
	// Monday was; the one of Tuesday ends at one o'clock in Yekaterinburg, which is now.
	if len(all) != 6 || !all[0].EndsAt.Equal(at(t, "2026-11-23T15:00:00Z")) || !all[1].StartsAt.Equal(at(t, "2026-12-01T04:00:00Z")) {
		t.Errorf("%v", all)
	}
	if s := w.stands(); s.OnShift || s.TimeZone != "Asia/Yekaterinburg" {
		t.Errorf("%+v", s)
	}
	if err := w.week(Plan{User: w.vera, Week: Week{}}); err != nil {
		t.Fatal(err)
	}
	if s := w.stands(); !s.OnShift || !s.Always || len(w.shifts()) != 0 {
		t.Errorf("%+v", s)
	}
}

func TestWrongHoursAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.week(Plan{User: w.vera, Week: Week{"mon": {{"9", "18:00"}}}, TimeZone: "Moon/Base"}); !desk.Is(err, desk.ValidationFailed) {
		t.Errorf("got %v", err)
	}
	if err := w.week(Plan{User: desk.NewUserID(start), Week: office}); !desk.Is(err, desk.NotFound) {
		t.Errorf("nobody's week: %v", err)
	}
}

func TestAnAbsenceWinsOverAShift(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.week(Plan{User: w.vera, Week: office}); err != nil {
		t.Fatal(err)
	}
	away := Shift{User: w.vera, StartsAt: at(t, "2026-11-23T07:00:00Z"), EndsAt: at(t, "2026-11-24T12:00:00Z"), Note: "врач"}
	w.must(func(ctx context.Context, tx tenants.SharedTx) (err error) {
		away, err = w.Away(ctx, tx, away)
		return err
	})
	if s := w.stands(); !s.OnShift {
		t.Errorf("before it begins: %+v", s)
	}
	w.until("2026-11-23T08:00:00Z")
	if s := w.stands(); s.OnShift || !s.AbsentUntil.Equal(away.EndsAt) {
		t.Errorf("while it lasts: %+v", s)
	}
	user, from, err := ReadAbsenceID(away.AbsenceID())
	if err != nil || user != w.vera {
		t.Fatal(err)
	}
	off := func(ctx context.Context, tx tenants.SharedTx) error { return w.CallOff(ctx, tx, user, from) }
	w.must(off)
	if s := w.stands(); !s.OnShift {
		t.Errorf("called off: %+v", s)
	}
	if all, err := w.Between(t.Context(), away.StartsAt, w.now(), w.vera); err != nil || len(all) != 2 || all[1].Kind != Absence {
		t.Errorf("the hour that was is told: %v %v", all, err)
	}
	if err := w.shared(off); !desk.Is(err, desk.NotFound) {
		t.Errorf("twice: %v", err)
	}
}

func TestOnesOwnAvailability(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	set := func(until time.Time) error {
		return w.shared(func(ctx context.Context, tx tenants.SharedTx) error { return w.Available(ctx, tx, w.vera, until) })
	}
	if err := set(start); !desk.Is(err, desk.ValidationFailed) {
		t.Errorf("until now: %v", err)
	}
	if err := set(start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if s := w.stands(); s.OnShift || !s.AbsentUntil.Equal(start.Add(time.Hour)) {
		t.Errorf("%+v", s)
	}
	w.until("2026-11-23T06:10:00Z")
	if err := set(start.Add(2 * time.Hour)); err != nil {
		t.Fatal(err)
	}
	if s := w.stands(); !s.AbsentUntil.Equal(start.Add(2 * time.Hour)) {
		t.Errorf("%+v", s)
	}
	if err := set(time.Time{}); err != nil {
		t.Fatal(err)
	}
	if s := w.stands(); !s.OnShift || !s.AbsentUntil.IsZero() {
		t.Errorf("%+v", s)
	}
}

func TestCapacityIsOneNumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, n := range []int{5, 8, 0} {
		w.must(func(ctx context.Context, tx tenants.SharedTx) error { return w.SetCapacity(ctx, tx, w.vera, n) })
		if s := w.stands(); s.Capacity != n {
			t.Errorf("%+v after %d", s, n)
		}
	}
	err := w.shared(func(ctx context.Context, tx tenants.SharedTx) error { return w.SetCapacity(ctx, tx, w.vera, -1) })
	if !desk.Is(err, desk.ValidationFailed) {
		t.Errorf("less than nothing: %v", err)
	}
}

func TestTheSweepWritesAnotherDayAndForgetsLastSeason(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.week(Plan{User: w.vera, Week: office}); err != nil {
		t.Fatal(err)
	}
	for _, day := range []string{"2026-12-01T01:00:00Z", "2026-12-01T01:00:00Z", "2027-03-01T01:00:00Z"} {
		w.until(day)
		var id int64
		w.must(func(ctx context.Context, tx tenants.SharedTx) error {
			return jobs.EnqueueShared(ctx, tx, 0, desk.Job{Name: SweepJob, Lane: desk.Bulk})
		})
		if err := w.house.SharedReader(me).QueryRow(t.Context(), "select max(id) from manydesk.outbox where name = $1", []any{SweepJob}, &id); err != nil {
			t.Fatal(err)
		}
		if err := w.Sweep(t.Context(), &jobs.Work{ID: id, Name: SweepJob}); err != nil {
			t.Fatal(err)
		}
	}
	all := w.shifts()
	first, last := all[0], all[len(all)-1]
	if first.StartsAt.Before(at(t, "2026-11-28T00:00:00Z")) || !last.StartsAt.After(at(t, "2027-04-01T00:00:00Z")) {
		t.Errorf("from %v to %v", first, last)
	}
}
