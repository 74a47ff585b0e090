package customers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"manydesk/desk"
	"manydesk/tenants"
	"manydesk/tenants/access"
)

// Vendor is a third party that work is given to.
type Vendor struct {
	ID   desk.CompanyID
	Name string
	// Engineers of it work here now; Open are its open tickets.
	Engineers, Open int
	EndedAt         time.Time
}

// The facts of vendors.
const (
	FactVendorAdded   = "vendor.added"
	FactVendorChanged = "vendor.changed"
	FactVendorEnded   = "vendor.ended"
)

type vendorRow struct {
	ID              desk.CompanyID
	Name            string
	Engineers, Open int
	ArchivedAt      bun.NullTime
}

const vendorColumns = `select c.id, c.name, c.archived_at, (select count(*) from ?tenant.staff s where s.vendor_id = c.id and s.active) as engineers,
	(select count(*) from manydesk.ticket_index i where i.tenant_id = $1 and i.vendor_id = c.id) as open from ?tenant.companies c where c.kind = 'vendor'`

func (r vendorRow) vendor() Vendor {
	return Vendor{r.ID, r.Name, r.Engineers, r.Open, r.ArchivedAt.Time}
}

// Vendors lists the third parties by name, those that ended last.
//
// Rights: member.read. Errors: NotFound.
func (c *Customers) Vendors(ctx context.Context, tx tenants.ReadTx) ([]Vendor, error) {
	if err := c.guard.Check(ctx, tx, access.MemberRead, access.Object{}); err != nil {
		return nil, err
	}
	var rows []vendorRow
	if err := tx.Query(ctx, &rows, vendorColumns+" order by c.archived_at is not null, c.name, c.id", int32(tx.Tenant().ID)); err != nil {
		return nil, fmt.Errorf("list vendors: %w", err)
	}
	all := make([]Vendor, len(rows))
	for i, row := range rows {
		all[i] = row.vendor()
	}
	return all, nil
}

// Vendor finds one, ended or not. Rights are those of the caller. NotFound for none.
func (c *Customers) Vendor(ctx context.Context, tx tenants.ReadTx, id desk.CompanyID) (Vendor, error) {
	return vendor(ctx, tx, id, "")
}

func vendor(ctx context.Context, tx tenants.ReadTx, id desk.CompanyID, lock string) (Vendor, error) {
	var row vendorRow
	err := tx.Query(ctx, &row, vendorColumns+" and c.id = $2"+lock, int32(tx.Tenant().ID), id)
	if errors.Is(err, sql.ErrNoRows) {
		return Vendor{}, desk.Missing()
	}
	if err != nil {
		return Vendor{}, fmt.Errorf("find a vendor: %w", err)
	}
	return row.vendor(), nil
}

// AddVendor makes a third party. Rights: member.manage. Fact vendor.added.
//
// Errors: Denied; ValidationFailed; taken on name.
func (c *Customers) AddVendor(ctx context.Context, tx tenants.Tx, name string) (Vendor, error) {
	if err := c.guard.Check(ctx, tx.ReadTx, access.MemberManage, access.Object{}); err != nil {
		return Vendor{}, err
	}
	v := Vendor{ID: desk.NewCompanyID(tx.Now()), Name: name}
	if err := c.vendorName(ctx, tx, &v); err != nil {
		return Vendor{}, err
	}
	if _, err := tx.Exec(ctx, "insert into ?tenant.companies (id, kind, name, created_at) values ($1, 'vendor', $2, $3)", v.ID, v.Name, tx.Now()); err != nil {
		return Vendor{}, fmt.Errorf("insert a vendor: %w", err)
	}
	return v, c.record(ctx, tx, v.ID.Any(), "vendor", FactVendorAdded, nil)
}

// vendorName tidies a name that no other working vendor has.
func (c *Customers) vendorName(ctx context.Context, tx tenants.Tx, v *Vendor) error {
	if err := desk.Invalid(named("name", &v.Name)...); err != nil {
		return err
	}
	taken := false
	err := tx.QueryRow(ctx, "select exists (select from ?tenant.companies where kind = 'vendor' and archived_at is null and manydesk.fold(name) = manydesk.fold($1) and id <> $2)", []any{v.Name, v.ID}, &taken)
	if err != nil {
		return fmt.Errorf("look for a name: %w", err)
	}
	if taken {
		return desk.Invalid(desk.Field("name", desk.Taken))
	}
	return nil
}

// VendorChange is what is changed of a vendor; nil leaves it as it is.
type VendorChange struct {
	Name  *string
	Ended *bool
}

// ChangeVendor renames a third party, ends the work with it or takes it up again.
// What becomes of its people and tickets is desk/flows/team's. Rights:
// member.manage. Facts vendor.changed, vendor.ended.
//
// Errors: NotFound; Denied; ValidationFailed; taken on name.
func (c *Customers) ChangeVendor(ctx context.Context, tx tenants.Tx, id desk.CompanyID, in VendorChange) (Vendor, error) {
	if err := c.guard.Check(ctx, tx.ReadTx, access.MemberManage, access.Object{}); err != nil {
		return Vendor{}, err
	}
	v, err := vendor(ctx, tx.ReadTx, id, " for no key update of c")
	if err != nil {
		return v, err
	}
	was, fact := v, FactVendorChanged
	if in.Name != nil {
		v.Name = *in.Name
	}
	if in.Ended != nil && *in.Ended != !v.EndedAt.IsZero() {
		v.EndedAt = time.Time{}
		if *in.Ended {
			v.EndedAt, fact = tx.Now(), FactVendorEnded
		}
	}
	if v == was {
		return v, nil
	}
	if err := c.vendorName(ctx, tx, &v); err != nil {
		return v, err
	}
	var ended *time.Time
	if !v.EndedAt.IsZero() {
		ended = &v.EndedAt
	}
	if _, err := tx.Exec(ctx, "update ?tenant.companies set name = $2, archived_at = $3, version = version + 1 where id = $1", id, v.Name, ended); err != nil {
		return v, fmt.Errorf("change a vendor: %w", err)
	}
	var changes []string
	if v.Name != was.Name {
		changes = append(changes, "name")
	}
	return v, c.record(ctx, tx, id.Any(), "vendor", fact, changes)
}
