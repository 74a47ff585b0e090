package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/hibiken/asynq"

	"manydesk/tenants"
)

// recognise leaves a mark in Redis and looks whether it is still there. A Redis
// without it is new or has lost everything: then all offered rows are looked at
// now instead of after their patience.
func (l *Line) recognise(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	isNew, err := l.redis.SetNX(ctx, l.key("mark"), l.name, 0).Result()
	if err != nil {
		return fmt.Errorf("ask Redis for our mark: %w", err)
	}
	if !isNew {
		return nil
	}
	l.stats.lost.Add(1)
	// Asynq's client remembers which queues it has announced to the Redis that is gone.
	l.asynq.Store(asynq.NewClientFromRedisClient(l.redis))
	err = l.shared(ctx, func(ctx context.Context, tx tenants.SharedTx) error {
		// Rows waiting after a failure keep their pause.
		_, err := tx.Exec(ctx, "update manydesk.outbox set again_at = $1 where again_at > $1 and error is null", tx.Now())
		return err
	})
	if err != nil {
		// Without the mark the next round tries again.
		l.redis.Del(ctx, l.key("mark"))
		return fmt.Errorf("look again at all offered jobs: %w", err)
	}
	return nil
}
