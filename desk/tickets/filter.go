package tickets

import (
	"fmt"
	"slices"
	"strings"

	"manydesk/desk/conditions"
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

// ask adds a condition of the one language.
func (w *where) ask(c Condition) error {
	if c.Tree.Always() {
		return nil
	}
	var args []any
	text, err := c.Tree.SQL(c.Words, c.Env, func(v any) string {
		args = append(args, v)
		return "?"
	})
	if err != nil {
		return fmt.Errorf("compile the condition of a list: %w", err)
	}
	w.add(text, args...)
	return nil
}

// worklist reports whether only what stands in the worklist can pass.
func worklist(t *conditions.Tree) bool {
	switch {
	case t.Field == "waiting_since":
		return t.Op == conditions.NotEmpty
	case t.Field == "category" && t.Op == conditions.In:
		keys, ok := t.Value.([]any)
		return ok && !slices.ContainsFunc(keys, func(key any) bool { return !slices.Contains(standing, key) })
	}
	return slices.ContainsFunc(t.All, func(node conditions.Tree) bool { return worklist(&node) })
}

// standing are the categories of the worklist.
var standing = []any{CategoryOpen.String(), CategoryInProgress.String(), CategoryPending.String()}
