package people

import (
	"context"
	"encoding/json"
	"fmt"

	"manydesk/desk"
	"manydesk/jobs"
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
// Errors: ValidationFailed; ChangedMeanwhile; ScopeMissing for a narrowed key.
func (p *People) ChangeProfile(ctx context.Context, s Session, in Profile) (User, error) {
	if s.Scopes != nil {
		return User{}, desk.Refuse(desk.ScopeMissing, "scope", "session")
	}
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
		if err != nil {
			return err
		}
		tx.AfterCommit(p.sessions.clear)
		if row.Name == s.User.Name {
			return nil
		}
		return p.renamed(ctx, tx, s.User.ID)
	})
	return row.user(), err
}

// Renamed is the job that tells a tenant its member's new name (desk/flows/joining).
const Renamed = "joining.renamed"

// renamed leaves a job for every tenant that keeps the name in its staff.
func (p *People) renamed(ctx context.Context, tx tenants.SharedTx, user desk.UserID) error {
	var where []struct{ TenantID int32 }
	if err := tx.Query(ctx, &where, "select tenant_id from manydesk.memberships where user_id = $1", user); err != nil {
		return fmt.Errorf("find who keeps the name: %w", err)
	}
	for _, t := range where {
		if err := jobs.EnqueueShared(ctx, tx, desk.TenantID(t.TenantID), desk.Job{Name: Renamed, Lane: desk.Bulk, Subject: user.Any()}); err != nil {
			return err
		}
	}
	return nil
}
