package settings

import (
	"fmt"

	"manydesk/desk"
)

// Workflows are the tenant's statuses and the ways between them. One row today, "default".
var Workflows = For[Workflow]("workflow")

// Main is the key of settings of which a tenant has one.
const Main = "default"

// Category is what a status means to the product; the status itself is the tenant's word.
type Category int16

// The categories, as stored in tickets.category.
const (
	Open Category = iota + 1
	InProgress
	Pending
	Resolved
	Closed
)

var categories = [...]string{Open: "open", InProgress: "in_progress", Pending: "pending", Resolved: "resolved", Closed: "closed"}

// String is the category's name in the API.
func (c Category) String() string {
	if c < Open || c > Closed {
		return fmt.Sprintf("category(%d)", int16(c))
	}
	return categories[c]
}

// MarshalText writes the name.
func (c Category) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the name.
func (c *Category) UnmarshalText(text []byte) error {
	for i := Open; i <= Closed; i++ {
		if categories[i] == string(text) {
			*c = i
			return nil
		}
	}
	return fmt.Errorf("%q is not a category", text)
}

// Status is a tenant's word for where a ticket stands.
type Status struct {
	Key      string   `json:"key"`
	Name     Words    `json:"name"`
	Category Category `json:"category"`
	// CommentRequired asks for a comment from whoever enters the status.
	CommentRequired bool `json:"comment_required,omitempty"`
}

// UntilRequired reports that entering the status asks until when: the clock stands meanwhile.
func (s Status) UntilRequired() bool { return s.Category == Pending }

// Transition is an allowed way.
type Transition struct {
	To string `json:"to"`
	// Comment asks for a comment on this way only.
	Comment bool `json:"comment,omitempty"`
}

// Workflow is the spec of kind "workflow".
type Workflow struct {
	Statuses    []Status                `json:"statuses"`
	Transitions map[string][]Transition `json:"transitions"`
	// CloseAfterDays closes a resolved ticket by itself; until then its client may reopen it. 0 never does.
	CloseAfterDays int `json:"close_after_days"`
}

// Status finds a status by key.
func (w *Workflow) Status(key string) (Status, bool) {
	for _, s := range w.Statuses {
		if s.Key == key {
			return s, true
		}
	}
	return Status{}, false
}

// First is the status in which tickets begin, and come back to from a pause.
func (w *Workflow) First() Status { s, _ := w.In(Open); return s }

// In is the first status of a category.
func (w *Workflow) In(c Category) (Status, bool) {
	for _, s := range w.Statuses {
		if s.Category == c {
			return s, true
		}
	}
	return Status{}, false
}

// May finds the way between two statuses; false when there is none.
func (w *Workflow) May(from, to string) (Transition, bool) {
	for _, t := range w.Transitions[from] {
		if t.To == to {
			return t, true
		}
	}
	return Transition{}, false
}

// NeedsComment reports whether this way asks for a comment.
func (w *Workflow) NeedsComment(from, to string) bool {
	s, _ := w.Status(to)
	t, _ := w.May(from, to)
	return s.CommentRequired || t.Comment
}

// Validate holds what the product relies on: names in both languages, a status
// in every category, ways between known statuses, none out of a closed one, and
// a way back from every pause, because the timer takes it.
func (w Workflow) Validate() error {
	var wrong []desk.FieldError
	seen, has := map[string]bool{}, map[Category]bool{}
	for i, s := range w.Statuses {
		at := fmt.Sprintf("statuses/%d", i)
		if !keys.MatchString(s.Key) {
			wrong = append(wrong, desk.Field(at+"/key", desk.Pattern, "pattern", "a-z, 0-9, _"))
		} else if seen[s.Key] {
			wrong = append(wrong, desk.Field(at+"/key", desk.Unique))
		}
		if s.Category < Open || s.Category > Closed {
			wrong = append(wrong, desk.Field(at+"/category", desk.OneOf, "of", "open, in_progress, pending, resolved, closed"))
		}
		seen[s.Key], has[s.Category] = true, true
		wrong = append(wrong, named(at+"/name", s.Name)...)
	}
	for c := Open; c <= Closed; c++ {
		if !has[c] {
			wrong = append(wrong, desk.Field("statuses", desk.Required, "category", c.String()))
		}
	}
	first := w.First().Key
	for from, ways := range w.Transitions {
		at := "transitions/" + from
		s, known := w.Status(from)
		if !known {
			wrong = append(wrong, desk.Field(at, desk.UnknownID))
		}
		if s.Category == Closed && len(ways) > 0 {
			wrong = append(wrong, desk.Field(at, desk.MaxItems, "max", 0))
		}
		for i, t := range ways {
			if _, known := w.Status(t.To); !known || t.To == from {
				wrong = append(wrong, desk.Field(fmt.Sprintf("%s/%d/to", at, i), desk.UnknownID))
			}
		}
	}
	for _, s := range w.Statuses {
		if _, back := w.May(s.Key, first); s.Category == Pending && !back {
			wrong = append(wrong, desk.Field("transitions/"+s.Key, desk.Required, "to", first))
		}
	}
	if w.CloseAfterDays < 0 || w.CloseAfterDays > 365 {
		wrong = append(wrong, desk.Field("close_after_days", desk.Maximum, "max", 365))
	}
	return desk.Invalid(wrong...)
}
