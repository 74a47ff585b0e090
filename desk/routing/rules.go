package routing

import (
	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
)

// Sets are the rules of a tenant: one row, under the key Main.
var Sets = settings.For[Rules]("routing")

// Main is the key of the one set of rules that a tenant has.
const Main = "main"

// Rules decide who gets a ticket: in order, the first that holds decides; what
// goes on is added to by later ones. Where none holds, Default does.
type Rules struct {
	Rules   []Rule `json:"rules"`
	Default Then   `json:"default"`
}

// Rule is a condition and what follows from it.
type Rule struct {
	Key  string          `json:"key"`
	Name settings.Words  `json:"name"`
	When conditions.Tree `json:"when,omitzero"`
	Then Then            `json:"then"`
	// Stop ends the search; without it later rules fill what this one left open.
	Stop bool `json:"stop"`
	// Off keeps the rule in its place without asking it.
	Off bool `json:"off,omitempty"`
}

// Then is what a rule does with a ticket. What is empty it leaves to others.
type Then struct {
	Group    string         `json:"group,omitempty"`
	Line     int            `json:"line,omitempty"`
	Person   desk.UserID    `json:"person,omitzero"`
	Vendor   desk.CompanyID `json:"vendor,omitzero"`
	Priority int            `json:"priority,omitempty"`
	Tags     []string       `json:"tags,omitempty"`
	// Notify are the roles whose people are told.
	Notify   []string `json:"notify,omitempty"`
	Strategy Strategy `json:"strategy,omitempty"`
	// Skills must all be had by whoever gets it.
	Skills []Need `json:"skills,omitempty"`
	// Process is the key of the process that begins in it.
	Process string `json:"process,omitempty"`
}

// Need is a skill and the least level of it.
type Need struct {
	Key   string `json:"key"`
	Level int    `json:"level"`
}

// Strategy is how somebody of a group is chosen.
type Strategy string

// The strategies. None chosen is Manual: the group's queue, nobody.
const (
	LeastLoaded Strategy = "least_loaded"
	RoundRobin  Strategy = "round_robin"
	BestSkill   Strategy = "skill"
	OnShift     Strategy = "on_shift"
	Previous    Strategy = "previous"
	Manual      Strategy = "manual"
)

// Strategies lists them in the order in which people are offered them.
func Strategies() []Strategy {
	return []Strategy{LeastLoaded, RoundRobin, BestSkill, OnShift, Previous, Manual}
}

// rule gives a rule by its key; ok is false for a key that is not there.
func (r *Rules) rule(key string) (i int, ok bool) {
	for i := range r.Rules {
		if r.Rules[i].Key == key {
			return i, true
		}
	}
	return -1, false
}

// Find gives a rule by its key with its place.
func (r *Rules) Find(key string) (Rule, int, bool) {
	i, ok := r.rule(key)
	if !ok {
		return Rule{}, -1, false
	}
	return r.Rules[i], i, true
}
