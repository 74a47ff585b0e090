package api

import (
	"context"
	"sync"

	"manydesk/desk"
	"manydesk/jobs"
)

// streams are the open streams of this node. fasthttp does not see them once
// they are hijacked, so this registry is what a stop goes by.
type streams struct {
	app  *App
	mu   sync.Mutex
	all  map[*stream]bool
	each map[desk.CredentialID]int
	// place is the newest hint this node has heard.
	place string
	over  bool
}

func newStreams(a *App) *streams {
	return &streams{app: a, all: map[*stream]bool{}, each: map[desk.CredentialID]int{}}
}

// join adds a stream. TooManyStreams beyond what one session may hold.
func (r *streams) join(s *stream) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return desk.Refuse(desk.Unavailable)
	}
	if r.each[s.who.actor.Key] >= perSession {
		return desk.Refuse(desk.TooManyStreams)
	}
	r.all[s] = true
	r.each[s.who.actor.Key]++
	r.app.metrics.streams.Set(float64(len(r.all)))
	return nil
}

func (r *streams) part(s *stream) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.all[s] {
		return
	}
	delete(r.all, s)
	if r.each[s.who.actor.Key]--; r.each[s.who.actor.Key] <= 0 {
		delete(r.each, s.who.actor.Key)
	}
	r.app.metrics.streams.Set(float64(len(r.all)))
}

func (r *streams) open() []*stream {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]*stream, 0, len(r.all))
	for s := range r.all {
		all = append(all, s)
	}
	return all
}

// bye sends every stream away: come back in 1 to 5 seconds, each at its own time.
func (r *streams) bye() {
	r.mu.Lock()
	r.over = true
	r.mu.Unlock()
	for i, s := range r.open() {
		s.dismiss(event{name: "bye", data: map[string]int{"retry_ms": 1000 + i*37%4000}})
	}
}

// listen hears the cell's hints once for the whole node and hands them on.
func (r *streams) listen(ctx context.Context) {
	if r.app.Line == nil {
		return
	}
	r.app.Line.Listen(ctx, "", func(h jobs.Hint) { r.hear(ctx, h) })
}

func (r *streams) hear(ctx context.Context, h jobs.Hint) {
	r.mu.Lock()
	if h.ID != "" {
		r.place = h.ID
	}
	r.mu.Unlock()
	switch h.Name {
	case jobs.Reset:
		r.app.forgetAccess(0)
		for _, s := range r.open() {
			r.tell(s, event{id: h.ID, name: "reset", data: struct{}{}})
		}
		return
	case hintWatches:
		r.watch(h)
		return
	case hintSessionEnded:
		r.sessionEnded(h)
		return
	case hintAccess:
		r.app.forgetAccess(h.Tenant)
		r.accessChanged(ctx, h)
		return
	}
	r.spread(ctx, h, r.open())
}

func (r *streams) tell(s *stream, e event) {
	outcome := "queued"
	if !s.offer(e) {
		outcome = "reset"
	}
	r.app.metrics.events.WithLabelValues(outcome).Inc()
}
