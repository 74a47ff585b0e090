package api

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"manydesk/desk"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// groupUses tells by what each group is named: settings, people, open tickets.
func groupUses(ctx context.Context, tx tenants.ReadTx) (map[string][]SettingUse, error) {
	uses, err := mentions(ctx, tx, "group")
	if err != nil {
		return nil, err
	}
	if err := staffUses(ctx, tx, "unnest(groups)", uses); err != nil {
		return nil, err
	}
	open, err := openByPlace(ctx, tx)
	for _, key := range slices.Sorted(maps.Keys(open.inGroup)) {
		uses[key] = append(uses[key], SettingUse{"tickets", key, Words{"открытые заявки", "open tickets"}})
	}
	return uses, err
}

// skillUses tells by what each skill is named: settings and people.
func skillUses(ctx context.Context, tx tenants.ReadTx) (map[string][]SettingUse, error) {
	uses, err := mentions(ctx, tx, "skill")
	if err != nil {
		return nil, err
	}
	return uses, staffUses(ctx, tx, "jsonb_object_keys(skills)", uses)
}

func staffUses(ctx context.Context, tx tenants.ReadTx, keys string, uses map[string][]SettingUse) error {
	var rows []struct {
		Key  string
		ID   desk.UserID
		Name string
	}
	err := tx.Query(ctx, &rows, `select key, id, name from (select k as key, user_id as id, name, row_number() over (partition by k order by name, user_id) as place
		from ?tenant.staff, `+keys+` k where active) s where place <= $1 order by name, id`, mostUses)
	if err != nil {
		return fmt.Errorf("find who is named: %w", err)
	}
	for _, r := range rows {
		uses[r.Key] = append(uses[r.Key], SettingUse{"member", r.ID.String(), Words{r.Name, r.Name}})
	}
	return nil
}

// mentions finds the settings that name a group, a skill or a process anywhere in what they
// say, live or drafted: a member of that name, a condition that asks for it, a
// list of needs.
func mentions(ctx context.Context, tx tenants.ReadTx, what string) (map[string][]SettingUse, error) {
	return mentioned(ctx, tx, []string{"group", "skill", "role", "type", "field", "brand"}, func(spec any, by SettingUse, found func(string, SettingUse)) {
		walkMentions(spec, what, by, found)
	})
}

// mentioned walks through every setting, live or drafted, but those of some kinds,
// and keeps what names what, each once.
func mentioned(ctx context.Context, tx tenants.ReadTx, but []string, walk func(spec any, by SettingUse, found func(key string, by SettingUse))) (map[string][]SettingUse, error) {
	var rows []struct {
		Kind, Key string
		Spec      json.RawMessage
	}
	err := tx.Query(ctx, &rows, `select kind, key, spec from ?tenant.config where state in ('published', 'draft', 'proposed')
		and kind <> all($1::text[]) order by kind, position, key, version`, but)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	uses := map[string][]SettingUse{}
	seen := map[string]bool{}
	for _, row := range rows {
		var spec any
		if err := json.Unmarshal(row.Spec, &spec); err != nil {
			return nil, fmt.Errorf("read %s %q: %w", row.Kind, row.Key, err)
		}
		by := SettingUse{Kind: row.Kind, Key: row.Key, Name: Words{row.Key, row.Key}}
		if row.Kind == routing.Sets.Name {
			by.Name = Words{"Маршруты", "Routing"} // its default; each rule has a name
		}
		walk(spec, by, func(key string, by SettingUse) {
			if at := key + "\n" + by.Kind + "\n" + by.Key; !seen[at] {
				seen[at] = true
				uses[key] = append(uses[key], by)
			}
		})
	}
	return uses, nil
}

// walkMentions goes through a spec. Whatever has a name of its own, a rule of
// many, is what names; the key of a rule stands after that of its set.
func walkMentions(spec any, what string, by SettingUse, found func(key string, by SettingUse)) {
	switch v := spec.(type) {
	case []any:
		for _, each := range v {
			walkMentions(each, what, by, found)
		}
	case map[string]any:
		by = by.within(v)
		if v["field"] == what {
			eachText(v["value"], func(key string) { found(key, by) })
		}
		if what == "group" || what == "process" {
			eachText(v[what], func(key string) { found(key, by) })
		}
		if what == "type" {
			eachText(v["types"], func(key string) { found(key, by) })
		}
		for _, at := range slices.Sorted(maps.Keys(v)) {
			if needs, ok := v[at].([]any); ok && at == "skills" && what == "skill" {
				for _, need := range needs {
					if n, ok := need.(map[string]any); ok {
						eachText(n["key"], func(key string) { found(key, by) })
					}
				}
				continue
			}
			walkMentions(v[at], what, by, found)
		}
	}
}

// within is what names in a part of a spec: the part, if it has a name of its own.
func (by SettingUse) within(part map[string]any) SettingUse {
	name, ok := part["name"].(map[string]any)
	if !ok {
		return by
	}
	ru, _ := name["ru"].(string)
	en, _ := name["en"].(string)
	by.Name = Words(settings.Words{RU: ru, EN: en})
	if key, ok := part["key"].(string); ok {
		by.Key = key
	}
	return by
}

// eachText hands on a text, or each text of a list.
func eachText(value any, each func(string)) {
	switch v := value.(type) {
	case string:
		each(v)
	case []any:
		for _, one := range v {
			eachText(one, each)
		}
	}
}
