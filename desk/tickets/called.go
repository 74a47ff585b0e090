package tickets

import (
	"context"
	"strings"

	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// names of what a ticket has, as sentences about a change say them.
var names = map[string]access.Words{
	"status":   {RU: "статус", EN: "the status"},
	"assignee": {RU: "ответственный", EN: "the assignee"},
	"group":    {RU: "группа", EN: "the group"},
	"priority": {RU: "приоритет", EN: "the priority"},
	"subject":  {RU: "тема", EN: "the subject"},
	"type":     {RU: "тип", EN: "the type"},
	"tags":     {RU: "метки", EN: "the tags"},
}

// called is what the actor calls a field of a fact; the tenant's own fields have
// the tenant's names.
func called(ctx context.Context, tx tenants.ReadTx, field string) string {
	language := tx.Actor().Language
	if key, own := strings.CutPrefix(field, "fields."); own {
		if live, err := settings.Fields.Live(ctx, tx, key); err == nil {
			key = live.Spec.Name.In(language)
		}
		return access.Words{RU: "«" + key + "»", EN: "“" + key + "”"}.In(language)
	}
	if w, ok := names[field]; ok {
		return w.In(language)
	}
	return field
}
