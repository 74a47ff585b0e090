package api

import (
	"context"
	"encoding/json"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/flows/queue"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// SavedView is a question to the queue that somebody keeps under a name.
type SavedView struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Scope     string    `json:"scope" doc:"A tenant's slug, or all"`
	View      string    `json:"view"`
	Filter    string    `json:"filter"`
	Where     Condition `json:"where"`
	Shared    bool      `json:"shared" doc:"Everybody who works in the tenant has it; me in it is the reader"`
	Mine      bool      `json:"mine"`
	Owner     string    `json:"owner"`
	Version   int       `json:"version"`
	Abilities []string  `json:"abilities"`
}

// ETag is the view's version.
func (v *SavedView) ETag() string { return versionTag(v.Version) }

// Location is where it is changed.
func (v *SavedView) Location() string { return "/v1/me/views/" + v.ID }

type savedViewBody struct {
	Name   string    `json:"name"`
	Scope  string    `json:"scope,omitempty" maxLength:"40" default:"all" doc:"A tenant's slug, or all"`
	View   string    `json:"view,omitempty" default:"urgent" enum:"urgent,mine,unassigned,waiting_client,all"`
	Filter string    `json:"filter,omitempty" doc:"As of the queue"`
	Where  Condition `json:"where,omitzero" doc:"As of the queue"`
	Shared bool      `json:"shared,omitempty" doc:"With everybody who works in the tenant of the scope; wants settings.edit there"`
}

type newSavedView struct{ Body savedViewBody }

type savedViewIn struct {
	IDPath
	IfMatch
	Body savedViewBody
}

type savedViewGone struct {
	IDPath
	IfMatch
}

type queueFieldsIn struct {
	Scope string `query:"scope" maxLength:"40" default:"all" doc:"A tenant's slug, or all"`
}

const ownViews = "a view is its owner's, or shared in tenants that the person works in; it shows only what the reader may see"

func (a *App) savedViewRoutes(r *Routes) {
	const list = "/v1/me/views"
	mine(r, "GET /v1/queue/condition-fields", Op{ID: "listQueueConditionFields", Tag: "Queue", Summary: "What conditions can ask about rows of the queue", Anyone: acrossTenants}, a.queueFields)
	mine(r, "GET "+list, Op{ID: "listSavedViews", Tag: "Queue", Summary: "Views of the queue that the person has: their own, then those shared with them", Anyone: ownViews},
		func(ctx context.Context, c Caller, _ *noInput) (*List[SavedView], error) {
			all, err := a.inScope(ctx, c.visitor.session, "all")
			if err != nil {
				return nil, err
			}
			saved, err := a.Queue.Saved(ctx, c.Actor, all)
			if err != nil {
				return nil, err
			}
			views := &List[SavedView]{Items: make([]SavedView, len(saved))}
			for i := range saved {
				if views.Items[i], err = a.savedView(ctx, c, all, &saved[i]); err != nil {
					return nil, err
				}
			}
			return views, nil
		})
	mine(r, "POST "+list, Op{ID: "saveView", Tag: "Queue", Summary: "Keep a view", Anyone: ownViews, Answers: 201, Errors: []desk.Code{desk.BadFilter, desk.Denied, desk.LimitReached}},
		func(ctx context.Context, c Caller, in *newSavedView) (*SavedView, error) {
			all, kept, err := a.kept(ctx, c, in.Body)
			if err != nil {
				return nil, err
			}
			saved, err := a.Queue.Save(ctx, c.Actor, all, kept)
			if err != nil {
				return nil, err
			}
			v, err := a.savedView(ctx, c, all, saved)
			return &v, err
		})
	mine(r, "PUT "+list+"/{id}", Op{ID: "changeSavedView", Tag: "Queue", Summary: "Change a kept view", Anyone: ownViews, Errors: []desk.Code{desk.BadFilter, desk.Denied}},
		func(ctx context.Context, c Caller, in *savedViewIn) (*SavedView, error) {
			id, err := viewID(in.ID)
			if err != nil {
				return nil, err
			}
			all, kept, err := a.kept(ctx, c, in.Body)
			if err != nil {
				return nil, err
			}
			saved, err := a.Queue.Resave(ctx, c.Actor, all, id, in.Version(), kept)
			if err != nil {
				return nil, err
			}
			v, err := a.savedView(ctx, c, all, saved)
			return &v, err
		})
	mine(r, "DELETE "+list+"/{id}", Op{ID: "forgetSavedView", Tag: "Queue", Summary: "Forget a kept view", Anyone: ownViews, Errors: []desk.Code{desk.Denied}},
		func(ctx context.Context, c Caller, in *savedViewGone) (Nothing, error) {
			id, err := viewID(in.ID)
			if err != nil {
				return Nothing{}, err
			}
			all, err := a.inScope(ctx, c.visitor.session, "all")
			if err != nil {
				return Nothing{}, err
			}
			return Nothing{}, a.Queue.Unsave(ctx, c.Actor, all, id, in.Version())
		})
}

func viewID(s string) (desk.ViewID, error) {
	var id desk.ViewID
	if id.UnmarshalText([]byte(s)) != nil || id.IsZero() {
		return id, desk.Missing()
	}
	return id, nil
}

// kept reads what is to be kept; what the queue itself would refuse is refused here.
func (a *App) kept(ctx context.Context, c Caller, b savedViewBody) ([]tenants.Tenant, queue.Kept, error) {
	kept := queue.Kept{Name: b.Name, Shared: b.Shared, Look: queue.Look{View: queue.View(b.View), Filter: b.Filter}}
	all, err := a.inScope(ctx, c.visitor.session, "all")
	if err != nil {
		return nil, kept, err
	}
	if b.Scope != "all" && b.Scope != "" {
		for _, t := range all {
			if t.Slug == b.Scope {
				kept.Scope = t.ID
			}
		}
		if kept.Scope == 0 {
			return nil, kept, desk.Invalid(desk.Field("scope", desk.UnknownID))
		}
	}
	if _, err := queueFilter(b.Filter, c.Actor.User(), a); err != nil {
		return nil, kept, err
	}
	tree, wrong := conditions.Read(b.Where.raw, "/body/where")
	kept.Look.Where = tree
	return all, kept, invalid(wrong)
}

func (a *App) savedView(ctx context.Context, c Caller, all []tenants.Tenant, s *queue.Saved) (SavedView, error) {
	v := SavedView{
		ID: s.ID.String(), Name: s.Name, Scope: "all", View: string(s.Look.View), Filter: s.Look.Filter, Shared: s.Shared,
		Mine: s.Owner == c.Actor.User(), Owner: s.OwnerName, Version: s.Version, Abilities: []string{},
	}
	for _, t := range all {
		if t.ID == s.Scope {
			v.Scope = t.Slug
		}
	}
	where, err := json.Marshal(s.Look.Where)
	if err != nil {
		return v, err
	}
	v.Where = Condition{where}
	may, err := a.Queue.MayEdit(ctx, c.Actor, all, s)
	if may {
		v.Abilities = append(v.Abilities, "edit")
	}
	return v, err
}

// queueFields are the fields of rows: of one tenant with its own words, over all
// of them only those that mean the same everywhere.
func (a *App) queueFields(ctx context.Context, c Caller, in *queueFieldsIn) (*ConditionFields, error) {
	all, err := a.inScope(ctx, c.visitor.session, in.Scope)
	if err != nil {
		return nil, err
	}
	known := conditions.Tickets(conditions.Known{})
	one := in.Scope != "all" && in.Scope != ""
	if one {
		actor, err := a.People.ActorIn(ctx, c.visitor.session, all[0])
		if err != nil {
			return nil, err
		}
		if known, err = vocabulary(ctx, a.house.Reader(all[0], actor)); err != nil {
			return nil, err
		}
	}
	v := &ConditionFields{Items: []ConditionField{}, Calendars: []ConditionChoice{}}
	for _, row := range queue.Words().Fields() {
		f, named := known.Field(row.Key)
		if !named {
			f = row
		}
		if f.Name == (conditions.Name{}) || !one && foreign(&f) {
			continue
		}
		if row.Key == "status" && !one {
			f.Choices = standardStatuses()
		}
		field := ConditionField{Key: f.Key, Kind: ConditionKind(f.Kind), Name: f.Name.In(c.Language), Choices: choicesView(f.Choices, c.Language)}
		for _, op := range f.Kind.Ops() {
			if op != conditions.InCalendar && op != conditions.NotInCalendar {
				field.Ops = append(field.Ops, string(op))
			}
		}
		v.Items = append(v.Items, field)
	}
	return v, nil
}

// foreign reports a field whose values are one tenant's own.
func foreign(f *conditions.Field) bool {
	return f.Kind == conditions.Person || f.Kind == conditions.Company || f.Key == "type" || f.Key == "group"
}

// standardStatuses are those that every tenant begins with.
func standardStatuses() []conditions.Option {
	var options []conditions.Option
	for _, s := range settings.DefaultWorkflow().Statuses {
		options = append(options, conditions.Option{Key: s.Key, Name: conditions.Name(s.Name)})
	}
	return options
}
