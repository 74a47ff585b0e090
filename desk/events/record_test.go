package events

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/desktest/cluster"
	"manydesk/desk/desktest/stage"
	"manydesk/tenants"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, cluster.Lasting()...) }

// bundle is a log and a tenant for one test.
type bundle struct {
	t     testing.TB
	log   *Log
	house *tenants.House
	acme  tenants.Tenant
}

func setup(t testing.TB) *bundle {
	t.Helper()
	h := stage.House(t)
	return &bundle{t: t, log: New(), house: h, acme: stage.Tenant(t, h, nil)}
}

var vera = desk.Actor{Kind: desk.StaffActor, ID: desk.NewUserID(time.UnixMilli(1)).Any(), Name: "Вера", Provider: 4}

func (b *bundle) record(facts ...desk.Fact) error {
	return b.house.Do(context.Background(), b.acme, vera, func(ctx context.Context, tx tenants.Tx) error {
		return b.log.Record(ctx, tx, facts...)
	})
}

func (b *bundle) history(q Query) []desk.Fact {
	b.t.Helper()
	facts, err := History(context.Background(), b.house.Reader(b.acme, vera), q)
	if err != nil {
		b.t.Fatal(err)
	}
	return facts
}

func role(subject desk.AnyID, word string) desk.Fact {
	return desk.Fact{Subject: subject, SubjectKind: "role", Type: "role." + word, Data: []byte(`{"word": "` + word + `"}`)}
}

func subject() desk.AnyID { return desk.NewFileID(desk.System()).Any() }

func TestFactsAreNumberedAndReadBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	After(b.log, "role.changed", "audit.mirror", desk.Bulk)
	one, other := subject(), subject()
	facts := []desk.Fact{role(one, "made"), role(other, "made"), role(one, "changed")}
	facts[2].Public = true
	if err := b.record(facts...); err != nil {
		t.Fatal(err)
	}
	if facts[0].Seq != 1 || facts[1].Seq != 1 || facts[2].Seq != 2 {
		t.Errorf("numbered %d %d %d", facts[0].Seq, facts[1].Seq, facts[2].Seq)
	}
	if err := b.record(role(one, "changed")); err != nil {
		t.Fatal(err)
	}
	got := b.history(Query{Subjects: []desk.AnyID{one}})
	if len(got) != 3 || got[0].Seq != 3 || got[2].Seq != 1 {
		t.Fatalf("%+v", got)
	}
	second := got[1]
	if second.Type != "role.changed" || second.SubjectKind != "role" || !second.Public || string(second.Data) != `{"word": "changed"}` ||
		second.Actor.ID != vera.ID || second.Actor.Kind != desk.StaffActor || second.Actor.Provider != 4 || second.At.IsZero() {
		t.Errorf("%+v", second)
	}
	var jobs []struct {
		Name, Lane string
		SubjectID  desk.AnyID
		Seq        int
	}
	err := b.house.SharedReader(vera).NewRaw("select name, lane, subject_id, seq from manydesk.outbox order by id").Scan(t.Context(), &jobs)
	if err != nil || len(jobs) != 2 || jobs[0].Seq != 2 || jobs[1].Seq != 3 || jobs[0].SubjectID != one || jobs[0].Lane != "bulk" {
		t.Errorf("%+v %v", jobs, err)
	}
}

func TestFactsOfOneSubjectHaveNoGapsAndNoTwins(t *testing.T) {
	t.Parallel()
	b := setup(t)
	shared := []desk.AnyID{subject(), subject(), subject()}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 10 {
				// In opposite orders, so that units could wait for each other.
				x, y := shared[(i+j)%3], shared[(i+2*j+1)%3]
				if err := b.record(role(x, "changed"), role(y, "changed"), role(x, "changed")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	total := 0
	for _, s := range shared {
		var n, highest int
		err := b.house.Reader(b.acme, vera).QueryRow(t.Context(), "select count(*), coalesce(max(seq), 0) from ?tenant.facts where subject_id = $1::uuid", []any{s.UUID()}, &n, &highest)
		if err != nil || n != highest {
			t.Errorf("%d facts up to %d: %v", n, highest, err)
		}
		total += n
	}
	if total != 240 {
		t.Errorf("%d facts of 240", total)
	}
}

func TestAFactThatIsNotOneIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, f := range map[string]desk.Fact{
		"no subject": {SubjectKind: "role", Type: "x"},
		"no kind":    {Subject: subject(), Type: "x"},
		"no type":    {Subject: subject(), SubjectKind: "role"},
		"a ticket's": {Subject: subject(), SubjectKind: "ticket", Type: "ticket.opened"},
	} {
		if err := b.record(f); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if err := b.record(); err != nil {
		t.Errorf("no facts at all: %v", err)
	}
}

func TestAFactNeverChanges(t *testing.T) {
	t.Parallel()
	b := setup(t)
	if err := b.record(role(subject(), "made")); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"update ?tenant.facts set type = 'x'", "delete from ?tenant.facts"} {
		err := b.house.Do(t.Context(), b.acme, vera, func(ctx context.Context, tx tenants.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func TestHistoryIsNarrowed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, other := subject(), subject()
	at := desk.System().Add(-time.Hour)
	var facts []desk.Fact
	for i := range 10 {
		f := role([]desk.AnyID{one, other}[i%2], []string{"made", "changed", "dropped"}[i%3])
		f.At, f.Public = at.Add(time.Duration(i)*time.Minute), i%4 == 0
		facts = append(facts, f)
	}
	if err := b.record(facts...); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		q    Query
		want string
	}{
		"one":         {Query{Subjects: []desk.AnyID{one}}, "[5 4 3 2 1]"},
		"both":        {Query{Subjects: []desk.AnyID{one, other}}, "[5 5 4 4 3 3 2 2 1 1]"},
		"public":      {Query{Subjects: []desk.AnyID{one}, PublicOnly: true}, "[5 3 1]"},
		"before":      {Query{Subjects: []desk.AnyID{one}, Before: 4}, "[3 2 1]"},
		"before then": {Query{Subjects: []desk.AnyID{one, other}, BeforeAt: at.Add(3 * time.Minute)}, "[2 1 1]"},
		"types":       {Query{Subjects: []desk.AnyID{one, other}, Types: []string{"role.dropped"}}, "[5 3 2]"},
		"limit":       {Query{Subjects: []desk.AnyID{one}, Limit: 2}, "[5 4]"},
		"nobody":      {Query{}, "[]"},
		"unknown":     {Query{Subjects: []desk.AnyID{subject()}}, "[]"},
	} {
		seqs := []int{}
		for _, f := range b.history(c.q) {
			seqs = append(seqs, f.Seq)
		}
		if got := fmt.Sprint(seqs); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAnyMixOfFactsIsNumberedWithoutGaps(t *testing.T) {
	t.Parallel()
	b := setup(t)
	rapid.Check(t, func(rt *rapid.T) {
		subjects := []desk.AnyID{subject(), subject(), subject()}
		next := map[desk.AnyID]int{}
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, 5), 1, 4).Draw(rt, "units") {
			facts := make([]desk.Fact, n)
			for i := range facts {
				facts[i] = role(rapid.SampledFrom(subjects).Draw(rt, "subject"), "changed")
			}
			if err := b.record(facts...); err != nil {
				rt.Fatal(err)
			}
			for _, f := range facts {
				if next[f.Subject]++; f.Seq != next[f.Subject] {
					rt.Fatalf("fact %d of a subject was numbered %d", next[f.Subject], f.Seq)
				}
			}
		}
	})
}
