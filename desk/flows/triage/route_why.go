package triage

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/routing"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// RouteWhy is how a ticket came to be where it is.
type RouteWhy struct {
	// Version of the rules; 0 where none were published when it was opened.
	Version int
	At      time.Time
	ByHand  bool
	Cause   string
	// Rule is the first that held, nil for the default; Position counts from 0.
	Rule     *routing.Rule
	Position int
	Tried    []TriedRule
	Strategy routing.Strategy
	// Candidates are those who came into question, the best first; More were there.
	Candidates []routing.Kept
	More       int
	To         routing.To
	// Changes are what people made of it afterwards.
	Changes []HandChange
}

// TriedRule is a rule that was asked, with what it met.
type TriedRule struct {
	Rule         routing.Rule
	Position     int
	Matched      bool
	Off, Skipped bool
	Trace        conditions.Trace
}

// HandChange is a change by hand of where a ticket is.
type HandChange struct {
	At     time.Time
	By     tickets.Author
	Change tickets.FieldChange
	Reason string
}

// WhyHere tells why a ticket is where it is: by the rules of the version that
// placed it, with the values that were seen then. Rights are those of the ticket,
// which the caller has read. Of a ticket that no rules have placed, Version is 0,
// and all changes are by hand.
func (t *Triage) WhyHere(ctx context.Context, tx tenants.ReadTx, ticket *tickets.Ticket) (RouteWhy, error) {
	var facts []struct {
		Seq       int
		At        time.Time
		Type      string
		ActorKind string
		ActorID   desk.AnyID
		ActorName string
		Data      json.RawMessage
	}
	err := tx.Query(ctx, &facts, `select f.seq, f.at, f.type, f.actor_kind, f.actor_id, coalesce(s.name, '') as actor_name, f.data
		from ?tenant.facts f left join ?tenant.staff s on s.user_id = f.actor_id
		where f.subject_id = $1 and f.type in ('ticket.routed', 'ticket.assigned', 'ticket.changed', 'ticket.priority_changed') order by f.seq limit 500`, ticket.ID)
	if err != nil {
		return RouteWhy{}, fmt.Errorf("read why a ticket is where it is: %w", err)
	}
	w := RouteWhy{At: ticket.CreatedAt}
	var trace routing.Trace
	found := false
	for _, f := range facts {
		var d tickets.Detail
		if err := json.Unmarshal(f.Data, &d); err != nil {
			return RouteWhy{}, fmt.Errorf("read fact %d: %w", f.Seq, err)
		}
		if f.Type == tickets.FactRouted {
			found, trace = true, routing.Trace{}
			if err := json.Unmarshal(d.Route, &trace); err != nil {
				return RouteWhy{}, fmt.Errorf("read why a ticket was routed: %w", err)
			}
			w.At, w.Changes = f.At, nil
			continue
		}
		for _, change := range d.Changes {
			if places[change.Field] {
				w.Changes = append(w.Changes, HandChange{f.At, tickets.Author{Kind: f.ActorKind, ID: f.ActorID, Name: f.ActorName}, change, d.Reason})
			}
		}
	}
	if !found {
		trace.Strategy = routing.Manual
		trace.To = routing.To{Group: ticket.GroupKey, Line: ticket.Line, Person: ticket.AssigneeID, Vendor: ticket.VendorID, Priority: ticket.Priority, Tags: ticket.Tags}
	}
	rules := routing.Rules{}
	if trace.Version > 0 {
		set, err := routing.Sets.At(ctx, tx, routing.Main, trace.Version)
		if err != nil {
			return RouteWhy{}, fmt.Errorf("read the rules of then: %w", err)
		}
		rules = set.Spec
	}
	return w, t.explain(ctx, tx, &w, trace, rules)
}

// places are the fields that say where a ticket is.
var places = map[string]bool{"group": true, "assignee": true, "line": true, "vendor": true, "priority": true}

// explain fills in what a trace says, by the rules that it was made by.
func (t *Triage) explain(ctx context.Context, tx tenants.ReadTx, w *RouteWhy, trace routing.Trace, rules routing.Rules) error {
	w.Version, w.ByHand, w.Cause, w.Strategy = trace.Version, trace.ByHand, trace.Cause, trace.Strategy
	w.Candidates, w.More, w.To, w.Position = trace.Candidates, trace.More, trace.To, -1
	if rule, i, ok := rules.Find(trace.Rule); ok {
		w.Rule, w.Position = &rule, i
	}
	words, err := tickets.Vocabulary(ctx, tx, nil)
	if err != nil {
		return err
	}
	seen := remembered{words: words, seen: trace.Seen}
	about := env(tx)
	if !w.At.IsZero() {
		about.Now = w.At
	}
	for i, what := range trace.Tried {
		if i >= len(rules.Rules) {
			break
		}
		rule := rules.Rules[i]
		r := TriedRule{Rule: rule, Position: i, Matched: what == routing.Held, Off: what == routing.WasOff, Skipped: what == routing.Skipped}
		if !r.Off {
			if r.Trace, err = seen.trace(ctx, about, &rule.When, what); err != nil {
				return fmt.Errorf("explain rule %q: %w", rule.Key, err)
			}
		}
		w.Tried = append(w.Tried, r)
	}
	return nil
}

// remembered are the values that were seen when a ticket was routed.
type remembered struct {
	words conditions.Vocabulary
	seen  map[string]any
}

// Value is conditions.Values.
func (r remembered) Value(_ context.Context, key string) (any, error) {
	value := r.seen[key]
	f, known := r.words.Field(key)
	if !known || value == nil {
		return nil, nil //nolint:nilnil // nil is how conditions say "empty"
	}
	switch v := value.(type) {
	case string:
		if f.Kind == conditions.Time {
			at, err := time.Parse(time.RFC3339Nano, v)
			if err != nil {
				return nil, fmt.Errorf("read the moment that was seen: %w", err)
			}
			return at, nil
		}
	case []any:
		tags := make([]string, 0, len(v))
		for _, one := range v {
			if tag, ok := one.(string); ok {
				tags = append(tags, tag)
			}
		}
		return tags, nil
	}
	return value, nil
}

// trace tells a condition with what was seen then. What of it held is what the
// decision kept, even where a long value was cut: of an "all" those before the node
// that failed held, and nothing behind it was looked at unless another rule asked.
func (r remembered) trace(ctx context.Context, about conditions.Env, when *conditions.Tree, what string) (conditions.Trace, error) {
	full, err := when.Match(ctx, about, r)
	if err != nil {
		return conditions.Trace{}, err
	}
	tr := conditions.Trace{Matched: what == routing.Held || what == routing.Skipped}
	failed := len(when.All)
	if at, ok := strings.CutPrefix(routing.Pointer(what), "/all/"); ok && !tr.Matched {
		digits, _, _ := strings.Cut(at, "/")
		if failed, err = strconv.Atoi(digits); err != nil {
			return conditions.Trace{}, fmt.Errorf("read where a rule failed: %w", err)
		}
	}
	for _, leaf := range full.Leaves {
		if _, looked := r.seen[leaf.Field]; !looked {
			continue
		}
		switch rest, in := strings.CutPrefix(leaf.At, "/all/"); {
		case leaf.At == "":
			leaf.Matched = tr.Matched
		case in && !strings.Contains(rest, "/"):
			switch i, err := strconv.Atoi(rest); {
			case err != nil:
				return conditions.Trace{}, fmt.Errorf("read a node: %w", err)
			case i < failed:
				leaf.Matched = true
			case i == failed:
				leaf.Matched = false
			}
		}
		tr.Leaves = append(tr.Leaves, leaf)
	}
	return tr, nil
}
