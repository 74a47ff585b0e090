package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// hintReader is the one who reads the stream for all listeners of a process.
type hintReader struct {
	*hints
	number int
	client *redis.Client
}

// block is how long one read waits; after an empty one the place is checked.
const block = 15 * time.Second

func (r *hintReader) read(ctx context.Context) {
	lost, trouble := false, time.Duration(0)
	for ctx.Err() == nil {
		err := r.step(ctx)
		if err == nil {
			lost, trouble = false, 0
			continue
		}
		if ctx.Err() != nil {
			return
		}
		if !lost {
			lost = true
			r.log.Warn("live hints stop until Redis is back", "error", err)
			r.restart("")
		}
		trouble = min(max(trouble*2, 100*time.Millisecond), 2*time.Second)
		if !pause(ctx, trouble) {
			return
		}
	}
}

// step finds the place if it is not known, else reads what came after it.
func (r *hintReader) step(ctx context.Context) error {
	r.mu.Lock()
	from := r.place
	r.mu.Unlock()
	if from == "" {
		newest, err := tail(ctx, r.client, r.key)
		if err == nil {
			r.restart(newest)
		}
		return err
	}
	got, err := r.client.XRead(ctx, &redis.XReadArgs{Streams: []string{r.key, from}, Count: 256, Block: block}).Result()
	if errors.Is(err, redis.Nil) {
		return r.check(ctx, from)
	}
	if err != nil {
		return fmt.Errorf("read hints: %w", err)
	}
	for _, stream := range got {
		r.spread(stream.Messages)
	}
	return nil
}

func (r *hintReader) spread(messages []redis.XMessage) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reader != r.number {
		return
	}
	for _, m := range messages {
		h := reading(m)
		r.place = m.ID
		for e := range r.ears {
			e.give(h)
		}
	}
}

// check notices a Redis that forgot: its newest hint is older than our place.
func (r *hintReader) check(ctx context.Context, from string) error {
	newest, err := tail(ctx, r.client, r.key)
	if err == nil && earlier(newest, from) {
		r.restart(newest)
	}
	return err
}

// restart goes on from a place, empty while there is none. Those who listened
// before may have missed something; those who just came begin here.
func (r *hintReader) restart(at string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reader != r.number {
		return
	}
	r.place = at
	for e := range r.ears {
		select {
		case <-e.placed:
			e.give(Hint{ID: at, Name: Reset})
		default:
			if at != "" {
				e.settle(at)
			}
		}
	}
}

// tail is the place of the newest hint.
func tail(ctx context.Context, client *redis.Client, key string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	last, err := client.XRevRangeN(ctx, key, "+", "-", 1).Result()
	if err != nil {
		return "", fmt.Errorf("find the newest hint: %w", err)
	}
	if len(last) == 0 {
		return beginning, nil
	}
	return last[0].ID, nil
}
