package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Setting is something that a tenant publishes in versions.
type Setting[S any] struct {
	Key         string           `json:"key"`
	Version     int              `json:"version" doc:"The live version; 0 when nothing is published yet"`
	Position    int              `json:"position"`
	PublishedAt *Instant         `json:"published_at"`
	Spec        S                `json:"spec" doc:"What is live, else the draft"`
	Draft       *SettingDraft[S] `json:"draft"`
	Revision    int              `json:"revision" doc:"Another one after each save: say it in If-Match, as \"v1\", when you save a draft made of it"`
	UsedBy      []SettingUse     `json:"used_by" doc:"What names a calendar, live or in a draft"`
	Secret      string           `json:"secret,omitempty" doc:"The secret that webhooks of an escalation are signed with; told once, when it is made"`
	Members     *int             `json:"members,omitempty" doc:"Of groups and skills: how many people are in it or have it"`
	Unassigned  *int             `json:"unassigned,omitempty" doc:"Of groups: open tickets that nobody has"`
	Abilities   []string         `json:"abilities"`
	path        string
}

// ETag is the live version.
func (s *Setting[S]) ETag() string { return versionTag(s.Version) }

// Location is where it is read.
func (s *Setting[S]) Location() string { return s.path }

// SettingDraft is what is being made of it.
type SettingDraft[S any] struct {
	Version int          `json:"version"`
	Spec    S            `json:"spec"`
	SavedAt Instant      `json:"saved_at"`
	Reason  *string      `json:"reason"`
	State   SettingState `json:"state"`
	Author  *Person      `json:"author"`
}

// SettingState is draft, proposed, published or retired.
type SettingState string

// Schema names the enum.
func (SettingState) Schema(r huma.Registry) *huma.Schema {
	return named(r, "SettingState", "draft", "proposed", "published", "retired")
}

// SettingUse is something that names a setting.
type SettingUse struct {
	Kind string `json:"kind"`
	Key  string `json:"key"`
	Name Words  `json:"name"`
}

// PublishedSetting is a setting that has just been published.
type PublishedSetting[S any] struct {
	Setting[S]
	Job *string `json:"job" doc:"The job that moves running tickets, null when they keep their versions"`
}

// SettingVersion is a line of a setting's history.
type SettingVersion struct {
	Version     int          `json:"version"`
	State       SettingState `json:"state"`
	Author      *Person      `json:"author"`
	Reason      *string      `json:"reason"`
	CreatedAt   Instant      `json:"created_at"`
	PublishedAt *Instant     `json:"published_at"`
}

// OldSetting is one version with what it said.
type OldSetting[S any] struct {
	SettingVersion
	Spec S `json:"spec"`
}

// SettingChange is one value that two versions do not share.
type SettingChange struct {
	Path string `json:"path"`
	From any    `json:"from"`
	To   any    `json:"to"`
}

// Comparison is what differs between two versions.
type Comparison struct {
	Changes []SettingChange `json:"changes"`
}

// noun is one kind of setting with what the routes need to know of it.
type noun[T, S any] struct {
	kind settings.Kind[T]
	// coll is the place in the path; one and many name it in operation ids.
	coll, one, many, called string
	// tag is the room in the API's document; the service levels where it is empty.
	tag  string
	name func(T) settings.Words
	// check finds what is wrong with a draft beside the tenant's other settings;
	// for one that is published these must be live themselves.
	check func(ctx context.Context, tx tenants.ReadTx, body S, spec T, live bool) ([]desk.FieldError, error)
	// bears finds what others, live, say of the key that would mean nothing any more
	// with what is to be published; nil where others do not lean on it.
	bears func(ctx context.Context, tx tenants.ReadTx, key string, spec T) ([]desk.FieldError, error)
	// ready refuses what can be drafted but not published; nil refuses nothing.
	ready func(spec T, now time.Time) error
	// uses tells what names the keys; nil for what nothing names.
	uses func(ctx context.Context, tx tenants.ReadTx) (map[string][]SettingUse, error)
	// count adds how many people and tickets are with each; nil counts nothing.
	count func(ctx context.Context, tx tenants.ReadTx, all []Setting[S]) error
	// approved says that the tenant's own people must approve a spec; nil asks nobody.
	approved func(spec T) bool
	// signs says that a spec needs a secret; nil needs none.
	signs func(spec T) bool
	// place is what the secret's seal is bound to.
	place func(t desk.TenantID, key string) string
}

func (n *noun[T, S]) at() string { return "/v1/tenants/{tenant}/" + n.coll }

// views makes what the routes answer of a kind's settings.
func (n *noun[T, S]) views(ctx context.Context, a *App, tx tenants.ReadTx, all ...settings.Setting[T]) ([]Setting[S], error) {
	edits, err := a.Guard.Any(ctx, tx.Tenant(), tx.Actor(), settings.Right(n.kind.Name))
	if err != nil {
		return nil, err
	}
	uses := map[string][]SettingUse{}
	if n.uses != nil {
		if uses, err = n.uses(ctx, tx); err != nil {
			return nil, err
		}
	}
	var authors []desk.UserID
	for _, s := range all {
		if s.Draft != nil {
			authors = append(authors, s.Draft.Author)
		}
	}
	names := map[desk.UserID]string{}
	if len(authors) > 0 {
		if names, err = staff.Names(ctx, tx, authors...); err != nil {
			return nil, err
		}
	}
	list := make([]Setting[S], len(all))
	for i, s := range all {
		v := Setting[S]{Key: s.Key, Version: s.LiveVersion(), Position: s.Position, Revision: s.Revision(), UsedBy: uses[s.Key], path: "/v1/tenants/" + tx.Tenant().Slug + "/" + n.coll + "/" + s.Key}
		if v.Spec, err = recast[S](s.Spec()); err != nil {
			return nil, err
		}
		if s.Live != nil {
			v.PublishedAt = at(s.Live.PublishedAt)
		}
		if s.Draft != nil {
			d := &SettingDraft[S]{Version: s.Draft.Version, SavedAt: Instant(s.Draft.CreatedAt), Reason: orNil(s.Draft.Reason), State: SettingState(s.Draft.State), Author: author(s.Draft.Author, names)}
			if d.Spec, err = recast[S](s.Draft.Spec); err != nil {
				return nil, err
			}
			v.Draft = d
		}
		if edits {
			v.Abilities = []string{"edit", "publish"}
			if n.approved == nil || ownPeople(tx.Actor()) || s.Live == nil || !n.approved(s.Live.Spec) {
				v.Abilities = append(v.Abilities, "remove")
			}
			if s.Draft != nil && s.Draft.State == "proposed" && ownPeople(tx.Actor()) {
				v.Abilities = append(v.Abilities, "approve")
			}
		}
		list[i] = v
	}
	if n.count != nil {
		err = n.count(ctx, tx, list)
	}
	return list, err
}

// view reads one setting as this unit of work sees it.
func (n *noun[T, S]) view(ctx context.Context, a *App, tx tenants.ReadTx, key string) (*Setting[S], error) {
	s, err := n.kind.Setting(ctx, tx, key)
	if err != nil {
		return nil, err
	}
	all, err := n.views(ctx, a, tx, s)
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// ownPeople are the tenant's, not those of a provider that works for it.
func ownPeople(who desk.Actor) bool { return who.Provider == 0 && who.Engagement.IsZero() }

// author is who made a version; nil for the system.
func author(id desk.UserID, names map[desk.UserID]string) *Person {
	if id.IsZero() {
		return nil
	}
	p := personOf("staff", id.Any(), names[id])
	return &p
}

// settingRights are what reading and editing settings ask for.
var (
	readsSettings = []access.Permission{access.SettingsRead, access.SettingsEdit}
	editsSettings = []access.Permission{access.SettingsEdit}
)

// invalid is desk.Invalid for what came as a list.
func invalid(wrong []desk.FieldError) error { return desk.Invalid(wrong...) }
