package bench

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"manydesk/desk"
)

// speed is how fast something went.
type speed struct {
	n   int
	per float64 // a second
	p95 time.Duration
}

// rate calls fn over and over, workers at once, for a span of time after a
// warming-up of a quarter of it. The first error ends it.
func rate(ctx context.Context, workers int, span time.Duration, fn func(ctx context.Context, i int64) error) (speed, error) {
	if _, err := calls(ctx, workers, span/4, fn); err != nil {
		return speed{}, err
	}
	return calls(ctx, workers, span, fn)
}

func calls(ctx context.Context, workers int, span time.Duration, fn func(ctx context.Context, i int64) error) (speed, error) {
	var i atomic.Int64
	var failed atomic.Pointer[error]
	took := make([][]time.Duration, workers)
	began := desk.System()
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for failed.Load() == nil {
				start := desk.System()
				if start.Sub(began) >= span {
					return
				}
				if err := fn(ctx, i.Add(1)); err != nil {
					failed.CompareAndSwap(nil, &err)
					return
				}
				took[w] = append(took[w], desk.System().Sub(start))
			}
		})
	}
	all.Wait()
	spent := desk.System().Sub(began)
	if err := failed.Load(); err != nil {
		return speed{}, *err
	}
	each := slices.Concat(took...)
	if len(each) == 0 {
		return speed{}, errors.New("nothing was done in time")
	}
	slices.Sort(each)
	return speed{n: len(each), per: float64(len(each)) / spent.Seconds(), p95: each[len(each)*95/100]}, nil
}

// middle is the median.
func middle[T float64 | time.Duration](all []T) T {
	var zero T
	if len(all) == 0 {
		return zero
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

// until asks again every 50 ms until it is done, or ctx ends.
func until(ctx context.Context, done func() (bool, error)) error {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if ok, err := done(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		}
	}
}
