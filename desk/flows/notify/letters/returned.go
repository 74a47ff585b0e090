package letters

import (
	"fmt"
	"strconv"
	"strings"
)

// causes are why tickets come back, with a place for the name.
var causes = map[string][2]string{
	"removed":          {"%s больше не" + gap + "работает здесь.", "%s no longer works here."},
	"absent":           {"%s отсутствует.", "%s is absent."},
	"shift_ended":      {"Смена закончилась: %s.", "The shift is over: %s."},
	"engagement_ended": {"Работа подрядной компании закончена: %s.", "The provider’s engagement has ended: %s."},
	"group_emptied":    {"В" + gap + "группе «%s» никого не" + gap + "осталось.", "Nobody is left in the group “%s”."},
	"vendor_ended":     {"Работа с" + gap + "исполнителем «%s» закончена.", "The work with “%s” has ended."},
}

// returned is one letter of one cause, however many tickets it is about.
func returned(v *view, l Letter, c clock) {
	v.Heading = pick(c.language, "Заявки вернулись в"+gap+"очередь без"+gap+"ответственного", "Tickets came back and nobody has them")
	v.Subject = pick(c.language, "Заявки без ответственного: ", "Tickets that nobody has: ") + strconv.Itoa(l.Count) + " (" + l.Brand.Name + ")"
	if words, known := causes[l.Cause]; known {
		v.Lead = fmt.Sprintf(pick(c.language, words[0], words[1]), l.Who)
	}
	v.add(pick(c.language, "Заказчик", "Customer"), l.Brand.Name)
	v.add(pick(c.language, "Сколько заявок", "How many tickets"), strconv.Itoa(l.Count))
	refs := strings.Join(l.Refs, ", ")
	if more := l.Count - len(l.Refs); more > 0 {
		refs += pick(c.language, " и"+gap+"ещё ", " and more: ") + strconv.Itoa(more)
	}
	v.add(pick(c.language, "Заявки", "Tickets"), refs)
	v.Button.Text, v.Button.URL = pick(c.language, "Раздать", "Hand them out"), l.Link
	v.Hint = pick(c.language, "На"+gap+"это письмо отвечать не"+gap+"нужно.", "Please don’t answer this letter.")
}
