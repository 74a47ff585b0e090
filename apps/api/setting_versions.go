package api

import (
	"cmp"
	"context"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// SettingVersionIn names a version of one.
type SettingVersionIn struct {
	SettingPath
	At int `path:"version" minimum:"1"`
}

type comparisonIn struct {
	SettingVersionIn
	With int `query:"with" minimum:"1" required:"true" doc:"The version to compare with"`
}

// versionRoutes are the history of a kind of setting.
func versionRoutes[T, S any](a *App, r *Routes, n *noun[T, S]) {
	op := func(id, summary string, needs []access.Permission, o Op) Op {
		o.ID, o.Summary, o.Tag, o.Needs = id, summary, cmp.Or(n.tag, "Service levels"), needs
		return o
	}
	all := n.at() + "/{key}/versions"
	view(r, "GET "+all, op("list"+n.one+"Versions", "Every version, newest first", readsSettings, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, in *SettingPath) (*List[SettingVersion], error) {
			return n.versions(ctx, tx, in.Key)
		})
	view(r, "GET "+all+"/{version}", op("read"+n.one+"Version", "One version", readsSettings, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, in *SettingVersionIn) (*OldSetting[S], error) {
			return n.version(ctx, tx, in.Key, in.At)
		})
	view(r, "GET "+all+"/{version}/comparison", op("compare"+n.one+"Versions", "What differs between two versions", readsSettings, Op{}),
		func(ctx context.Context, tx tenants.ReadTx, in *comparisonIn) (*Comparison, error) {
			return n.comparison(ctx, tx, in.Key, in.At, in.With)
		})
	act(r, "POST "+all+"/{version}/restoration", op("restore"+n.one, "Publish what an older version said", editsSettings, Op{Answers: 201, Errors: []desk.Code{desk.CalendarNeverOpens}}),
		func(ctx context.Context, tx tenants.Tx, in *SettingVersionIn) (*Setting[S], error) {
			return n.restore(ctx, a, tx, in)
		})
}

// versions are all that a key has had, the newest first.
func (n *noun[T, S]) versions(ctx context.Context, tx tenants.ReadTx, key string) (*List[SettingVersion], error) {
	found, err := n.kind.Versions(ctx, tx, key)
	if err != nil {
		return nil, err
	}
	ids := make([]desk.UserID, len(found))
	for i, v := range found {
		ids[i] = v.Author
	}
	names, err := staff.Names(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	list := &List[SettingVersion]{}
	for _, v := range found {
		list.Items = append(list.Items, versionView(v, names))
	}
	return list, nil
}

func (n *noun[T, S]) version(ctx context.Context, tx tenants.ReadTx, key string, at int) (*OldSetting[S], error) {
	v, err := n.kind.Version(ctx, tx, key, at)
	if err != nil {
		return nil, err
	}
	names, err := staff.Names(ctx, tx, v.Author)
	if err != nil {
		return nil, err
	}
	spec, err := recast[S](v.Spec)
	return &OldSetting[S]{versionView(v, names), spec}, err
}

func (n *noun[T, S]) comparison(ctx context.Context, tx tenants.ReadTx, key string, from, to int) (*Comparison, error) {
	found, err := n.kind.Compare(ctx, tx, key, from, to)
	c := &Comparison{}
	for _, d := range found {
		c.Changes = append(c.Changes, SettingChange(d))
	}
	return c, err
}

// restore publishes an old version if it still makes sense beside the other settings.
func (n *noun[T, S]) restore(ctx context.Context, a *App, tx tenants.Tx, in *SettingVersionIn) (*Setting[S], error) {
	old, err := n.kind.Version(ctx, tx.ReadTx, in.Key, in.At)
	if err != nil {
		return nil, err
	}
	if n.approved != nil && !ownPeople(tx.Actor()) {
		s, err := n.kind.Setting(ctx, tx.ReadTx, in.Key)
		if err != nil {
			return nil, err
		}
		if n.approved(old.Spec) || s.Live != nil && n.approved(s.Live.Spec) {
			return nil, desk.Refuse(desk.Denied)
		}
	}
	body, err := recast[S](old.Spec)
	if err != nil {
		return nil, err
	}
	if _, _, err := n.read(ctx, tx.ReadTx, body, true); err != nil {
		return nil, err
	}
	if err := n.borne(ctx, tx.ReadTx, in.Key, old.Spec); err != nil {
		return nil, err
	}
	if n.ready != nil {
		if err := n.ready(old.Spec, tx.Now()); err != nil {
			return nil, err
		}
	}
	if _, err := settings.GoBack(ctx, a.Editor, tx, n.kind, in.Key, in.At); err != nil {
		return nil, err
	}
	return n.view(ctx, a, tx.ReadTx, in.Key)
}

func versionView[T any](v settings.Version[T], names map[desk.UserID]string) SettingVersion {
	return SettingVersion{
		Version: v.Version, State: SettingState(v.State), Author: author(v.Author, names), Reason: orNil(v.Reason),
		CreatedAt: Instant(v.CreatedAt), PublishedAt: at(v.PublishedAt),
	}
}
