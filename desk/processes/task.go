package processes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// Task is something to be done in a ticket, or, where Stage is set, a stage of a
// process in it. A zero id or time is absent.
type Task struct {
	ID     desk.TaskID
	Ticket desk.TicketID
	// Stage is a stage's own key; Under that of the stage a task belongs to.
	Stage, Under string
	// Run tells apart the processes that were started in a ticket; 0 for a task that
	// belongs to none.
	Run      int
	Position int
	Title    string
	// Words are the title where a process gave it, in both languages.
	Words    settings.Words
	State    State
	Group    string
	Assignee desk.UserID
	DueAt    time.Time
	DoneAt   time.Time
	DoneBy   desk.UserID
	Required bool
	Beside   bool
	Version  int
}

// State is how far a task or a stage is.
type State string

// The states. Only stages wait or are skipped.
const (
	Waiting State = "waiting"
	Open    State = "open"
	Done    State = "done"
	Skipped State = "skipped"
)

// In is the title in a language.
func (t *Task) In(language string) string {
	if name := t.Words.In(language); name != "" {
		return name
	}
	return t.Title
}

// data is what of a task has no column of its own.
type data struct {
	Run      int            `json:"run,omitempty"`
	Under    string         `json:"under,omitempty"`
	Words    settings.Words `json:"words,omitzero"`
	Required bool           `json:"required,omitempty"`
	Beside   bool           `json:"beside,omitempty"`
}

type row struct {
	ID         desk.TaskID
	TicketID   desk.TicketID
	Stage      string
	Position   int
	Title      string
	State      State
	GroupKey   string
	AssigneeID desk.UserID
	DueAt      time.Time
	DoneAt     time.Time
	DoneBy     desk.UserID
	Data       json.RawMessage `bun:"type:jsonb"`
	Version    int
}

// read gives the tasks and stages of a ticket in their order.
func read(ctx context.Context, tx tenants.ReadTx, ticket desk.TicketID) ([]*Task, error) {
	var rows []row
	err := tx.Query(ctx, &rows, `select id, ticket_id, stage, position, title, state, group_key, assignee_id, due_at, done_at, done_by, data, version
		from ?tenant.tasks where ticket_id = $1 order by position`, ticket)
	if err != nil {
		return nil, fmt.Errorf("read tasks: %w", err)
	}
	all := make([]*Task, len(rows))
	for i, r := range rows {
		var d data
		if err := json.Unmarshal(r.Data, &d); err != nil {
			return nil, fmt.Errorf("read task %s: %w", r.ID, err)
		}
		all[i] = &Task{
			ID: r.ID, Ticket: r.TicketID, Stage: r.Stage, Under: d.Under, Run: d.Run, Position: r.Position, Title: r.Title, Words: d.Words, State: r.State,
			Group: r.GroupKey, Assignee: r.AssigneeID, DueAt: r.DueAt, DoneAt: r.DoneAt, DoneBy: r.DoneBy, Required: d.Required, Beside: d.Beside, Version: r.Version,
		}
	}
	return all, nil
}

// kept is a task as it goes to the database; null where it is absent.
type kept struct {
	ID         string     `json:"id"`
	Stage      *string    `json:"stage"`
	Position   int        `json:"position"`
	Title      string     `json:"title"`
	State      State      `json:"state"`
	GroupKey   *string    `json:"group_key"`
	AssigneeID *string    `json:"assignee_id"`
	DueAt      *time.Time `json:"due_at"`
	DoneAt     *time.Time `json:"done_at"`
	DoneBy     *string    `json:"done_by"`
	Data       data       `json:"data"`
	Version    int        `json:"version"`
}

// write keeps tasks, in one statement however many they are.
func write(ctx context.Context, tx tenants.Tx, ticket desk.TicketID, all []*Task) error {
	rows := make([]kept, len(all))
	for i, t := range all {
		rows[i] = kept{
			ID: t.ID.UUID(), Stage: word(t.Stage), Position: t.Position, Title: t.Title, State: t.State, GroupKey: word(t.Group),
			AssigneeID: person(t.Assignee), DueAt: instant(t.DueAt), DoneAt: instant(t.DoneAt), DoneBy: person(t.DoneBy),
			Data: data{t.Run, t.Under, t.Words, t.Required, t.Beside}, Version: t.Version,
		}
	}
	encoded, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("encode tasks: %w", err)
	}
	_, err = tx.Exec(ctx, `insert into ?tenant.tasks (id, ticket_id, stage, position, title, state, group_key, assignee_id, due_at, done_at, done_by, data, version)
		select x.id, $1::uuid, x.stage, x.position, x.title, x.state, x.group_key, x.assignee_id, x.due_at, x.done_at, x.done_by, x.data, x.version
		from jsonb_to_recordset($2::jsonb) as x(id uuid, stage text, position integer, title text, state text, group_key text, assignee_id uuid,
			due_at timestamptz, done_at timestamptz, done_by uuid, data jsonb, version integer)
		on conflict (id) do update set title = excluded.title, state = excluded.state, group_key = excluded.group_key, assignee_id = excluded.assignee_id,
			due_at = excluded.due_at, done_at = excluded.done_at, done_by = excluded.done_by, data = excluded.data, version = excluded.version`, ticket, string(encoded))
	if err != nil {
		return fmt.Errorf("keep tasks: %w", err)
	}
	return nil
}

func word(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func person(id desk.UserID) *string {
	if id.IsZero() {
		return nil
	}
	uuid := id.UUID()
	return &uuid
}

func instant(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}
