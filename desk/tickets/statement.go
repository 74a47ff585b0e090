package tickets

import (
	"strconv"
	"strings"
	"time"
)

// statement is one hot statement in the making: common table expressions and
// the arguments they ask for. The same shape of change gives the same text, so
// that the server keeps its plan.
type statement struct {
	parts  []string
	args   []any
	tenant int32
	now    time.Time
	// Where the two arguments stand that many parts ask for; empty until one does.
	ownAt, nowAt string
	shared       map[string]string
}

func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return "$" + strconv.Itoa(len(s.args))
}

// share is an argument that the ticket's row and its row of the worklist both have.
func (s *statement) share(name string, v any, typ string) string {
	if at, ok := s.shared[name]; ok {
		return at
	}
	if s.shared == nil {
		s.shared = make(map[string]string, 12)
	}
	s.shared[name] = s.arg(v) + "::" + typ
	return s.shared[name]
}

// own is the tenant's number, at the instant of the change.
func (s *statement) own() string {
	if s.ownAt == "" {
		s.ownAt = s.arg(s.tenant) + "::integer"
	}
	return s.ownAt
}

func (s *statement) at() string {
	if s.nowAt == "" {
		s.nowAt = s.arg(s.now) + "::timestamptz"
	}
	return s.nowAt
}

// time is an instant or null; the change's own instant is sent once.
func (s *statement) time(t time.Time) string {
	switch {
	case t.IsZero():
		return "null::timestamptz"
	case t.Equal(s.now):
		return s.at()
	}
	return s.arg(t) + "::timestamptz"
}

func (s *statement) with(name, text string) {
	s.parts = append(s.parts, name+" as ("+text+")")
}

func (s *statement) text(rest string) string {
	return "with " + strings.Join(s.parts, ",\n") + rest
}

// values is a table of arguments with its name; types are those of its columns.
func (s *statement) values(name, types string, rows [][]any) string {
	of := strings.Split(types, ", ")
	var b strings.Builder
	b.WriteString("(values ")
	for i, row := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for j, v := range row {
			if j > 0 {
				b.WriteString(", ")
			}
			b.WriteString(s.arg(v))
			b.WriteString("::")
			b.WriteString(of[j])
		}
		b.WriteByte(')')
	}
	b.WriteString(") ")
	b.WriteString(name)
	return b.String()
}
