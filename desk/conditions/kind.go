package conditions

import "slices"

// Kind is what a field holds, and so which comparisons it has.
type Kind string

// The kinds. In Go a value is a string (Text, Choice, Person, Company, Date as
// "2006-01-02"), float64 or int (Number), []string (Tags), bool (Boolean) or
// time.Time (Time); nil is empty for each. Person, Company and Contact are ids in
// their public form.
const (
	Text    Kind = "text"
	Number  Kind = "number"
	Choice  Kind = "choice"
	Person  Kind = "person"
	Company Kind = "company"
	Contact Kind = "contact"
	Tags    Kind = "tags"
	Boolean Kind = "boolean"
	Time    Kind = "time"
	Date    Kind = "date"
)

// Op is a comparison.
type Op string

// The comparisons.
const (
	Is            Op = "is"
	IsNot         Op = "is_not"
	Contains      Op = "contains"
	NotContains   Op = "not_contains"
	StartsWith    Op = "starts_with"
	Matches       Op = "matches"
	Less          Op = "less"
	AtMost        Op = "at_most"
	More          Op = "more"
	AtLeast       Op = "at_least"
	Between       Op = "between"
	In            Op = "in"
	NotIn         Op = "not_in"
	HasAny        Op = "has_any"
	HasAll        Op = "has_all"
	HasNone       Op = "has_none"
	Before        Op = "before"
	After         Op = "after"
	Within        Op = "within"
	InCalendar    Op = "in_calendar"
	NotInCalendar Op = "not_in_calendar"
	AtHours       Op = "at_hours"
	OnDays        Op = "on_days"
	Empty         Op = "empty"
	NotEmpty      Op = "not_empty"
)

var ops = map[Kind][]Op{
	Text:    {Is, IsNot, Contains, NotContains, StartsWith, Matches, Empty, NotEmpty},
	Number:  {Is, IsNot, Less, AtMost, More, AtLeast, Between, Empty, NotEmpty},
	Choice:  {In, NotIn, Empty, NotEmpty},
	Person:  {In, NotIn, Empty, NotEmpty},
	Company: {In, NotIn, Empty, NotEmpty},
	Contact: {In, NotIn, Empty, NotEmpty},
	Tags:    {HasAny, HasAll, HasNone, Empty, NotEmpty},
	Boolean: {Is},
	Time:    {Before, After, Within, InCalendar, NotInCalendar, AtHours, OnDays, Empty, NotEmpty},
	Date:    {Is, Before, After, Between, Empty, NotEmpty},
}

// Ops are the comparisons of a kind, in the order in which people are offered them.
func (k Kind) Ops() []Op { return slices.Clone(ops[k]) }

// negative gives the comparison that a negative one denies.
func (o Op) negative() (Op, bool) {
	switch o {
	case IsNot:
		return Is, true
	case NotContains:
		return Contains, true
	case NotIn:
		return In, true
	case HasNone:
		return HasAny, true
	case NotInCalendar:
		return InCalendar, true
	case Empty:
		return NotEmpty, true
	default:
		return o, false
	}
}

// days are the names of weekdays, Sunday first as in package time.
var days = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
