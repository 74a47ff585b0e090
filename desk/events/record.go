package events

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

// ticketKind is the subject kind whose facts are not recorded here.
const ticketKind = "ticket"

// Record writes facts of subjects other than tickets, in the given order, with
// the jobs they leave. Seq counts on from the subject's last fact without gaps,
// whoever else records at the same time; it is set in the given facts. A zero
// At is the unit's now, a zero Actor the unit's actor.
//
// Errors: a fact without subject, subject kind or type, or one of a ticket.
func (l *Log) Record(ctx context.Context, tx tenants.Tx, facts ...desk.Fact) error {
	if len(facts) == 0 {
		return nil
	}
	for i := range facts {
		if err := complete(&facts[i], tx); err != nil {
			return err
		}
	}
	if err := lockSubjects(ctx, tx, facts); err != nil {
		return fmt.Errorf("lock the subjects of facts: %w", err)
	}
	if err := insertFacts(ctx, tx, facts); err != nil {
		return fmt.Errorf("insert facts: %w", err)
	}
	return jobs.Enqueue(ctx, tx, l.Jobs(facts...)...)
}

func complete(f *desk.Fact, tx tenants.Tx) error {
	switch {
	case f.Subject.IsZero() || f.SubjectKind == "" || f.Type == "":
		return fmt.Errorf("a fact needs a subject, its kind and a type: %q of %q", f.Type, f.SubjectKind)
	case f.SubjectKind == ticketKind:
		return errors.New("facts of tickets are written by desk/tickets in the ticket's own statement")
	}
	if f.At.IsZero() {
		f.At = tx.Now()
	}
	if f.Actor.Kind == "" {
		f.Actor = tx.Actor()
	}
	if len(f.Data) == 0 {
		f.Data = json.RawMessage("{}")
	}
	return nil
}

// lockSubjects makes everybody who records about these subjects take turns until
// the commit. It is a statement of its own: the next one must see what the
// holder before us has committed.
func lockSubjects(ctx context.Context, tx tenants.Tx, facts []desk.Fact) error {
	keys := make([]int64, 0, len(facts))
	for _, f := range facts {
		keys = append(keys, lockKey(tx.Tenant().ID, f.Subject))
	}
	// In one order for everybody, so that two units never wait for each other.
	slices.Sort(keys)
	_, err := tx.Exec(ctx, "select pg_advisory_xact_lock(k) from unnest($1::bigint[]) k", slices.Compact(keys))
	return err
}

func lockKey(tenant desk.TenantID, subject desk.AnyID) int64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "facts %d ", tenant)
	_, _ = h.Write(subject[:])
	return int64(h.Sum64()) //nolint:gosec // a lock's name: any 64 bits
}

func insertFacts(ctx context.Context, tx tenants.Tx, facts []desk.Fact) error {
	n := len(facts)
	subjects, kinds, types := make([]string, n), make([]string, n), make([]string, n)
	public, at := make([]bool, n), make([]time.Time, n)
	actors, actorKinds, providers, data := make([]string, n), make([]string, n), make([]int32, n), make([]string, n)
	for i, f := range facts {
		subjects[i], kinds[i], types[i] = f.Subject.UUID(), f.SubjectKind, f.Type
		public[i], at[i], data[i] = f.Public, f.At, string(f.Data)
		if !f.Actor.ID.IsZero() {
			actors[i] = f.Actor.ID.UUID()
		}
		actorKinds[i], providers[i] = ActorKind(f.Actor), int32(f.Actor.Provider)
	}
	var seqs []struct {
		N   int
		Seq int
	}
	err := tx.Query(ctx, &seqs, `with v as (
			select n, u.subject::uuid as subject_id, kind, type, public, at, nullif(actor, '')::uuid as actor_id, actor_kind,
				nullif(provider, 0) as provider_id, data::jsonb as data,
				row_number() over (partition by u.subject order by n) as nth
			from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::timestamptz[], $6::text[], $7::text[], $8::integer[], $9::text[])
				with ordinality u(subject, kind, type, public, at, actor, actor_kind, provider, data, n)),
		s as (select v.*, v.nth + coalesce((select max(f.seq) from ?tenant.facts f where f.subject_id = v.subject_id), 0) as seq from v),
		i as (insert into ?tenant.facts (subject_id, seq, public, at, actor_id, provider_id, subject_kind, actor_kind, type, data)
			select subject_id, seq, public, at, actor_id, provider_id, kind, actor_kind, type, data from s order by n)
		select n, seq from s order by n`,
		subjects, kinds, types, public, at, actors, actorKinds, providers, data)
	if err != nil {
		return err
	}
	if len(seqs) != n {
		return fmt.Errorf("%d of %d facts were numbered", len(seqs), n)
	}
	for i := range seqs {
		facts[i].Seq = seqs[i].Seq
	}
	return nil
}
