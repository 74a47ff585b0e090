package routing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"manydesk/desk"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// free is somebody with nothing to do.
func free(n int) Candidate {
	return Candidate{ID: user(n), Active: true, Right: true, Capacity: Capacity}
}

func with(c Candidate, change func(*Candidate)) Candidate {
	change(&c)
	return c
}

func TestWhoIsChosen(t *testing.T) {
	t.Parallel()
	loaded := func(n, points, tickets int) Candidate {
		return with(free(n), func(c *Candidate) { c.Points, c.Tickets = points, tickets })
	}
	rota := func(n int, until time.Time) Candidate {
		return with(free(n), func(c *Candidate) { c.Rota, c.Until = true, until })
	}
	given := func(n int, at time.Time) Candidate { return with(free(n), func(c *Candidate) { c.LastGiven = at }) }
	skilled := func(n, level, points int) Candidate {
		return with(loaded(n, points, 1), func(c *Candidate) { c.Skills = map[string]int{"cash": level} })
	}
	for name, c := range map[string]struct {
		wish Wish
		all  []Candidate
		want int // 0 is nobody
	}{
		"the least loaded":                {Wish{Strategy: LeastLoaded}, []Candidate{loaded(1, 8, 1), loaded(2, 2, 2)}, 2},
		"by the share of capacity":        {Wish{Strategy: LeastLoaded}, []Candidate{loaded(1, 4, 2), with(loaded(2, 6, 3), func(c *Candidate) { c.Capacity = 40 })}, 2},
		"equal loads by the last given":   {Wish{Strategy: LeastLoaded}, []Candidate{given(1, noon), given(2, noon.Add(-time.Hour))}, 2},
		"then by id":                      {Wish{Strategy: LeastLoaded}, []Candidate{free(2), free(1)}, 1},
		"in turn":                         {Wish{Strategy: RoundRobin}, []Candidate{given(1, noon), given(2, noon.Add(-time.Hour)), given(3, noon.Add(-time.Minute))}, 2},
		"in turn, who never had one":      {Wish{Strategy: RoundRobin}, []Candidate{given(1, noon), loaded(2, 50, 9)}, 2},
		"nobody is full":                  {Wish{Strategy: LeastLoaded}, []Candidate{loaded(1, 1, Capacity), loaded(2, 80, Capacity-1)}, 2},
		"all are full":                    {Wish{Strategy: LeastLoaded}, []Candidate{loaded(1, 1, Capacity)}, 0},
		"the group's limit":               {Wish{Strategy: LeastLoaded, Limit: 3}, []Candidate{loaded(1, 1, 3), loaded(2, 80, 2)}, 2},
		"never one who is absent":         {Wish{Strategy: LeastLoaded}, []Candidate{with(free(1), func(c *Candidate) { c.AbsentUntil = noon })}, 0},
		"who is on shift":                 {Wish{Strategy: LeastLoaded}, []Candidate{rota(1, time.Time{}), with(rota(2, noon), func(c *Candidate) { c.Points = 9 })}, 2},
		"off shift when nobody is on":     {Wish{Strategy: LeastLoaded}, []Candidate{rota(1, time.Time{})}, 1},
		"only on shift":                   {Wish{Strategy: OnShift}, []Candidate{rota(1, time.Time{})}, 0},
		"without a rota always on shift":  {Wish{Strategy: OnShift}, []Candidate{rota(1, time.Time{}), loaded(2, 9, 9)}, 2},
		"the best skill":                  {Wish{Strategy: BestSkill, Needs: []Need{{"cash", 2}}}, []Candidate{skilled(1, 2, 0), skilled(2, 3, 50), skilled(3, 1, 0)}, 2},
		"equal skills by load":            {Wish{Strategy: BestSkill, Needs: []Need{{"cash", 2}}}, []Candidate{skilled(1, 3, 4), skilled(2, 3, 2)}, 2},
		"nobody has the skill":            {Wish{Strategy: BestSkill, Needs: []Need{{"cash", 2}}}, []Candidate{skilled(1, 1, 0), free(2)}, 0},
		"a skill with another strategy":   {Wish{Strategy: LeastLoaded, Needs: []Need{{"cash", 1}}}, []Candidate{free(1), skilled(2, 1, 9)}, 2},
		"who had the customer before":     {Wish{Strategy: Previous, Previous: []desk.UserID{user(3), user(2)}}, []Candidate{free(1), loaded(2, 9, 2), loaded(3, 50, 9)}, 3},
		"the next of those who had it":    {Wish{Strategy: Previous, Previous: []desk.UserID{user(3), user(2)}}, []Candidate{free(1), loaded(2, 9, 2), loaded(3, 50, Capacity)}, 2},
		"else the least loaded":           {Wish{Strategy: Previous, Previous: []desk.UserID{user(9)}}, []Candidate{loaded(1, 1, 1), free(2)}, 2},
		"who speaks the language":         {Wish{Strategy: LeastLoaded, Language: "en"}, []Candidate{free(1), with(loaded(2, 9, 5), func(c *Candidate) { c.Languages = []string{"en"} })}, 2},
		"others when no speaker can":      {Wish{Strategy: LeastLoaded, Language: "en"}, []Candidate{free(1), with(loaded(2, 9, Capacity), func(c *Candidate) { c.Languages = []string{"en"} })}, 1},
		"the named one, though off shift": {Wish{Person: user(1)}, []Candidate{rota(1, time.Time{})}, 1},
		"the named one is absent":         {Wish{Person: user(1)}, []Candidate{with(free(1), func(c *Candidate) { c.AbsentUntil = noon })}, 0},
		"by hand":                         {Wish{Strategy: Manual}, []Candidate{free(1)}, 0},
		"without a strategy":              {Wish{}, []Candidate{free(1)}, 0},
		"without a right":                 {Wish{Strategy: LeastLoaded}, []Candidate{with(free(1), func(c *Candidate) { c.Right = false })}, 0},
		"who has left":                    {Wish{Strategy: LeastLoaded}, []Candidate{with(free(1), func(c *Candidate) { c.Active = false })}, 0},
	} {
		want := desk.UserID{}
		if c.want > 0 {
			want = user(c.want)
		}
		if got := Choose(c.wish, c.all); got.Person != want {
			t.Errorf("%s: %v, want %v; %+v", name, got.Person, want, got.Considered)
		}
	}
}

// Whoever is chosen could be, and nobody better could; the order of asking says nothing.
func TestTheChoiceIsFairWhateverTheOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		all := make([]Candidate, rapid.IntRange(0, 12).Draw(rt, "people"))
		for i := range all {
			all[i] = Candidate{
				ID: user(i + 1), Active: rapid.IntRange(0, 9).Draw(rt, "active") > 0, Right: rapid.IntRange(0, 9).Draw(rt, "right") > 0,
				Points: rapid.IntRange(0, 9).Draw(rt, "points"), Tickets: rapid.IntRange(0, 4).Draw(rt, "tickets"), Capacity: rapid.IntRange(0, 5).Draw(rt, "capacity"),
				Rota: rapid.Bool().Draw(rt, "rota"),
			}
			if rapid.Bool().Draw(rt, "works") {
				all[i].Until = noon
			}
			if rapid.IntRange(0, 5).Draw(rt, "away") == 0 {
				all[i].AbsentUntil = noon
			}
		}
		w := Wish{Strategy: rapid.SampledFrom(Strategies()).Draw(rt, "strategy"), Previous: []desk.UserID{user(2)}}
		got := Choose(w, all)
		shuffled := Choose(w, rapid.Permutation(all).Draw(rt, "shuffled"))
		if got.Person != shuffled.Person {
			rt.Fatalf("%v, but in another order %v", got.Person, shuffled.Person)
		}
		can, onShift := 0, 0
		for _, x := range got.Considered {
			if x.No == "" {
				can++
			}
			if x.No == "" && x.OnShift() {
				onShift++
			}
			if x.ID == got.Person && (x.No != "" || !x.Active || x.Absent() || x.Tickets >= x.Capacity) {
				rt.Fatalf("%+v was chosen", x)
			}
		}
		if (can > 0 && w.Strategy != Manual) == got.Person.IsZero() {
			rt.Fatalf("%d could, chosen %v", can, got.Person)
		}
		if onShift > 0 && onShift != can {
			rt.Fatalf("%d of %d are on shift", onShift, can)
		}
	})
}
