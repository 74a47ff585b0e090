package api

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"sync"
	"time"

	"manydesk/desk"
)

const (
	heartbeat = 15 * time.Second
	// waiting is how many events a slow client may be behind before it is reset.
	waiting = 64
	// writing bounds one write to a client that has stopped reading.
	writing = 10 * time.Second
	// perSession bounds the open streams of one session: one a browser is enough.
	perSession = 8
)

// event is one thing told to one stream.
type event struct {
	id   string
	name string
	data any
}

// stream is one open connection that hears what happens.
type stream struct {
	id   string
	who  visitor
	slug string // the portal's tenant; empty on the console
	next chan event
	// gone is closed when the client left or was sent away.
	gone chan struct{}
	once sync.Once

	mu sync.Mutex
	// sees are the tenants whose events it may hear now.
	sees    map[desk.TenantID]string
	watches map[string]bool
	behind  bool
}

func newStream(c *call) *stream {
	return &stream{
		id: requestID(""), who: c.who, next: make(chan event, waiting), gone: make(chan struct{}),
		sees: map[desk.TenantID]string{},
	}
}

// offer queues an event and never waits: a client that is too far behind hears
// reset in place of what it missed.
func (s *stream) offer(e event) (queued bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queue(e)
}

// queue needs the lock. To one who is leaving nothing more is told.
func (s *stream) queue(e event) bool {
	select {
	case <-s.gone:
		return true
	default:
	}
	if s.behind {
		return false
	}
	select {
	case s.next <- e:
		return true
	default:
		s.behind = true
		return false
	}
}

// dismiss tells a last event and ends the stream: whoever else sends it away at
// the same moment adds nothing.
func (s *stream) dismiss(e event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue(e)
	s.leave()
}

// late takes the whole queue for lost and says so once.
func (s *stream) late() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.behind {
		return false
	}
	for len(s.next) > 0 {
		<-s.next
	}
	s.behind = false
	return true
}

// leave ends the stream, from whichever side it is seen first.
func (s *stream) leave() { s.once.Do(func() { close(s.gone) }) }

// watching replaces what is on the client's screen.
func (s *stream) watching(watches []string) {
	set := make(map[string]bool, len(watches))
	for _, w := range watches {
		set[w] = true
	}
	s.mu.Lock()
	s.watches = set
	s.mu.Unlock()
}

// wants reports whether an event about a ticket is on the screen. A client that
// never said what it shows hears everything it may see.
func (s *stream) wants(name, tenant, ref string, number int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	open := s.watches["ticket:"+tenant+"/"+itoa(int(number))] || s.watches["ticket:"+tenant+"/"+ref]
	if name == hintPresence || name == hintClaim {
		return open
	}
	if s.watches == nil || s.watches["queue"] || open || s.watches["tenant:"+tenant] {
		return true
	}
	for w := range s.watches {
		if len(w) > 5 && w[:5] == "view:" {
			return true
		}
	}
	return false
}

// pipe writes events to the connection until either side ends it.
func (s *stream) pipe(ctx context.Context, conn net.Conn, head []byte, first []event, tick func() bool) {
	defer s.leave()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		// Nothing is ever sent to us: the end of reading is the client's leaving.
		_, _ = io.Copy(io.Discard, conn)
		s.leave()
	}()
	// When this returns the server takes the connection's shell back and gives it
	// to another stream: nobody may be reading it then.
	defer func() {
		_ = conn.SetReadDeadline(time.Unix(1, 0))
		<-ended
	}()
	w := bufio.NewWriterSize(conn, 1<<10)
	send := func(b []byte) bool {
		if err := conn.SetWriteDeadline(desk.System().Add(writing)); err != nil {
			return false
		}
		_, _ = w.Write(b)
		return w.Flush() == nil
	}
	if !send(head) {
		return
	}
	for _, e := range first {
		if !send(e.frame()) {
			return
		}
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-s.gone:
			s.farewell(send)
			return
		case <-ctx.Done():
			return
		case e := <-s.next:
			if s.late() {
				e = event{id: e.id, name: "reset", data: struct{}{}}
			}
			if !send(e.frame()) {
				return
			}
		case <-beat.C:
			if !tick() || !send([]byte(": \n\n")) {
				return
			}
		}
	}
}

// farewell sends what is still queued, so that "bye" is heard.
func (s *stream) farewell(send func([]byte) bool) {
	for {
		select {
		case e := <-s.next:
			if !send(e.frame()) {
				return
			}
		default:
			return
		}
	}
}

// frame is the event on the wire.
func (e event) frame() []byte {
	data, err := json.Marshal(e.data)
	if err != nil {
		data = []byte("{}")
	}
	b := make([]byte, 0, len(data)+64)
	if e.id != "" {
		b = append(append(append(b, "id: c1:"...), e.id...), '\n')
	}
	b = append(append(append(b, "event: "...), e.name...), '\n')
	b = append(append(append(b, "data: "...), data...), "\n\n"...)
	return b
}
