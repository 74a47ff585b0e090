package api

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk/conditions"
)

// Calendar is a working calendar as people write it.
type Calendar struct {
	Name      Words              `json:"name"`
	TimeZone  string             `json:"time_zone" maxLength:"60"`
	Always    bool               `json:"always,omitempty" doc:"Open at any time; then nothing else but the zone is given"`
	Weekly    map[string][]Hours `json:"weekly,omitempty" doc:"Intervals [from, to) for mon to sun; a day that is missing is closed"`
	Holidays  []string           `json:"holidays,omitempty"`
	ExtraDays []ExtraDay         `json:"extra_days,omitempty" doc:"Dates with hours of their own; they win over holidays and weekdays"`
	Notes     map[string]Words   `json:"notes,omitempty" doc:"What a date is, for people"`
}

// Hours are from and to, HH:MM; 24:00 is an end.
type Hours [2]string

// ExtraDay is a date with its own hours; without any it is closed.
type ExtraDay struct {
	Date  string  `json:"date" maxLength:"10"`
	Hours []Hours `json:"hours"`
}

// SLAPolicy is what a policy promises.
type SLAPolicy struct {
	Name             Words                `json:"name"`
	When             Condition            `json:"when,omitzero"`
	Targets          map[string]SLATarget `json:"targets" doc:"By priority, 1 to 4; one that is missing promises nothing"`
	PauseIn          []string             `json:"pause_in,omitempty" doc:"Statuses in which the clocks stand"`
	CustomerCalendar bool                 `json:"customer_calendar,omitempty" doc:"The customer's own calendar wins over the policy's"`
}

// SLATarget are minutes of working time of a calendar; 0 promises nothing.
type SLATarget struct {
	FirstResponse int    `json:"first_response,omitempty"`
	NextResponse  int    `json:"next_response,omitempty"`
	Resolution    int    `json:"resolution,omitempty"`
	Arrival       int    `json:"arrival,omitempty"`
	Calendar      string `json:"calendar,omitempty" maxLength:"40"`
}

// SLAException changes what policies promise, for a reason.
type SLAException struct {
	Name     Words      `json:"name"`
	When     Condition  `json:"when,omitzero"`
	Effect   EffectBody `json:"effect"`
	Reason   string     `json:"reason" maxLength:"1000"`
	From     *Instant   `json:"from,omitempty" doc:"For tickets opened from then on"`
	Until    *Instant   `json:"until,omitempty"`
	Approval bool       `json:"approval,omitempty" doc:"The tenant's own people must approve it"`
}

// EffectBody is what an exception changes.
type EffectBody struct {
	None     bool       `json:"none,omitempty" doc:"No promise at all"`
	Calendar string     `json:"calendar,omitempty" maxLength:"40"`
	Targets  *SLATarget `json:"targets,omitempty"`
	DueAt    *Instant   `json:"due_at,omitempty" doc:"The resolution is due then"`
}

// SLAEscalation acts when a promise is in danger or broken.
type SLAEscalation struct {
	Name   Words            `json:"name"`
	When   Condition        `json:"when,omitzero"`
	Levels []EscalationStep `json:"levels"`
}

// EscalationStep is a moment and what is done then.
type EscalationStep struct {
	Clock   string             `json:"clock" enum:"first_response,next_response,resolution,arrival,any"`
	At      string             `json:"at" enum:"share,before,breach,after"`
	Value   int                `json:"value,omitempty" doc:"Percent of the time used for share; minutes of working time for before and after"`
	Actions []EscalationAction `json:"actions"`
}

// EscalationAction is one thing that is done.
type EscalationAction struct {
	Kind     string   `json:"kind" enum:"tell,reassign,priority,line,tag,webhook"`
	Roles    []string `json:"roles,omitempty" maxItems:"50"`
	People   []string `json:"people,omitempty" maxItems:"50"`
	Assignee bool     `json:"assignee,omitempty"`
	Person   string   `json:"person,omitempty" maxLength:"60"`
	Group    string   `json:"group,omitempty" maxLength:"40"`
	To       int      `json:"to,omitempty"`
	Tag      string   `json:"tag,omitempty" maxLength:"40"`
	URL      string   `json:"url,omitempty" maxLength:"2000"`
}

// Condition is a tree of conditions, as it was written; {} always holds.
type Condition struct{ raw json.RawMessage }

// Schema is a node: one group, one negation or one comparison.
func (Condition) Schema(r huma.Registry) *huma.Schema {
	const name = "Condition"
	ref := &huma.Schema{Ref: "#/components/schemas/" + name}
	if r.Map()[name] == nil {
		list := &huma.Schema{Type: huma.TypeArray, Items: ref}
		s := &huma.Schema{
			Type: huma.TypeObject, AdditionalProperties: false,
			Description: "One of all, any, not, or a comparison of a field; {} always holds",
			Properties: map[string]*huma.Schema{
				"all": list, "any": list, "not": ref,
				"field": {Type: huma.TypeString}, "op": {Type: huma.TypeString}, "value": {},
			},
		}
		s.PrecomputeMessages()
		r.Map()[name] = s
	}
	return ref
}

// IsZero is a condition that always holds.
func (c Condition) IsZero() bool { return len(c.raw) == 0 || string(c.raw) == "{}" }

// MarshalJSON writes it as it was.
func (c Condition) MarshalJSON() ([]byte, error) {
	if len(c.raw) == 0 {
		return []byte("{}"), nil
	}
	return c.raw, nil
}

// UnmarshalJSON keeps it; what is wrong with it is told with its place later.
func (c *Condition) UnmarshalJSON(b []byte) error {
	c.raw = bytes.Clone(b)
	return nil
}

// wrong refuses what is no tree, at its nodes.
func (c Condition) wrong() error {
	_, wrong := conditions.Read(c.raw, "/body/spec/when")
	return invalid(wrong)
}

// recast turns a body into the spec it stands for, or the other way round: their
// documents are the same.
func recast[To any](from any) (to To, err error) {
	text, err := json.Marshal(from)
	if err != nil {
		return to, fmt.Errorf("encode %T: %w", from, err)
	}
	if err := json.Unmarshal(text, &to); err != nil {
		return to, fmt.Errorf("read %T as %T: %w", from, to, err)
	}
	return to, nil
}
