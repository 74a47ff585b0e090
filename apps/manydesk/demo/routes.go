package demo

import (
	"context"
	"fmt"

	"manydesk/desk/conditions"
	"manydesk/desk/routing"
	"manydesk/desk/settings"
	"manydesk/desk/triggers"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// routes are the rules of a customer: what is tagged for a visit or for the
// network goes to somebody of the second line, all else waits in the queue of the
// first for whoever takes it.
func routes(c *company) routing.Rules {
	tag := func(ru, en string) []string {
		if c.language == "ru" {
			return []string{ru}
		}
		return []string{en}
	}
	return routing.Rules{
		Rules: []routing.Rule{
			{
				Key: "visits", Name: settings.Words{RU: "Выезды: кто уже был", EN: "Visits: who has been there"}, Stop: true,
				When: conditions.Leaf("tags", conditions.HasAny, tag("выезд", "visit")),
				Then: routing.Then{Group: "second", Line: 2, Strategy: routing.Previous, Process: visiting},
			},
			{
				Key: "network", Name: settings.Words{RU: "Срочное по сети", EN: "Urgent network trouble"}, Stop: true,
				When: conditions.AllOf(conditions.Leaf("tags", conditions.HasAny, tag("сеть", "network")), conditions.Leaf("priority", conditions.AtMost, 2)),
				Then: routing.Then{Group: "second", Line: 2, Strategy: routing.LeastLoaded, Skills: []routing.Need{{Key: "network", Level: 2}}},
			},
			{
				Key: "usual", Name: settings.Words{RU: c.types[0].ru, EN: c.types[0].en}, Stop: true,
				When: conditions.AllOf(conditions.Leaf("type", conditions.In, []string{c.types[0].key}), conditions.Leaf("priority", conditions.AtMost, 2)),
				Then: routing.Then{Group: "first", Line: 1, Strategy: routing.Manual},
			},
		},
		Default: routing.Then{Group: "first", Strategy: routing.Manual},
	}
}

// bells are the triggers of a customer, by their keys.
func bells(c *company) []keyed[triggers.Trigger] {
	waits := "ждёт клиента"
	if c.language == "en" {
		waits = "waits for client"
	}
	return []keyed[triggers.Trigger]{
		{"urgent", triggers.Trigger{
			Name: settings.Words{RU: "Срочное от VIP — диспетчеру", EN: "Urgent from a VIP: tell the dispatcher"}, On: triggers.Opened,
			When:    conditions.AllOf(conditions.Leaf("priority", conditions.Is, 1), conditions.Leaf("contact.vip", conditions.Is, true)),
			Actions: []triggers.Action{{Kind: triggers.Tell, Roles: []string{access.Dispatcher}}},
		}},
		{"silence", triggers.Trigger{
			Name: settings.Words{RU: "Клиент молчит три дня", EN: "The client has been silent for three days"}, On: triggers.Time,
			After: &triggers.After{Minutes: 3 * 24 * 60, Since: triggers.SinceStatus},
			When:  conditions.Leaf("status", conditions.In, []string{"pending"}),
			Actions: []triggers.Action{
				{Kind: triggers.Note, Text: settings.Words{RU: "По заявке {ref} три дня нет ответа. Позвоните клиенту.", EN: "No answer on {ref} for three days. Call the client."}},
				{Kind: triggers.Tag, Add: []string{waits}},
			},
		}},
		{"late", triggers.Trigger{
			Name: settings.Words{RU: "Срок прошёл — позвонить клиенту", EN: "A deadline passed: call the client"}, On: triggers.Breached,
			When: conditions.Leaf("priority", conditions.AtMost, 2),
			Actions: []triggers.Action{
				{Kind: triggers.CreateTask, Text: settings.Words{RU: "Клиент {client}: позвонить и назвать новый срок", EN: "Call {client} and name a new deadline"}, UntilHours: 1},
			},
		}},
	}
}

// route publishes the customer's rules, triggers, macros and process, after the story: what was
// told before was given by hand.
func (s *stage) route(ctx context.Context, r Rooms) error {
	return r.House.Do(ctx, s.tenant, me, func(ctx context.Context, tx tenants.Tx) error {
		if err := labour(ctx, tx, s.company); err != nil {
			return fmt.Errorf("work of %s: %w", s.tenant.Slug, err)
		}
		if err := put(ctx, tx, routing.Sets, routing.Main, 0, routes(s.company)); err != nil {
			return fmt.Errorf("rules of %s: %w", s.tenant.Slug, err)
		}
		for i, b := range bells(s.company) {
			if err := put(ctx, tx, triggers.Triggers, b.key, i, b.spec); err != nil {
				return fmt.Errorf("trigger %s of %s: %w", b.key, s.tenant.Slug, err)
			}
		}
		return nil
	})
}
