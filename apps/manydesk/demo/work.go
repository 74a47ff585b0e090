package demo

import (
	"context"
	"fmt"

	"manydesk/desk/conditions"
	"manydesk/desk/macros"
	"manydesk/desk/processes"
	"manydesk/desk/settings"
	"manydesk/desk/triggers"
	"manydesk/tenants"
)

// visiting is the key of the process of a visit; the rule for visits begins it.
const visiting = "visit"

// visit is how an engineer's visit is made: agreed, done, and looked at afterwards.
func visit() processes.Process {
	both := func(ru, en string) settings.Words { return settings.Words{RU: ru, EN: en} }
	return processes.Process{
		Name: both("Выезд инженера", "An engineer’s visit"),
		Stages: []processes.Stage{
			{Key: "agree", Name: both("Согласование", "Agreement"), Group: "second", Hours: 4, Tasks: []processes.Step{
				{Title: both("Согласовать время с клиентом", "Agree on a time with the client"), Required: true},
				{Title: both("Заказать пропуск на объект", "Order a pass to the site")},
			}},
			{Key: "parts", Name: both("Запчасти", "Parts"), Beside: true, Group: "second", Hours: 8, Tasks: []processes.Step{
				{Title: both("Проверить запчасти на складе", "Check the stock for parts")},
			}},
			{Key: "site", Name: both("Работы на месте", "Work on site"), Group: "second", Hours: 16, Tasks: []processes.Step{
				{Title: both("Приложить фото и акт", "Attach photos and the report"), Required: true},
			}},
			{Key: "check", Name: both("Проверка", "Check"), Group: "first", Hours: 8, When: conditions.Leaf("priority", conditions.AtMost, 2), Tasks: []processes.Step{
				{Title: both("Позвонить клиенту: всё ли работает", "Call the client: does all work"), Required: true},
			}},
		},
	}
}

// tricks are the macros of a customer, by their keys.
func tricks(c *company) []keyed[macros.Macro] {
	visit, second := "выезд", "вторая линия"
	if c.language == "en" {
		visit, second = "visit", "second line"
	}
	both := func(ru, en string) settings.Words { return settings.Words{RU: ru, EN: en} }
	return []keyed[macros.Macro]{
		{"visit", macros.Macro{
			Name: both("Нужен выезд", "A visit is needed"), Hint: both("когда на расстоянии не решить", "when it cannot be solved from afar"),
			Actions: []triggers.Action{
				{Kind: triggers.Tag, Add: []string{visit}},
				{Kind: triggers.Assign, Group: "second"},
				{Kind: triggers.CreateTask, Text: both("Согласовать время с клиентом", "Agree on a time with the client"), Group: "second", UntilHours: 4},
				{Kind: triggers.Reply, Text: both(
					"{client}, здравствуйте! На расстоянии это не исправить, приедет инженер. Сегодня напишем, когда.",
					"Hello {client}, this cannot be solved from afar: an engineer will come. We will write today when.",
				)},
			},
		}},
		{"second", macros.Macro{
			Name: both("Передать на вторую линию", "Hand over to the second line"), Hint: both("первое уже проверено", "the first steps are done"),
			When: conditions.Leaf("group", conditions.NotIn, []string{"second"}),
			Actions: []triggers.Action{
				{Kind: triggers.Assign, Group: "second"},
				{Kind: triggers.Tag, Add: []string{second}},
				{Kind: triggers.Note, Text: both("Передано на вторую линию: {subject}. Первые шаги сделаны.", "Handed over to the second line: {subject}. The first steps are done.")},
			},
		}},
		{"ask", macros.Macro{
			Name: both("Попросить снимок экрана", "Ask for a screenshot"), Hint: both("когда непонятно, что видит клиент", "when it is unclear what the client sees"),
			When: conditions.Leaf("status", conditions.In, []string{"open", "in_progress"}),
			Actions: []triggers.Action{
				{Kind: triggers.Reply, Text: both(
					"{client}, пришлите, пожалуйста, снимок экрана с ошибкой и время, когда она появилась.",
					"{client}, please send us a screenshot of the error and the time when it appeared.",
				)},
			},
		}},
	}
}

// labour publishes the customer's process and macros; rules and triggers name them.
func labour(ctx context.Context, tx tenants.Tx, c *company) error {
	if err := put(ctx, tx, processes.Kind, visiting, 0, visit()); err != nil {
		return fmt.Errorf("the process of a visit: %w", err)
	}
	for i, m := range tricks(c) {
		if err := put(ctx, tx, macros.Macros, m.key, i, m.spec); err != nil {
			return fmt.Errorf("macro %s: %w", m.key, err)
		}
	}
	return nil
}
