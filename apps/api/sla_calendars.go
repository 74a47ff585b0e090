package api

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"manydesk/apps/api/words"
	"manydesk/desk"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/tenants"
)

// ProductionCalendar is a country whose special days are known.
type ProductionCalendar struct {
	Country  string              `json:"country"`
	Years    []int               `json:"years"`
	Editions []ProductionEdition `json:"editions"`
}

// ProductionEdition is how much is known of a year.
type ProductionEdition struct {
	Year   int    `json:"year"`
	State  string `json:"state" enum:"decreed,by_law" doc:"by_law: moved days are not decreed yet and not in it"`
	Source string `json:"source"`
	Added  bool   `json:"added" doc:"Added by the installation, not the product's own"`
}

type specialDaysIn struct {
	SettingPath
	Body struct {
		Country string `json:"country" minLength:"2" maxLength:"2"`
		Years   []int  `json:"years" minItems:"1" maxItems:"20"`
	}
}

// FilledCalendar is a calendar whose draft was changed by a file or a production calendar.
type FilledCalendar struct {
	Setting[Calendar]
	Changes  []DayChange    `json:"changes"`
	Problems []ProblemField `json:"problems" doc:"Events of the file that were left out, and why"`
}

// DayChange is what became of a date.
type DayChange struct {
	Date string `json:"date"`
	Kind string `json:"kind" enum:"off,working,short,dropped"`
	Name Words  `json:"name"`
}

type (
	calendarNoun = noun[sla.CalendarSpec, Calendar]
	icalIn       struct {
		SettingPath
		Language string `query:"language" enum:"ru,en" doc:"Of the titles; the caller's if absent"`
	}
)

// largestICal bounds a file of dates.
const largestICal = 1 << 20

func (a *App) calendarRoutes(r *Routes, n *calendarNoun) {
	const tag = "Service levels"
	one := n.at() + "/{key}"
	view(r, "GET /v1/tenants/{tenant}/production-calendars", Op{ID: "listProductionCalendars", Tag: tag, Summary: "Countries and years whose special days are known", Needs: readsSettings},
		func(ctx context.Context, tx tenants.ReadTx, _ *noInput) (*List[ProductionCalendar], error) {
			years, err := sla.ProductionYears(ctx, tx)
			return productionView(years, tx.Actor().Language), err
		})
	act(r, "POST "+one+"/special-days", Op{ID: "fillSpecialDays", Tag: tag, Summary: "Put a country's special days into the draft", Needs: editsSettings, Answers: 201},
		func(ctx context.Context, tx tenants.Tx, in *specialDaysIn) (*FilledCalendar, error) {
			return a.fillSpecialDays(ctx, tx, n, in)
		})
	carry(r, "GET "+one+"/ical", Op{ID: "readCalendarFile", Tag: tag, Summary: "Special dates as iCalendar", Needs: readsSettings, Bytes: "text/calendar"},
		func(ctx context.Context, c Caller, in *icalIn, _ io.Reader, w *Answer) error {
			tx := a.house.Reader(c.Tenant, c.Actor)
			s, err := n.kind.Setting(ctx, tx, in.Key)
			if err != nil {
				return err
			}
			language := c.Language
			if in.Language != "" {
				language = in.Language
			}
			spec := s.Spec()
			f := sla.Feed{ID: in.Key + "." + c.Tenant.Slug, Title: spec.Name.In(language), TimeZone: spec.TimeZone, Language: language, At: tx.Now()}
			if s.Live != nil {
				f.At = s.Live.PublishedAt
			}
			w.Set("Content-Disposition", `attachment; filename="`+in.Key+`.ics"`)
			w.Set("X-Content-Type-Options", "nosniff")
			w.whole("text/calendar; charset=utf-8", sla.WriteICal(f, spec.Specials()))
			return nil
		})
	carry(r, "PUT "+one+"/ical", Op{ID: "putCalendarFile", Tag: tag, Summary: "Replace the special dates of the years in an iCalendar file, in the draft", Needs: editsSettings, Bytes: "text/calendar", Limit: largestICal, Errors: []desk.Code{desk.TooLarge}},
		func(ctx context.Context, c Caller, in *icalIn, body io.Reader, w *Answer) error {
			return a.putICal(ctx, c, n, in, body, w)
		})
}

func productionView(years []sla.ProductionYear, language string) *List[ProductionCalendar] {
	list := &List[ProductionCalendar]{}
	for _, y := range years {
		i := slices.IndexFunc(list.Items, func(c ProductionCalendar) bool { return c.Country == y.Country })
		if i < 0 {
			i = len(list.Items)
			list.Items = append(list.Items, ProductionCalendar{Country: y.Country})
		}
		c := &list.Items[i]
		c.Years = append(c.Years, y.Year)
		c.Editions = append(c.Editions, ProductionEdition{y.Year, y.State, y.Source.In(language), y.Added})
	}
	return list
}

// fillSpecialDays puts years of a country into what is drafted, else into what is live.
func (a *App) fillSpecialDays(ctx context.Context, tx tenants.Tx, n *calendarNoun, in *specialDaysIn) (*FilledCalendar, error) {
	s, err := n.kind.Setting(ctx, tx.ReadTx, in.Key)
	if err != nil {
		return nil, err
	}
	known, err := sla.ProductionYears(ctx, tx.ReadTx)
	if err != nil {
		return nil, err
	}
	var wanted []sla.ProductionYear
	var wrong []desk.FieldError
	for i, year := range in.Body.Years {
		at := slices.IndexFunc(known, func(y sla.ProductionYear) bool { return y.Country == in.Body.Country && y.Year == year })
		if at < 0 {
			wrong = append(wrong, desk.Field(fmt.Sprintf("years/%d", i), desk.UnknownID))
			continue
		}
		wanted = append(wanted, known[at])
	}
	if err := invalid(wrong); err != nil {
		return nil, err
	}
	spec, changes, err := sla.Apply(drafted(s), wanted)
	if err != nil {
		return nil, err
	}
	v, err := a.draftDays(ctx, tx, n, in.Key, spec)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		v.Changes = append(v.Changes, DayChange{c.Date, c.Kind, Words(c.Name)})
	}
	return v, nil
}

// drafted is what a further change begins from.
func drafted(s settings.Setting[sla.CalendarSpec]) sla.CalendarSpec {
	if s.Draft != nil {
		return s.Draft.Spec
	}
	return s.Live.Spec
}

func (a *App) draftDays(ctx context.Context, tx tenants.Tx, n *calendarNoun, key string, spec sla.CalendarSpec) (*FilledCalendar, error) {
	if _, err := settings.Save(ctx, a.Editor, tx, n.kind, settings.Draft[sla.CalendarSpec]{Key: key, Spec: spec}); err != nil {
		return nil, err
	}
	v, err := n.view(ctx, a, tx.ReadTx, key)
	if err != nil {
		return nil, err
	}
	return &FilledCalendar{Setting: *v}, nil
}

// yearsAhead is how far repeating events of a file are written out.
const yearsAhead = 5

// putICal reads a file wholly and only then changes the draft.
func (a *App) putICal(ctx context.Context, c Caller, n *calendarNoun, in *icalIn, body io.Reader, w *Answer) error {
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	var v *FilledCalendar
	err = a.house.Do(ctx, c.Tenant, c.Actor, func(ctx context.Context, tx tenants.Tx) error {
		s, err := n.kind.Setting(ctx, tx.ReadTx, in.Key)
		if err != nil {
			return err
		}
		spec := drafted(s)
		zone, err := time.LoadLocation(spec.TimeZone)
		if err != nil {
			return fmt.Errorf("zone of calendar %q: %w", in.Key, err)
		}
		now := tx.Now().In(zone).Year()
		read, err := sla.ReadICal(text, zone, now-1, now+yearsAhead)
		if err != nil {
			return err
		}
		if v, err = a.draftDays(ctx, tx, n, in.Key, spec.Replaced(read)); err != nil {
			return err
		}
		for _, f := range read.Skipped {
			detail, _ := words.Field(c.Language, f.Code, f.Params)
			v.Problems = append(v.Problems, ProblemField{f.Pointer, string(f.Code), detail, f.Params})
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.JSON(200, v)
	return nil
}
