package api

import (
	"context"
	"errors"
	"fmt"

	"manydesk/apps/api/words"
	"manydesk/desk"
	"manydesk/desk/flows/automate"
	"manydesk/desk/macros"
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
	"manydesk/desk/triggers"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// MacroSpec is what people do with a ticket at once, under a name.
type MacroSpec struct {
	Name    Words           `json:"name"`
	Hint    Words           `json:"hint,omitzero" doc:"When it is meant to be used"`
	When    Condition       `json:"when,omitzero" doc:"Where it is offered; {} everywhere"`
	Actions []TriggerAction `json:"actions" doc:"Done in their order, all or none: set, tag, assign, route, status, note, reply, create_task. A reply is prepared for whoever applies it, not sent"`
}

// wrong refuses what is no condition and no id at all, before it is read as one.
func (b MacroSpec) wrong() error { return wrongActions(b.When, b.Actions) }

// OfferedMacro is a macro that may be applied to a ticket.
type OfferedMacro struct {
	Key     string   `json:"key"`
	Version int      `json:"version" doc:"Say it when you apply it: it is refused where the macro has become another one"`
	Name    string   `json:"name"`
	Hint    *string  `json:"hint"`
	Does    []string `json:"does" doc:"What it does, action by action, in words"`
	Replies bool     `json:"replies" doc:"It prepares a reply"`
}

// AppliedMacro is what a macro has made of a ticket.
type AppliedMacro struct {
	Macro  Named    `json:"macro"`
	Did    []string `json:"did" doc:"What it did, action by action, in words"`
	Reply  *string  `json:"reply" doc:"What it would say to the client, for the person to send; null where it says nothing"`
	Ticket Ticket   `json:"ticket"`
}

type applyIn struct {
	TicketPath
	Body struct {
		Macro   string `json:"macro" minLength:"1" maxLength:"40"`
		Version int    `json:"version,omitempty" minimum:"0" doc:"Of the macro as it was seen"`
	}
}

func (a *App) macroRoutes(r *Routes) {
	settingRoutes(a, r, &noun[macros.Macro, MacroSpec]{
		kind: macros.Macros, coll: "macros", one: "Macro", many: "Macros", called: "macros", tag: "Macros",
		name: func(m macros.Macro) settings.Words { return m.Name }, check: checkMacro, uses: macroUses,
	})
	const at = "/v1/tenants/{tenant}/tickets/{number}/"
	view(r, "GET "+at+"macros", Op{ID: "listOfferedMacros", Tag: "Macros", Summary: "Macros that may be applied to a ticket as it is", Needs: []access.Permission{access.TicketRead}}, a.offeredMacros)
	act(r, "POST "+at+"application", Op{
		ID: "applyMacro", Tag: "Macros", Summary: "Do what a macro says, wholly or not at all, by the rights of whoever asks", Needs: []access.Permission{access.TicketRead},
		Errors: []desk.Code{desk.ChangedMeanwhile, desk.ClosedIsFinal, desk.MacroStopped},
	}, a.applyMacro)
}

func checkMacro(ctx context.Context, tx tenants.ReadTx, _ MacroSpec, m macros.Macro, live bool) ([]desk.FieldError, error) {
	b, err := settingsBeside(ctx, tx, live)
	if err != nil {
		return nil, err
	}
	b.when(m.When)
	err = b.actions(ctx, tx, m.Actions, live)
	return b.wrong, err
}

// macroNames are what the tenant calls its macros now.
func macroNames(ctx context.Context, tx tenants.ReadTx) (map[string]settings.Words, error) {
	all, err := macros.Macros.All(ctx, tx)
	names := make(map[string]settings.Words, len(all))
	for _, m := range all {
		names[m.Key] = m.Spec.Name
	}
	return names, err
}

// macroUses tells which triggers apply each macro, live or drafted.
func macroUses(ctx context.Context, tx tenants.ReadTx) (map[string][]SettingUse, error) {
	uses := map[string][]SettingUse{}
	return uses, usesOf(ctx, tx, triggers.Triggers, uses, func(t triggers.Trigger) (settings.Words, []string) { return t.Name, t.Macros() })
}

func (a *App) offeredMacros(ctx context.Context, tx tenants.ReadTx, in *TicketPath) (*List[OfferedMacro], error) {
	ticket, offered, err := a.Automate.Offered(ctx, tx, tickets.Number(in.Number))
	if err != nil {
		return nil, err
	}
	list := &List[OfferedMacro]{Items: []OfferedMacro{}}
	var all []triggers.Action
	for _, m := range offered {
		all = append(all, m.Spec.Actions...)
	}
	said, err := sayingOf(ctx, tx, ticket, all)
	if err != nil {
		return nil, err
	}
	for _, m := range offered {
		v := OfferedMacro{Key: m.Key, Version: m.Version, Name: m.Spec.Name.In(said.language), Hint: orNil(m.Spec.Hint.In(said.language)), Does: said.actions(m.Spec.Actions)}
		for _, act := range m.Spec.Actions {
			v.Replies = v.Replies || act.Kind == triggers.Reply
		}
		list.Items = append(list.Items, v)
	}
	return list, nil
}

func (a *App) applyMacro(ctx context.Context, tx tenants.Tx, in *applyIn) (*AppliedMacro, error) {
	applied, err := a.Automate.Apply(ctx, tx, automate.Application{Ticket: tickets.Number(in.Number), Macro: in.Body.Macro, Version: in.Body.Version})
	if err != nil {
		return nil, stopped(ctx, tx.ReadTx, err)
	}
	m := applied.Macro
	said, err := sayingOf(ctx, tx.ReadTx, applied.Ticket, m.Spec.Actions)
	if err != nil {
		return nil, err
	}
	ticket, err := a.ticketPage(ctx, tx.ReadTx, in.Number, true)
	if err != nil {
		return nil, err
	}
	return &AppliedMacro{Macro: Named{m.Key, m.Spec.Name.In(said.language)}, Did: said.actions(m.Spec.Actions), Reply: orNil(applied.Reply), Ticket: *ticket}, nil
}

// stopped says which action of a macro could not be done, and why.
func stopped(ctx context.Context, tx tenants.ReadTx, err error) error {
	var s *automate.Stopped
	if !errors.As(err, &s) {
		return err
	}
	said, failed := sayingOf(ctx, tx, s.Ticket, []triggers.Action{s.Action})
	if failed != nil {
		return failed
	}
	e := refusal(err)
	why := words.Detail(said.language, e.Code, e.Params)
	if why == "" {
		why = titleOf(said.language, string(e.Code))
	}
	for _, f := range e.Fields[:min(1, len(e.Fields))] {
		why, _ = words.Field(said.language, f.Code, f.Params)
	}
	return desk.Refuse(desk.MacroStopped, "n", s.At+1, "what", said.action(s.Action), "why", why).
		With("action", s.At).With("because", string(e.Code)).Because(fmt.Errorf("apply a macro: %w", err))
}
