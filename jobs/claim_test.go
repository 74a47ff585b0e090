package jobs

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/tenants"
)

// fill writes n open rows for each tenant number, in its order; there need be no such tenant.
func (w *world) fill(n map[int]int) {
	w.t.Helper()
	err := w.house.Shared(context.Background(), desk.Automaton("test"), func(ctx context.Context, tx tenants.SharedTx) error {
		for tenant, jobs := range n {
			if _, err := tx.Exec(ctx, "insert into manydesk.outbox (tenant_id, name, lane) select $1, 'x', 'default' from generate_series(1, $2)", tenant, jobs); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func tally(rows []row) map[int32]int {
	n := map[int32]int{}
	for _, r := range rows {
		n[r.TenantID]++
	}
	return n
}

func TestAClaimIsFairByTenant(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	w.fill(map[int]int{1: 20_000, 2: 3, 3: 1, 900: 1000})
	rows, more, err := w.line.claimFresh(t.Context(), nil)
	if err != nil || !more {
		t.Fatal(more, err)
	}
	got := tally(rows)
	if got[2] != 3 || got[3] != 1 || got[1] != batch/4 || got[900] != batch/4 {
		t.Errorf("%v", got)
	}
	first := inTurn(rows)[:4]
	var order []int32
	for _, r := range first {
		order = append(order, r.TenantID)
	}
	slices.Sort(order)
	if !slices.Equal(order, []int32{1, 2, 3, 900}) {
		t.Errorf("the first four are of %v", order)
	}
}

func TestNoTenantStarvesBehindManyOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	n := map[int]int{}
	for tenant := 1; tenant <= 100; tenant++ {
		n[tenant] = 1000
	}
	w.fill(n)
	served := map[int32]int{}
	for range (100*share + batch - 1) / batch {
		rows, _, err := w.line.claimFresh(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for id, n := range tally(rows) {
			served[id] += n
		}
	}
	for id, n := range served {
		if n < share || n > 2*share {
			t.Errorf("tenant %d was given %d", id, n)
		}
	}
	if len(served) != 100 {
		t.Errorf("%d of 100 tenants were served in one round", len(served))
	}
}

func TestTwoRelaysShareTheRowsWithoutWaiting(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	w.fill(map[int]int{1: 1500, 2: 700, 3: 40})
	lines := []*Line{w.line, w.another(w.house, NewBell(), nil), w.another(w.house, NewBell(), nil)}
	var mu sync.Mutex
	seen := map[int64]int{}
	var all sync.WaitGroup
	for _, l := range lines {
		all.Go(func() {
			for more := true; more; {
				var rows []row
				var err error
				if rows, more, err = l.claimFresh(context.Background(), nil); err != nil {
					t.Error(err)
				}
				mu.Lock()
				for _, r := range rows {
					seen[r.ID]++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	// Rows that one relay held while another looked are left for the next round.
	rows, _, err := w.line.claimFresh(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		seen[r.ID]++
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("row %d was claimed %d times", id, n)
		}
	}
	if len(seen) != 2240 {
		t.Errorf("%d of 2240 rows were claimed", len(seen))
	}
}

func TestTurnsAreKeptWhateverTheRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tenants := rapid.SliceOfN(rapid.Int32Range(1, 6), 0, 60).Draw(t, "tenants")
		rows := make([]row, len(tenants))
		for i, id := range tenants {
			rows[i] = row{ID: int64(i), TenantID: id}
		}
		sorted := inTurn(slices.Clone(rows))
		if len(sorted) != len(rows) {
			t.Fatal("rows were lost")
		}
		nth, last, before := map[int32]int{}, map[int32]int64{}, 0
		for _, r := range sorted {
			if turn := nth[r.TenantID]; turn < before {
				t.Fatalf("turn %d of tenant %d comes after turn %d", turn, r.TenantID, before)
			} else {
				before = turn
			}
			if n, ok := last[r.TenantID]; ok && n > r.ID {
				t.Fatalf("tenant %d: row %d comes after %d", r.TenantID, r.ID, n)
			}
			nth[r.TenantID]++
			last[r.TenantID] = r.ID
		}
	})
}

func TestTheHotStatementsUseTheirIndexes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, anyRedis(t), nil)
	w.fill(map[int]int{1: 20_000, 2: 20_000})
	for name, sql := range map[string]string{
		"outbox_new_ix":   "select id from manydesk.outbox o where o.tenant_id = 2 and o.lane = 'default' and o.offered_at is null order by id limit 8 for update skip locked",
		"outbox_again_ix": "select id from manydesk.outbox where again_at <= now() order by again_at limit 200 for update skip locked",
		"timers_due_ix":   "select subject_id from manydesk.timers where greatest(due_at, retry_at) <= now() order by greatest(due_at, retry_at) limit 200",
	} {
		var plan []string
		err := w.house.Shared(t.Context(), desk.Automaton("test"), func(ctx context.Context, tx tenants.SharedTx) error {
			return tx.NewRaw("explain "+sql).Scan(ctx, &plan)
		})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(plan, "\n"), name) {
			t.Errorf("%s is not used:\n%s", name, strings.Join(plan, "\n"))
		}
	}
}
