package routing

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"manydesk/desk"
)

// MaxTrace bounds what is kept of a decision with its ticket, in bytes.
const MaxTrace = 2048

// maxCandidates are kept of those who came into question; the rest is counted.
const maxCandidates = 12

// Trace is why a ticket is where it is, as its fact keeps it: places of rules and
// values, no texts of rules, which stand in the settings at that version.
type Trace struct {
	// Version of the set; 0 where nothing is published.
	Version int `json:"v"`
	// ByHand says that whoever opened it chose the group or the person.
	ByHand bool   `json:"by_hand,omitempty"`
	Rule   string `json:"rule"`
	Tried  Tried  `json:"tried,omitempty"`
	// Seen are values as JSON has them; a long text is cut.
	Seen       map[string]any `json:"seen,omitempty"`
	Strategy   Strategy       `json:"strategy,omitempty"`
	Candidates []Kept         `json:"candidates,omitempty"`
	More       int            `json:"more,omitempty"`
	To         To             `json:"to"`
	// Why the ticket was routed again: "reopened", "absent" …; empty at opening.
	Cause string `json:"cause,omitempty"`
}

// Kept is a candidate in a trace.
type Kept struct {
	ID       desk.UserID `json:"id"`
	Points   int         `json:"points"`
	Tickets  int         `json:"tickets"`
	Capacity int         `json:"capacity"`
	Shift    bool        `json:"shift,omitempty"`
	Until    time.Time   `json:"until,omitzero"`
	Skill    int         `json:"skill,omitempty"`
	Lang     bool        `json:"lang,omitempty"`
	No       No          `json:"no,omitempty"`
}

// To is where the ticket went.
type To struct {
	Group    string         `json:"group,omitempty"`
	Line     int            `json:"line,omitempty"`
	Person   desk.UserID    `json:"person,omitzero"`
	Vendor   desk.CompanyID `json:"vendor,omitzero"`
	Priority int            `json:"priority,omitempty"`
	Tags     []string       `json:"tags,omitempty"`
	// Process is what began in it.
	Process string `json:"process,omitempty"`
}

// Keep puts those who came into question into the trace, the first ones of them.
func (t *Trace) Keep(all []Considered) {
	t.Candidates, t.More = nil, 0
	for i := range all {
		if i == maxCandidates {
			t.More = len(all) - i
			break
		}
		c := &all[i]
		t.Candidates = append(t.Candidates, Kept{
			ID: c.ID, Points: c.Points, Tickets: c.Tickets, Capacity: c.Capacity, Shift: c.OnShift(), Until: c.Until, Skill: c.Skill, Lang: c.Speaks, No: c.No,
		})
	}
}

// cuts make a trace smaller, the least important first.
var cuts = []func(*Trace){
	func(t *Trace) { t.Seen = shorter(t.Seen, 60) },
	func(t *Trace) { t.fewer(8) },
	func(t *Trace) { t.Seen = shorter(t.Seen, 20) },
	func(t *Trace) { t.fewer(4) },
	func(t *Trace) { t.Tried = t.Tried.coarse() },
	func(t *Trace) { t.fewer(1) },
	func(t *Trace) { t.Seen = nil },
	func(t *Trace) { t.To.Tags = nil },
	func(t *Trace) { t.Tried = nil },
}

// Encode writes the trace in at most MaxTrace bytes: what is too long is cut,
// candidates and long values first.
func (t Trace) Encode() (json.RawMessage, error) {
	t.Seen = shorter(t.Seen, 120)
	for i := 0; ; i++ {
		b, err := json.Marshal(t)
		if err != nil {
			return nil, fmt.Errorf("encode why a ticket was routed: %w", err)
		}
		if len(b) <= MaxTrace || i == len(cuts) {
			return b, nil
		}
		cuts[i](&t)
	}
}

func (t *Trace) fewer(most int) {
	if n := len(t.Candidates); n > most {
		t.Candidates = t.Candidates[:most:most]
		t.More += n - most
	}
}

// coarse keeps of each node only the part of the topmost group that failed.
func (t Tried) coarse() Tried {
	out := make(Tried, len(t))
	for i, at := range t {
		out[i] = at
		for j := 1; j < len(at); j++ {
			if at[j] < '0' || at[j] > '9' {
				out[i] = at[:j]
				break
			}
		}
	}
	return out
}

// shorter cuts texts and lists, and leaves out fields beyond as many as a ticket
// has of its own, in order of name.
func shorter(seen map[string]any, most int) map[string]any {
	out := make(map[string]any, len(seen))
	for i, key := range slices.Sorted(maps.Keys(seen)) {
		if i == most {
			break
		}
		switch v := seen[key].(type) {
		case string:
			out[key] = Cut(v, most)
		case []string:
			out[key] = v[:min(len(v), most/5)]
		default:
			out[key] = v
		}
	}
	return out
}

// Cut shortens a text that is longer than so many characters.
func Cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
