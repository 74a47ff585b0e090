package demo

import (
	"context"
	"fmt"

	"manydesk/desk/settings"
	"manydesk/desk/staff"
	"manydesk/tenants"
	"manydesk/tenants/people"
	"manydesk/tenants/rota"
)

// talent is what one of the provider's people can do, and when they work.
type talent struct {
	groups    []string
	lines     []int
	skills    map[string]int
	languages []string
	capacity  int
	week      rota.Week
}

// every gives the same hours to days.
func every(span rota.Hours, days ...string) rota.Week {
	w := rota.Week{}
	for _, day := range days {
		w[day] = []rota.Hours{span}
	}
	return w
}

var weekdays = []string{"mon", "tue", "wed", "thu", "fri"}

// talents are by address. Somebody is there at any hour: of the dispatcher nobody
// has said when she is not.
var talents = map[string]talent{
	"vera@linia.example":  {[]string{"first"}, []int{1}, map[string]int{"network": 1}, []string{"ru", "en"}, 12, nil},
	"maria@linia.example": {[]string{"first"}, []int{1}, map[string]int{"pos": 3, "payments": 2}, []string{"ru"}, 24, every(rota.Hours{"08:00", "20:00"}, rota.Days()...)},
	"oleg@linia.example":  {[]string{"second"}, []int{2}, map[string]int{"pos": 2, "network": 3}, []string{"ru"}, 18, every(rota.Hours{"09:00", "18:00"}, weekdays...)},
	"ira@linia.example":   {[]string{"first"}, []int{1}, map[string]int{"payments": 3}, []string{"ru"}, 0, every(rota.Hours{"20:00", "08:00"}, "mon", "wed", "fri", "sun")},
	"tom@linia.example":   {[]string{"first"}, []int{1, 2}, map[string]int{"network": 2}, []string{"en"}, 20, every(rota.Hours{"20:00", "08:00"}, "tue", "thu", "sat")},
	"anton@linia.example": {[]string{"second"}, []int{2, 3}, map[string]int{"pos": 3, "network": 2, "payments": 1}, []string{"ru", "en"}, 16, every(rota.Hours{"10:00", "19:00"}, weekdays...)},
}

// abilities are the skills that each customer's rules may ask for.
var abilities = []struct{ key, ru, en string }{
	{"pos", "Кассы и терминалы", "Registers and terminals"},
	{"network", "Сети", "Networks"},
	{"payments", "Платежи", "Payments"},
}

// timetable gives one of the provider's people their week and capacity.
func timetable(ctx context.Context, tx tenants.SharedTx, r *rota.Rota, u people.User) error {
	t := talents[u.Email]
	if err := r.SetCapacity(ctx, tx, u.ID, t.capacity); err != nil {
		return fmt.Errorf("capacity of %s: %w", u.Email, err)
	}
	if err := r.SetWeek(ctx, tx, rota.Plan{User: u.ID, Week: t.week}); err != nil {
		return fmt.Errorf("hours of %s: %w", u.Email, err)
	}
	return nil
}

// place puts the provider's people into the customer's groups, with what they can do.
func (s *stage) place(ctx context.Context, r Rooms) error {
	err := r.House.Do(ctx, s.tenant, me, func(ctx context.Context, tx tenants.Tx) error {
		for i, a := range abilities {
			draft := settings.Draft[settings.Skill]{Key: a.key, Position: i, Spec: settings.Skill{Name: settings.Words{RU: a.ru, EN: a.en}}}
			if _, err := settings.Skills.Put(ctx, tx, draft); err != nil {
				return fmt.Errorf("skill %s: %w", a.key, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	all, _ := s.crew.serving(s.company.slug)
	for _, u := range all {
		t := talents[u.Email]
		change := staff.Change{ID: u.ID, Groups: t.groups, Lines: t.lines, Skills: t.skills, Languages: t.languages, Version: 1}
		if _, err := r.Joining.Change(ctx, s.tenant, me, change); err != nil {
			return fmt.Errorf("place %s in %s: %w", u.Email, s.tenant.Slug, err)
		}
	}
	return nil
}
