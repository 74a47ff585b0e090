package team

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/customers"
	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/rota"
)

// The jobs that facts leave (wire.go): a member was changed or left, a vendor ended.
const (
	JobMember = "team.member"
	JobVendor = "team.vendor"
)

// Member is the handler of JobMember: it waits for the moments at which somebody
// who works here comes or goes, gives on what somebody has who works
// here no more, and takes back what lies in a group that they were the last of.
func (t *Team) Member(ctx context.Context, w *jobs.Work) error {
	user := desk.UserID(w.Subject)
	tx := t.house.Reader(w.Tenant, me)
	m, err := t.staff.Get(ctx, tx, user)
	if err != nil {
		return err
	}
	lost, why, err := t.lost(ctx, tx, w, m)
	if err != nil {
		return err
	}
	returned := map[string]int{}
	for _, group := range lost {
		empty, err := emptied(ctx, tx, group)
		if err != nil {
			return err
		}
		if !empty {
			continue
		}
		// Who left gives everything up anyway.
		if m.Active {
			spec, err := settings.Groups.Live(ctx, tx, group)
			if err != nil {
				return err
			}
			returned[group], err = t.back(ctx, w.Tenant, settings.Words{
				RU: fmt.Sprintf("В группе «%s» никого не осталось.", spec.Spec.Name.In("ru")), EN: fmt.Sprintf("Nobody is left in the group “%s”.", spec.Spec.Name.In("en")),
			}, "i.group_key = $2 and i.assignee_id = $3", group, user)
			if err != nil {
				return err
			}
		} else {
			returned[group] = 0
		}
	}
	err = t.house.Do(ctx, w.Tenant, me, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil {
			return err
		}
		if !m.Active {
			if _, err := t.releaser.Release(ctx, tx, user, why); err != nil {
				return err
			}
			if err := jobs.SetTimers(ctx, tx, desk.Timer{Subject: user.Any(), Kind: Timer}); err != nil {
				return err
			}
		} else if err := t.look(ctx, tx, user, time.Time{}); err != nil {
			return err
		}
		for _, group := range slices.Sorted(maps.Keys(returned)) {
			if m.Active {
				if err := t.tell(ctx, tx, returning{Cause: "group_emptied", Person: user, Group: group, Since: w.Created}); err != nil {
					return err
				}
			}
			if err := t.record(ctx, tx, user.Any(), "member", FactEmptied, map[string]any{"group": group, "returned": returned[group]}); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, jobs.ErrDone) {
		return nil
	}
	return err
}

// lost are the groups that the member was in before the fact and is not now, and
// why they went if they went.
func (t *Team) lost(ctx context.Context, tx tenants.ReadTx, w *jobs.Work, m staff.Member) (lost []string, why string, err error) {
	var raw []byte
	if err := tx.QueryRow(ctx, "select data from ?tenant.facts where subject_id = $1 and seq = $2", []any{w.Subject, w.Seq}, &raw); err != nil {
		return nil, "", fmt.Errorf("read what changed: %w", err)
	}
	var data struct {
		Why     string                `json:"why"`
		Changes []settings.Difference `json:"changes"`
	}
	if err := json.Unmarshal(raw, &data); err != nil {
		return nil, "", fmt.Errorf("decode what changed: %w", err)
	}
	if !m.Active {
		if data.Why == "engagement" {
			return m.Groups, engagementEnded, nil
		}
		return m.Groups, removed, nil
	}
	for _, c := range data.Changes {
		if was, ok := c.From.(string); ok && strings.HasPrefix(c.Path, "/groups/") && !slices.Contains(m.Groups, was) {
			lost = append(lost, was)
		}
	}
	return lost, "", nil
}

// JobReturned tells those who hand out work that tickets came back to nobody.
const JobReturned = "team.returned"

// returning is why tickets came back, and since when.
type returning struct {
	Cause  string         `json:"cause"`
	Person desk.UserID    `json:"person,omitzero"`
	Group  string         `json:"group,omitempty"`
	Vendor desk.CompanyID `json:"vendor,omitzero"`
	Since  time.Time      `json:"since"`
}

func (t *Team) tell(ctx context.Context, tx tenants.Tx, why returning) error {
	data, err := json.Marshal(why)
	if err != nil {
		return fmt.Errorf("encode why tickets came back: %w", err)
	}
	return jobs.Enqueue(ctx, tx, desk.Job{Name: JobReturned, Lane: desk.MailLane, Data: data})
}

// emptied reports a group that there is and that nobody who works here is in.
func emptied(ctx context.Context, tx tenants.ReadTx, group string) (bool, error) {
	left, err := staff.InGroup(ctx, tx, group)
	if err != nil || len(left) > 0 {
		return false, err
	}
	_, err = settings.Groups.Live(ctx, tx, group)
	if desk.Is(err, desk.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// ChangeVendor changes a vendor (customers.ChangeVendor). When the work with it
// ends, its engineers' work here ends too, in the same unit; their tickets follow.
//
// Rights and errors as of customers.ChangeVendor.
func (t *Team) ChangeVendor(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, id desk.CompanyID, in customers.VendorChange) (v customers.Vendor, err error) {
	err = t.house.Both(ctx, tenant, actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		if v, err = t.customers.ChangeVendor(ctx, tx, id, in); err != nil || v.EndedAt.IsZero() {
			return err
		}
		engineers, err := staff.OfVendor(ctx, tx.ReadTx, id)
		if err != nil || len(engineers) == 0 {
			return err
		}
		ids := make([]desk.UserID, len(engineers))
		for i, m := range engineers {
			ids[i] = m.ID
		}
		if err := t.staff.Leave(ctx, tx, "vendor", ids...); err != nil {
			return err
		}
		v.Engineers = 0
		return t.people.Leave(ctx, shared, tenant.ID, ids...)
	})
	return v, err
}

// Vendor is the handler of JobVendor: what was given to a vendor that ended goes
// back to the groups.
func (t *Team) Vendor(ctx context.Context, w *jobs.Work) error {
	v, err := t.customers.Vendor(ctx, t.house.Reader(w.Tenant, me), desk.CompanyID(w.Subject))
	if err != nil {
		return err
	}
	if !v.EndedAt.IsZero() { // else it was taken up again meanwhile
		why := settings.Words{RU: fmt.Sprintf("Работа с исполнителем «%s» закончена.", v.Name), EN: fmt.Sprintf("The work with “%s” has ended.", v.Name)}
		if _, err := t.back(ctx, w.Tenant, why, "i.vendor_id = $2", v.ID); err != nil {
			return err
		}
	}
	err = t.house.Do(ctx, w.Tenant, me, func(ctx context.Context, tx tenants.Tx) error {
		if err := w.Done(ctx, tx); err != nil {
			return err
		}
		if !v.EndedAt.IsZero() {
			if err := t.tell(ctx, tx, returning{Cause: "vendor_ended", Vendor: v.ID, Since: w.Created}); err != nil {
				return err
			}
		}
		return jobs.Enqueue(ctx, tx, desk.Job{Name: rota.HintLoad, Lane: desk.Critical})
	})
	if errors.Is(err, jobs.ErrDone) {
		return nil
	}
	return err
}
