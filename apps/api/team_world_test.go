package api

import (
	"context"
	"time"

	"manydesk/desk"
	"manydesk/tenants"
)

// stays leaves tickets where they are: no worker runs in the tests of the edge.
type stays struct{}

func (stays) Release(context.Context, tenants.Tx, desk.UserID, string) (int, error) { return 0, nil }

// circles are a skill that is published and drafted anew, and a group's draft.
func (v *village) circles() {
	v.t.Helper()
	spec := map[string]any{"spec": map[string]any{"name": map[string]any{"ru": "Имя", "en": "Name"}}}
	v.vera.want(201, "POST", acmePath+"/skills", map[string]any{"key": "co2", "spec": spec["spec"]})
	v.vera.want(201, "POST", acmePath+"/skills/co2/publications", map[string]any{"draft": 1})
	v.vera.want(200, "PATCH", acmePath+"/skills/co2/draft", spec)
	v.vera.want(200, "PATCH", acmePath+"/groups/first/draft", spec)
}

// vendor is the id of a third party of acme.
func (v *village) vendor() string {
	v.t.Helper()
	return v.vera.want(201, "POST", acmePath+"/vendors", map[string]any{"name": "Cold Works"}).json(v.t)["id"].(string)
}

// absence is the id of one of the owner's.
func (v *village) absence() string {
	v.t.Helper()
	from := v.house.Clock()().Add(time.Hour)
	return v.vera.want(201, "POST", acmePath+"/absences", map[string]any{"person": v.owner.ID.String(), "starts_at": from, "ends_at": from.Add(time.Hour)}).json(v.t)["id"].(string)
}
