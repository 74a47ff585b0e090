package rota

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// longestAbsence bounds an absence: a leave for a child is the longest.
const longestAbsence = 3 * 366 * 24 * time.Hour

// Away says that a person will not be there; shifts in that time do not count.
// One that begins at the same moment as another takes its place.
//
// Errors: ValidationFailed.
func (r *Rota) Away(ctx context.Context, tx tenants.SharedTx, s Shift) (Shift, error) {
	s.Kind, s.StartsAt, s.EndsAt = Absence, s.StartsAt.Truncate(time.Second).UTC(), s.EndsAt.Truncate(time.Second).UTC()
	var wrong []desk.FieldError
	switch {
	case !s.EndsAt.After(s.StartsAt):
		wrong = append(wrong, desk.Field("ends_at", desk.NotAfter))
	case !s.EndsAt.After(tx.Now()):
		wrong = append(wrong, desk.Field("ends_at", desk.InPast))
	case s.EndsAt.Sub(s.StartsAt) > longestAbsence:
		wrong = append(wrong, desk.Field("ends_at", desk.Maximum, "max", 3*366))
	}
	if len([]rune(s.Note)) > 200 {
		wrong = append(wrong, desk.Field("note", desk.MaxLength, "max", 200))
	}
	if err := desk.Invalid(wrong...); err != nil {
		return s, err
	}
	_, err := tx.Exec(ctx, `insert into manydesk.shifts (user_id, starts_at, ends_at, kind, note) values ($1, $2, $3, 'absence', nullif($4, ''))
		on conflict (user_id, starts_at, kind) do update set ends_at = excluded.ends_at, note = excluded.note`, s.User, s.StartsAt, s.EndsAt, s.Note)
	if err != nil {
		return s, fmt.Errorf("store an absence: %w", err)
	}
	return s, moved(ctx, tx, s.User)
}

// CallOff takes an absence away; one that has begun ends now, because what was
// is not unsaid.
//
// Errors: NotFound for none, and for one that is over.
func (r *Rota) CallOff(ctx context.Context, tx tenants.SharedTx, user desk.UserID, startsAt time.Time) error {
	now := tx.Now().Truncate(time.Second)
	ended, err := tx.Exec(ctx, "update manydesk.shifts set ends_at = $3 where user_id = $1 and starts_at = $2 and kind = 'absence' and starts_at < $3 and ends_at > $3", user, startsAt, now)
	if err != nil {
		return fmt.Errorf("end an absence: %w", err)
	}
	gone, err := tx.Exec(ctx, "delete from manydesk.shifts where user_id = $1 and starts_at = $2 and kind = 'absence' and starts_at >= $3", user, startsAt, now)
	if err != nil {
		return fmt.Errorf("take an absence away: %w", err)
	}
	if ended+gone == 0 {
		return desk.Missing()
	}
	return moved(ctx, tx, user)
}

// Available says of oneself: not there until then, or there again when until is
// zero. What runs is replaced.
//
// Errors: ValidationFailed for a moment that has passed.
func (r *Rota) Available(ctx context.Context, tx tenants.SharedTx, user desk.UserID, until time.Time) error {
	now := tx.Now().Truncate(time.Second)
	if !until.IsZero() && !until.After(now) {
		return desk.Invalid(desk.Field("absent_until", desk.InPast))
	}
	_, err := tx.Exec(ctx, "update manydesk.shifts set ends_at = $2 where user_id = $1 and kind = 'absence' and starts_at < $2 and ends_at > $2", user, now)
	if err != nil {
		return fmt.Errorf("end an absence: %w", err)
	}
	// One of this very second leaves nothing behind.
	if _, err := tx.Exec(ctx, "delete from manydesk.shifts where user_id = $1 and kind = 'absence' and starts_at = $2", user, now); err != nil {
		return fmt.Errorf("end an absence: %w", err)
	}
	if until.IsZero() {
		return moved(ctx, tx, user)
	}
	_, err = r.Away(ctx, tx, Shift{User: user, StartsAt: now, EndsAt: until})
	return err
}

// AbsenceID names an absence outside: whose it is and when it begins.
func (s Shift) AbsenceID() string {
	return s.User.String() + "." + strconv.FormatInt(s.StartsAt.Unix(), 36)
}

// ReadAbsenceID is the reverse of AbsenceID. NotFound for what is none.
func ReadAbsenceID(text string) (user desk.UserID, startsAt time.Time, err error) {
	who, when, ok := strings.Cut(text, ".")
	seconds, bad := strconv.ParseInt(when, 36, 64)
	if !ok || bad != nil || user.UnmarshalText([]byte(who)) != nil {
		return user, startsAt, desk.Missing()
	}
	return user, time.Unix(seconds, 0).UTC(), nil
}
