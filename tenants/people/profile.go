package people

import (
	"context"
	"encoding/json"
	"fmt"

	"manydesk/desk"
	"manydesk/tenants"
)

// Profile is what a person changes about themself; nil leaves it as it is.
type Profile struct {
	Name, Language, TimeZone *string
	// Prefs is merged into what there is, member by member; null takes one away.
	Prefs map[string]json.RawMessage
	// Version it was made from; 0 does not compare.
	Version int
}

const longestPrefs = 16 << 10

// ChangeProfile changes a person's own name, language, time zone and preferences.
//
// Errors: ValidationFailed; ChangedMeanwhile.
func (p *People) ChangeProfile(ctx context.Context, s Session, in Profile) (User, error) {
	var wrong []desk.FieldError
	if in.Name != nil {
		name, w := checkName("name", *in.Name)
		in.Name, wrong = &name, append(wrong, w...)
	}
	if in.Language != nil {
		wrong = append(wrong, checkLanguage("language", *in.Language)...)
	}
	if in.TimeZone != nil {
		wrong = append(wrong, checkTimeZone("time_zone", *in.TimeZone)...)
	}
	if err := desk.Invalid(wrong...); err != nil {
		return User{}, err
	}
	if in.Prefs == nil {
		in.Prefs = map[string]json.RawMessage{}
	}
	prefs, err := json.Marshal(in.Prefs)
	if err != nil {
		return User{}, fmt.Errorf("encode preferences: %w", err)
	}
	var row userRow
	err = p.house.Shared(ctx, s.User.Actor(), func(ctx context.Context, tx tenants.SharedTx) error {
		err := tx.Query(ctx, &row, `update manydesk.users u set name = coalesce($2, name), language = coalesce($3, language), time_zone = coalesce($4, time_zone),
				prefs = jsonb_strip_nulls(prefs || $5::jsonb), version = version + 1
			where id = $1 and ($6 = 0 or version = $6) returning `+userColumns, s.User.ID, in.Name, in.Language, in.TimeZone, string(prefs), in.Version)
		if isNoRows(err) {
			return desk.Refuse(desk.ChangedMeanwhile)
		}
		if err == nil && len(row.Prefs) > longestPrefs {
			return desk.Invalid(desk.Field("prefs", desk.MaxLength, "max", longestPrefs))
		}
		tx.AfterCommit(p.sessions.clear)
		return err
	})
	return row.user(), err
}
