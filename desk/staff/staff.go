package staff

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/jobs"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Log is the tenant's log of facts (desk/events).
type Log interface {
	Record(ctx context.Context, tx tenants.Tx, facts ...desk.Fact) error
}

// Staff are the verbs of this room.
type Staff struct {
	log    Log
	guard  *access.Guard
	editor *settings.Editor
}

// New makes the room's verbs.
func New(log Log, guard *access.Guard) *Staff {
	return &Staff{log: log, guard: guard, editor: settings.NewEditor(log, guard)}
}

// Member is somebody who works in the tenant, or did.
type Member struct {
	ID    desk.UserID
	Email string
	Name  string
	// Provider and Engagement are zero for the tenant's own people.
	Provider   desk.ProviderID
	Engagement desk.EngagementID
	Roles      []string
	Groups     []string
	// Lines are the support lines they work on, 1 to 3.
	Lines []int
	// Skills are levels, 1 to 3, by the key of the skill.
	Skills    map[string]int
	Languages []string
	// Vendor is the third party whose engineer they are; zero for none. They see
	// what was given to that company and nothing else.
	Vendor    desk.CompanyID
	Active    bool
	Version   int
	CreatedAt time.Time
}

// Own reports the tenant's own people: only they can own it.
func (m Member) Own() bool { return m.Provider == 0 && m.Engagement.IsZero() }

type memberRow struct {
	UserID       desk.UserID
	Email        string
	Name         string
	ProviderID   sql.NullInt32
	EngagementID desk.EngagementID
	Roles        []string       `bun:",array"`
	Groups       []string       `bun:",array"`
	Lines        []int          `bun:",array"`
	Skills       map[string]int `bun:"type:jsonb"`
	Languages    []string       `bun:",array"`
	VendorID     desk.CompanyID
	Active       bool
	Version      int
	CreatedAt    time.Time
}

const columns = "user_id, email, name, provider_id, engagement_id, roles, groups, lines, skills, languages, vendor_id, active, version, created_at"

func (r memberRow) member() Member {
	return Member{
		ID: r.UserID, Email: r.Email, Name: r.Name, Provider: desk.ProviderID(r.ProviderID.Int32), Engagement: r.EngagementID,
		Roles: r.Roles, Groups: r.Groups, Lines: r.Lines, Skills: r.Skills, Languages: r.Languages, Vendor: r.VendorID, Active: r.Active, Version: r.Version, CreatedAt: r.CreatedAt,
	}
}

// List gives everybody who works here or did, by name. Rights: member.read.
func (s *Staff) List(ctx context.Context, tx tenants.ReadTx) ([]Member, error) {
	if err := s.guard.Check(ctx, tx, access.MemberRead, access.Object{}); err != nil {
		return nil, err
	}
	return list(ctx, tx, "true")
}

// Get finds a member. Rights: member.read. NotFound for none.
func (s *Staff) Get(ctx context.Context, tx tenants.ReadTx, id desk.UserID) (Member, error) {
	if err := s.guard.Check(ctx, tx, access.MemberRead, access.Object{}); err != nil {
		return Member{}, err
	}
	return one(ctx, tx, id, "")
}

func list(ctx context.Context, tx tenants.ReadTx, where string, args ...any) ([]Member, error) {
	var rows []memberRow
	if err := tx.Query(ctx, &rows, "select "+columns+" from ?tenant.staff where "+where+" order by name, user_id", args...); err != nil {
		return nil, fmt.Errorf("list staff: %w", err)
	}
	all := make([]Member, len(rows))
	for i, row := range rows {
		all[i] = row.member()
	}
	return all, nil
}

func one(ctx context.Context, tx tenants.ReadTx, id desk.UserID, lock string) (Member, error) {
	var row memberRow
	err := tx.Query(ctx, &row, "select "+columns+" from ?tenant.staff where user_id = $1 "+lock, id)
	if errors.Is(err, sql.ErrNoRows) {
		return Member{}, desk.Missing()
	}
	if err != nil {
		return Member{}, fmt.Errorf("find a member: %w", err)
	}
	return row.member(), nil
}

// The facts of members.
const (
	FactJoined  = "member.joined"
	FactChanged = "member.changed"
	FactLeft    = "member.left"
)

// record writes a fact about a member and tells every process and screen that
// rights have changed.
func (s *Staff) record(ctx context.Context, tx tenants.Tx, what string, id desk.UserID, data map[string]any) error {
	encoded, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("encode a fact: %w", err)
	}
	err = s.log.Record(ctx, tx, desk.Fact{Subject: id.Any(), SubjectKind: "member", At: tx.Now(), Actor: tx.Actor(), Type: what, Data: encoded})
	if err != nil {
		return err
	}
	return Changed(ctx, tx)
}

// Changed tells every process and every open screen that rights in the tenant
// have changed: at once if the message comes, within a second if it is lost.
func Changed(ctx context.Context, tx tenants.Tx) error {
	if err := tx.AccessChanged(ctx); err != nil {
		return err
	}
	return jobs.Enqueue(ctx, tx, desk.Job{Name: "live.access.changed", Lane: desk.Critical})
}
