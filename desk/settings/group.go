package settings

import "manydesk/desk"

// Group is a circle of staff that work is given to.
type Group struct {
	Name Words `json:"name"`
	// Line is the support line, 1 to 3; 0 is none.
	Line int `json:"line,omitempty"`
	// Calendar is when the group works; empty is the tenant's usual one.
	Calendar string `json:"calendar,omitempty"`
	// Limit is how many open tickets one person of it has at once; 0 leaves it to the person's capacity.
	Limit int `json:"limit,omitempty"`
	// Queue groups are not given from: people take for themselves.
	Queue bool `json:"queue,omitempty"`
}

const mostTickets = 1000

// Validate checks the name, the line and the limit.
func (g Group) Validate() error {
	wrong := named("name", g.Name)
	wrong = append(wrong, within("line", g.Line, 3)...)
	if g.Calendar != "" && !keys.MatchString(g.Calendar) {
		wrong = append(wrong, desk.Field("calendar", desk.Pattern, "pattern", "a-z, 0-9, _"))
	}
	wrong = append(wrong, within("limit", g.Limit, mostTickets)...)
	return desk.Invalid(wrong...)
}

func within(pointer string, n, most int) []desk.FieldError {
	switch {
	case n < 0:
		return []desk.FieldError{desk.Field(pointer, desk.Minimum, "min", 1)}
	case n > most:
		return []desk.FieldError{desk.Field(pointer, desk.Maximum, "max", most)}
	}
	return nil
}

// Skill is something a person can do, at a level from 1 to 3.
type Skill struct {
	Name Words `json:"name"`
}

// Validate checks the name.
func (s Skill) Validate() error { return desk.Invalid(named("name", s.Name)...) }
