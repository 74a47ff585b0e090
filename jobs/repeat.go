package jobs

import (
	"context"
	"errors"
	"fmt"

	"github.com/hibiken/asynq"
	"golang.org/x/sync/errgroup"

	"manydesk/desk"
)

// fate is what became of an offered task.
type fate int

const (
	// waiting tasks lie in Redis or are being worked on.
	waiting fate = iota
	// returned ones came back from their handler.
	returned
	// broken ones were left by a worker that died.
	broken
	// gone ones Redis knows nothing of.
	gone
)

// repeat offers once more those of the rows that Redis has lost or is done
// with, and leaves alone those it still has. A row that keeps breaking its
// workers is parked.
func (l *Line) repeat(ctx context.Context, rows []row) error {
	hints, tasks := apart(rows)
	if err := l.publishRows(ctx, hints); err != nil {
		return err
	}
	fates := make([]fate, len(tasks))
	var g errgroup.Group
	g.SetLimit(atOnce)
	orphans := l.orphans()
	for i, r := range tasks {
		g.Go(func() (err error) {
			fates[i], err = l.fate(r, orphans)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	var ready []row
	var failed []bool
	for i, r := range tasks {
		switch {
		case fates[i] == waiting:
		case l.hopeless(r, fates[i]):
			if err := l.park(ctx, r, fmt.Errorf("%d times no handler came back", r.Failures+1)); err != nil {
				return err
			}
		default:
			ready, failed = append(ready, r), append(failed, fates[i] != returned)
		}
	}
	if len(ready) == 0 {
		return nil
	}
	if err := l.again(ctx, idsOf(ready), failed); err != nil {
		return fmt.Errorf("count a try: %w", err)
	}
	for i := range ready {
		ready[i].Tries++
	}
	return l.offer(ctx, ready)
}

// hopeless rows took their workers with them too often. Of a row that is gone
// it is not known whether it did: a lost Redis looks the same.
func (l *Line) hopeless(r row, f fate) bool {
	most := l.lanes[desk.Lane(r.Lane)].tries
	return f == broken && r.Failures+1 >= most || f == gone && r.Failures+1 >= 4*most
}

// fate looks for the row's last task in the queues it can be in.
func (l *Line) fate(r row, orphans func(queue string) (map[string]bool, error)) (fate, error) {
	queues := []string{r.Lane}
	if d := l.lanes[desk.Lane(r.Lane)].demoted; d != r.Lane {
		queues = append(queues, d)
	}
	for _, q := range queues {
		info, err := l.asks.GetTaskInfo(q, taskID(r))
		if errors.Is(err, asynq.ErrQueueNotFound) || errors.Is(err, asynq.ErrTaskNotFound) {
			continue
		}
		if err != nil {
			return waiting, fmt.Errorf("look for job %d in Redis: %w", r.ID, err)
		}
		switch info.State {
		case asynq.TaskStateCompleted:
			return returned, nil
		case asynq.TaskStateArchived:
			return broken, nil
		case asynq.TaskStateActive:
			left, err := orphans(q)
			if err == nil && left[info.ID] {
				return broken, nil
			}
			return waiting, err
		default:
			return waiting, nil
		}
	}
	return gone, nil
}

// orphans lists, once a queue, the tasks whose worker stopped renewing its lease.
func (l *Line) orphans() func(queue string) (map[string]bool, error) {
	var (
		known = map[string]map[string]bool{}
		turn  = make(chan struct{}, 1)
	)
	return func(queue string) (map[string]bool, error) {
		turn <- struct{}{}
		defer func() { <-turn }()
		if left, ok := known[queue]; ok {
			return left, nil
		}
		active, err := l.asks.ListActiveTasks(queue, asynq.PageSize(1000))
		if err != nil {
			return nil, fmt.Errorf("list active tasks: %w", err)
		}
		left := map[string]bool{}
		for _, t := range active {
			if t.IsOrphaned {
				left[t.ID] = true
			}
		}
		known[queue] = left
		return left, nil
	}
}
