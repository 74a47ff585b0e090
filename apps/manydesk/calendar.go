package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"text/tabwriter"

	"manydesk/apps/manydesk/config"
	"manydesk/desk"
	"manydesk/desk/sla"
	"manydesk/tenants"
)

const addYearHow = "manydesk calendar add-year [--country RU] --file FILE|- YEAR"

// calendarAddYear gives the installation a year of a country's production
// calendar: a new one, or the decreed one in place of what the law alone says.
func calendarAddYear(ctx context.Context, p *program, cfg config.Config, rest []string) error {
	country, file := "RU", ""
	words, err := flags(rest, addYearHow, func(f *flag.FlagSet) {
		f.StringVar(&country, "country", country, "")
		f.StringVar(&file, "file", "", "")
	})
	if err != nil || len(words) != 1 || file == "" {
		return usage(addYearHow)
	}
	year, err := strconv.Atoi(words[0])
	if err != nil {
		return usage(addYearHow)
	}
	y, err := readYear(file, p.in)
	if err != nil {
		return err
	}
	if y.Country != country {
		return desk.Invalid(desk.Field("country", desk.OneOf, "of", country))
	}
	if y.Year != year {
		return desk.Invalid(desk.Field("year", desk.OneOf, "of", year))
	}
	return onData(ctx, cfg, func(ctx context.Context, w *works) error {
		if err := w.house.Current(ctx); err != nil {
			return err
		}
		err := w.house.Shared(ctx, operator, func(ctx context.Context, tx tenants.SharedTx) error {
			return sla.AddProductionYear(ctx, tx, y)
		})
		if err != nil {
			return err
		}
		y.Added = true
		return listYears(p.out, cfg.Language, y)
	})
}

func readYear(file string, in io.Reader) (sla.ProductionYear, error) {
	if file == "-" {
		return sla.ReadProduction(in)
	}
	f, err := os.Open(file)
	if err != nil {
		return sla.ProductionYear{}, fmt.Errorf("open the year: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	return sla.ReadProduction(f)
}

// calendarList shows which years there are, and how much is known of each.
func calendarList(ctx context.Context, p *program, cfg config.Config, rest []string) error {
	if len(rest) > 0 {
		return usage("manydesk calendar list")
	}
	return onData(ctx, cfg, func(ctx context.Context, w *works) error {
		if err := w.house.Current(ctx); err != nil {
			return err
		}
		years, err := sla.ProductionYears(ctx, w.house.SharedReader(operator))
		if err != nil {
			return err
		}
		return listYears(p.out, cfg.Language, years...)
	})
}

func listYears(to io.Writer, language string, years ...sla.ProductionYear) error {
	say := func(ru, en string) string {
		if language == "ru" {
			return ru
		}
		return en
	}
	out := tabwriter.NewWriter(to, 0, 4, 2, ' ', 0)
	for _, y := range years {
		state := say("утверждён", "decreed")
		if y.State == sla.ByLaw {
			state = say("по закону, переносы не утверждены", "by law, moved days not decreed yet")
		}
		origin := say("в программе", "built in")
		if y.Added {
			origin = say("добавлен", "added")
		}
		fmt.Fprintf(out, "%s\t%d\t%s\t%s\t%s\n", y.Country, y.Year, origin, state,
			fmt.Sprintf(say("выходных %d, рабочих %d, сокращённых %d", "off %d, worked %d, short %d"), len(y.Off), len(y.Working), len(y.Short)))
	}
	return out.Flush()
}
