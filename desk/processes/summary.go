package processes

import (
	"encoding/json"
	"fmt"

	"manydesk/desk/settings"
	"manydesk/desk/tickets"
)

// Summary is what a ticket's own row keeps of the work in it, so that neither its
// page nor a list asks for more.
type Summary struct {
	// Key and Version are of the process that was started last; empty for none.
	Key     string         `json:"key,omitempty"`
	Version int            `json:"version,omitempty"`
	Name    settings.Words `json:"name,omitzero"`
	// Run is the number of the fact with which it was started.
	Run int `json:"run,omitempty"`
	// Stage is the first that is open, Place where it stands from 1, Of how many
	// there are.
	Stage     string         `json:"stage,omitempty"`
	StageName settings.Words `json:"stage_name,omitzero"`
	Place     int            `json:"place,omitempty"`
	Of        int            `json:"of,omitempty"`
	// Done is set when its last stage is over.
	Done  bool  `json:"done,omitempty"`
	Tasks Count `json:"tasks"`
}

// Count is how many tasks there are, and how many are left. Stages are none.
type Count struct {
	Open  int `json:"open"`
	Total int `json:"total"`
}

// Of reads what a ticket keeps.
func Of(t *tickets.Ticket) (s Summary, err error) {
	if len(t.Process) == 0 {
		return s, nil
	}
	if err := json.Unmarshal(t.Process, &s); err != nil {
		return s, fmt.Errorf("read what a ticket keeps of its work: %w", err)
	}
	return s, nil
}

// Runs reports whether a process is on its way.
func (s *Summary) Runs() bool { return s.Key != "" && !s.Done }
