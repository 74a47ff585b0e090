package joining

import (
	"context"
	"errors"

	"manydesk/desk"
	"manydesk/jobs"
	"manydesk/tenants"
)

// Renamed is the handler of people.Renamed: the tenant's staff row takes the
// name and address that the account has now.
func (j *Joining) Renamed(ctx context.Context, w *jobs.Work) error {
	user, err := j.people.User(ctx, desk.UserID(w.Subject))
	if err != nil {
		return err
	}
	err = j.house.Do(ctx, w.Tenant, desk.Automaton("joining"), func(ctx context.Context, tx tenants.Tx) error {
		if err := j.staff.Rename(ctx, tx, user.ID, user.Name, user.Email); err != nil {
			return err
		}
		return w.Done(ctx, tx)
	})
	if errors.Is(err, jobs.ErrDone) {
		return nil
	}
	return err
}
