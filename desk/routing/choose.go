package routing

import (
	"cmp"
	"slices"
	"time"

	"manydesk/desk"
)

// Candidate is somebody who might get a ticket, as of now.
type Candidate struct {
	ID     desk.UserID
	Name   string
	Active bool
	// Right reports that the person may answer tickets of this type.
	Right bool
	// Points and Tickets are the load over all tenants; Capacity how many tickets
	// the person takes at once.
	Points, Tickets, Capacity int
	LastGiven                 time.Time
	// Rota reports that shifts are written for the person: without any, one is
	// always on shift. Until ends the shift that runs, AbsentUntil the absence.
	Rota        bool
	Until       time.Time
	AbsentUntil time.Time
	Skills      map[string]int
	Languages   []string
	Vendor      desk.CompanyID
}

// OnShift reports whether the person works now.
func (c *Candidate) OnShift() bool { return !c.Rota || !c.Until.IsZero() }

// Absent reports whether the person is away now.
func (c *Candidate) Absent() bool { return !c.AbsentUntil.IsZero() }

// Wish is how somebody is to be chosen.
type Wish struct {
	Strategy Strategy
	Needs    []Need
	Language string
	// Limit is the group's own bound of tickets a person; 0 is none.
	Limit int
	// Person is whom a rule names; he or she alone is asked then.
	Person desk.UserID
	// Previous are those who knew the customer or the equipment, the best first.
	Previous []desk.UserID
}

// No is why somebody cannot get the ticket.
type No string

// The reasons.
const (
	Inactive No = "inactive"
	NoRight  No = "no_right"
	IsAbsent No = "absent"
	NoSkill  No = "no_skill"
	Full     No = "full"
	OffShift No = "off_shift"
)

// Considered is a candidate as it was looked at.
type Considered struct {
	*Candidate
	// Skill is the sum of the levels asked for; Speaks that the ticket's language is spoken.
	Skill  int
	Speaks bool
	No     No
}

// Choice is who gets a ticket: nobody for the zero Person.
type Choice struct {
	Person desk.UserID
	// Strategy is what was gone by in the end: Previous falls back to LeastLoaded.
	Strategy   Strategy
	Considered []Considered
}

// Choose picks one of the candidates. It is pure: the same candidates give the
// same choice. Considered are in the order in which they come into question.
func Choose(w Wish, all []Candidate) Choice {
	c := Choice{Strategy: w.Strategy, Considered: make([]Considered, len(all))}
	if c.Strategy == "" {
		c.Strategy = Manual
	}
	for i := range all {
		c.Considered[i] = w.consider(&all[i])
	}
	w.prefer(c.Considered)
	if w.Strategy == Previous && !slices.ContainsFunc(c.Considered, func(x Considered) bool { return x.No == "" && slices.Contains(w.Previous, x.ID) }) {
		c.Strategy = LeastLoaded
	}
	slices.SortStableFunc(c.Considered, func(a, b Considered) int { return w.order(c.Strategy, &a, &b) })
	if (c.Strategy != Manual || !w.Person.IsZero()) && len(c.Considered) > 0 && c.Considered[0].No == "" {
		c.Person = c.Considered[0].ID
	}
	return c
}

func (w *Wish) consider(c *Candidate) Considered {
	x := Considered{Candidate: c, Speaks: w.Language == "" || slices.Contains(c.Languages, w.Language)}
	able := true
	for _, need := range w.Needs {
		level := c.Skills[need.Key]
		x.Skill += level
		able = able && level >= need.Level
	}
	most := c.Capacity
	if w.Limit > 0 {
		most = min(most, w.Limit)
	}
	switch {
	case !c.Active:
		x.No = Inactive
	case !c.Right:
		x.No = NoRight
	case c.Absent():
		x.No = IsAbsent
	case !able:
		x.No = NoSkill
	case c.Tickets >= most:
		x.No = Full
	case w.Strategy == OnShift && !c.OnShift():
		x.No = OffShift
	}
	return x
}

// prefer leaves those out who are not on shift as long as somebody is. Whom a
// rule names gets it off shift as well.
func (w *Wish) prefer(all []Considered) {
	if !w.Person.IsZero() || !slices.ContainsFunc(all, func(x Considered) bool { return x.No == "" && x.OnShift() }) {
		return
	}
	for i := range all {
		if all[i].No == "" && !all[i].OnShift() {
			all[i].No = OffShift
		}
	}
}

// order puts who comes first before: those who can, who speak the language, then
// by the strategy, then by load; in the end by id, so that it is always the same.
func (w *Wish) order(s Strategy, a, b *Considered) int {
	can := func(x *Considered) int {
		if x.No == "" {
			return 0
		}
		return 1
	}
	speaks := func(x *Considered) int {
		if x.Speaks {
			return 0
		}
		return 1
	}
	if by := cmp.Or(cmp.Compare(can(a), can(b)), w.byMemory(s, a, b), cmp.Compare(speaks(a), speaks(b))); by != 0 {
		return by
	}
	by := 0
	switch s {
	case RoundRobin:
		by = a.LastGiven.Compare(b.LastGiven)
	case BestSkill:
		by = cmp.Compare(b.Skill, a.Skill)
	case LeastLoaded, OnShift, Previous, Manual:
	}
	return cmp.Or(by, byLoad(a.Candidate, b.Candidate), a.LastGiven.Compare(b.LastGiven), slices.Compare(a.ID[:], b.ID[:]))
}

func (w *Wish) byMemory(s Strategy, a, b *Considered) int {
	if s != Previous {
		return 0
	}
	place := func(x *Considered) int {
		if i := slices.Index(w.Previous, x.ID); i >= 0 {
			return i
		}
		return len(w.Previous)
	}
	return cmp.Compare(place(a), place(b))
}

// byLoad compares points for each ticket of capacity, without dividing.
func byLoad(a, b *Candidate) int {
	return cmp.Compare(int64(a.Points)*int64(max(b.Capacity, 1)), int64(b.Points)*int64(max(a.Capacity, 1)))
}

// Capacity is how many tickets somebody takes at once for whom nothing else is said.
const Capacity = 20
