package demo

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/tenants"
)

// agreement is what a customer has agreed on about its deadlines, beside the
// defaults or instead of them.
type agreement struct {
	calendars  map[string]sla.CalendarSpec
	policies   []keyed[sla.Policy]
	exceptions []keyed[sla.Exception]
}

type keyed[T any] struct {
	key  string
	spec T
}

var week = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// hours are the same intervals on some days of the week.
func hours(days []string, h ...sla.Hours) map[string][]sla.Hours {
	all := map[string][]sla.Hours{}
	for _, day := range days {
		all[day] = h
	}
	return all
}

func promise(calendar string, minutes ...[3]int) map[string]sla.Target {
	all := map[string]sla.Target{}
	for i, m := range minutes {
		all[fmt.Sprint(i+1)] = sla.Target{FirstResponse: m[0], NextResponse: m[1], Resolution: m[2], Calendar: calendar}
	}
	return all
}

// agreements are those of a customer.
func agreements(slug, zone string) agreement {
	calendar := func(ru, en string, weekly map[string][]sla.Hours) sla.CalendarSpec {
		return sla.CalendarSpec{Name: settings.Words{RU: ru, EN: en}, Spec: sla.Spec{TimeZone: zone, Weekly: weekly}}
	}
	policy := func(key, ru, en string, when conditions.Tree, targets map[string]sla.Target) keyed[sla.Policy] {
		return keyed[sla.Policy]{key, sla.Policy{Name: settings.Words{RU: ru, EN: en}, When: when, Targets: targets, PauseIn: []string{"pending"}, CustomerCalendar: true}}
	}
	vip := conditions.Leaf("contact.vip", conditions.Is, true)
	switch slug {
	case "acme":
		return agreement{
			calendars: map[string]sla.CalendarSpec{"shops": calendar("Магазины, каждый день", "Shops, every day", hours(week, sla.Hours{"09:00", "21:00"}))},
			policies: []keyed[sla.Policy]{
				policy("vip", "VIP: круглосуточно", "VIP: around the clock", vip, promise(sla.AlwaysCalendar, [3]int{15, 30, 120}, [3]int{30, 60, 240}, [3]int{60, 120, 480}, [3]int{120, 240, 960})),
				policy("shops", "Срочное в магазинах", "Urgent in shops", conditions.Leaf("priority", conditions.AtMost, 2), promise("shops", [3]int{30, 60, 240}, [3]int{60, 120, 480})),
			},
		}
	case "lis":
		plant := promise(sla.AlwaysCalendar, [3]int{15, 30, 240})
		on := plant["1"]
		on.Arrival = 180
		plant["1"] = on
		return agreement{policies: []keyed[sla.Policy]{policy("plant", "Остановка производства", "Production is down", conditions.Leaf("priority", conditions.AtMost, 1), plant)}}
	case "nrd":
		depot := calendar("Depot, Mo–Sa", "Depot, Mon–Sat", hours(week[:6], sla.Hours{"06:00", "22:00"}))
		depot.Holidays = []string{"2026-12-25", "2026-12-26", "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-17", "2027-10-03", "2027-12-25", "2027-12-26"}
		return agreement{
			calendars: map[string]sla.CalendarSpec{"depot": depot},
			policies:  []keyed[sla.Policy]{policy("depot", "Склад", "Depot", conditions.Tree{}, promise("depot", [3]int{30, 60, 180}, [3]int{60, 120, 360}, [3]int{240, 480, 1440}, [3]int{480, 960, 2880}))},
		}
	case "vek":
		clinic := calendar("Клиника", "Clinic", hours(week[:5], sla.Hours{"08:00", "20:00"}))
		clinic.Weekly["sat"] = []sla.Hours{{"09:00", "15:00"}}
		return agreement{
			calendars: map[string]sla.CalendarSpec{"clinic": clinic},
			policies:  []keyed[sla.Policy]{policy("clinic", "Приём пациентов", "Patients are seen", conditions.Tree{}, promise("clinic", [3]int{15, 30, 120}, [3]int{30, 60, 240}, [3]int{120, 240, 720}, [3]int{240, 480, 1440}))},
			exceptions: []keyed[sla.Exception]{{"low", sla.Exception{
				Name: settings.Words{RU: "Пожелания без срока решения", EN: "Wishes are not bound to a date"}, When: conditions.Leaf("tags", conditions.HasAny, []string{"пожелание"}),
				Effect: sla.Effect{None: true}, Reason: "По договору пожелания рассматриваются раз в квартал", Approval: true,
			}}},
		}
	}
	return agreement{}
}

// agree puts the customer's agreements before the default ones. Calendars of
// Russian zones know the days off of the years that the product knows.
func (s *stage) agree(ctx context.Context, tx tenants.Tx) error {
	mine := agreements(s.company.slug, s.company.zone)
	calendars := maps.Clone(mine.calendars)
	if calendars == nil {
		calendars = map[string]sla.CalendarSpec{}
	}
	calendars[sla.DefaultCalendar] = sla.Office(s.company.zone)
	if s.company.language == "ru" {
		years, err := sla.ProductionYears(ctx, tx.ReadTx)
		if err != nil {
			return err
		}
		if calendars[sla.DefaultCalendar], _, err = sla.Apply(calendars[sla.DefaultCalendar], years); err != nil {
			return err
		}
	}
	for i, key := range slices.Sorted(maps.Keys(calendars)) {
		if err := put(ctx, tx, sla.Calendars, key, i, calendars[key]); err != nil {
			return err
		}
	}
	for i, p := range mine.policies {
		if err := put(ctx, tx, sla.Policies, p.key, i, p.spec); err != nil {
			return err
		}
	}
	standard, err := sla.Policies.Setting(ctx, tx.ReadTx, sla.DefaultPolicy)
	if err != nil {
		return err
	}
	if err := put(ctx, tx, sla.Policies, sla.DefaultPolicy, len(mine.policies), standard.Spec()); err != nil {
		return err
	}
	for i, e := range mine.exceptions {
		if err := put(ctx, tx, sla.Exceptions, e.key, i, e.spec); err != nil {
			return err
		}
	}
	return nil
}

func put[T any](ctx context.Context, tx tenants.Tx, kind settings.Kind[T], key string, position int, spec T) error {
	_, err := kind.Put(ctx, tx, settings.Draft[T]{Key: key, Position: position, Spec: spec})
	return err
}
