package jobs

import (
	"context"
	"fmt"
	"time"
)

// window is how many tasks of noisy tenants may wait in Redis. The rest stays in
// the outbox, where the claim is fair, until there is room.
const window = 256

// lookForRoom is how often a relay that holds rows back asks Redis for room.
const lookForRoom = 20 * time.Millisecond

// held lists the lanes of noisy tenants whose queue has no room. It asks Redis
// only when somebody is noisy, and the database never.
func (l *Line) held(ctx context.Context) ([]tenantLane, error) {
	var held []tenantLane
	waiting := map[string]int64{}
	for _, k := range l.tokens.loud(l.house.Clock()()) {
		queue := l.lanes[k.lane].demoted
		n, asked := waiting[queue]
		if !asked {
			var err error
			if n, err = l.waiting(ctx, queue); err != nil {
				return nil, err
			}
			waiting[queue] = n
		}
		if n >= window {
			held = append(held, k)
		}
	}
	return held, nil
}

// waiting is how many tasks lie in a queue that nobody has begun.
func (l *Line) waiting(ctx context.Context, queue string) (int64, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	n, err := l.redis.LLen(ctx, "asynq:{"+queue+"}:pending").Result()
	if err != nil {
		return 0, fmt.Errorf("ask Redis how much waits: %w", err)
	}
	return n, nil
}
