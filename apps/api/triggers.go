package api

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"manydesk/apps/api/words"
	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/macros"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// TriggerSpec is what happens by itself: an event or a time, conditions, actions.
type TriggerSpec struct {
	Name    Words           `json:"name"`
	On      string          `json:"on" enum:"ticket.opened,ticket.client_replied,ticket.replied,ticket.noted,ticket.assigned,ticket.status_changed,ticket.priority_changed,ticket.changed,ticket.rated,clock.warned,clock.breached,time"`
	After   *TriggerAfter   `json:"after,omitempty" doc:"For time alone"`
	When    Condition       `json:"when,omitzero"`
	Actions []TriggerAction `json:"actions" doc:"Done in their order; one that cannot be done leaves the others"`
	Stop    bool            `json:"stop,omitempty" doc:"Ask no later trigger about the same event once this one has fired"`
}

// TriggerAfter is how long after what a trigger of time looks.
type TriggerAfter struct {
	Minutes int    `json:"minutes" minimum:"1"`
	Since   string `json:"since" enum:"opened,updated,waiting,status"`
}

// TriggerAction is one thing that a trigger does.
type TriggerAction struct {
	Kind       string   `json:"kind" enum:"set,tag,assign,route,status,note,reply,create_task,apply_macro,tell,webhook"`
	Field      string   `json:"field,omitempty" maxLength:"60" doc:"Of set: priority, type, subject or fields.<key>"`
	Value      any      `json:"value,omitempty"`
	Text       *Words   `json:"text,omitempty" doc:"Of note and reply, and a task's title; {ref}, {subject} and {client} are filled in"`
	Roles      []string `json:"roles,omitempty" maxItems:"50"`
	People     []string `json:"people,omitempty" maxItems:"50"`
	Assignee   bool     `json:"assignee,omitempty"`
	URL        string   `json:"url,omitempty" maxLength:"2000"`
	Group      string   `json:"group,omitempty" maxLength:"40"`
	Person     string   `json:"person,omitempty" maxLength:"60"`
	Add        []string `json:"add,omitempty" maxItems:"50"`
	Remove     []string `json:"remove,omitempty" maxItems:"50"`
	To         string   `json:"to,omitempty" maxLength:"40" doc:"Of status"`
	UntilHours int      `json:"until_hours,omitempty" doc:"When a pause ends, or a task is due"`
	Macro      string   `json:"macro,omitempty" maxLength:"40" doc:"Of apply_macro"`
}

func (b TriggerSpec) wrong() error { return wrongActions(b.When, b.Actions) }

// wrongActions refuses what is no condition and no id at all, before it is read as one.
func wrongActions(when Condition, actions []TriggerAction) error {
	wrong, err := fieldsOf(when.wrong())
	if err != nil {
		return err
	}
	for i, act := range actions {
		at := fmt.Sprintf("spec/actions/%d", i)
		for k, text := range act.People {
			wrong = append(wrong, personKey(fmt.Sprintf("%s/people/%d", at, k), text)...)
		}
		if act.Person != "" {
			wrong = append(wrong, personKey(at+"/person", act.Person)...)
		}
	}
	return invalid(wrong)
}

// checkTrigger names what a trigger says of the tenant's other settings that is not there.
func checkTrigger(ctx context.Context, tx tenants.ReadTx, _ TriggerSpec, t triggers.Trigger, live bool) ([]desk.FieldError, error) {
	b, err := settingsBeside(ctx, tx, live)
	if err != nil {
		return nil, err
	}
	b.when(t.When)
	err = b.actions(ctx, tx, t.Actions, live)
	return b.wrong, err
}

// actions refuses those that name what is not there.
func (b *beside) actions(ctx context.Context, tx tenants.ReadTx, actions []triggers.Action, live bool) error {
	var named []desk.UserID
	for _, act := range actions {
		named = append(append(named, act.People...), act.Person)
	}
	who, err := knownPeople(ctx, tx, named)
	if err != nil {
		return err
	}
	all, err := macros.Macros.Settings(ctx, tx)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, m := range all {
		known[m.Key] = !live || m.Live != nil
	}
	for i, act := range actions {
		at := fmt.Sprintf("actions/%d", i)
		b.people(at, who, addressed{act.Roles, act.People, act.Person, act.Group})
		if act.To != "" && !b.option("status", act.To) {
			b.refuse(at+"/to", desk.UnknownID)
		}
		if act.Kind == triggers.Set {
			b.sets(at, act)
		}
		if act.Kind == triggers.ApplyMacro && !known[act.Macro] {
			b.refuse(at+"/macro", desk.UnknownID)
		}
	}
	return nil
}

// sets checks the value that a field is set to.
func (b *beside) sets(at string, act triggers.Action) {
	field, known := b.words.Field(act.Field)
	if !known {
		b.refuse(at+"/field", desk.UnknownID)
		return
	}
	word, text := act.Value.(string)
	switch {
	case act.Value == nil, act.Field == "priority":
	case field.Kind == conditions.Choice && !b.option(act.Field, word):
		b.refuse(at+"/value", desk.UnknownID)
	case act.Field == "subject" && strings.TrimSpace(word) == "":
		b.refuse(at+"/value", desk.Required)
	case strings.HasPrefix(act.Field, "fields.") && b.words.Fit(act.Field, act.Value) == nil:
		b.refuse(at+"/value", desk.NotText)
	case act.Field == "type" && !text:
		b.refuse(at+"/value", desk.String)
	}
}

// TriggerRun is one look of a trigger at a ticket.
type TriggerRun struct {
	ID      string         `json:"id"`
	Trigger string         `json:"trigger"`
	Version int            `json:"version"`
	At      Instant        `json:"at"`
	On      string         `json:"on"`
	Ticket  TriggerTicket  `json:"ticket"`
	Fired   bool           `json:"fired"`
	Why     *string        `json:"why" doc:"Why it did not even look; null when the conditions were asked"`
	Chain   []string       `json:"chain" doc:"The triggers that led here, the first one first"`
	Said    []SeenSentence `json:"sentences"`
	Deeds   []TriggerDeed  `json:"actions"`
}

// TriggerTicket is the ticket it looked at.
type TriggerTicket struct {
	Ref     string `json:"ref"`
	Subject string `json:"subject"`
}

// TriggerDeed is what became of an action.
type TriggerDeed struct {
	Kind  string  `json:"kind"`
	Done  bool    `json:"done"`
	Why   *string `json:"why" doc:"Why it could not be done"`
	Macro *Named  `json:"macro" doc:"The macro that was applied, or of which the action is; null for the trigger's own"`
}

type runsIn struct {
	SettingPath
	Cursor string `query:"cursor" maxLength:"2000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

func (a *App) triggerRoutes(r *Routes) {
	settingRoutes(a, r, &noun[triggers.Trigger, TriggerSpec]{
		kind: triggers.Triggers, coll: "triggers", one: "Trigger", many: "Triggers", called: "triggers", tag: "Triggers",
		name: func(t triggers.Trigger) settings.Words { return t.Name }, check: checkTrigger,
		signs: triggers.Trigger.CallsOut, place: triggers.SecretPlace,
	})
	const at = "/v1/tenants/{tenant}/"
	view(r, "GET "+at+"triggers/{key}/runs", Op{ID: "listTriggerRuns", Tag: "Triggers", Summary: "What a trigger did, and why it did nothing; newest first", Needs: readsSettings}, a.triggerRuns)
	view(r, "GET "+at+"trigger-runs/{id}", Op{ID: "readTriggerRun", Tag: "Triggers", Summary: "One look of a trigger at a ticket", Needs: readsSettings}, a.triggerRun)
	a.deliveryRoutes(r)
}

func (a *App) triggerRuns(ctx context.Context, tx tenants.ReadTx, in *runsIn) (*Page[TriggerRun], error) {
	if err := a.Guard.Check(ctx, tx, access.SettingsRead, anyObject); err != nil {
		return nil, err
	}
	where := scope{tx.Tenant().ID, tx.Actor().ID, "trigger-runs", in.Key}
	var before int64
	if in.Cursor != "" {
		if err := a.cursors.open(ctx, where, in.Cursor, &before); err != nil {
			return nil, err
		}
	}
	types, err := a.Guard.Types(ctx, tx, access.TicketRead)
	if err != nil {
		return nil, err
	}
	var keys []string
	if !types.All {
		keys = append([]string{}, types.Keys...)
	}
	runs, err := triggers.Runs(ctx, tx, in.Key, before, keys, in.Limit+1)
	if err != nil {
		return nil, err
	}
	page := &Page[TriggerRun]{Items: []TriggerRun{}}
	if len(runs) > in.Limit {
		runs = runs[:in.Limit]
		if page.Next, err = a.cursors.seal(ctx, where, runs[in.Limit-1].ID); err != nil {
			return nil, err
		}
	}
	page.Items, err = runViews(ctx, tx, runs)
	return page, err
}

func (a *App) triggerRun(ctx context.Context, tx tenants.ReadTx, in *IDPath) (*TriggerRun, error) {
	var id int64
	if _, err := fmt.Sscan(in.ID, &id); err != nil {
		return nil, desk.Missing()
	}
	run, err := triggers.Find(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	// Whoever may not see the ticket does not learn of it here.
	if _, err := a.Tickets.Get(ctx, tx, tickets.ID(run.Ticket)); err != nil {
		return nil, err
	}
	views, err := runViews(ctx, tx, []triggers.Run{run})
	if err != nil {
		return nil, err
	}
	return &views[0], nil
}

// runViews explains runs by the versions that they ran under.
func runViews(ctx context.Context, tx tenants.ReadTx, runs []triggers.Run) ([]TriggerRun, error) {
	known, err := vocabulary(ctx, tx)
	if err != nil {
		return nil, err
	}
	called, err := macroNames(ctx, tx)
	if err != nil {
		return nil, err
	}
	language := tx.Actor().Language
	views := make([]TriggerRun, len(runs))
	for i, run := range runs {
		v := TriggerRun{
			ID: fmt.Sprint(run.ID), Trigger: run.Trigger, Version: run.Version, At: Instant(run.At), On: string(run.Trace.On),
			Ticket: TriggerTicket{tx.Tenant().Ref(run.Number), run.Subject}, Fired: run.Fired, Chain: append([]string{}, run.Chain...),
			Said: []SeenSentence{}, Deeds: []TriggerDeed{},
		}
		if run.Trace.Code != "" {
			v.Why = orNil(say(language, quiet[run.Trace.Code]))
		} else {
			t, err := triggers.Triggers.At(ctx, tx, run.Trigger, run.Version)
			if err != nil {
				return nil, err
			}
			for _, s := range run.Trace.When.Explain(t.Spec.When, known, language) {
				v.Said = append(v.Said, SeenSentence{s.Text, s.Matched, orNil(s.Actual)})
			}
		}
		for _, d := range run.Trace.Deeds {
			deed := TriggerDeed{Kind: string(d.Kind), Done: d.Code == ""}
			if d.Macro != "" {
				deed.Macro = &Named{d.Macro, cmp.Or(called[d.Macro].In(language), d.Macro)}
			}
			if d.Code != "" {
				deed.Why = orNil(titleOf(language, d.Code))
			}
			v.Deeds = append(v.Deeds, deed)
		}
		views[i] = v
	}
	return views, nil
}

func titleOf(language, code string) string {
	title, _ := words.Title(language, desk.Code(code))
	return title
}

// quiet says why a trigger did not even look.
var quiet = map[string][2]string{
	triggers.CodeChain:  {"Этот триггер уже сработал в той же цепочке: второй раз он в ней не срабатывает", "This trigger has fired in the same chain already; it does not fire in it twice"},
	triggers.CodeLength: {"Цепочка из десяти триггеров закончена", "The chain has reached its end at ten triggers"},
}
