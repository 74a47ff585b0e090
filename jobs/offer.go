package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/hibiken/asynq"
	"golang.org/x/sync/errgroup"

	"manydesk/desk"
)

// taskType is the one type of task; the row says what it is.
const taskType = "outbox"

// atOnce is how many tasks are given to Redis at the same time.
const atOnce = 8

// offer gives rows to Asynq, one of each tenant in turn, and publishes the live
// hints among them. Rows that Redis did not take are released.
func (l *Line) offer(ctx context.Context, rows []row) error {
	hints, tasks := apart(rows)
	if err := l.publishRows(ctx, hints); err != nil {
		return errors.Join(err, l.release(ctx, idsOf(rows)))
	}
	failed := make([]error, len(tasks))
	var g errgroup.Group
	g.SetLimit(atOnce)
	for i, r := range inTurn(tasks) {
		tasks[i] = r
		queue := l.queue(r)
		g.Go(func() error {
			if failed[i] = l.enqueue(ctx, r, queue); failed[i] == nil {
				// At once: the first of a batch does not wait for its last.
				l.gate.open()
			}
			return nil
		})
	}
	_ = g.Wait()
	var back []int64
	for i, err := range failed {
		if err != nil {
			back = append(back, tasks[i].ID)
		}
	}
	if len(back) < len(tasks) {
		ring(l.work)
	}
	if len(back) == 0 {
		return nil
	}
	return errors.Join(fmt.Errorf("%d of %d jobs not taken by Redis: %w", len(back), len(tasks), errors.Join(failed...)), l.release(ctx, back))
}

func apart(rows []row) (hints, tasks []row) {
	for _, r := range rows {
		if live(r.Name) {
			hints = append(hints, r)
		} else {
			tasks = append(tasks, r)
		}
	}
	return hints, tasks
}

// inTurn orders rows so that each tenant's first comes before any tenant's second.
func inTurn(rows []row) []row {
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.ID, b.ID) })
	turn, nth := make([]int, len(rows)), map[int32]int{}
	order := make([]int, len(rows))
	for i, r := range rows {
		turn[i], order[i] = nth[r.TenantID], i
		nth[r.TenantID]++
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(turn[a], turn[b]) })
	sorted := make([]row, len(rows))
	for i, j := range order {
		sorted[i] = rows[j]
	}
	return sorted
}

// queue is the row's lane, or where its tenant is demoted to when its tokens
// are spent.
func (l *Line) queue(r row) string {
	if l.tokens.take(r.tenantLane(), l.house.Clock()()) {
		return r.Lane
	}
	demoted := l.lanes[desk.Lane(r.Lane)].demoted
	if demoted != r.Lane {
		l.stats.demoted.Add(1)
	}
	return demoted
}

// enqueue is successful too when Redis has the task already.
func (l *Line) enqueue(ctx context.Context, r row, queue string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_, err := l.asynq.Load().EnqueueContext(ctx, asynq.NewTask(taskType, payload(r)),
		asynq.TaskID(taskID(r)), asynq.Queue(queue), asynq.Retention(l.o.Retention), asynq.MaxRetry(0),
		// The handler's own limit ends first; this one is for a handler that does not listen.
		asynq.Timeout(l.lanes[desk.Lane(r.Lane)].limit+time.Minute))
	switch {
	case errors.Is(err, asynq.ErrTaskIDConflict):
		l.stats.known.Add(1)
		return nil
	case err != nil:
		return fmt.Errorf("offer job %d: %w", r.ID, err)
	case r.Tries > 1:
		l.stats.repeated.Add(1)
	default:
		l.stats.offered.Add(1)
	}
	return nil
}

// taskID is "ob:<id>", and "ob:<id>.<try>" from the second try on: Redis
// remembers the first one as finished and would not take it again.
func taskID(r row) string {
	id := "ob:" + strconv.FormatInt(r.ID, 10)
	if r.Tries > 1 {
		id += "." + strconv.Itoa(r.Tries)
	}
	return id
}

// payload names the row and the try. What is to be done is read from Postgres,
// so that nobody who can write to Redis can make work up.
func payload(r row) []byte {
	return strconv.AppendInt(append(strconv.AppendInt(nil, r.ID, 10), '.'), int64(r.Tries), 10)
}

func idsOf(rows []row) []int64 {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}
