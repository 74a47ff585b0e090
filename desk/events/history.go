package events

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// Query says which facts are wanted.
type Query struct {
	// Subjects are read together: a ticket and those merged into it.
	Subjects []desk.AnyID
	// PublicOnly leaves out what the subject's client may not see.
	PublicOnly bool
	// Before gives facts with a smaller seq; 0 begins at the newest. It pages
	// through one subject; several are paged by BeforeAt.
	Before int
	// BeforeAt gives facts of earlier instants; zero begins at the newest.
	BeforeAt time.Time
	// Types narrows to these types; none means all.
	Types []string
	// Limit is at most 200; 0 means 50.
	Limit int
}

// History reads facts, newest first. The right to see the subject is the
// caller's to check. Actors come without the names of people.
func History(ctx context.Context, tx tenants.ReadTx, q Query) ([]desk.Fact, error) {
	if len(q.Subjects) == 0 {
		return nil, nil
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	subjects := make([]string, len(q.Subjects))
	for i, s := range q.Subjects {
		subjects[i] = s.UUID()
	}
	var until *time.Time
	if !q.BeforeAt.IsZero() {
		until = &q.BeforeAt
	}
	if q.Types == nil {
		q.Types = []string{}
	}
	var rows []struct {
		SubjectID   desk.AnyID
		SubjectKind string
		Seq         int
		Public      bool
		At          time.Time
		ActorID     desk.AnyID
		ActorKind   string
		Provider    int32
		Type        string
		Data        json.RawMessage
	}
	err := tx.Query(ctx, &rows, `select subject_id, subject_kind, seq, public, f.at as at, actor_id, actor_kind,
			coalesce(provider_id, 0) as provider, type, data
		from ?tenant.facts f
		where subject_id = any($1::uuid[]) and (not $2 or public) and ($3 = 0 or seq < $3)
			and ($4::timestamptz is null or f.at < $4) and (cardinality($5::text[]) = 0 or type = any($5))
		order by f.at desc, seq desc, subject_id limit $6`,
		subjects, q.PublicOnly, q.Before, until, q.Types, min(q.Limit, 200))
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	facts := make([]desk.Fact, len(rows))
	for i, r := range rows {
		facts[i] = desk.Fact{
			Subject: r.SubjectID, SubjectKind: r.SubjectKind, Seq: r.Seq, Public: r.Public, At: r.At,
			Actor: ActorOf(r.ActorKind, r.ActorID, desk.ProviderID(r.Provider)), Type: r.Type, Data: r.Data,
		}
	}
	return facts, nil
}
