package joining

import (
	"context"
	"errors"

	"manydesk/desk"
	"manydesk/desk/staff"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/people"
)

// EndTimer is the kind of the timer at an engagement's end, EndJob the job it leaves.
const (
	EndTimer = "engagement_end"
	EndJob   = "joining.engagement_end"
)

// End ends an engagement, from either side: memberships and staff rows of its
// people are closed and every process compiles rights anew, in one transaction.
// Rights as of Offer. Fact engagement.ended; ending twice changes nothing.
//
// Errors: NotFound; ChangedMeanwhile (version 0 is any).
func (j *Joining) End(ctx context.Context, tenant tenants.Tenant, actor desk.Actor, side people.Side, id desk.EngagementID, version int) (e people.Engagement, err error) {
	err = j.house.Both(ctx, tenant, actor, func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		found, err := j.people.Engagement(ctx, id)
		switch {
		case err != nil:
			return err
		case found.Tenant != tenant.ID:
			return desk.Missing()
		case side == people.ProviderSide || actor.Provider != found.Provider.ID:
			// A provider's person may end the engagement for the tenant too: who
			// gives access back needs no arm's length.
			if err := j.speaks(ctx, tx, side, found.Provider.ID); err != nil {
				return err
			}
		}
		e, err = j.end(ctx, shared, tx, id, version)
		return err
	})
	return e, err
}

func (j *Joining) end(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx, id desk.EngagementID, version int) (people.Engagement, error) {
	before, err := j.people.Engagement(ctx, id)
	if err != nil {
		return before, err
	}
	e, left, err := j.people.End(ctx, shared, id, version)
	if err != nil {
		return e, err
	}
	if e.Version == before.Version {
		return e, nil
	}
	if err := j.staff.LeaveEngagement(ctx, tx, id); err != nil {
		return e, err
	}
	if err := jobs.SetTimers(ctx, tx, desk.Timer{Subject: id.Any(), Kind: EndTimer}); err != nil {
		return e, err
	}
	if err := j.told(ctx, tx, e, map[string]any{"people": left}); err != nil {
		return e, err
	}
	return e, staff.Changed(ctx, tx)
}

// Due is the timer's handler. Rights have ended by themselves at that moment;
// this leaves the job that writes it down, because a timer's unit cannot reach
// the shared schema.
func (j *Joining) Due(ctx context.Context, tx tenants.Tx, t desk.Timer) error {
	return jobs.Enqueue(ctx, tx, desk.Job{Name: EndJob, Lane: desk.Critical, Subject: t.Subject})
}

// EndDue is the job's handler: it ends an engagement whose time is over.
func (j *Joining) EndDue(ctx context.Context, w *jobs.Work) error {
	err := j.house.Both(ctx, w.Tenant, desk.Automaton("timer"), func(ctx context.Context, shared tenants.SharedTx, tx tenants.Tx) error {
		id := desk.EngagementID(w.Subject)
		e, err := j.people.Engagement(ctx, id)
		if err != nil && !desk.Is(err, desk.NotFound) {
			return err
		}
		if err == nil && e.State == people.Ended {
			if _, err := j.end(ctx, shared, tx, id, 0); err != nil {
				return err
			}
		}
		return w.Done(ctx, tx)
	})
	if errors.Is(err, jobs.ErrDone) {
		return nil
	}
	return err
}
