package conditions_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk/conditions"
)

var (
	someTexts = []string{"Касса не печатает", "касса", "ЩЁТКА", "щетка", "100%", `a\b_c`, "it's", "ÀÉß", "İstanbul", "x\ny", "Re: чек", "чек?", "ДЖҮҢЖ", "Σίσυφος"}
	someTags  = []string{"vip", "касса", "c++", "a,b"}
	someExprs = []string{
		"касса", "(?i)КАССА", "^Re:", "\\d+%", "[а-яё]+$", "(a|щ|x)", "^.*чек\\?$", "(?s)x.y", "x.y", "(?:ab?)*", "^$|it", "[^a-z]{3,5}", "\\s", "\\pL", "(^)+a", "[[:upper:]]{2}", "\\w\\W", "(?i)σ", "(?i)k",
	}
	someDates  = []string{"2025-12-31", "2026-02-28", "2026-11-01", "2026-11-02", "soon", "2026-11-0x"}
	somePeople = []string{vera, "usr_01jd0000000000000000000009"}
)

// someTimes lie about changes of day, holidays, and the hour that Berlin repeats.
func someTime(t *rapid.T) time.Time {
	day := rapid.SampledFrom([]string{"2026-10-24", "2026-10-25", "2026-10-31", "2026-11-04", "2026-11-06", "2026-03-29", "1965-05-05"}).Draw(t, "day")
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	minutes := rapid.IntRange(-60, 1500).Draw(t, "minute")
	micros := rapid.SampledFrom([]int{0, 0, 1, 59_999_999}).Draw(t, "micros")
	return at.Add(time.Duration(minutes)*time.Minute + time.Duration(micros)*time.Microsecond)
}

func or[T any](t *rapid.T, values []T) any {
	if rapid.IntRange(0, 4).Draw(t, "absent") == 0 {
		return nil
	}
	return rapid.SampledFrom(values).Draw(t, "value")
}

// someValue is a value of a field; sometimes one from before its kind changed.
func someValue(t *rapid.T, f conditions.Field) any {
	own := len(f.Key) > 7 && f.Key[:7] == "fields."
	if own && rapid.IntRange(0, 9).Draw(t, "stale") == 0 {
		return rapid.SampledFrom([]any{"yes", 2.0, true, ""}).Draw(t, "left")
	}
	switch f.Kind {
	case conditions.Text:
		if own {
			return or(t, someTexts)
		}
		return rapid.SampledFrom(someTexts).Draw(t, "text")
	case conditions.Number:
		if f.Key == "priority" {
			return rapid.IntRange(1, 4).Draw(t, "priority")
		}
		if own {
			return or(t, []any{0.0, -1.5, 2.0, 1e15, 0.1})
		}
		return or(t, []any{1, 2, 3})
	case conditions.Choice:
		keys := []string{"open", "gone"}
		for _, o := range f.Choices {
			keys = append(keys, o.Key)
		}
		if f.Key == "type" || f.Key == "status" || f.Key == "channel" {
			return rapid.SampledFrom(keys).Draw(t, "key")
		}
		return or(t, keys)
	case conditions.Person:
		return or(t, somePeople)
	case conditions.Company:
		return or(t, []string{yug, "cmp_01jd0000000000000000000009"})
	case conditions.Tags:
		return rapid.SliceOfN(rapid.SampledFrom(someTags), 0, 3).Draw(t, "tags")
	case conditions.Boolean:
		return or(t, []bool{true, false})
	case conditions.Date:
		return or(t, someDates)
	default:
		return someTime(t)
	}
}

func someTree(t *rapid.T, fields []conditions.Field, depth int) tree {
	form := rapid.IntRange(0, 5).Draw(t, "form")
	if depth <= 1 || form > 2 {
		return someLeaf(t, fields)
	}
	if form == 0 {
		return conditions.Not(someTree(t, fields, depth-1))
	}
	nodes := make([]tree, rapid.IntRange(1, 3).Draw(t, "nodes"))
	for i := range nodes {
		nodes[i] = someTree(t, fields, depth-1)
	}
	if form == 1 {
		return conditions.AllOf(nodes...)
	}
	return conditions.AnyOf(nodes...)
}

func someLeaf(t *rapid.T, fields []conditions.Field) tree {
	f := rapid.SampledFrom(fields).Draw(t, "field")
	op := rapid.SampledFrom(f.Kind.Ops()).Draw(t, "op")
	if op == conditions.Empty || op == conditions.NotEmpty {
		return conditions.Leaf(f.Key, op, nil)
	}
	return conditions.Leaf(f.Key, op, wanted(t, f, op))
}

func wanted(t *rapid.T, f conditions.Field, op conditions.Op) any {
	numbers := []float64{-1.5, 0, 0.1, 1, 2, 3, 4, 1e15}
	if f.Key == "priority" {
		numbers = []float64{1, 2, 3, 4}
	}
	number := func() float64 { return rapid.SampledFrom(numbers).Draw(t, "number") }
	list := func(of []string) []string { return rapid.SliceOfN(rapid.SampledFrom(of), 1, 3).Draw(t, "list") }
	day := func() string { return rapid.SampledFrom(someDates[:4]).Draw(t, "date") }
	switch f.Kind {
	case conditions.Text:
		if op == conditions.Matches {
			return rapid.SampledFrom(someExprs).Draw(t, "expression")
		}
		text := []rune(rapid.SampledFrom(someTexts).Draw(t, "text"))
		return string(text[:rapid.IntRange(1, len(text)).Draw(t, "length")])
	case conditions.Number:
		if op == conditions.Between {
			from, to := number(), number()
			return []any{min(from, to), max(from, to)}
		}
		return number()
	case conditions.Choice:
		keys := []string{}
		for _, o := range f.Choices {
			keys = append(keys, o.Key)
		}
		return list(keys)
	case conditions.Person:
		return list(append([]string{"me"}, somePeople...))
	case conditions.Company:
		return list([]string{yug, "cmp_01jd0000000000000000000008"})
	case conditions.Tags:
		return list(append([]string{"VIP"}, someTags...))
	case conditions.Boolean:
		return rapid.Bool().Draw(t, "truth")
	case conditions.Date:
		if op == conditions.Between {
			from, to := day(), day()
			return []any{min(from, to), max(from, to)}
		}
		return day()
	default:
		return wantedTime(t, op)
	}
}

func wantedTime(t *rapid.T, op conditions.Op) any {
	switch op {
	case conditions.Within:
		return map[string]int{"seconds": rapid.SampledFrom([]int{-7 * 86400, -3600, 3600, 86400}).Draw(t, "seconds")}
	case conditions.InCalendar, conditions.NotInCalendar:
		return "office"
	case conditions.AtHours:
		from := rapid.IntRange(0, 1439).Draw(t, "from")
		to := (from + rapid.IntRange(1, 1438).Draw(t, "length")) % 1440
		return []string{fmt.Sprintf("%02d:%02d", from/60, from%60), fmt.Sprintf("%02d:%02d", to/60, to%60)}
	case conditions.OnDays:
		return rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}), 1, 4, rapid.ID[string]).Draw(t, "days")
	default:
		switch rapid.IntRange(0, 2).Draw(t, "moment") {
		case 0:
			return rapid.SampledFrom(someDates[:4]).Draw(t, "date")
		case 1:
			return map[string]int{"seconds": rapid.SampledFrom([]int{-86400, 0, 3600}).Draw(t, "seconds")}
		default:
			return someTime(t).Format(time.RFC3339Nano)
		}
	}
}
