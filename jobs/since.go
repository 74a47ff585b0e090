package jobs

import (
	"context"
	"strconv"
	"strings"
)

// since hears what came after from up to and with the place until. False when
// that is not known: the hint called from has left the stream, or Redis lost it.
func (s *hints) since(ctx context.Context, from, until string, hear func(Hint)) bool {
	if !place(from) || earlier(until, from) {
		return false
	}
	if from == until {
		return true
	}
	first := true
	for {
		start := "(" + from
		if first {
			start = from
		}
		got, err := s.asks.XRangeN(ctx, s.key, start, until, 512).Result()
		if err != nil {
			return false
		}
		if first {
			// The hint itself still being there is the proof that nothing after it is gone.
			switch {
			case len(got) > 0 && got[0].ID == from:
				got = got[1:]
			case from != beginning || !s.whole(ctx):
				return false
			}
			first = false
		}
		if len(got) == 0 {
			return true
		}
		for _, m := range got {
			hear(reading(m))
			from = m.ID
		}
		if from == until {
			return true
		}
	}
}

// whole streams were never cut, so their beginning is the beginning.
func (s *hints) whole(ctx context.Context) bool {
	n, err := s.asks.XLen(ctx, s.key).Result()
	return err == nil && n < backlog
}

// place says whether an id has the form of one.
func place(id string) bool {
	ms, n, ok := strings.Cut(id, "-")
	_, err1 := strconv.ParseUint(ms, 10, 64)
	_, err2 := strconv.ParseUint(n, 10, 64)
	return ok && err1 == nil && err2 == nil
}

// earlier compares two places.
func earlier(a, b string) bool {
	split := func(id string) (ms, n uint64) {
		left, right, _ := strings.Cut(id, "-")
		ms, _ = strconv.ParseUint(left, 10, 64) //nolint:errcheck // 0 for no place
		n, _ = strconv.ParseUint(right, 10, 64) //nolint:errcheck // 0 for no place
		return ms, n
	}
	am, an := split(a)
	bm, bn := split(b)
	return am < bm || am == bm && an < bn
}
