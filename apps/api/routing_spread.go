package api

import (
	"context"
	"strconv"
	"strings"

	"manydesk/apps/api/words"
	"manydesk/desk"
	"manydesk/desk/routing"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

type distributionIn struct {
	Body struct {
		Preview  bool              `json:"preview,omitempty" doc:"Only propose somebody for each of tickets"`
		Tickets  []string          `json:"tickets,omitempty" maxItems:"200"`
		Strategy string            `json:"strategy,omitempty" enum:"least_loaded,round_robin,skill,on_shift,previous"`
		Items    []DistributedItem `json:"items,omitempty" maxItems:"200" doc:"What is given to whom"`
		Reason   string            `json:"reason,omitempty" maxLength:"1000"`
	}
}

// DistributedItem is a ticket with whom it is given to.
type DistributedItem struct {
	Ref    string        `json:"ref" maxLength:"60"`
	Person Maybe[string] `json:"person,omitzero" doc:"null takes it from everybody; absent leaves it with whom it is"`
	Group  string        `json:"group,omitempty" maxLength:"40"`
}

// Distribution is what is proposed or what came of it.
type Distribution struct {
	Done  int               `json:"done"`
	Items []DistributedLine `json:"items"`
}

// DistributedLine is a proposal (person and why) or what came of an item (ok and problem).
type DistributedLine struct {
	Ref     string       `json:"ref"`
	Person  *Person      `json:"person"`
	Why     string       `json:"why,omitempty"`
	OK      *bool        `json:"ok,omitempty"`
	Problem *LineProblem `json:"problem,omitempty"`
}

// LineProblem is why one of several did not succeed.
type LineProblem struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

type rebalanceIn struct {
	Body struct {
		Preview bool   `json:"preview,omitempty"`
		Person  string `json:"person,omitempty" maxLength:"60" doc:"Only what this person has"`
	}
}

// Rebalance is what goes from those who are not there to others.
type Rebalance struct {
	Items []RebalancedLine `json:"items"`
	Done  int              `json:"done"`
}

// RebalancedLine is a ticket that goes on.
type RebalancedLine struct {
	Ref  string  `json:"ref"`
	From *Person `json:"from"`
	To   *Person `json:"to"`
	Why  string  `json:"why"`
}

func (a *App) spreadRoutes(r *Routes) {
	gives := []access.Permission{access.TicketAssign}
	flow(r, "POST /v1/tenants/{tenant}/distributions", Op{ID: "distributeTickets", Tag: "Routing", Summary: "Give many tickets at once, each by itself; or propose to whom", Needs: gives, Class: heavy}, a.distribute)
	flow(r, "POST /v1/tenants/{tenant}/rebalances", Op{ID: "rebalanceTickets", Tag: "Routing", Summary: "Give to others, by rule, what those have who are not there", Needs: gives, Class: heavy}, a.rebalance)
}

func (a *App) distribute(ctx context.Context, c Caller, in *distributionIn) (*Distribution, error) {
	if in.Body.Preview {
		return a.propose(ctx, a.house.Reader(c.Tenant, c.Actor), in)
	}
	if len(in.Body.Items) == 0 {
		return nil, desk.Invalid(desk.Field("items", desk.Required))
	}
	d := &Distribution{Items: []DistributedLine{}}
	for _, item := range in.Body.Items {
		err := a.giveOne(ctx, c, item, in.Body.Reason)
		ok := err == nil
		line := DistributedLine{Ref: item.Ref, OK: &ok}
		if ok {
			d.Done++
		} else {
			e := refusal(err)
			if e.Code == desk.Internal {
				return nil, err
			}
			line.Problem = lineProblem(e, c.Language)
		}
		d.Items = append(d.Items, line)
	}
	return d, nil
}

// lineProblem says in words why one of several did not succeed: of a wrong field
// what is wrong with it.
func lineProblem(e *desk.Error, language string) *LineProblem {
	for _, f := range e.Fields {
		if text, ok := words.Field(language, f.Code, f.Params); ok {
			return &LineProblem{string(e.Code), text}
		}
	}
	text := words.Detail(language, e.Code, e.Params)
	if text == "" {
		text, _ = words.Title(language, e.Code)
	}
	return &LineProblem{string(e.Code), text}
}

func (a *App) giveOne(ctx context.Context, c Caller, item DistributedItem, reason string) error {
	n, ok := numberOf(c.Tenant, item.Ref)
	if !ok {
		return desk.Missing()
	}
	in := tickets.Assign{Ticket: tickets.Number(n), Reason: reason}
	if item.Group != "" {
		in.Group = &item.Group
	}
	p := item.Person
	if p.Set && !p.Null && (in.To.UnmarshalText([]byte(p.Value)) != nil || in.To.IsZero()) {
		return desk.Invalid(desk.Field("person", desk.UnknownID))
	}
	return a.house.Do(ctx, c.Tenant, c.Actor, func(ctx context.Context, tx tenants.Tx) error {
		if !p.Set {
			is, err := a.Tickets.Get(ctx, tx.ReadTx, in.Ticket)
			if err != nil {
				return err
			}
			in.To = is.AssigneeID
		}
		_, err := a.Tickets.Assign(ctx, tx, in)
		return err
	})
}

func (a *App) propose(ctx context.Context, tx tenants.ReadTx, in *distributionIn) (*Distribution, error) {
	numbers := make([]int64, len(in.Body.Tickets))
	for i, ref := range in.Body.Tickets {
		numbers[i], _ = numberOf(tx.Tenant(), ref) // 0 is nobody's number
	}
	all, err := a.Triage.Propose(ctx, tx, numbers, routing.Strategy(in.Body.Strategy))
	if err != nil {
		return nil, err
	}
	d := &Distribution{Items: []DistributedLine{}}
	for i, p := range all {
		line := DistributedLine{Ref: in.Body.Tickets[i], Why: say(tx.Actor().Language, proposalWords[p.Why])}
		if !p.Person.IsZero() {
			who := personOf("staff", p.Person.Any(), p.Name)
			line.Person = &who
		}
		d.Items = append(d.Items, line)
	}
	return d, nil
}

func (a *App) rebalance(ctx context.Context, c Caller, in *rebalanceIn) (*Rebalance, error) {
	var person desk.UserID
	if in.Body.Person != "" && (person.UnmarshalText([]byte(in.Body.Person)) != nil || person.IsZero()) {
		return nil, desk.Invalid(desk.Field("person", desk.UnknownID))
	}
	moves, done, err := a.Triage.Rebalance(ctx, c.Tenant, c.Actor, person, !in.Body.Preview)
	if err != nil {
		return nil, err
	}
	v := &Rebalance{Items: []RebalancedLine{}, Done: done}
	for _, m := range moves {
		v.Items = append(v.Items, RebalancedLine{c.Tenant.Ref(m.Number), staffOrNil(m.From, m.FromName), staffOrNil(m.To, m.ToName), say(c.Language, causeWords[m.Why])})
	}
	return v, nil
}

func staffOrNil(id desk.UserID, name string) *Person {
	if id.IsZero() {
		return nil
	}
	p := personOf("staff", id.Any(), name)
	return &p
}

// numberOf reads ACME-1042 or 1042.
func numberOf(t tenants.Tenant, ref string) (int64, bool) {
	if i := strings.LastIndexByte(ref, '-'); i >= 0 {
		ref = ref[i+1:]
	}
	n, err := strconv.ParseInt(ref, 10, 64)
	return n, err == nil && n > 0
}
