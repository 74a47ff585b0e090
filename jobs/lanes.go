package jobs

import (
	"time"

	"manydesk/desk"
)

// lane is how the jobs of one desk.Lane are carried.
type lane struct {
	// demoted is the queue a tenant's jobs go to when its tokens are spent.
	demoted string
	// patience is how long an offered row may stay open before the line looks
	// whether Redis still has it.
	patience time.Duration
	// limit bounds one call of a handler.
	limit time.Duration
	// tries is when a failing row is parked; pause bounds the wait between tries.
	tries int
	pause time.Duration
}

// bulkMail is the queue of mail from tenants whose tokens are spent. It has no
// lane of its own: slow mail servers must not hold up the bulk lane either.
const bulkMail = "mail_bulk"

var lanesByName = map[desk.Lane]lane{
	desk.Critical: {demoted: string(desk.Bulk), patience: 15 * time.Second, limit: time.Minute, tries: 12, pause: 10 * time.Minute},
	desk.Default:  {demoted: string(desk.Bulk), patience: 30 * time.Second, limit: time.Minute, tries: 12, pause: 30 * time.Minute},
	desk.Bulk:     {demoted: string(desk.Bulk), patience: 2 * time.Minute, limit: 15 * time.Minute, tries: 12, pause: time.Hour},
	// Mail is tried for about three days (RFC 5321, 4.5.4.1: give up after four to five).
	desk.MailLane: {demoted: bulkMail, patience: time.Minute, limit: 2 * time.Minute, tries: 28, pause: 4 * time.Hour},
}

// pool is one Asynq server. Pools are apart so that slow work of one kind
// cannot take all the workers of another. Bulk has few: with half as many as the
// urgent pool a noisy tenant cost the others twice the wait and got no more done.
type pool struct {
	queues  map[string]int
	workers int
}

func poolsOf(workers int) []pool {
	return []pool{
		{queues: map[string]int{string(desk.Critical): 6, string(desk.Default): 3}, workers: workers},
		{queues: map[string]int{string(desk.Bulk): 1}, workers: max(workers/4, 1)},
		{queues: map[string]int{string(desk.MailLane): 5, bulkMail: 1}, workers: workers},
	}
}

// pause is the wait after the n-th failed try: 2, 4, 8 … seconds, up to the
// lane's bound; share from 0 to 1 spreads those that failed together.
func (l lane) pauseAfter(tries int, share float64) time.Duration {
	wait := l.pause
	if tries < 20 {
		wait = min(wait, time.Second<<max(tries, 1))
	}
	return wait*3/4 + time.Duration(share*float64(wait/2))
}
