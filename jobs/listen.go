package jobs

import (
	"context"
	"log/slog"
	"sync"

	"github.com/redis/go-redis/v9"
)

// waitingHints is how many hints a slow listener may be behind before it gets Reset.
const waitingHints = 1024

// beginning is the place before the first hint of an empty stream.
const beginning = "0-0"

// Listen calls hear for each hint until ctx ends, in order and never two at
// once. from is the ID of the last hint heard: what came since is heard first,
// or Reset if that is not known any more. Empty begins with what comes now.
// All listeners of a process share one connection.
//
// While Redis is away it hears Reset once, and once more when it is back.
func (l *Line) Listen(ctx context.Context, from string, hear func(Hint)) {
	e := l.hints.join(ctx)
	defer l.hints.leave(e)
	select {
	case <-e.placed:
	case <-ctx.Done():
		return
	}
	if from != "" {
		if !l.hints.since(ctx, from, e.from, hear) {
			if ctx.Err() != nil {
				return
			}
			hear(Hint{ID: e.from, Name: Reset})
		}
	}
	for {
		select {
		case <-ctx.Done():
			return
		case h := <-e.next:
			hear(h)
		case <-e.behind:
			e.catchUp(hear)
		}
	}
}

// Place is the ID of the newest hint, for a client that will come back before it
// has heard any.
func (l *Line) Place(ctx context.Context) (string, error) { return tail(ctx, l.redis, l.hints.key) }

// hints reads the stream once for all listeners of the process.
type hints struct {
	options *redis.Options
	// asks is the line's own client, for what does not block.
	asks *redis.Client
	key  string
	log  *slog.Logger
	mu   sync.Mutex
	ears map[*ear]bool
	stop func()
	// reader counts the readers there have been; one that was stopped is not heard any more.
	reader int
	// place is the last hint given out; empty before the first contact.
	place string
}

// ear is one listener.
type ear struct {
	placed chan struct{}
	from   string
	next   chan Hint
	behind chan struct{}
}

func newHints(o *redis.Options, asks *redis.Client, key string, log *slog.Logger) *hints {
	return &hints{options: o, asks: asks, key: key, log: log, ears: map[*ear]bool{}}
}

// join adds a listener; the first one starts the reading.
func (s *hints) join(ctx context.Context) *ear {
	e := &ear{placed: make(chan struct{}), next: make(chan Hint, waitingHints), behind: make(chan struct{}, 1)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ears[e] = true
	if s.place != "" {
		e.settle(s.place)
	}
	if s.stop == nil {
		s.reader++
		s.stop = s.start(context.WithoutCancel(ctx), s.reader)
	}
	return e
}

// leave takes a listener away; the last one ends the reading.
func (s *hints) leave(e *ear) {
	s.mu.Lock()
	delete(s.ears, e)
	stop := s.stop
	if len(s.ears) > 0 {
		stop = nil
	} else {
		s.stop, s.place = nil, ""
	}
	s.mu.Unlock()
	if stop != nil {
		stop()
	}
}

func (e *ear) settle(place string) {
	e.from = place
	close(e.placed)
}

// give never waits for a listener: one that is too far behind is told so.
func (e *ear) give(h Hint) {
	select {
	case e.next <- h:
	default:
		ring(e.behind)
	}
}

// catchUp drops what waits and hears Reset in its place.
func (e *ear) catchUp(hear func(Hint)) {
	last := Hint{ID: e.from, Name: Reset}
	for {
		select {
		case h := <-e.next:
			last.ID = h.ID
		default:
			hear(last)
			return
		}
	}
}

// start reads on a connection of its own, because closing it is the only way to
// interrupt a blocking read.
func (s *hints) start(ctx context.Context, reader int) (stop func()) {
	r := &hintReader{hints: s, number: reader, client: redis.NewClient(s.options)}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.read(ctx)
	}()
	return func() {
		cancel()
		_ = r.client.Close()
		<-done
	}
}
