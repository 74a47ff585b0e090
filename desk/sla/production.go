package sla

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

//go:embed production
var shipped embed.FS

// ProductionYear is a country's calendar of a year: which dates are off, which
// are worked instead, which end an hour earlier.
type ProductionYear struct {
	Country string `json:"country"`
	Year    int    `json:"year"`
	// State is Decreed, or ByLaw for a year of which only the law is known yet.
	State  string         `json:"state"`
	Source settings.Words `json:"source"`
	// Off are holidays and days off for them, weekends among them where they are holidays.
	Off []ProductionDay `json:"off"`
	// Working are dates of a weekend that are worked.
	Working []ProductionDay `json:"working"`
	// Short are working days that end an hour earlier.
	Short []ProductionDay `json:"short"`
	// Added tells a year of the installation from one of the binary.
	Added bool `json:"-"`
}

// ProductionDay is one date.
type ProductionDay struct {
	Date string         `json:"date"`
	Name settings.Words `json:"name,omitzero"`
	// Like is the date whose weekday a moved working day takes its hours from.
	Like string `json:"like,omitempty"`
}

// What is known of a year.
const (
	Decreed = "decreed"
	ByLaw   = "by_law"
)

// MostProduction bounds the file of a year, in bytes.
const MostProduction = 256 << 10

var countries = regexp.MustCompile(`^[A-Z]{2}$`)

// ReadProduction reads the file of a year.
//
// Errors: TooLarge; ValidationFailed for each wrong member.
func ReadProduction(from io.Reader) (ProductionYear, error) {
	text, err := io.ReadAll(io.LimitReader(from, MostProduction+1))
	if err != nil {
		return ProductionYear{}, fmt.Errorf("read a production calendar: %w", err)
	}
	if len(text) > MostProduction {
		return ProductionYear{}, desk.Refuse(desk.TooLarge, "limit", "256 KB")
	}
	var y ProductionYear
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&y); err != nil {
		return ProductionYear{}, desk.Refuse(desk.BodyUnreadable, "why", err.Error())
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return ProductionYear{}, desk.Refuse(desk.BodyUnreadable, "why", "more than one object")
	}
	return y, y.Validate()
}

// Validate names every wrong member.
func (y ProductionYear) Validate() error {
	var wrong []desk.FieldError
	if !countries.MatchString(y.Country) {
		wrong = append(wrong, desk.Field("country", desk.Pattern, "pattern", "RU"))
	}
	if y.Year < 1990 {
		wrong = append(wrong, desk.Field("year", desk.Minimum, "min", 1990))
	}
	if y.Year > 2200 {
		wrong = append(wrong, desk.Field("year", desk.Maximum, "max", 2200))
	}
	if y.State != Decreed && y.State != ByLaw {
		wrong = append(wrong, desk.Field("state", desk.OneOf, "of", Decreed+", "+ByLaw))
	}
	wrong = append(wrong, lengths("source", y.Source)...)
	if len(y.Off) == 0 {
		wrong = append(wrong, desk.Field("off", desk.Required))
	}
	off, working := map[string]bool{}, map[string]bool{}
	for _, list := range []struct {
		name string
		days []ProductionDay
		seen map[string]bool
	}{{"off", y.Off, off}, {"working", y.Working, working}, {"short", y.Short, map[string]bool{}}} {
		for i, d := range list.days {
			at := fmt.Sprintf("%s/%d", list.name, i)
			switch _, ok := dayOf(d.Date); {
			case !ok || !strings.HasPrefix(d.Date, strconv.Itoa(y.Year)+"-"):
				wrong = append(wrong, desk.Field(at+"/date", desk.Date))
			case list.seen[d.Date]:
				wrong = append(wrong, desk.Field(at+"/date", desk.Unique))
			case list.name != "off" && off[d.Date]:
				wrong = append(wrong, desk.Field(at+"/date", desk.Overlap))
			}
			if _, ok := dayOf(d.Like); d.Like != "" && !ok {
				wrong = append(wrong, desk.Field(at+"/like", desk.Date))
			}
			list.seen[d.Date] = true
			wrong = append(wrong, lengths(at+"/name", d.Name)...)
		}
	}
	return desk.Invalid(wrong...)
}

func lengths(at string, w settings.Words) (wrong []desk.FieldError) {
	for language, text := range map[string]string{"ru": w.RU, "en": w.EN} {
		if utf8.RuneCountInString(text) > longestName {
			wrong = append(wrong, desk.Field(at+"/"+language, desk.MaxLength, "max", longestName))
		}
	}
	return wrong
}

// reader is a handle that reads the shared schema: a tenant's or the installation's.
type reader interface {
	Query(ctx context.Context, dest any, query string, args ...any) error
}

// ProductionYears gives the years there are, by country and year: those of the
// binary, and those that the installation added, which win.
func ProductionYears(ctx context.Context, tx reader) ([]ProductionYear, error) {
	var rows []struct{ Spec json.RawMessage }
	if err := tx.Query(ctx, &rows, "select spec from manydesk.production_calendars order by country, year"); err != nil {
		return nil, fmt.Errorf("read production calendars: %w", err)
	}
	all, err := shippedYears()
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		y := ProductionYear{Added: true}
		if err := json.Unmarshal(row.Spec, &y); err != nil {
			return nil, fmt.Errorf("read a production calendar: %w", err)
		}
		all = slices.DeleteFunc(all, func(had ProductionYear) bool { return had.Country == y.Country && had.Year == y.Year })
		all = append(all, y)
	}
	slices.SortFunc(all, func(a, b ProductionYear) int {
		if c := strings.Compare(a.Country, b.Country); c != 0 {
			return c
		}
		return a.Year - b.Year
	})
	return all, nil
}

func shippedYears() (all []ProductionYear, err error) {
	err = fs.WalkDir(shipped, "production", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		f, err := shipped.Open(path)
		if err != nil {
			return fmt.Errorf("open %s: %w", path, err)
		}
		defer f.Close() //nolint:errcheck // only read
		y, err := ReadProduction(f)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		all = append(all, y)
		return nil
	})
	return all, err
}

// AddProductionYear keeps a year for the whole installation; the one there was is replaced.
//
// Errors: ValidationFailed.
func AddProductionYear(ctx context.Context, tx tenants.SharedTx, y ProductionYear) error {
	if err := y.Validate(); err != nil {
		return err
	}
	spec, err := json.Marshal(y)
	if err != nil {
		return fmt.Errorf("encode a production calendar: %w", err)
	}
	_, err = tx.Exec(ctx, `insert into manydesk.production_calendars (country, year, spec, added_at) values ($1, $2, $3, $4)
		on conflict (country, year) do update set spec = excluded.spec, added_at = excluded.added_at`, y.Country, y.Year, spec, tx.Now())
	if err != nil {
		return fmt.Errorf("keep a production calendar: %w", err)
	}
	return nil
}
