package jobs

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"
)

// between is the least time between two wake-ups sent to other processes: one
// message can stand for any number of commits.
const between = 20 * time.Millisecond

// What a wake-up says: there may be open rows or new timers, offered rows may
// have another time now, or there may be tasks in Redis.
const (
	wakeOpen  = "open"
	wakeAgain = "again"
	wakeTasks = "tasks"
)

// carry sends this process's wake-ups to the others and hears theirs.
func (l *Line) carry(ctx context.Context) {
	var both errgroup.Group
	both.Go(func() error { l.tell(ctx); return nil })
	both.Go(func() error { l.hear(ctx); return nil })
	_ = both.Wait()
}

func (l *Line) tell(ctx context.Context) {
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
		var what string
		select {
		case <-ctx.Done():
			return
		case <-l.bell.others:
			what = wakeOpen
		case <-l.work:
			what = wakeTasks
		}
		l.send(ctx, what)
		pause.Reset(between)
	}
}

// send may fail quietly: a lost wake-up costs at most the sweep.
func (l *Line) send(ctx context.Context, what string) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := l.redis.Publish(ctx, l.key("wake"), l.name+":"+what).Err(); err != nil && ctx.Err() == nil {
		l.log.Debug("wake-up not sent", "error", err)
	}
}

func (l *Line) hear(ctx context.Context) {
	sub := l.redis.Subscribe(ctx, l.key("wake"))
	defer sub.Close() //nolint:errcheck // nothing is lost with it
	heard := sub.Channel(redis.WithChannelHealthCheckInterval(15 * time.Second))
	for {
		select {
		case <-ctx.Done():
			return
		case m, ok := <-heard:
			if !ok {
				return
			}
			if from, what, _ := strings.Cut(m.Payload, ":"); from != l.name {
				l.heard(what)
			}
		}
	}
}

func (l *Line) heard(what string) {
	switch what {
	case wakeTasks:
		l.gate.open()
	case wakeAgain:
		l.remind(l.house.Clock()())
		ring(l.bell.timers)
	default:
		l.bell.here()
	}
}

// asynqLog gives Asynq's words to our log.
type asynqLog struct {
	log interface {
		Debug(msg string, args ...any)
		Info(msg string, args ...any)
		Warn(msg string, args ...any)
		Error(msg string, args ...any)
	}
}

func (a asynqLog) Debug(args ...any) { a.log.Debug("asynq", "says", fmt.Sprint(args...)) }
func (a asynqLog) Info(args ...any)  { a.log.Info("asynq", "says", fmt.Sprint(args...)) }
func (a asynqLog) Warn(args ...any)  { a.log.Warn("asynq", "says", fmt.Sprint(args...)) }
func (a asynqLog) Error(args ...any) { a.log.Error("asynq", "says", fmt.Sprint(args...)) }
func (a asynqLog) Fatal(args ...any) { a.log.Error("asynq", "says", fmt.Sprint(args...)) }
