package staff

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// Lines and levels go from 1 to this.
const (
	highestLine  = 3
	highestLevel = 3
)

// tongue is a language as ISO 639-1 writes it.
var tongue = regexp.MustCompile(`^[a-z]{2}$`)

// able names what is wrong with lines, skills and languages.
func able(ctx context.Context, tx tenants.ReadTx, in Change) (wrong []desk.FieldError, err error) {
	for i, line := range in.Lines {
		if line < 1 || line > highestLine {
			wrong = append(wrong, desk.Field(fmt.Sprintf("lines/%d", i), desk.OneOf, "of", "1, 2, 3"))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(in.Skills)) {
		level := in.Skills[key]
		if level < 1 || level > highestLevel {
			wrong = append(wrong, desk.Field("skills/"+key, desk.OneOf, "of", "1, 2, 3"))
			continue
		}
		if known, err := published(ctx, tx, settings.Skills, key); err != nil {
			return nil, err
		} else if !known {
			wrong = append(wrong, desk.Field("skills/"+key, desk.UnknownID))
		}
	}
	for i, l := range in.Languages {
		if !tongue.MatchString(l) {
			wrong = append(wrong, desk.Field(fmt.Sprintf("languages/%d", i), desk.Pattern, "pattern", "ru, en, de"))
		}
	}
	return wrong, nil
}

// published reports a key that is live as this unit of work sees it: a group may
// be made and filled in one.
func published[T any](ctx context.Context, tx tenants.ReadTx, kind settings.Kind[T], key string) (bool, error) {
	s, err := kind.Setting(ctx, tx, key)
	if desk.Is(err, desk.NotFound) {
		return false, nil
	}
	return err == nil && s.Live != nil, err
}

// Held is how many active people are in each group and have each skill.
type Held struct {
	Groups, Skills map[string]int
}

// Holding counts who is where and can what. Rights are those of the caller.
func Holding(ctx context.Context, tx tenants.ReadTx) (Held, error) {
	var rows []struct {
		Kind, Key string
		N         int
	}
	err := tx.Query(ctx, &rows, `select 'group' as kind, g as key, count(*) as n from ?tenant.staff, unnest(groups) g where active group by g
		union all select 'skill', k, count(*) from ?tenant.staff, jsonb_object_keys(skills) k where active group by k`)
	if err != nil {
		return Held{}, fmt.Errorf("count who is in groups: %w", err)
	}
	h := Held{map[string]int{}, map[string]int{}}
	for _, r := range rows {
		if r.Kind == "group" {
			h.Groups[r.Key] = r.N
		} else {
			h.Skills[r.Key] = r.N
		}
	}
	return h, nil
}

// InGroup gives those who work here now and are in a group. Rights are those of
// the caller.
func InGroup(ctx context.Context, tx tenants.ReadTx, group string) ([]Member, error) {
	return list(ctx, tx, "active and $1 = any(groups)", group)
}

// OfVendor gives those who work here now as engineers of a third party. Rights
// are those of the caller.
func OfVendor(ctx context.Context, tx tenants.ReadTx, vendor desk.CompanyID) ([]Member, error) {
	return list(ctx, tx, "active and vendor_id = $1", vendor)
}
