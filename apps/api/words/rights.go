package words

import (
	"maps"
	"slices"
)

// rights name what a permission lets a person do.
var rights = map[string]sentences{
	"ticket.read":       {ru: "Видеть заявки", en: "See tickets"},
	"ticket.open":       {ru: "Создавать заявки", en: "Open tickets"},
	"ticket.reply":      {ru: "Отвечать клиенту", en: "Reply to the client"},
	"ticket.note":       {ru: "Писать внутренние заметки", en: "Write internal notes"},
	"ticket.assign":     {ru: "Назначать ответственного", en: "Assign tickets"},
	"ticket.status":     {ru: "Менять статус", en: "Change the status"},
	"ticket.priority":   {ru: "Менять приоритет", en: "Change the priority"},
	"ticket.edit":       {ru: "Менять поля заявки", en: "Edit a ticket’s fields"},
	"ticket.export":     {ru: "Выгружать заявки", en: "Export tickets"},
	"customer.read":     {ru: "Видеть компании и контакты", en: "See companies and contacts"},
	"customer.edit":     {ru: "Менять компании и контакты", en: "Edit companies and contacts"},
	"member.read":       {ru: "Видеть сотрудников", en: "See members"},
	"member.manage":     {ru: "Приглашать и менять сотрудников", en: "Invite and change members"},
	"role.manage":       {ru: "Менять роли", en: "Change roles"},
	"engagement.manage": {ru: "Управлять сотрудничеством с исполнителями", en: "Manage engagements with providers"},
	"brand.edit":        {ru: "Менять оформление", en: "Edit the brand"},
	"settings.read":     {ru: "Видеть настройки", en: "See settings"},
	"settings.edit":     {ru: "Менять настройки", en: "Edit settings"},
	"audit.read":        {ru: "Читать журнал действий", en: "Read the audit log"},
	"apikey.manage":     {ru: "Управлять ключами API", en: "Manage API keys"},
	"tenant.manage":     {ru: "Управлять заказчиком", en: "Manage the customer"},
	"request.read":      {ru: "Видеть свои заявки", en: "See own requests"},
	"request.open":      {ru: "Создавать заявки на портале", en: "Open requests in the portal"},
	"request.reply":     {ru: "Отвечать в своих заявках", en: "Reply in own requests"},
	"request.rate":      {ru: "Оценивать работу", en: "Rate the work"},
	"request.company":   {ru: "Видеть заявки своей компании", en: "See the company’s requests"},
}

// Right names a permission; an unknown one is its key.
func Right(language, key string) string {
	s, ok := rights[key]
	switch {
	case !ok:
		return key
	case language == "ru":
		return s.ru
	default:
		return s.en
	}
}

// Rights are the keys that have a name, in order.
func Rights() []string { return slices.Sorted(maps.Keys(rights)) }
