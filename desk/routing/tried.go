package routing

import (
	"fmt"
	"strconv"
	"strings"
)

// Tried says of each rule that was asked what came of it: Held, WasOff, Skipped,
// or the node at which its condition failed.
type Tried []string

// What came of a rule, beside the node at which it failed. A node is written
// short: "a0" is /all/0, "o" an /any of which nothing held, "n" a /not, "." the
// whole condition.
const (
	Held    = "+"
	WasOff  = "-"
	Skipped = "!"

	atRoot = "."
)

// Pointer is the node of a condition that failed, as conditions points to it.
func Pointer(failed string) string {
	var b strings.Builder
	for i := range len(failed) {
		switch c := failed[i]; c {
		case 'a':
			b.WriteString("/all/")
		case 'o':
			b.WriteString("/any")
		case 'n':
			b.WriteString("/not")
		case '.':
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// MarshalText writes it short: what came several times in a row is counted,
// "a0*17,+".
func (t Tried) MarshalText() ([]byte, error) {
	var b strings.Builder
	for i := 0; i < len(t); {
		n := i
		for n < len(t) && t[n] == t[i] {
			n++
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(t[i])
		if n-i > 1 {
			b.WriteString("*" + strconv.Itoa(n-i))
		}
		i = n
	}
	return []byte(b.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (t *Tried) UnmarshalText(text []byte) error {
	*t = nil
	if len(text) == 0 {
		return nil
	}
	for _, part := range strings.Split(string(text), ",") {
		what, times, counted := strings.Cut(part, "*")
		n := 1
		if counted {
			var err error
			if n, err = strconv.Atoi(times); err != nil || n < 1 || n > MaxRules {
				return fmt.Errorf("%q is no count of rules", times)
			}
		}
		for range n {
			*t = append(*t, what)
		}
	}
	return nil
}
