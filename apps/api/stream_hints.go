package api

import (
	"context"
	"encoding/json"
	"time"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// The hints that concern who may hear, and the one by which nodes tell each
// other what a stream of theirs shows.
const (
	hintAccess       = "access.changed"
	hintSessionEnded = "session.ended"
	hintWatches      = "stream.watches"
	hintPresence     = "presence"
	hintClaim        = "claim"
)

// told is the data of an event about a ticket: a hint, never the ticket. The
// client reads anew by the usual routes, so rights hold twice.
type told struct {
	Tenant  string  `json:"tenant"`
	Ref     string  `json:"ref,omitempty"`
	Number  int64   `json:"number,omitempty"`
	Version int     `json:"version,omitempty"`
	Seq     int     `json:"seq,omitempty"`
	At      Instant `json:"at"`
	// seenNow is only in hints of presence and claims.
	*seenNow
}

// subject is what rights and screens need to know of the ticket behind a hint.
// Whether somebody has been assigned is public: it is a step of the portal's five.
type subject struct {
	number  int64
	version int
	kind    string
	contact desk.ContactID
	company desk.CompanyID
	vendor  desk.CompanyID
	public  bool
	found   bool
}

// spread hands a hint to the streams that may see it and show it.
func (r *streams) spread(ctx context.Context, h jobs.Hint, to []*stream) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var (
		tenant tenants.Tenant
		about  subject
		known  bool
	)
	for _, s := range to {
		if !s.belongs(h.Tenant) {
			continue
		}
		if !known {
			known = true
			var err error
			if tenant, err = r.app.house.ByID(ctx, h.Tenant); err != nil {
				return
			}
			if about, err = r.subject(ctx, tenant, h); err != nil {
				r.app.log.Warn("a hint could not be told", "name", h.Name, "tenant", tenant.Slug, "error", err.Error())
				return
			}
		}
		r.pass(ctx, s, tenant, h, about)
	}
}

// pass tells one stream, if its right holds at this moment.
func (r *streams) pass(ctx context.Context, s *stream, tenant tenants.Tenant, h jobs.Hint, about subject) {
	ref := ""
	if about.found {
		ref = tenant.Ref(about.number)
	}
	may, err := r.may(ctx, s, tenant, about)
	if err != nil || !may || about.found && !s.wants(h.Name, tenant.Slug, ref, about.number) {
		return
	}
	data := told{Tenant: tenant.Slug, Ref: ref, Number: about.number, Version: about.version, Seq: h.Seq, At: Instant(r.app.house.Clock()())}
	switch {
	case s.slug != "":
		data.Seq = 0
	case h.Name == hintPresence || h.Name == hintClaim:
		data.seenNow = &seenNow{}
		if json.Unmarshal(h.Data, data.seenNow) != nil {
			return
		}
	}
	r.tell(s, event{id: h.ID, name: h.Name, data: data})
}

// may asks the compiled rights: microseconds, from memory. A client hears only
// of what it can see of its own requests.
func (r *streams) may(ctx context.Context, s *stream, tenant tenants.Tenant, about subject) (bool, error) {
	if s.slug != "" {
		if !about.found || !about.public || about.contact.IsZero() {
			return false, nil
		}
		return about.contact == s.who.actor.Contact(), nil
	}
	if !about.found {
		// A hint about no ticket is for whoever reads some ticket or other there.
		return r.app.Guard.Any(ctx, tenant, s.who.actor, access.TicketRead)
	}
	err := r.app.Guard.Check(ctx, r.app.house.Reader(tenant, s.who.actor), access.TicketRead, access.Object{Type: about.kind, Vendor: about.vendor})
	if desk.Is(err, desk.NotFound) || desk.Is(err, desk.Denied) || desk.Is(err, desk.ScopeMissing) {
		return false, nil
	}
	return err == nil, err
}

func (r *streams) subject(ctx context.Context, tenant tenants.Tenant, h jobs.Hint) (subject, error) {
	var about subject
	if h.Subject.IsZero() {
		return about, nil
	}
	tx := r.app.house.Reader(tenant, desk.Automaton("live"))
	err := tx.QueryRow(ctx, `select t.number, t.version, t.type, t.contact_id, t.company_id, t.vendor_id,
			coalesce((select f.public or f.type = 'ticket.assigned' from ?tenant.facts f where f.subject_id = t.id and f.seq = $2), false)
		from ?tenant.tickets t where t.id = $1`,
		[]any{h.Subject, h.Seq}, &about.number, &about.version, &about.kind, &about.contact, &about.company, &about.vendor, &about.public)
	if noRows(err) {
		return about, nil
	}
	about.found = err == nil
	return about, err
}

// belongs reports whether the stream hears of a tenant at all.
func (s *stream) belongs(id desk.TenantID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.sees[id]
	return ok
}

// watch applies what another node, or this one, was told about a stream here.
func (r *streams) watch(h jobs.Hint) {
	var w watchList
	if json.Unmarshal(h.Data, &w) != nil {
		return
	}
	for _, s := range r.open() {
		// The stream's name is no secret; the credential must be the same.
		if s.id == w.Stream && s.who.actor.Key.String() == w.Credential {
			s.watching(w.Watches)
		}
	}
}

type watchList struct {
	Stream     string   `json:"stream"`
	Credential string   `json:"credential"`
	Watches    []string `json:"watches"`
}

func (r *streams) sessionEnded(h jobs.Hint) {
	r.app.People.Forget()
	for _, s := range r.open() {
		if s.who.actor.Key.Any() == h.Subject || s.who.actor.ID == h.Subject {
			s.dismiss(event{name: hintSessionEnded, data: struct{}{}})
		}
	}
}

// accessChanged looks again which tenants the streams may hear of. Whoever lost
// one hears tenant.left and nothing more of it.
func (r *streams) accessChanged(ctx context.Context, h jobs.Hint) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	for _, s := range r.open() {
		before := s.belongs(h.Tenant)
		if err := r.look(ctx, s); err != nil {
			r.app.log.Warn("a stream's access could not be read", "error", err.Error())
			s.leave()
			continue
		}
		if before || s.belongs(h.Tenant) {
			r.tell(s, event{id: h.ID, name: hintAccess, data: struct{}{}})
		}
	}
}

// look reads which tenants a stream may hear of now and tells it those it left.
func (r *streams) look(ctx context.Context, s *stream) error {
	now, err := r.app.reach(ctx, s.who, s.slug)
	if err != nil {
		return err
	}
	s.mu.Lock()
	before := s.sees
	s.sees = now
	s.mu.Unlock()
	for id, slug := range before {
		if _, still := now[id]; !still {
			r.tell(s, event{name: "tenant.left", data: map[string]string{"tenant": slug}})
		}
	}
	return nil
}

func liveHint(name string, tenant desk.TenantID) jobs.Hint {
	return jobs.Hint{Name: name, Tenant: tenant}
}
