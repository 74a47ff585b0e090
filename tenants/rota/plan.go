package rota

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// ahead is how far shifts are written into the future, kept how long past ones stay.
const (
	ahead = 5 * 7 * 24 * time.Hour
	kept  = 92 * 24 * time.Hour
)

// Plan is a person's usual hours.
type Plan struct {
	User desk.UserID
	Week Week
	// TimeZone "" leaves the zone as it is.
	TimeZone string
}

// SetWeek gives a person usual hours and writes the shifts of the next five weeks
// anew; the one that runs is that of the new hours too. Past shifts stay, but for who has
// no hours any more.
//
// Errors: ValidationFailed; NotFound for who has no account.
func (r *Rota) SetWeek(ctx context.Context, tx tenants.SharedTx, p Plan) error {
	wrong := p.Week.Validate("week")
	if p.TimeZone != "" {
		if _, err := time.LoadLocation(p.TimeZone); err != nil || p.TimeZone == "Local" {
			wrong = append(wrong, desk.Field("time_zone", desk.TimeZone))
		}
	}
	if err := desk.Invalid(wrong...); err != nil {
		return err
	}
	if p.Week == nil {
		p.Week = Week{}
	}
	week, err := json.Marshal(p.Week)
	if err != nil {
		return fmt.Errorf("encode a week: %w", err)
	}
	n, err := tx.Exec(ctx, "update manydesk.users set week = $2, time_zone = coalesce(nullif($3, ''), time_zone), version = version + 1 where id = $1", p.User, string(week), p.TimeZone)
	if err != nil {
		return fmt.Errorf("store a week: %w", err)
	}
	if n == 0 {
		return desk.Missing()
	}
	if err := r.expand(ctx, tx, []desk.UserID{p.User}); err != nil {
		return err
	}
	if p.Week.Empty() {
		// Whoever has no hours has no shifts, not even past ones: so it is known that nobody said when.
		if _, err := tx.Exec(ctx, "delete from manydesk.shifts where user_id = $1 and kind = 'shift'", p.User); err != nil {
			return fmt.Errorf("take shifts away: %w", err)
		}
	}
	return moved(ctx, tx, p.User)
}

// ChangedZone writes a person's shifts anew after they moved to another zone.
func (r *Rota) ChangedZone(ctx context.Context, tx tenants.SharedTx, user desk.UserID) error {
	if err := r.expand(ctx, tx, []desk.UserID{user}); err != nil {
		return err
	}
	return moved(ctx, tx, user)
}

// expand writes the coming shifts of people as their weeks say now. Done twice
// it comes to the same.
func (r *Rota) expand(ctx context.Context, tx tenants.SharedTx, users []desk.UserID) error {
	var rows []struct {
		ID       desk.UserID
		Week     json.RawMessage
		TimeZone string
	}
	// In one order, so that two who expand the same people take turns.
	err := tx.Query(ctx, &rows, "select id, week, time_zone from manydesk.users where id = any($1::uuid[]) order by id for update", uuids(users))
	if err != nil {
		return fmt.Errorf("read weeks: %w", err)
	}
	var ids []string
	var from, to []time.Time
	for _, row := range rows {
		var week Week
		if err := json.Unmarshal(row.Week, &week); err != nil {
			return fmt.Errorf("read the week of %s: %w", row.ID, err)
		}
		zone, err := time.LoadLocation(row.TimeZone)
		if err != nil {
			return fmt.Errorf("zone of %s: %w", row.ID, err)
		}
		for _, s := range week.Spans(zone, tx.Now(), tx.Now().Add(ahead)) {
			ids, from, to = append(ids, row.ID.UUID()), append(from, s.From), append(to, s.To)
		}
	}
	if _, err := tx.Exec(ctx, "delete from manydesk.shifts where user_id = any($1::uuid[]) and kind = 'shift' and ends_at > $2", uuids(users), tx.Now()); err != nil {
		return fmt.Errorf("take coming shifts away: %w", err)
	}
	_, err = tx.Exec(ctx, `insert into manydesk.shifts (user_id, starts_at, ends_at, kind)
		select user_id, starts_at, ends_at, 'shift' from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) s(user_id, starts_at, ends_at)
		on conflict (user_id, starts_at, kind) do update set ends_at = excluded.ends_at`, ids, from, to)
	if err != nil {
		return fmt.Errorf("write shifts: %w", err)
	}
	return nil
}

// SetCapacity says how many tickets a person takes at once over all tenants; 0
// is the product's own number.
//
// Errors: ValidationFailed.
func (r *Rota) SetCapacity(ctx context.Context, tx tenants.SharedTx, user desk.UserID, capacity int) error {
	if capacity < 0 || capacity > 500 {
		return desk.Invalid(desk.Field("capacity", desk.Maximum, "max", 500))
	}
	_, err := tx.Exec(ctx, `insert into manydesk.workload (user_id, capacity, counted_at) values ($1, nullif($2, 0), $3)
		on conflict (user_id) do update set capacity = excluded.capacity`, user, capacity, tx.Now())
	if err != nil {
		return fmt.Errorf("store a capacity: %w", err)
	}
	return moved(ctx, tx, user)
}
