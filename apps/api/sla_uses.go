package api

import (
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/tenants"
)

// mostUses bounds how many companies are named beside a calendar.
const mostUses = 20

// calendarUses tells by whom each calendar is named: policies, exceptions and
// escalations, live or drafted, and companies.
func calendarUses(ctx context.Context, tx tenants.ReadTx) (map[string][]SettingUse, error) {
	uses := map[string][]SettingUse{}
	err := usesOf(ctx, tx, sla.Policies, uses, func(p sla.Policy) (settings.Words, []string) {
		keys := calendarsIn(p.When)
		for _, t := range p.Targets {
			keys = append(keys, t.Calendar)
		}
		return p.Name, keys
	})
	if err != nil {
		return nil, err
	}
	err = usesOf(ctx, tx, sla.Exceptions, uses, func(e sla.Exception) (settings.Words, []string) {
		return e.Name, append(calendarsIn(e.When), e.Effect.Calendar, e.Effect.Targets.Calendar)
	})
	if err != nil {
		return nil, err
	}
	err = usesOf(ctx, tx, sla.Escalations, uses, func(e sla.Escalation) (settings.Words, []string) { return e.Name, calendarsIn(e.When) })
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID             desk.CompanyID
		Name, Calendar string
	}
	err = tx.Query(ctx, &rows, `select id, name, calendar from (select id, name, calendar, row_number() over (partition by calendar order by name, id) as place
		from ?tenant.companies where calendar is not null and archived_at is null) c where place <= $1 order by name, id`, mostUses)
	if err != nil {
		return nil, fmt.Errorf("find companies of calendars: %w", err)
	}
	for _, c := range rows {
		uses[c.Calendar] = append(uses[c.Calendar], SettingUse{"company", c.ID.String(), Words{c.Name, c.Name}})
	}
	return uses, nil
}

// usesOf adds the settings of a kind that name calendars, each once a calendar.
func usesOf[T any](ctx context.Context, tx tenants.ReadTx, kind settings.Kind[T], uses map[string][]SettingUse, names func(T) (settings.Words, []string)) error {
	all, err := kind.Settings(ctx, tx)
	if err != nil {
		return err
	}
	for _, s := range all {
		seen := map[string]bool{"": true}
		for _, v := range []*settings.Version[T]{s.Live, s.Draft} {
			if v == nil {
				continue
			}
			name, keys := names(v.Spec)
			for _, key := range keys {
				if !seen[key] {
					seen[key] = true
					uses[key] = append(uses[key], SettingUse{kind.Name, s.Key, Words(name)})
				}
			}
		}
	}
	return nil
}

// calendarsIn are the calendars that a condition names.
func calendarsIn(t conditions.Tree) (keys []string) {
	if t.Op == conditions.InCalendar || t.Op == conditions.NotInCalendar {
		if key, ok := t.Value.(string); ok {
			keys = append(keys, key)
		}
	}
	for _, nodes := range [][]conditions.Tree{t.All, t.Any} {
		for _, node := range nodes {
			keys = append(keys, calendarsIn(node)...)
		}
	}
	if t.Not != nil {
		keys = append(keys, calendarsIn(*t.Not)...)
	}
	return keys
}
