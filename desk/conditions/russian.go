package conditions

import (
	"strconv"
	"time"
)

var russian = words{
	language: "ru", open: "«", close: "»", point: ",",
	always: "Всегда", never: "Никогда", and: " и ", or: " или ", not: "Неверно, что ",
	alsoHere: ", здесь ", butHere: ", а здесь ",
	field: "Поле ", is: " — ", yes: "да", no: "нет", me: "вы",
	nothing: "пусто", nobody: "никого", noTags: "меток нет",
	on:     " — ",
	empty:  map[byte]string{'m': " не указан", 'f': " не указана", 'n': " не указано", 'o': " пусто"},
	filled: map[byte]string{'m': " указан", 'f': " указана", 'n': " указано", 'o': " заполнено"},
	texts: map[Op]string{
		Is: " — ", IsNot: " — не ", Contains: " содержит ", NotContains: " не содержит ", StartsWith: " начинается с ", Matches: " подходит под выражение ",
	},
	calendar: map[Op]string{InCalendar: " — в рабочие часы календаря ", NotInCalendar: " — вне рабочих часов календаря "},
	days:     [7]string{"вс", "пн", "вт", "ср", "чт", "пт", "сб"},
	months:   [12]string{"янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."},
	measured: russianMeasured,
	oneOf: func(denied bool, values []string) string {
		if denied {
			return " — не " + series(values, " и не ")
		}
		return " — " + series(values, " или ")
	},
	tagged: func(op Op, values []string) string {
		switch {
		case op == HasNone && len(values) == 1:
			return "Нет метки " + values[0]
		case op == HasNone:
			return "Нет меток " + series(values, " и ")
		case op == HasAll && len(values) > 1:
			return "Есть метки " + series(values, " и ")
		default:
			return "Есть метка " + series(values, " или ")
		}
	},
	moment: func(op Op, when string) string {
		if op == Before {
			return " раньше " + when
		}
		return " не раньше " + when
	},
	ago: func(d time.Duration) string {
		n, unit := units(d)
		switch {
		case d == 0:
			return "этой минуты"
		case d < 0:
			return "чем " + russianUnits(n, unit, false) + " назад"
		default:
			return "чем через " + russianUnits(n, unit, false)
		}
	},
	within: func(d time.Duration) string {
		n, unit := units(d)
		if d < 0 {
			return " — не больше " + russianUnits(n, unit, true) + " назад"
		}
		return " — в течение ближайших " + russianUnits(n, unit, true)
	},
	hours: func(from, to string) string { return " — с " + from + " до " + to },
	dated: func(op Op, day, last string) string {
		switch op {
		case Before:
			return " раньше " + day
		case After:
			return " позже " + day
		case Between:
			return " — с " + day + " по " + last
		default:
			return " — " + day
		}
	},
}

func russianMeasured(op Op, rank bool, n [2]string) string {
	switch op {
	case IsNot:
		return " — не " + n[0]
	case Between:
		return " от " + n[0] + " до " + n[1]
	case Is:
		return " — " + n[0]
	default:
	}
	if rank {
		return map[Op]string{Less: " выше " + n[0], AtMost: " " + n[0] + " или выше", More: " ниже " + n[0], AtLeast: " " + n[0] + " или ниже"}[op]
	}
	return map[Op]string{Less: " меньше ", AtMost: " не больше ", More: " больше ", AtLeast: " не меньше "}[op] + n[0]
}

// russianForms are the accusative after 1, after 2 and after 5, then the genitive after 1.
var russianForms = map[byte][4]string{
	's': {"секунду", "секунды", "секунд", "секунды"},
	'm': {"минуту", "минуты", "минут", "минуты"},
	'h': {"час", "часа", "часов", "часа"},
	'd': {"день", "дня", "дней", "дня"},
	'w': {"неделю", "недели", "недель", "недели"},
}

func russianUnits(n int, unit byte, genitive bool) string {
	forms := russianForms[unit]
	form := forms[2]
	switch one, teen := n%10, n%100/10 == 1; {
	case teen:
	case one == 1 && genitive:
		form = forms[3]
	case one == 1:
		form = forms[0]
	case one >= 2 && one <= 4 && !genitive:
		form = forms[1]
	}
	return strconv.Itoa(n) + "\u00a0" + form
}
