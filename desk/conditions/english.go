package conditions

import (
	"strconv"
	"time"
)

var english = words{
	language: "en", open: "“", close: "”", point: ".",
	always: "Always", never: "Never", and: " and ", or: " or ", not: "It is not so that ",
	alsoHere: ", here ", butHere: ", but here ",
	field: "The field ", is: " is ", yes: "yes", no: "no", me: "you",
	nothing: "empty", nobody: "nobody", noTags: "no tags",
	on:     " is on ",
	empty:  map[byte]string{'m': " is not given", 'f': " is not given", 'n': " is not given", 'o': " is empty"},
	filled: map[byte]string{'m': " is given", 'f': " is given", 'n': " is given", 'o': " is filled in"},
	texts: map[Op]string{
		Is: " is ", IsNot: " is not ", Contains: " contains ", NotContains: " does not contain ", StartsWith: " starts with ", Matches: " matches the expression ",
	},
	calendar: map[Op]string{InCalendar: " is in working hours of ", NotInCalendar: " is outside working hours of "},
	days:     [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	months:   [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	measured: englishMeasured,
	oneOf: func(denied bool, values []string) string {
		switch {
		case denied && len(values) == 1:
			return " is not " + values[0]
		case denied:
			return " is none of " + series(values, " and ")
		default:
			return " is " + series(values, " or ")
		}
	},
	tagged: func(op Op, values []string) string {
		switch op {
		case HasNone:
			return "Not tagged " + series(values, " or ")
		case HasAll:
			return "Tagged " + series(values, " and ")
		default:
			return "Tagged " + series(values, " or ")
		}
	},
	moment: func(op Op, when string) string {
		if op == Before {
			return " is earlier than " + when
		}
		return " is no earlier than " + when
	},
	ago: func(d time.Duration) string {
		n, unit := units(d)
		switch {
		case d == 0:
			return "now"
		case d < 0:
			return englishUnits(n, unit) + " ago"
		default:
			return englishUnits(n, unit) + " from now"
		}
	},
	within: func(d time.Duration) string {
		n, unit := units(d)
		if d < 0 {
			return " is at most " + englishUnits(n, unit) + " ago"
		}
		return " is within the next " + englishUnits(n, unit)
	},
	hours: func(from, to string) string { return " is between " + from + " and " + to },
	dated: func(op Op, day, last string) string {
		switch op {
		case Before:
			return " is before " + day
		case After:
			return " is after " + day
		case Between:
			return " is from " + day + " to " + last
		default:
			return " is " + day
		}
	},
}

func englishMeasured(op Op, rank bool, n [2]string) string {
	switch op {
	case IsNot:
		return " is not " + n[0]
	case Between:
		return " is between " + n[0] + " and " + n[1]
	case Is:
		return " is " + n[0]
	default:
	}
	if rank {
		return map[Op]string{Less: " is higher than " + n[0], AtMost: " is " + n[0] + " or higher", More: " is lower than " + n[0], AtLeast: " is " + n[0] + " or lower"}[op]
	}
	return map[Op]string{Less: " is less than ", AtMost: " is at most ", More: " is more than ", AtLeast: " is at least "}[op] + n[0]
}

func englishUnits(n int, unit byte) string {
	name := map[byte]string{'s': "second", 'm': "minute", 'h': "hour", 'd': "day", 'w': "week"}[unit]
	if n != 1 {
		name += "s"
	}
	return strconv.Itoa(n) + " " + name
}
