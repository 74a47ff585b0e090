package bench

import (
	"context"
	"fmt"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/routing"
)

// seen are the values of the ticket that is routed.
type seen map[string]any

func (s seen) Value(_ context.Context, key string) (any, error) { return s[key], nil }

// decisions measures one ticket through as many rules as a tenant may have, of
// which the last one holds, with the trace that is kept of it.
func decisions(ctx context.Context, _ *bench) ([]Row, error) {
	rules := routing.Rules{Default: routing.Then{Group: "first"}}
	for i := range routing.MaxRules - 1 {
		rules.Rules = append(rules.Rules, routing.Rule{Key: fmt.Sprintf("rule%d", i), Stop: true, Then: routing.Then{Group: "second"}, When: conditions.AllOf(
			conditions.Leaf("type", conditions.In, []string{"incident", "request"}),
			conditions.Leaf("subject", conditions.Contains, fmt.Sprintf("прибор %d", i)),
			conditions.Leaf("tags", conditions.HasAny, []string{fmt.Sprintf("t%d", i)}),
		)})
	}
	rules.Rules = append(rules.Rules, routing.Rule{
		Key: "last", Stop: true, When: conditions.Leaf("priority", conditions.AtMost, 2), Then: routing.Then{Group: "second", Strategy: routing.LeastLoaded},
	})
	ask := routing.Ask{
		Env:    conditions.Env{Now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)},
		Values: seen{"type": "incident", "subject": "Касса № 14 на Садовой не печатает чек с самого утра", "tags": []string{"vip"}, "priority": 2.0},
	}
	const rounds, times = 15, 100
	all := make([]time.Duration, rounds)
	for i := range all {
		began := desk.System()
		for range times {
			d, err := rules.Decide(ctx, ask)
			if err != nil {
				return nil, err
			}
			if _, err := (routing.Trace{Version: 1, Rule: d.Rule, Tried: d.Tried, Seen: d.Seen, Strategy: d.Then.Strategy}).Encode(); err != nil {
				return nil, err
			}
		}
		all[i] = desk.System().Sub(began) / times
	}
	slices.Sort(all)
	usual := all[rounds/2]
	return []Row{Row{What: fmt.Sprintf("one ticket through %d routing rules, with its trace", routing.MaxRules), Figure: micros(usual)}.wants("≤ 200 µs", usual <= 200*time.Microsecond)}, nil
}
