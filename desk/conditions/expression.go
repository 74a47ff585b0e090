package conditions

import (
	"fmt"
	"regexp/syntax"
	"strings"
	"unicode"
)

// The most of an expression that Postgres is given: it compiles counted
// repetitions and large classes by writing them out.
const (
	maxProgram = 300
	maxClass   = 60
	maxRepeat  = 255
)

// expression writes an RE2 expression as one of Postgres that matches the same
// texts; false for the few that have none. Whether a repetition is greedy does
// not matter: only that it matches is asked.
func expression(re2 string) (string, bool) {
	parsed, err := syntax.Parse(re2, syntax.Perl)
	if err != nil {
		return "", false
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(program.Inst) > maxProgram {
		return "", false
	}
	var b strings.Builder
	b.WriteString("***:(?:")
	ok := write(&b, parsed)
	b.WriteString(")")
	return b.String(), ok
}

func write(b *strings.Builder, re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpEmptyMatch:
		b.WriteString("(?:)")
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if !literalRune(b, r, re.Flags&syntax.FoldCase != 0) {
				return false
			}
		}
	case syntax.OpCharClass:
		return class(b, re.Rune)
	case syntax.OpAnyCharNotNL:
		b.WriteString(`[^\n]`)
	case syntax.OpAnyChar:
		b.WriteString(".")
	case syntax.OpBeginText:
		b.WriteString("^")
	case syntax.OpEndText:
		b.WriteString("$")
	case syntax.OpCapture:
		return wrapped(b, re.Sub[0], "")
	case syntax.OpStar:
		return wrapped(b, re.Sub[0], "*")
	case syntax.OpPlus:
		return wrapped(b, re.Sub[0], "+")
	case syntax.OpQuest:
		return wrapped(b, re.Sub[0], "?")
	case syntax.OpRepeat:
		if re.Min > maxRepeat || re.Max > maxRepeat {
			return false
		}
		count := fmt.Sprintf("{%d,%d}", re.Min, re.Max)
		if re.Max < 0 {
			count = fmt.Sprintf("{%d,}", re.Min)
		}
		return wrapped(b, re.Sub[0], count)
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if !wrapped(b, sub, "") {
				return false
			}
		}
	case syntax.OpAlternate:
		for i, sub := range re.Sub {
			if i > 0 {
				b.WriteString("|")
			}
			if !wrapped(b, sub, "") {
				return false
			}
		}
	default:
		// Lines and words have their own bounds in each engine.
		return false
	}
	return true
}

func wrapped(b *strings.Builder, re *syntax.Regexp, times string) bool {
	b.WriteString("(?:")
	ok := write(b, re)
	b.WriteString(")" + times)
	return ok
}

func literalRune(b *strings.Builder, r rune, anyCase bool) bool {
	if !anyCase {
		return byCode(b, r)
	}
	b.WriteString("[")
	for other := r; ; {
		if !byCode(b, other) {
			return false
		}
		if other = unicode.SimpleFold(other); other == r {
			break
		}
	}
	b.WriteString("]")
	return true
}

func class(b *strings.Builder, ranges []rune) bool {
	if len(ranges) == 0 || len(ranges) > 2*maxClass {
		return false
	}
	b.WriteString("[")
	for i := 0; i < len(ranges); i += 2 {
		from, to := max(ranges[i], 1), ranges[i+1]
		if to < from || !byCode(b, from) {
			return false
		}
		b.WriteString("-")
		byCode(b, to)
	}
	b.WriteString("]")
	return true
}

// byCode writes a character by its code, in and out of brackets. No text in
// Postgres holds NUL.
func byCode(b *strings.Builder, r rune) bool {
	fmt.Fprintf(b, `\U%08x`, r)
	return r > 0
}
