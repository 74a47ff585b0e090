package tickets

import (
	"strconv"
	"strings"
	"time"
)

// where is a condition in the making, in bun's manner of arguments.
type where struct {
	parts []string
	args  []any
}

func (w *where) add(text string, args ...any) {
	w.parts = append(w.parts, text)
	w.args = append(w.args, args...)
}

func (w *where) text() string {
	if len(w.parts) == 0 {
		return ""
	}
	return " where " + strings.Join(w.parts, " and ")
}

// in asks that a column has one of the values; none ask nothing.
func in[V any](w *where, column string, values []V) {
	if len(values) == 0 {
		return
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	w.add(column+" in ("+marks+")", args...)
}

// open reports whether only what stands in the worklist can pass.
func (f *Filter) open() bool {
	if f.Listed || f.ClientWaits {
		return true
	}
	for _, c := range f.Categories {
		if !Listed(c) {
			return false
		}
	}
	return len(f.Categories) > 0
}

func (f *Filter) add(w *where) {
	in(w, "t.status", f.Statuses)
	in(w, "t.category", f.Categories)
	in(w, "t.priority", f.Priorities)
	in(w, "t.type", f.Types)
	in(w, "t.group_key", f.Groups)
	in(w, "t.contact_id", f.Contacts)
	in(w, "t.company_id", f.Companies)
	switch {
	case f.Unassigned && len(f.Assignees) > 0:
		either := &where{}
		in(either, "t.assignee_id", f.Assignees)
		w.add("(t.assignee_id is null or "+either.parts[0]+")", either.args...)
	case f.Unassigned:
		w.add("t.assignee_id is null")
	default:
		in(w, "t.assignee_id", f.Assignees)
	}
	for _, tag := range f.Tags {
		w.add("t.tags @> array[?]::text[]", strings.ToLower(tag))
	}
	if len(f.Fields) > 0 {
		w.add("t.fields @> ?::jsonb", object(f.Fields))
	}
	for _, word := range f.Words {
		f.word(w, word)
	}
	between(w, "t.created_at", f.CreatedFrom, f.CreatedTo)
	between(w, "t.resolved_at", f.ResolvedFrom, f.ResolvedTo)
	between(w, "t.closed_at", f.ClosedFrom, f.ClosedTo)
	if f.ClientWaits {
		w.add("t.waiting_since is not null")
	}
	if f.Listed {
		w.add("t.category <= 3")
	}
	if f.Rated {
		w.add("t.rating is not null")
	}
	if f.Not != nil {
		f.Not.invert(w)
	}
}

// invert adds that none of the conditions holds. What is null is not the value asked for.
func (f *Filter) invert(w *where) {
	inner := &where{}
	f.add(inner)
	for i, at := 0, 0; i < len(inner.parts); i++ {
		n := strings.Count(inner.parts[i], "?")
		w.add("coalesce(not ("+inner.parts[i]+"), true)", inner.args[at:at+n]...)
		at += n
	}
}

// word looks for a word in the subject, whatever its case and whether ё or е, or
// for the number it is.
func (f *Filter) word(w *where, word string) {
	digits := word
	if i := strings.LastIndexByte(word, '-'); i >= 0 {
		digits = word[i+1:]
	}
	pattern := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(word) + "%"
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		w.add("(t.number = ? or manydesk.fold(t.subject) like manydesk.fold(?))", n, pattern)
		return
	}
	w.add("manydesk.fold(t.subject) like manydesk.fold(?)", pattern)
}

func between(w *where, column string, from, to time.Time) {
	if !from.IsZero() {
		w.add(column+" >= ?", from)
	}
	if !to.IsZero() {
		w.add(column+" < ?", to)
	}
}
