package api

import (
	"manydesk/desk/settings"
	"manydesk/desk/tickets"
)

// The portal's sentences: what is happening to a request, said to its client.
var sentences = map[RequestState][2]string{
	"received": {"Принята, скоро назначим специалиста.", "Received, we will assign somebody soon."},
	"assigned": {"Назначен специалист.", "Somebody has been assigned."},
	"in_work":  {"В работе.", "In work."},
	"waiting":  {"Ждёт вашего ответа.", "Waiting for your answer."},
	"resolved": {"Решена. Подтвердите или откройте снова.", "Resolved. Confirm it or open it again."},
	"closed":   {"Закрыта.", "Closed."},
}

var namedSentences = map[RequestState][2]string{
	"assigned": {"Назначен специалист: ", "Assigned to "},
	"in_work":  {"В работе, занимается ", "In work with "},
}

var stepNames = []struct {
	key    string
	ru, en string
}{
	{"received", "Принята", "Received"},
	{"assigned", "Назначена", "Assigned"},
	{"in_work", "В работе", "In work"},
	{"resolved", "Решена", "Resolved"},
	{"closed", "Закрыта", "Closed"},
}

var happened = map[settings.Category][2]string{
	settings.Open:       {"Заявка открыта.", "The request is open."},
	settings.InProgress: {"Заявка в работе.", "The request is in work."},
	settings.Pending:    {"Ждём вашего ответа.", "We wait for your answer."},
	settings.Resolved:   {"Заявка решена.", "The request is resolved."},
	settings.Closed:     {"Заявка закрыта.", "The request is closed."},
}

var (
	reopenedSentence = [2]string{"Заявка открыта снова.", "The request was opened again."}
	assignedSentence = [2]string{"Назначен специалист.", "Somebody has been assigned."}
	ratedSentence    = [2]string{"Вы оценили работу.", "You rated the work."}
	arrivedSentence  = [2]string{"Специалист приехал на место.", "Somebody has come to your place."}
	notThereSentence = [2]string{"Отметка о приезде снята.", "The mark that somebody had come was taken back."}
	whatNext         = [][2]string{
		{"Мы получили заявку и пришлём письмо с её номером.", "We have received the request and will mail you its number."},
		{"Специалист ответит здесь и на почту.", "Somebody will answer here and by mail."},
		{"Дополнить заявку можно в любой момент.", "You can add to it at any time."},
	}
)

func say(language string, both [2]string) string {
	if language == "ru" {
		return both[0]
	}
	return both[1]
}

// sentence is what is happening; who is the name of whoever works on it.
func sentence(language string, state RequestState, who string) string {
	if both, ok := namedSentences[state]; ok && who != "" {
		return say(language, both) + who + "."
	}
	return say(language, sentences[state])
}

// eventSentence is a fact in one sentence, empty for what is no news to a client.
func (f *frame) eventSentence(e *tickets.Entry) string {
	switch e.Type {
	case tickets.FactAssigned:
		return say(f.language, assignedSentence)
	case tickets.FactRated:
		return say(f.language, ratedSentence)
	case tickets.FactArrived:
		return say(f.language, arrivedSentence)
	case tickets.FactNotArrived:
		return say(f.language, notThereSentence)
	case tickets.FactStatusChanged, tickets.FactResumed:
		if e.Detail.Reopened {
			return say(f.language, reopenedSentence)
		}
		for _, ch := range e.Detail.Changes {
			key, _ := ch.To.(string)
			if s, ok := f.flow.Status(key); ok && ch.Field == "status" {
				return say(f.language, happened[s.Category])
			}
		}
	}
	return ""
}
