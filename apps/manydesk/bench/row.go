package bench

import (
	"fmt"
	"strings"
	"time"
)

// Verdict is how a figure stands to its target.
type Verdict string

// The verdicts. Compared rows have no target of their own.
const (
	Met      Verdict = "yes"
	Missed   Verdict = "**no**"
	Unknown  Verdict = "not measured"
	Compared Verdict = "–"
)

// Row is one measurement as the report shows it.
type Row struct {
	What, Figure, Yardstick, Ratio, Target string
	Met                                    Verdict
}

// wants judges the row.
func (r Row) wants(target string, met bool) Row {
	r.Target, r.Met = target, Missed
	if met {
		r.Met = Met
	}
	return r
}

// missing is a row whose measurement failed; why ends up in the report.
func missing(what string, err error) Row {
	why := strings.Join(strings.Fields(err.Error()), " ")
	if runes := []rune(why); len(runes) > 200 {
		why = string(runes[:200]) + "…"
	}
	return Row{What: what, Figure: why, Met: Unknown}
}

func perSecond(n float64) string {
	if n < 10 {
		return fmt.Sprintf("%.1f/s", n)
	}
	return grouped(int64(n+0.5)) + "/s"
}

// grouped writes thousands apart: 200,000.
func grouped(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func millis(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms < 0.1:
		return fmt.Sprintf("%.1f µs", ms*1000)
	case ms < 10:
		return fmt.Sprintf("%.2f ms", ms)
	}
	return fmt.Sprintf("%.0f ms", ms)
}

func ratio(a, b float64) string {
	if b == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", a/b)
}
