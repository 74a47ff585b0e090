package queue

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Saved is a view that somebody keeps: a question to the worklist with a name.
type Saved struct {
	ID    desk.ViewID
	Owner desk.UserID
	// OwnerName is theirs as it is now.
	OwnerName string
	Version   int
	Kept
}

// Kept is what of a saved view its owner chooses.
type Kept struct {
	Name string
	// Scope is the tenant that it looks at; zero is all of the reader's.
	Scope desk.TenantID
	// Shared gives it to everybody who works in Scope. It shows each reader what
	// they themselves may see, and "me" in it is the reader.
	Shared bool
	Look   Look
}

// Look is the question. Filter is the text of lists, which the API reads.
type Look struct {
	View   View            `json:"view"`
	Filter string          `json:"filter,omitempty"`
	Where  conditions.Tree `json:"where,omitzero"`
}

// The most that a person keeps, and the longest name, in characters.
const (
	mostSaved   = 100
	longestName = 60
)

type savedRow struct {
	ID       desk.ViewID
	OwnerID  desk.UserID
	Owner    string
	TenantID sql.NullInt32
	Shared   bool
	Name     string
	Look     json.RawMessage
	Version  int
}

func (r *savedRow) saved() (Saved, error) {
	s := Saved{ID: r.ID, Owner: r.OwnerID, OwnerName: r.Owner, Version: r.Version, Kept: Kept{Name: r.Name, Scope: desk.TenantID(r.TenantID.Int32), Shared: r.Shared}}
	if err := json.Unmarshal(r.Look, &s.Look); err != nil {
		return s, fmt.Errorf("read the view %s: %w", r.ID, err)
	}
	return s, nil
}

// A reader has what is their own and what is shared in the tenants they work in;
// a view of a tenant that is theirs no more is not told.
const savedSQL = `select v.id, v.owner_id, coalesce(u.name, '') as owner, v.tenant_id, v.shared, v.name, v.look, v.version
	from manydesk.views v left join manydesk.users u on u.id = v.owner_id
	where (v.owner_id = $1 and (v.tenant_id is null or v.tenant_id = any($2)) or v.shared and v.tenant_id = any($2))`

// Saved lists the views that the actor has: their own first, then those that are
// shared with them, by name.
func (q *Queue) Saved(ctx context.Context, actor desk.Actor, all []tenants.Tenant) ([]Saved, error) {
	var rows []savedRow
	err := q.house.SharedReader(actor).Query(ctx, &rows, savedSQL+" order by v.owner_id <> $1, lower(v.name), v.id limit 500", actor.User(), numbers(all))
	if err != nil {
		return nil, fmt.Errorf("read the saved views: %w", err)
	}
	views := make([]Saved, len(rows))
	for i := range rows {
		if views[i], err = rows[i].saved(); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// hold finds a view that the actor may change.
func (q *Queue) hold(ctx context.Context, actor desk.Actor, all []tenants.Tenant, id desk.ViewID) (*Saved, error) {
	var rows []savedRow
	if err := q.house.SharedReader(actor).Query(ctx, &rows, savedSQL+" and v.id = $3", actor.User(), numbers(all), id); err != nil {
		return nil, fmt.Errorf("read a saved view: %w", err)
	}
	if len(rows) == 0 {
		return nil, desk.Missing()
	}
	s, err := rows[0].saved()
	if err != nil {
		return nil, err
	}
	may, err := q.MayEdit(ctx, actor, all, &s)
	if err != nil {
		return nil, err
	}
	if !may {
		return nil, desk.Refuse(desk.Denied)
	}
	return &s, nil
}

func (q *Queue) mayShare(ctx context.Context, actor desk.Actor, all []tenants.Tenant, scope desk.TenantID) error {
	may, err := q.edits(ctx, actor, all, scope)
	if err == nil && !may {
		return desk.Refuse(desk.Denied)
	}
	return err
}

func (q *Queue) edits(ctx context.Context, actor desk.Actor, all []tenants.Tenant, scope desk.TenantID) (bool, error) {
	for _, t := range all {
		if t.ID == scope {
			return q.guard.Any(ctx, t, actor, access.SettingsEdit)
		}
	}
	return false, nil
}

// check names every wrong field, and gives the question as it is stored.
func (k *Kept) check() (look string, err error) {
	var wrong []desk.FieldError
	k.Name = strings.TrimSpace(k.Name)
	switch n := utf8.RuneCountInString(k.Name); {
	case n == 0:
		wrong = append(wrong, desk.Field("name", desk.Required))
	case n > longestName:
		wrong = append(wrong, desk.Field("name", desk.MaxLength, "max", longestName))
	}
	known := false
	for _, v := range Views() {
		known = known || v == k.Look.View
	}
	if !known {
		wrong = append(wrong, desk.Field("view", desk.OneOf, "of", "urgent, mine, unassigned, waiting_client, all"))
	}
	if k.Shared && k.Scope == 0 {
		wrong = append(wrong, desk.Field("scope", desk.Required))
	}
	wrong = append(wrong, Words().Check(k.Look.Where, "/body/where")...)
	if err := desk.Invalid(wrong...); err != nil {
		return "", err
	}
	b, err := json.Marshal(k.Look)
	if err != nil {
		return "", fmt.Errorf("encode a view: %w", err)
	}
	return string(b), nil
}

func numbers(all []tenants.Tenant) []int32 {
	ids := make([]int32, len(all))
	for i, t := range all {
		ids[i] = int32(t.ID)
	}
	return ids
}
