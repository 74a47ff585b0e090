package rota

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

// Rota are the verbs of this room. They ask for no right: whoever calls them has
// asked whether the actor may speak for the person.
type Rota struct {
	house *tenants.House
}

// New makes the room's verbs.
func New(house *tenants.House) *Rota { return &Rota{house: house} }

// Kind of a stretch of time in the rota.
type Kind string

// The kinds. OnCall is a shift in which somebody is reached for what cannot wait.
const (
	OnShift Kind = "shift"
	OnCall  Kind = "on_call"
	Absence Kind = "absence"
)

// Shift is a stretch of a person's time.
type Shift struct {
	User             desk.UserID
	StartsAt, EndsAt time.Time
	Kind             Kind
	Note             string
}

// Moved is the job that tells a tenant that the hours of one of its people are
// others now (desk/flows/shifts). Its subject is the person.
const Moved = "rota.moved"

// moved leaves the job and a hint for open screens in every tenant that the
// person works in.
func moved(ctx context.Context, tx tenants.SharedTx, user desk.UserID) error {
	var where []struct{ TenantID int32 }
	err := tx.Query(ctx, &where, "select tenant_id from manydesk.memberships where user_id = $1 and active order by tenant_id", user)
	if err != nil {
		return fmt.Errorf("find where somebody works: %w", err)
	}
	for _, t := range where {
		err := jobs.EnqueueShared(ctx, tx, desk.TenantID(t.TenantID),
			desk.Job{Name: Moved, Lane: desk.Default, Subject: user.Any()}, desk.Job{Name: HintLoad, Lane: desk.Critical})
		if err != nil {
			return err
		}
	}
	return nil
}

// HintLoad tells open screens that somebody's load, hours or capacity changed.
const HintLoad = "live.load.changed"

// Between lists what the rota says of these people in a stretch of time, by
// beginning; past shifts are kept for a season.
func (r *Rota) Between(ctx context.Context, from, to time.Time, users ...desk.UserID) ([]Shift, error) {
	var rows []struct {
		UserID           desk.UserID
		StartsAt, EndsAt time.Time
		Kind             string
		Note             string
	}
	err := r.house.SharedReader(me).Query(ctx, &rows, `select user_id, starts_at, ends_at, kind, coalesce(note, '') as note from manydesk.shifts
		where user_id = any($1::uuid[]) and starts_at < $3 and ends_at > $2 order by starts_at, user_id, kind`, uuids(users), from, to)
	if err != nil {
		return nil, fmt.Errorf("read shifts: %w", err)
	}
	all := make([]Shift, len(rows))
	for i, row := range rows {
		all[i] = Shift{row.UserID, row.StartsAt, row.EndsAt, Kind(row.Kind), row.Note}
	}
	return all, nil
}

// Standing is how a person stands in the rota at a moment.
type Standing struct {
	Week     Week
	TimeZone string
	// Always reports somebody without hours: nobody said when they are not here.
	Always bool
	// OnShift is false for who is absent, whatever their shift.
	OnShift bool
	// Until is the end of the shift they are in, Next the beginning of the one
	// after now, AbsentUntil the end of the absence they are in; zero for none.
	Until, Next, AbsentUntil time.Time
	// Capacity is how many tickets they take at once over all tenants; 0 is the
	// product's own.
	Capacity int
	// Points and Tickets are their load over all tenants.
	Points, Tickets int
}

// Usual is the capacity of who has none of their own.
const Usual = 20

// Takes is the capacity that holds.
func (s Standing) Takes() int {
	if s.Capacity > 0 {
		return s.Capacity
	}
	return Usual
}

// standing is one statement for any number of people. Absences that touch each
// other are one as far as the end is concerned only if they are written as one.
const standing = `select u.id as user_id, u.week, u.time_zone, w.capacity, coalesce(w.points, 0) as points, coalesce(w.tickets, 0) as tickets,
		exists (select from manydesk.shifts s where s.user_id = u.id and s.kind = 'shift') as has_shifts,
		(select max(s.ends_at) from manydesk.shifts s where s.user_id = u.id and s.kind = 'shift' and s.starts_at <= $2 and s.ends_at > $2) as until,
		(select min(s.starts_at) from manydesk.shifts s where s.user_id = u.id and s.kind = 'shift' and s.starts_at > $2) as next,
		(select max(s.ends_at) from manydesk.shifts s where s.user_id = u.id and s.kind = 'absence' and s.starts_at <= $2 and s.ends_at > $2) as absent_until
	from manydesk.users u left join manydesk.workload w on w.user_id = u.id where u.id = any($1::uuid[])`

// Standings tells how people stand at a moment: those who have an account.
func (r *Rota) Standings(ctx context.Context, now time.Time, users ...desk.UserID) (map[desk.UserID]Standing, error) {
	var rows []struct {
		UserID      desk.UserID
		Week        json.RawMessage
		TimeZone    string
		Capacity    int
		Points      int
		Tickets     int
		HasShifts   bool
		Until       bun.NullTime
		Next        bun.NullTime
		AbsentUntil bun.NullTime
	}
	if err := r.house.SharedReader(me).Query(ctx, &rows, standing, uuids(users), now); err != nil {
		return nil, fmt.Errorf("read how people stand: %w", err)
	}
	all := make(map[desk.UserID]Standing, len(rows))
	for _, row := range rows {
		s := Standing{
			TimeZone: row.TimeZone, Capacity: row.Capacity, Points: row.Points, Tickets: row.Tickets,
			Until: row.Until.Time, Next: row.Next.Time, AbsentUntil: row.AbsentUntil.Time,
		}
		if err := json.Unmarshal(row.Week, &s.Week); err != nil {
			return nil, fmt.Errorf("read the week of %s: %w", row.UserID, err)
		}
		s.Always = !row.HasShifts
		s.OnShift = s.AbsentUntil.IsZero() && (s.Always || !s.Until.IsZero())
		all[row.UserID] = s
	}
	return all, nil
}

// me is who reads and expands when nobody asked by hand.
var me = desk.Automaton("rota")

func uuids(ids []desk.UserID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = id.UUID()
	}
	return all
}
