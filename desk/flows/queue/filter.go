package queue

import (
	"strconv"
	"strings"

	"manydesk/desk"
	"manydesk/desk/conditions"
)

// worklist is what conditions can ask about rows of many tenants, whose types and
// statuses are many: their keys are not checked. What a row does not show, the
// worklist does not know.
var worklist = conditions.NewVocabulary([]conditions.Option{},
	conditions.Field{Key: "words", Kind: conditions.Text, SQL: "concat_ws(' ', x.subject, x.company, x.contact)", Words: true},
	conditions.Field{Key: "subject", Kind: conditions.Text, SQL: "x.subject"},
	conditions.Field{Key: "number", Kind: conditions.Number, Name: conditions.Name{RU: "Номер", EN: "Number"}, SQL: "x.number", Whole: true},
	conditions.Field{Key: "priority", Kind: conditions.Number, SQL: "x.priority", Whole: true},
	conditions.Field{Key: "line", Kind: conditions.Number, SQL: "x.line", Whole: true},
	conditions.Field{Key: "type", Kind: conditions.Choice, SQL: "x.type"},
	conditions.Field{Key: "status", Kind: conditions.Choice, SQL: "x.status"},
	conditions.Field{Key: "channel", Kind: conditions.Choice, SQL: "x.channel"},
	conditions.Field{Key: "group", Kind: conditions.Choice, SQL: "x.group_key"},
	conditions.Field{Key: "assignee", Kind: conditions.Person, SQL: "x.assignee_id"},
	conditions.Field{Key: "company", Kind: conditions.Company, SQL: "x.company_id"},
	conditions.Field{Key: "vendor", Kind: conditions.Company, SQL: "x.vendor_id"},
	conditions.Field{Key: "waiting_since", Kind: conditions.Time, Name: conditions.Name{RU: "Клиент ждёт с", EN: "Client waits since"}, SQL: "x.waiting_since"},
	conditions.Field{Key: "updated_at", Kind: conditions.Time, Name: conditions.Name{RU: "Последнее изменение", EN: "Last change"}, SQL: "x.updated_at"},
	conditions.Field{Key: "due_at", Kind: conditions.Time, Name: conditions.Name{RU: "Срок", EN: "Due"}, SQL: "(case when x.due_kind is not null then x.due_at end)"},
)

// Words is the vocabulary of Query.Where. Only fields that tickets do not have are
// named in it; the others are called as theirs are.
func Words() conditions.Vocabulary { return worklist.Stored() }

// tree says the filter in the one language of conditions.
func (f *Filter) tree() conditions.Tree {
	var nodes []conditions.Tree
	add := func(node conditions.Tree) { nodes = append(nodes, node) }
	if len(f.Priorities) > 0 {
		var some []conditions.Tree
		for _, n := range f.Priorities {
			some = append(some, conditions.Leaf("priority", conditions.Is, n))
		}
		add(conditions.AnyOf(some...))
	}
	for _, c := range []struct {
		field  string
		values []string
	}{{"type", f.Types}, {"status", f.Statuses}, {"channel", f.Channels}} {
		if len(c.values) > 0 {
			add(conditions.Among(c.field, c.values))
		}
	}
	if whose := f.whose(); !whose.Always() {
		add(whose)
	}
	if f.ClientWaits {
		add(conditions.Leaf("waiting_since", conditions.NotEmpty, nil))
	}
	for _, w := range f.Words {
		add(word(w))
	}
	if len(nodes) == 0 {
		return conditions.Tree{}
	}
	return conditions.AllOf(nodes...)
}

func (f *Filter) whose() conditions.Tree {
	nobodys := conditions.Leaf("assignee", conditions.Empty, nil)
	if len(f.Assignees) == 0 {
		if f.Unassigned {
			return nobodys
		}
		return conditions.Tree{}
	}
	theirs := conditions.Among("assignee", ids(f.Assignees))
	if f.Unassigned {
		return conditions.AnyOf(nobodys, theirs)
	}
	return theirs
}

func ids(people []desk.UserID) []string {
	keys := make([]string, len(people))
	for i, id := range people {
		keys[i] = id.String()
	}
	return keys
}

// word looks for a word in what a row shows, whatever its case and whether ё or е,
// or for the number that it is.
func word(w string) conditions.Tree {
	if w == "" {
		return conditions.AllOf()
	}
	said := conditions.Leaf("words", conditions.Contains, w)
	n, err := strconv.ParseInt(w[strings.LastIndexByte(w, '-')+1:], 10, 64)
	if err != nil {
		return said
	}
	return conditions.AnyOf(conditions.Leaf("number", conditions.Is, float64(n)), said)
}
