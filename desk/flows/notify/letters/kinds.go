package letters

import "time"

// kinds are the letters themselves: what changed, what is expected of the reader,
// then the facts. "We" speak, the client is "вы" with a small letter, and no word
// of ours needs explaining.
var kinds = map[Kind]func(v *view, l Letter, c clock){
	Received:      received,
	Reply:         answered,
	NeedsInfo:     needsInfo,
	Resolved:      resolved,
	Closed:        closed,
	SignIn:        signIn,
	Invitation:    invitation,
	PasswordReset: passwordReset,
	Assigned:      assigned,
	Escalated:     escalated,
	Triggered:     triggered,
	Returned:      returned,
	ClientReplied: clientReplied,
	Resumed:       resumed,
}

func received(v *view, l Letter, c clock) {
	v.client(l)
	v.Heading = pick(c.language, "Мы приняли вашу заявку", "We’ve received your request")
	v.Lead = pick(c.language, "Делать ничего не"+gap+"нужно. ", "Nothing to do for now. ")
	if l.ReplyBy.IsZero() {
		v.Lead += pick(c.language, "Ответим, как только её посмотрим.", "We’ll reply as soon as we’ve looked at it.")
	} else {
		v.Lead += pick(c.language, "Ответим ", "We’ll reply ") + c.by(l.ReplyBy) + " " + c.place(l.ReplyBy) + "."
	}
	v.request(l, c, pick(c.language, "Принята", "Received"))
	v.promises(l, c)
	v.message(l.Message, c)
	v.Button.Text = pick(c.language, "Следить за"+gap+"заявкой", "Follow the request")
	v.Hint = pick(c.language, "Хотите что-то добавить? Ответьте на"+gap+"это письмо, можно с"+gap+"фото.",
		"Anything to add? Reply to this letter; photos are welcome.")
}

func answered(v *view, l Letter, c clock) {
	v.client(l)
	v.Heading = pick(c.language, "Вам ответили по"+gap+"заявке", "You have a reply")
	v.Lead = pick(c.language, "Если остались вопросы, просто ответьте на"+gap+"это письмо.", "If anything is unclear, just reply to this letter.")
	v.message(l.Message, c)
	v.request(l, c, "")
	v.promises(l, c)
}

func needsInfo(v *view, l Letter, c clock) {
	v.client(l)
	v.Heading = pick(c.language, "Вам ответили и"+gap+"ждут вас", "We’ve replied and are waiting for you")
	v.Lead = pick(c.language, "Ответьте, чтобы мы могли продолжить.", "Please answer, so that we can go on.")
	state := pick(c.language, "Ждём ваш ответ", "Waiting for you")
	if !l.Until.IsZero() {
		v.Lead = pick(c.language, "Ждём ваш ответ ", "We’re waiting for your answer ") + c.until(l.Until) + " " + c.place(l.Until) + "."
		state += " " + c.until(l.Until)
	}
	v.message(l.Message, c)
	l.Status = state
	v.request(l, c, state)
	v.Button.Text = pick(c.language, "Ответить", "Answer")
	v.Hint = pick(c.language, "Или просто ответьте на"+gap+"письмо.", "Or just reply to this letter.")
}

func resolved(v *view, l Letter, c clock) {
	v.client(l)
	v.Heading = pick(c.language, "Заявка решена", "Your request is resolved")
	v.stars(l)
	if len(v.Stars) > 0 {
		v.Heading += pick(c.language, ", оцените работу", ", please rate our work")
		v.Button = link{}
	}
	took := ""
	if l.Took >= time.Minute {
		took = pick(c.language, "решили за"+gap, "it took us ") + lasted(c.language, l.Took)
	}
	switch {
	case l.Summary != "" && took != "":
		v.Lead = l.Summary + ", " + took + "."
	case l.Summary != "":
		v.Lead = l.Summary + "."
	case took != "":
		v.Lead = capital(took) + ". " + pick(c.language, "Проверьте, пожалуйста, всё ли работает.", "Please check that everything works.")
	default:
		v.Lead = pick(c.language, "Проверьте, пожалуйста, всё ли работает.", "Please check that everything works.")
	}
	v.message(l.Message, c)
	v.request(l, c, pick(c.language, "Решена", "Resolved"))
	if l.ReopenLink == "" {
		v.Hint = pick(c.language, "Не"+gap+"работает? Ответьте на"+gap+"это письмо.", "Still not working? Reply to this letter.")
		return
	}
	v.Reopen = sentence{
		Before: pick(c.language, "Не"+gap+"работает? ", "Still not working? "),
		Link:   link{pick(c.language, "Возобновите заявку", "Reopen the request"), l.ReopenLink},
		After:  ".",
	}
	if !l.Until.IsZero() {
		v.Reopen.After = pick(c.language, ". Если не"+gap+"услышим вас ", ". If we don’t hear from you ") +
			c.by(l.Until) + pick(c.language, ", она закроется сама.", ", it will close by itself.")
	}
}

func closed(v *view, l Letter, c clock) {
	v.client(l)
	v.Heading = pick(c.language, "Заявка закрыта", "Your request is closed")
	v.Lead = pick(c.language, "Делать ничего не"+gap+"нужно. Если что-то снова сломается, ответьте на"+gap+"это письмо: мы откроем новую заявку.",
		"Nothing to do. If it happens again, reply to this letter and we’ll open a new request.")
	v.stars(l)
	v.message(l.Message, c)
	v.request(l, c, pick(c.language, "Закрыта", "Closed"))
}

func signIn(v *view, l Letter, c clock) {
	v.Subject = l.Code + pick(c.language, " — код для входа: ", " is your sign-in code: ") + l.Brand.Name
	if l.Code == "" {
		v.Subject = pick(c.language, "Вход: ", "Sign in: ") + l.Brand.Name
	}
	v.Heading = pick(c.language, "Код для входа", "Your sign-in code")
	v.Lead = pick(c.language, "Введите его на"+gap+"странице входа или нажмите кнопку.", "Type it on the sign-in page or press the button.") + v.lasts(l, c)
	v.Code = l.Code
	v.Button = link{pick(c.language, "Войти", "Sign in"), l.Link}
	v.Hint = pick(c.language, "Если это были не"+gap+"вы, ничего не"+gap+"делайте: без этого письма никто не"+gap+"войдёт.",
		"If it wasn’t you, do nothing: nobody gets in without this letter.")
	v.foot(l)
}

// lasts says until when a code or link works.
func (v *view) lasts(l Letter, c clock) string {
	if l.Until.IsZero() {
		return ""
	}
	return pick(c.language, " Действует ", " Valid ") + c.until(l.Until) + " " + c.place(l.Until) + "."
}

func invitation(v *view, l Letter, c clock) {
	where := or(l.Provider, l.Brand.Name)
	v.Heading = pick(c.language, "Вас приглашают: ", "You’re invited: ") + where
	v.Subject = v.Heading
	if l.By != "" {
		v.Lead = l.By + pick(c.language, " приглашает вас работать вместе в"+gap+"Manydesk.", " invites you to work together in Manydesk.")
	} else {
		v.Lead = pick(c.language, "Вас приглашают работать вместе в"+gap+"Manydesk.", "You’re invited to work together in Manydesk.")
	}
	v.Lead += v.lasts(l, c)
	v.Button = link{pick(c.language, "Принять приглашение", "Accept the invitation"), l.Link}
	v.Hint = pick(c.language, "Если вы этого не"+gap+"ждали, ничего не"+gap+"делайте.", "If you didn’t expect this, do nothing.")
}

func passwordReset(v *view, l Letter, c clock) {
	v.Heading = pick(c.language, "Новый пароль", "A new password")
	v.Subject = pick(c.language, "Новый пароль для Manydesk", "A new password for Manydesk")
	v.Lead = pick(c.language, "Нажмите кнопку и"+gap+"придумайте новый пароль.", "Press the button and choose a new password.") + v.lasts(l, c)
	v.Button = link{pick(c.language, "Задать новый пароль", "Set a new password"), l.Link}
	v.Hint = pick(c.language, "Если вы об этом не"+gap+"просили, ничего не"+gap+"делайте: прежний пароль действует.",
		"If you didn’t ask for this, do nothing: the old password still works.")
}

func assigned(v *view, l Letter, c clock) {
	v.Subject = "[" + l.Ref + "] " + pick(c.language, "Назначена вам: ", "Assigned to you: ") + bare(l.Subject)
	v.Heading = pick(c.language, "Вам назначена заявка", "A ticket is assigned to you")
	v.Lead = bare(l.Subject)
	v.staff(l, c)
	v.message(l.Message, c)
}

func clientReplied(v *view, l Letter, c clock) {
	v.Subject = "[" + l.Ref + "] " + pick(c.language, "Ответ клиента: ", "Client replied: ") + bare(l.Subject)
	v.Heading = pick(c.language, "Клиент ответил", "The client replied")
	v.Lead = bare(l.Subject)
	v.message(l.Message, c)
	v.staff(l, c)
}

// staff are the facts and the button of letters to those who work here.
func (v *view) staff(l Letter, c clock) {
	v.add(pick(c.language, "Заявка", "Ticket"), l.Ref)
	v.add(pick(c.language, "Заказчик", "Customer"), l.Brand.Name)
	v.add(pick(c.language, "Компания", "Company"), l.Company)
	v.add(pick(c.language, "Контактное лицо", "Contact"), l.Client)
	v.add(pick(c.language, "Приоритет", "Priority"), l.Priority)
	v.promises(l, c)
	v.Files = joined(l.Files)
	v.Button = link{pick(c.language, "Открыть заявку", "Open the ticket"), l.Link}
	v.Hint = pick(c.language, "На"+gap+"это письмо отвечать не"+gap+"нужно: ответ пишут в"+gap+"заявке.", "Please don’t answer this letter: replies are written in the ticket.")
}

// request are the facts that every letter about a request shows.
func (v *view) request(l Letter, c clock, status string) {
	v.add(pick(c.language, "Заявка", "Request"), l.Ref)
	v.add(pick(c.language, "Тема", "Subject"), bare(l.Subject))
	v.add(pick(c.language, "Состояние", "Status"), or(l.Status, status))
}

func (v *view) promises(l Letter, c clock) {
	if !l.ReplyBy.IsZero() {
		v.add(pick(c.language, "Первый ответ", "First reply"), c.fact(l.ReplyBy))
	}
	if !l.ResolveBy.IsZero() {
		v.add(pick(c.language, "Решение", "Fix"), c.fact(l.ResolveBy))
	}
}

func resumed(v *view, l Letter, c clock) {
	v.Subject = "[" + l.Ref + "] " + pick(c.language, "Снова открыта: ", "Open again: ") + bare(l.Subject)
	v.Heading = pick(c.language, "Пауза закончилась", "The pause is over")
	v.Lead = bare(l.Subject)
	v.staff(l, c)
}

// promises in the words of the field.
var promised = map[string][2]string{
	"first_response": {"время реакции", "first response"},
	"next_response":  {"время обновления", "next response"},
	"resolution":     {"время решения", "resolution"},
	"arrival":        {"прибытие на место", "arrival on site"},
}

func escalated(v *view, l Letter, c clock) {
	words := promised[l.Promise]
	what := pick(c.language, words[0], words[1])
	if l.Due.IsZero() || l.Due.After(l.Now) {
		v.Subject = "[" + l.Ref + "] " + pick(c.language, "Скоро срок: ", "Due soon: ") + bare(l.Subject)
		v.Heading = pick(c.language, "Приближается срок: ", "A deadline is near: ") + what
	} else {
		v.Subject = "[" + l.Ref + "] " + pick(c.language, "Просрочено: ", "Breached: ") + bare(l.Subject)
		v.Heading = pick(c.language, "Срок прошёл: ", "A deadline has passed: ") + what
	}
	v.Lead = bare(l.Subject)
	if !l.Due.IsZero() {
		v.add(pick(c.language, "Срок", "Due"), c.fact(l.Due))
	}
	v.staff(l, c)
}

func triggered(v *view, l Letter, c clock) {
	v.Subject = "[" + l.Ref + "] " + l.Title + ": " + bare(l.Subject)
	v.Heading = l.Title
	v.Lead = bare(l.Subject)
	v.staff(l, c)
	v.Hint += " " + pick(c.language, "Так велит правило из"+gap+"настроек.", "A rule of the settings sent it.")
}
