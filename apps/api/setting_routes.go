package api

import (
	"cmp"
	"context"
	"fmt"

	"manydesk/desk"
	"manydesk/desk/channels/webhook"
	"manydesk/desk/settings"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// largestSetting bounds the body of a setting: a calendar of many years is long.
const largestSetting = 1 << 20

// SettingPath names a setting.
type SettingPath struct {
	Key string `path:"key" maxLength:"40"`
}

type newSettingIn[S any] struct {
	Body struct {
		Key    string `json:"key,omitempty" maxLength:"40" doc:"Made of the name when absent"`
		Spec   S      `json:"spec"`
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

type settingDraftIn[S any] struct {
	SettingPath
	IfMatchMaybe
	Body struct {
		Spec   S      `json:"spec"`
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

type settingGoneIn struct {
	SettingPath
	IfMatch
}

type publicationIn struct {
	SettingPath
	Body struct {
		Draft   int    `json:"draft" minimum:"1" doc:"The version of the draft that was looked at"`
		Running string `json:"running,omitempty" enum:"keep,recalculate" default:"keep" doc:"What becomes of tickets whose clocks run"`
		Reason  string `json:"reason,omitempty" maxLength:"1000"`
	}
}

type approvalIn struct {
	SettingPath
	Body struct {
		Draft int `json:"draft" minimum:"1"`
	}
}

type orderIn struct {
	Body struct {
		Keys []string `json:"keys" maxItems:"500"`
	}
}

// settingRoutes are the routes of one kind of setting that is published in versions.
func settingRoutes[T, S any](a *App, r *Routes, n *noun[T, S]) {
	op := func(id, summary string, needs []access.Permission, o Op) Op {
		o.ID, o.Summary, o.Tag, o.Needs = id, summary, cmp.Or(n.tag, "Service levels"), needs
		return o
	}
	list, one := n.at(), n.at()+"/{key}"
	view(r, "GET "+list, op("list"+n.many, "All "+n.called+", live and drafted, in order", readsSettings, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*Page[Setting[S]], error) {
			all, err := n.kind.Settings(ctx, tx)
			if err != nil {
				return nil, err
			}
			views, err := n.views(ctx, a, tx, all...)
			return &Page[Setting[S]]{Items: views}, err
		})
	view(r, "GET "+one, op("read"+n.one, "One of the "+n.called, readsSettings, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, in *SettingPath) (*Setting[S], error) {
			return n.view(ctx, a, tx, in.Key)
		})
	act(r, "POST "+list, op("make"+n.one, "Begin a new one, as a draft", editsSettings, Op{Answers: 201, Limit: largestSetting, Errors: []desk.Code{desk.AlreadyExists}}),
		func(ctx context.Context, tx tenants.Tx, in *newSettingIn[S]) (*Setting[S], error) {
			return n.begin(ctx, a, tx, in)
		})
	act(r, "PATCH "+one+"/draft", op("draft"+n.one, "Save a draft; it is checked wholly. If-Match names the revision that it was made of", editsSettings, Op{Limit: largestSetting, Errors: []desk.Code{desk.ChangedMeanwhile}}),
		func(ctx context.Context, tx tenants.Tx, in *settingDraftIn[S]) (*Setting[S], error) {
			s, err := n.kind.Hold(ctx, tx, in.Key)
			if err != nil {
				return nil, err
			}
			if err := upon(s.Revision(), in.IfMatchMaybe); err != nil {
				return nil, err
			}
			return n.save(ctx, a, tx, in.Key, in.Body.Spec, in.Body.Reason)
		})
	act(r, "DELETE "+one+"/draft", op("discard"+n.one+"Draft", "Throw a draft away", editsSettings, Op{}),
		func(ctx context.Context, tx tenants.Tx, in *SettingPath) (Nothing, error) {
			return Nothing{}, settings.Discard(ctx, a.Editor, tx, n.kind, in.Key)
		})
	act(r, "DELETE "+one, op("remove"+n.one, "Take one away; its versions stay in the history", editsSettings, Op{Errors: []desk.Code{desk.InUse}}),
		func(ctx context.Context, tx tenants.Tx, in *settingGoneIn) (Nothing, error) {
			return Nothing{}, n.remove(ctx, a, tx, in)
		})
	act(r, "POST "+one+"/publications", op("publish"+n.one, "Make a draft hold from now on", editsSettings, Op{Answers: 201, Errors: []desk.Code{desk.ChangedMeanwhile, desk.CalendarNeverOpens}}),
		func(ctx context.Context, tx tenants.Tx, in *publicationIn) (*PublishedSetting[S], error) {
			return n.publish(ctx, a, tx, in)
		})
	act(r, "PUT "+list+"/order", op("order"+n.many, "Put them into an order: the first that matches holds", editsSettings, Op{}),
		func(ctx context.Context, tx tenants.Tx, in *orderIn) (Nothing, error) {
			return Nothing{}, settings.Order(ctx, a.Editor, tx, n.kind, in.Body.Keys)
		})
	if n.approved != nil {
		act(r, "PUT "+one+"/approval", op("approve"+n.one, "Publish what was proposed; for the tenant's own people", editsSettings, Op{Errors: []desk.Code{desk.ChangedMeanwhile}}),
			func(ctx context.Context, tx tenants.Tx, in *approvalIn) (*Setting[S], error) {
				return n.approve(ctx, a, tx, in)
			})
	}
	if n.signs != nil {
		act(r, "POST "+one+"/secrets", op("rotate"+n.one+"Secret", "Make a new secret for its webhooks; the old one signs beside it for a day", editsSettings, Op{Answers: 201}),
			func(ctx context.Context, tx tenants.Tx, in *SettingPath) (*Setting[S], error) {
				return n.rotate(ctx, a, tx, in.Key)
			})
	}
	versionRoutes(a, r, n)
}

// upon refuses a draft that was made of another revision than the one that is.
func upon(revision int, seen IfMatchMaybe) error {
	if seen.Version() != 0 && seen.Version() != revision {
		return desk.Refuse(desk.ChangedMeanwhile).With("current", revision)
	}
	return nil
}

// begin drafts a new key.
func (n *noun[T, S]) begin(ctx context.Context, a *App, tx tenants.Tx, in *newSettingIn[S]) (*Setting[S], error) {
	all, err := n.kind.Settings(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{"order": true} // a place of its own in the path
	for _, s := range all {
		taken[s.Key] = true
	}
	key := in.Body.Key
	if key == "" {
		spec, _, err := n.read(ctx, tx.ReadTx, in.Body.Spec, false)
		if err != nil {
			return nil, err
		}
		key = keyOf(n.name(spec), taken)
	}
	if taken[key] {
		return nil, desk.Refuse(desk.AlreadyExists, "what", key)
	}
	return n.save(ctx, a, tx, key, in.Body.Spec, in.Body.Reason)
}

// read turns a body into a spec and names all of its wrong fields at once.
func (n *noun[T, S]) read(ctx context.Context, tx tenants.ReadTx, body S, live bool) (spec T, fields []desk.FieldError, err error) {
	if w, ok := any(body).(interface{ wrong() error }); ok {
		if err := w.wrong(); err != nil {
			return spec, nil, err
		}
	}
	if spec, err = recast[T](body); err != nil {
		return spec, nil, err
	}
	if v, ok := any(spec).(interface{ Validate() error }); ok {
		if fields, err = fieldsOf(v.Validate()); err != nil {
			return spec, nil, err
		}
	}
	more, err := n.check(ctx, tx, body, spec, live)
	if err != nil {
		return spec, nil, err
	}
	fields = append(fields, more...)
	return spec, fields, desk.Invalid(fields...)
}

func (n *noun[T, S]) save(ctx context.Context, a *App, tx tenants.Tx, key string, body S, reason string) (*Setting[S], error) {
	spec, _, err := n.read(ctx, tx.ReadTx, body, false)
	if err != nil {
		return nil, err
	}
	d := settings.Draft[T]{Key: key, Spec: spec, Reason: reason}
	plain := ""
	if n.signs != nil && n.signs(spec) {
		if plain, d.Secret, err = n.newSecret(ctx, a, tx, key); err != nil {
			return nil, err
		}
	}
	if _, err := settings.Save(ctx, a.Editor, tx, n.kind, d); err != nil {
		return nil, err
	}
	v, err := n.view(ctx, a, tx.ReadTx, key)
	if err != nil {
		return nil, err
	}
	v.Secret = plain
	return v, nil
}

// newSecret makes a sealed secret for a key that has none.
func (n *noun[T, S]) newSecret(ctx context.Context, a *App, tx tenants.Tx, key string) (plain string, sealed []byte, err error) {
	has := false
	err = tx.QueryRow(ctx, "select exists (select from ?tenant.config where kind = $1 and key = $2 and secret is not null)", []any{n.kind.Name, key}, &has)
	if err != nil || has {
		return "", nil, err
	}
	if plain, err = webhook.NewSecret(); err != nil {
		return "", nil, err
	}
	sealed, err = a.house.Seal([]byte(plain), n.place(tx.Tenant().ID, key))
	return plain, sealed, err
}

// rotate makes a new secret and tells it once.
func (n *noun[T, S]) rotate(ctx context.Context, a *App, tx tenants.Tx, key string) (*Setting[S], error) {
	plain, err := webhook.NewSecret()
	if err != nil {
		return nil, err
	}
	place := n.place(tx.Tenant().ID, key)
	err = settings.Rotate(ctx, a.Editor, tx, n.kind, key, func(sealed []byte) ([]byte, error) {
		kept, err := a.house.Unseal(sealed, place)
		if err != nil {
			return nil, fmt.Errorf("unseal the secret of %q: %w", key, err)
		}
		return a.house.Seal([]byte(webhook.Rotated(string(kept), plain, tx.Now())), place)
	})
	if err != nil {
		return nil, err
	}
	v, err := n.view(ctx, a, tx.ReadTx, key)
	if err != nil {
		return nil, err
	}
	v.Secret = plain
	return v, nil
}

// remove takes away what is live and what is drafted. What the tenant's own people
// had to approve only they take away.
func (n *noun[T, S]) remove(ctx context.Context, a *App, tx tenants.Tx, in *settingGoneIn) error {
	s, err := n.kind.Setting(ctx, tx.ReadTx, in.Key)
	if err != nil {
		return err
	}
	if n.bound(tx, s) {
		return desk.Refuse(desk.Denied)
	}
	if n.uses != nil {
		uses, err := n.uses(ctx, tx.ReadTx)
		if err != nil {
			return err
		}
		if by := uses[in.Key]; len(by) > 0 {
			return desk.Refuse(desk.InUse, "where", useNames(tx.Actor().Language, by)).With("used_by", by)
		}
	}
	if s.LiveVersion() != in.Version() {
		return desk.Refuse(desk.ChangedMeanwhile).With("current", s.LiveVersion())
	}
	if s.Draft != nil {
		if err := settings.Discard(ctx, a.Editor, tx, n.kind, in.Key); err != nil {
			return err
		}
	}
	if s.Live == nil {
		return nil
	}
	return settings.Withdraw(ctx, a.Editor, tx, n.kind, in.Key, in.Version())
}

// publish makes a draft hold, or proposes it to those who must approve it.
func (n *noun[T, S]) publish(ctx context.Context, a *App, tx tenants.Tx, in *publicationIn) (*PublishedSetting[S], error) {
	s, err := n.sound(ctx, tx, in.Key, in.Body.Draft)
	if err != nil {
		return nil, err
	}
	if n.mustAsk(tx, s) {
		if err := settings.Propose(ctx, a.Editor, tx, n.kind, in.Key, in.Body.Draft, in.Body.Reason); err != nil {
			return nil, err
		}
		v, err := n.view(ctx, a, tx.ReadTx, in.Key)
		if err != nil {
			return nil, err
		}
		return &PublishedSetting[S]{Setting: *v}, nil
	}
	if _, err := settings.Release(ctx, a.Editor, tx, n.kind, in.Key, in.Body.Draft, in.Body.Reason); err != nil {
		return nil, err
	}
	p := &PublishedSetting[S]{}
	if in.Body.Running == "recalculate" {
		run, err := a.Triage.Recalculate(ctx, tx)
		if err != nil {
			return nil, fmt.Errorf("recalculate after %s %q: %w", n.kind.Name, in.Key, err)
		}
		p.Job = orNil(run.ID.String())
	}
	v, err := n.view(ctx, a, tx.ReadTx, in.Key)
	if err != nil {
		return nil, err
	}
	p.Setting = *v
	return p, nil
}

// bound reports that somebody of a provider would take away what holds by the
// approval of the tenant's own people.
func (n *noun[T, S]) bound(tx tenants.Tx, s settings.Setting[T]) bool {
	return n.approved != nil && !ownPeople(tx.Actor()) && s.Live != nil && n.approved(s.Live.Spec)
}

// mustAsk reports that somebody of a provider publishes what the tenant's own
// people are to approve, now or by the version that holds.
func (n *noun[T, S]) mustAsk(tx tenants.Tx, s settings.Setting[T]) bool {
	return n.approved != nil && !ownPeople(tx.Actor()) && (n.approved(s.Draft.Spec) || s.Live != nil && n.approved(s.Live.Spec))
}

// sound reads a draft that is to be published and checks it against what is live now.
func (n *noun[T, S]) sound(ctx context.Context, tx tenants.Tx, key string, draft int) (settings.Setting[T], error) {
	s, err := n.kind.Setting(ctx, tx.ReadTx, key)
	if err != nil {
		return s, err
	}
	if s.Draft == nil || s.Draft.Version != draft {
		return s, desk.Refuse(desk.ChangedMeanwhile).With("current", s.LiveVersion())
	}
	body, err := recast[S](s.Draft.Spec)
	if err != nil {
		return s, err
	}
	if _, _, err := n.read(ctx, tx.ReadTx, body, true); err != nil {
		return s, err
	}
	if err := n.borne(ctx, tx.ReadTx, key, s.Draft.Spec); err != nil {
		return s, err
	}
	if n.ready != nil {
		return s, n.ready(s.Draft.Spec, tx.Now())
	}
	return s, nil
}

// borne refuses what others lean on the key for and would not find any more.
func (n *noun[T, S]) borne(ctx context.Context, tx tenants.ReadTx, key string, spec T) error {
	if n.bears == nil {
		return nil
	}
	wrong, err := n.bears(ctx, tx, key, spec)
	if err != nil {
		return err
	}
	return invalid(wrong)
}

// approve publishes what was proposed.
func (n *noun[T, S]) approve(ctx context.Context, a *App, tx tenants.Tx, in *approvalIn) (*Setting[S], error) {
	if !ownPeople(tx.Actor()) {
		return nil, desk.Refuse(desk.Denied)
	}
	s, err := n.sound(ctx, tx, in.Key, in.Body.Draft)
	if err != nil {
		return nil, err
	}
	if s.Draft.State != "proposed" {
		return nil, desk.Refuse(desk.ChangedMeanwhile).With("current", s.LiveVersion())
	}
	if _, err := settings.Release(ctx, a.Editor, tx, n.kind, in.Key, in.Body.Draft, ""); err != nil {
		return nil, err
	}
	return n.view(ctx, a, tx.ReadTx, in.Key)
}
