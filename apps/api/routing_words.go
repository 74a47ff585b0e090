package api

import "manydesk/desk/routing"

// The sentences of routing, in Russian and English.
var (
	placeGone = [2]string{"Правило пропущено: того, кому оно отдаёт заявки, больше нет", "The rule was skipped: the place it gives tickets to is gone"}

	noWords = map[routing.No][2]string{
		routing.Inactive: {"Больше не работает здесь", "No longer works here"},
		routing.NoRight:  {"Нет права отвечать на такие заявки", "May not reply to such tickets"},
		routing.IsAbsent: {"Отсутствует", "Is absent"},
		routing.NoSkill:  {"Нет нужного навыка", "Lacks a skill that is needed"},
		routing.Full:     {"Больше заявок не берёт", "Takes no more tickets"},
		routing.OffShift: {"Не на смене", "Is not on shift"},
	}

	deadWords = map[routing.Why][2]string{
		routing.ByAlways: {"Стоит после правила, которое срабатывает всегда", "Stands behind a rule that always holds"},
		routing.BySame:   {"Условие такое же, как у более раннего правила", "Asks the same as an earlier rule"},
		routing.Covered:  {"Накрыто более ранним правилом", "Covered by an earlier rule"},
		routing.Together: {"Накрыто более ранними правилами вместе: %s", "Covered by earlier rules together: %s"},
		routing.Never:    {"Условие противоречит само себе", "The condition contradicts itself"},
	}

	problemWords = map[string][2]string{
		routing.GroupGone:     {"Группы «%s» больше нет", "The group %s is gone"},
		routing.PersonGone:    {"%s больше не работает здесь", "%s no longer works here"},
		routing.VendorGone:    {"Подрядчик «%s» больше не работает с вами", "The vendor %s no longer works with you"},
		routing.SkillGone:     {"Навыка «%s» больше нет", "The skill %s is gone"},
		routing.RoleGone:      {"Роли «%s» больше нет", "The role %s is gone"},
		routing.ProcessGone:   {"Процесса «%s» больше нет", "The process %s is gone"},
		routing.GroupEmpty:    {"В группе «%s» никого нет: заявки ждут в её очереди", "There is nobody in the group %s: tickets wait in its queue"},
		routing.ConditionGone: {"Условие называет то, чего больше нет", "The condition names something that is gone"},
	}

	proposalWords = map[string][2]string{
		"load":     {"Меньше нагрузка", "Has the least to do"},
		"turn":     {"Его очередь", "Next in turn"},
		"skill":    {"Лучше всех владеет нужным навыком", "Has the best skill for it"},
		"previous": {"Уже занимался этим клиентом", "Knows this client"},
		"shift":    {"На смене", "Is on shift"},
		"nobody":   {"Никто не может взять: все заняты, не на смене или отсутствуют", "Nobody can take it: all are full, off shift or absent"},
		"queue":    {"Из этой очереди берут сами", "People take from this queue themselves"},
		"closed":   {"Заявка уже решена", "The ticket is resolved already"},
		"unknown":  {"Такой заявки нет", "There is no such ticket"},
	}

	causeWords = map[string][2]string{
		"absent":           {"Отсутствует", "Is absent"},
		"shift_ended":      {"Смена закончилась", "The shift is over"},
		"removed":          {"Больше не работает здесь", "No longer works here"},
		"engagement_ended": {"Работа подрядной компании закончена", "The provider's engagement has ended"},
	}
)
