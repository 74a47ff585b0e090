package api

import (
	"encoding/json"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/conditions"
)

// RoutingRules decide who gets a ticket.
type RoutingRules struct {
	Rules   []RoutingRule `json:"rules" maxItems:"200" doc:"In order: the first that holds decides"`
	Default RouteThen     `json:"default" doc:"Where no rule holds; its group is mandatory"`
}

// RoutingRule is a condition and what follows from it.
type RoutingRule struct {
	Key  string    `json:"key" maxLength:"40"`
	Name Words     `json:"name"`
	When Condition `json:"when,omitzero"`
	Then RouteThen `json:"then"`
	Stop bool      `json:"stop" doc:"Ask no further rule; without it later ones fill what this one left open"`
	Off  bool      `json:"off,omitempty"`
}

// RouteThen is what a rule does with a ticket.
type RouteThen struct {
	Group    string      `json:"group,omitempty" maxLength:"40"`
	Line     int         `json:"line,omitempty"`
	Person   string      `json:"person,omitempty" maxLength:"60"`
	Vendor   string      `json:"vendor,omitempty" maxLength:"60"`
	Priority int         `json:"priority,omitempty"`
	Tags     []string    `json:"tags,omitempty" maxItems:"50"`
	Notify   []string    `json:"notify,omitempty" maxItems:"50" doc:"Roles whose people are told"`
	Strategy string      `json:"strategy,omitempty" enum:"least_loaded,round_robin,skill,on_shift,previous,manual"`
	Skills   []SkillNeed `json:"skills,omitempty" maxItems:"50"`
	Process  string      `json:"process,omitempty" maxLength:"40" doc:"The process that begins in it"`
}

// SkillNeed is a skill and the least level of it.
type SkillNeed struct {
	Key   string `json:"key" maxLength:"40"`
	Level int    `json:"level"`
}

// wrong refuses what is no condition and no id at all, before it is read as one.
func (b RoutingRules) wrong() error {
	var wrong []desk.FieldError
	for i := range b.Rules {
		at := fmt.Sprintf("/body/spec/rules/%d", i)
		_, bad := conditions.Read(b.Rules[i].When.raw, at+"/when")
		wrong = append(append(wrong, bad...), b.Rules[i].Then.wrong(at+"/then")...)
	}
	return invalid(append(wrong, b.Default.wrong("/body/spec/default")...))
}

func (t *RouteThen) wrong(at string) []desk.FieldError {
	var wrong []desk.FieldError
	if t.Person != "" {
		wrong = append(wrong, personKey(at+"/person", t.Person)...)
	}
	var vendor desk.CompanyID
	if t.Vendor != "" && (vendor.UnmarshalText([]byte(t.Vendor)) != nil || vendor.IsZero()) {
		wrong = append(wrong, desk.Field(at+"/vendor", desk.UnknownID))
	}
	return wrong
}

// RoutingSetting is the one set of rules of a tenant.
type RoutingSetting struct {
	Setting[RoutingRules]
	Problems []RoutingProblem `json:"problems" doc:"What live rules name and what is gone; a rule whose place is gone is skipped"`
	Hits     map[string]int   `json:"hits" doc:"Of the last hundred tickets, how many each rule decided; the empty key is the default"`
}

// RoutingProblem is something gone that a rule names.
type RoutingProblem struct {
	Rule   *string `json:"rule" doc:"null for the default"`
	Code   string  `json:"code" enum:"group_gone,person_gone,vendor_gone,skill_gone,role_gone,process_gone,condition_gone,group_empty"`
	Detail string  `json:"detail"`
}

// RoutePlace is where a ticket is.
type RoutePlace struct {
	Group  *Named     `json:"group"`
	Person *Person    `json:"person"`
	Vendor *VendorRef `json:"vendor"`
}

// TrialPlace is where a ticket would go, and what would begin in it.
type TrialPlace struct {
	RoutePlace
	Process *Named `json:"process"`
}

// RoutingTrial is what a draft would have meant for the last tickets.
type RoutingTrial struct {
	Tickets     int               `json:"tickets"`
	Unchanged   int               `json:"unchanged"`
	Changed     int               `json:"changed"`
	Unruled     int               `json:"unruled" doc:"Only the default takes them"`
	TookMS      int64             `json:"took_ms"`
	Hits        map[string]int    `json:"hits" doc:"How many tickets each rule held for; the empty key is the default"`
	Unreachable []UnreachableRule `json:"unreachable"`
	Rows        []ReroutedTicket  `json:"rows" doc:"Those that would go elsewhere, at most 100"`
	Load        []TrialLoad       `json:"load"`
}

// UnreachableRule is a rule that no ticket comes to.
type UnreachableRule struct {
	Key    string  `json:"key"`
	By     *string `json:"by" doc:"The earlier rule that takes all of its tickets; null for a condition that contradicts itself"`
	Reason string  `json:"reason"`
}

// ReroutedTicket is a ticket that would go elsewhere.
type ReroutedTicket struct {
	Ref     string     `json:"ref"`
	Subject string     `json:"subject"`
	Before  TrialPlace `json:"before"`
	After   TrialPlace `json:"after"`
	Rule    *string    `json:"rule"`
	Mark    string     `json:"mark" enum:"expected,load,no_rule"`
}

// TrialLoad is how many of the tickets a group would get.
type TrialLoad struct {
	Group  string `json:"group"`
	Name   string `json:"name"`
	Before int    `json:"before"`
	After  int    `json:"after"`
	Limit  *int   `json:"limit" doc:"Tickets that its people on shift take at once; null where nobody is given any"`
}

// RouteWhy is how a ticket came to be where it is, or where one would go.
type RouteWhy struct {
	Version    *int             `json:"version" doc:"Of the rules; null where none had placed it"`
	At         Instant          `json:"at"`
	ByHand     bool             `json:"by_hand" doc:"Whoever opened it chose where it goes"`
	Cause      *string          `json:"cause" enum:"asked,reopened,removed,absent,shift_ended,engagement_ended" doc:"Why it was routed again; null at its opening"`
	Rule       *RuleRef         `json:"rule" doc:"null is the default"`
	Tried      []RouteTried     `json:"tried"`
	Strategy   string           `json:"strategy" enum:"least_loaded,round_robin,skill,on_shift,previous,manual"`
	Candidates []RouteCandidate `json:"candidates"`
	More       int              `json:"more" doc:"Candidates beside those that are listed"`
	To         RouteTo          `json:"to"`
	Changes    []HandChange     `json:"changes" doc:"What people made of it afterwards"`
}

// RuleRef names a rule; positions count from 1.
type RuleRef struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	Position int    `json:"position"`
}

// RouteTried is a rule that was asked.
type RouteTried struct {
	RuleRef
	Matched   bool            `json:"matched"`
	Off       bool            `json:"off"`
	Skipped   bool            `json:"skipped" doc:"The place to which it gives tickets is gone"`
	Sentences []RouteSentence `json:"sentences"`
}

// RouteSentence is one condition in words.
type RouteSentence struct {
	Text    string  `json:"text"`
	Matched bool    `json:"matched"`
	Seen    bool    `json:"seen" doc:"It was looked at"`
	Actual  *string `json:"actual"`
}

// RouteCandidate is somebody who came into question.
type RouteCandidate struct {
	Person   Person   `json:"person"`
	Points   int      `json:"points"`
	Tickets  int      `json:"tickets"`
	Capacity int      `json:"capacity"`
	OnShift  bool     `json:"on_shift"`
	Until    *Instant `json:"until"`
	Skill    *int     `json:"skill" doc:"Sum of the levels asked for"`
	Chosen   bool     `json:"chosen"`
	No       *string  `json:"no" doc:"Why not, in words"`
}

// RouteTo is where the rules put it.
type RouteTo struct {
	RoutePlace
	Line     *int     `json:"line"`
	Priority *int     `json:"priority"`
	Tags     []string `json:"tags"`
	Process  *Named   `json:"process"`
}

// HandChange is a change of place by hand.
type HandChange struct {
	At     Instant `json:"at"`
	By     Person  `json:"by"`
	Field  string  `json:"field" enum:"group,assignee,line,vendor,priority"`
	From   *string `json:"from"`
	To     *string `json:"to"`
	Reason *string `json:"reason"`
}

// asText shows a value of a fact; names before keys.
func asText(value any, name string) *string {
	if name != "" {
		return &name
	}
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return orNil(v)
	default:
		b, err := json.Marshal(v)
		if err != nil {
			return nil
		}
		text := string(b)
		return &text
	}
}
