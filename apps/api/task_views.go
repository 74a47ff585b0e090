package api

import (
	"context"
	"slices"

	"manydesk/desk"
	"manydesk/desk/processes"
	"manydesk/desk/tickets"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// TicketTask is something to be done in a ticket.
type TicketTask struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	State     string   `json:"state" enum:"open,done"`
	Stage     *string  `json:"stage" doc:"Key of the stage that it belongs to; null for a task of its own"`
	Group     *Named   `json:"group"`
	Assignee  *Person  `json:"assignee"`
	DueAt     *Instant `json:"due_at"`
	DoneAt    *Instant `json:"done_at"`
	DoneBy    *Person  `json:"done_by"`
	Required  bool     `json:"required" doc:"Its stage is not done without it"`
	Version   int      `json:"version"`
	Abilities []string `json:"abilities"`
	location  string
}

// ETag is the task's version.
func (t *TicketTask) ETag() string { return versionTag(t.Version) }

// Location is where the list is read.
func (t *TicketTask) Location() string { return t.location }

// TicketStages is how far the process of a ticket is.
type TicketStages struct {
	Process *TicketProcess `json:"process"`
	Stages  []TicketStage  `json:"stages"`
	Offered []Named        `json:"offered" doc:"The processes that can be started here"`
}

// TicketProcess is the process that was started last.
type TicketProcess struct {
	Key     string `json:"key"`
	Name    string `json:"name"`
	Version int    `json:"version"`
	Done    bool   `json:"done"`
}

// TicketStage is one stage of it.
type TicketStage struct {
	Key        string   `json:"key"`
	Name       string   `json:"name"`
	State      string   `json:"state" enum:"waiting,open,done,skipped"`
	Group      *Named   `json:"group"`
	Assignee   *Person  `json:"assignee"`
	DueAt      *Instant `json:"due_at"`
	DoneAt     *Instant `json:"done_at"`
	DoneBy     *Person  `json:"done_by"`
	Beside     bool     `json:"beside" doc:"It begins together with the stage before it"`
	TasksOpen  int      `json:"tasks_open"`
	TasksTotal int      `json:"tasks_total"`
	Abilities  []string `json:"abilities"`
}

// TicketWork is what a ticket's page shows of the work in it.
type TicketWork struct {
	Key       string  `json:"key"`
	Name      string  `json:"name"`
	Stage     *string `json:"stage" doc:"The first that is open; null when it is over"`
	StageName *string `json:"stage_name"`
	Place     int     `json:"place" doc:"Of the stage, from 1"`
	Of        int     `json:"of"`
	Done      bool    `json:"done"`
}

// TaskCount is how many tasks there are and how many are left.
type TaskCount struct {
	Open  int `json:"open"`
	Total int `json:"total"`
}

// work shows what the ticket's row keeps of its work.
func (f *frame) work(t *Ticket, of *tickets.Ticket) error {
	s, err := processes.Of(of)
	if err != nil {
		return err
	}
	t.Tasks = TaskCount(s.Tasks)
	if s.Key != "" {
		t.Process = &TicketWork{s.Key, s.Name.In(f.language), orNil(s.Stage), orNil(s.StageName.In(f.language)), s.Place, s.Of, s.Done}
	}
	return nil
}

// workbench is what the tasks of one ticket are shown with.
type workbench struct {
	names *routeNames
	work  *processes.Work
	me    desk.UserID
	// edits and notes are what the person may do in the ticket; closed ones nobody changes.
	edits, notes bool
	at           string
}

func (a *App) workbench(ctx context.Context, tx tenants.ReadTx, number int64) (*workbench, error) {
	w, err := a.Processes.List(ctx, tx, tickets.Number(number))
	if err != nil {
		return nil, err
	}
	var people []desk.UserID
	for _, t := range w.Tasks {
		people = append(people, t.Assignee, t.DoneBy)
	}
	for _, s := range w.Stages {
		people = append(people, s.Assignee, s.DoneBy)
	}
	b := &workbench{work: w, me: tx.Actor().User(), at: "/v1/tenants/" + tx.Tenant().Slug + "/tickets/" + itoa(int(number)) + "/tasks"}
	if b.names, err = routeNamesOf(ctx, tx, people, nil); err != nil {
		return nil, err
	}
	held, err := a.abilities(ctx, tx, access.Object{Type: w.Ticket.Type, Vendor: w.Ticket.VendorID}, access.TicketEdit, access.TicketNote)
	if err != nil {
		return nil, err
	}
	over := w.Ticket.Category == tickets.CategoryClosed
	b.edits, b.notes = slices.Contains(held, "edit") && !over, slices.Contains(held, "note") && !over
	return b, nil
}

func (b *workbench) named(key string) *Named {
	if key == "" {
		return nil
	}
	return &Named{key, b.names.group(key)}
}

// does reports whether the person may say that it is done.
func (b *workbench) does(t *processes.Task) bool {
	return b.edits || b.notes && !t.Assignee.IsZero() && t.Assignee == b.me
}

func (b *workbench) task(t *processes.Task) TicketTask {
	v := TicketTask{
		ID: t.ID.String(), Title: t.In(b.names.language), State: string(t.State), Stage: orNil(t.Under), Group: b.named(t.Group), Assignee: b.names.person(t.Assignee),
		DueAt: at(t.DueAt), DoneAt: at(t.DoneAt), DoneBy: b.names.person(t.DoneBy), Required: t.Required, Version: t.Version, Abilities: []string{}, location: b.at,
	}
	live := b.work.Open(t)
	if b.edits {
		v.Abilities = append(v.Abilities, "edit")
		if !t.Required || !live {
			v.Abilities = append(v.Abilities, "remove")
		}
	}
	switch {
	case !b.does(t):
	case t.State == processes.Open:
		v.Abilities = append(v.Abilities, "complete")
	case live:
		v.Abilities = append(v.Abilities, "reopen")
	}
	return v
}

func (b *workbench) tasks() *List[TicketTask] {
	list := &List[TicketTask]{Items: []TicketTask{}}
	for _, t := range b.work.Tasks {
		list.Items = append(list.Items, b.task(t))
	}
	return list
}

// one is a task of the list. Errors: NotFound.
func (b *workbench) one(id desk.TaskID) (*TicketTask, error) {
	for _, t := range b.work.Tasks {
		if t.ID == id {
			v := b.task(t)
			return &v, nil
		}
	}
	return nil, desk.Missing()
}

func (b *workbench) stages(ctx context.Context, tx tenants.ReadTx) (*TicketStages, error) {
	v := &TicketStages{Stages: []TicketStage{}, Offered: []Named{}}
	s := &b.work.Summary
	if s.Key != "" {
		v.Process = &TicketProcess{s.Key, s.Name.In(b.names.language), s.Version, s.Done}
	}
	for _, p := range b.work.Stages {
		stage := TicketStage{
			Key: p.Stage, Name: p.In(b.names.language), State: string(p.State), Group: b.named(p.Group), Assignee: b.names.person(p.Assignee), DueAt: at(p.DueAt),
			DoneAt: at(p.DoneAt), DoneBy: b.names.person(p.DoneBy), Beside: p.Beside, TasksOpen: p.Count.Open, TasksTotal: p.Total, Abilities: []string{},
		}
		if p.State == processes.Open && b.does(p.Task) {
			stage.Abilities = append(stage.Abilities, "complete")
		}
		v.Stages = append(v.Stages, stage)
	}
	if !b.edits {
		return v, nil
	}
	live, err := processes.Kind.All(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, p := range live {
		if p.Spec.For(b.work.Ticket.Type) {
			v.Offered = append(v.Offered, Named{p.Key, p.Spec.Name.In(b.names.language)})
		}
	}
	return v, nil
}
