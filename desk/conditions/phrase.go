package conditions

import (
	"strings"
	"time"
)

// speaker says conditions in one language.
type speaker struct {
	v     Vocabulary
	words *words
}

// saying is how a field is spoken of.
type saying struct {
	// gender of its Russian name: m, f or n.
	gender byte
	// own is a tenant's field, spoken of as the field “Name”.
	own bool
	// rank is a number of which the smaller is the higher.
	rank bool
	// yes, no, empty and filled are whole sentences that replace the built ones.
	yes, no, empty, filled Name
}

// field finds a field; one that is gone is called by its key.
func (s *speaker) field(key string, op Op) Field {
	f, ok := s.v.Field(key)
	if !ok {
		f = Field{Key: key, Name: Name{key, key}, saying: saying{own: true}}
		for _, k := range []Kind{Choice, Text, Number, Tags, Boolean, Time, Date} {
			for _, its := range ops[k] {
				if f.Kind == "" && its == op {
					f.Kind = k
				}
			}
		}
	}
	if strings.HasPrefix(f.Key, "fields.") {
		f.saying.own = true
	}
	return f
}

// name is what a sentence about the field begins with.
func (s *speaker) name(f *Field) string {
	name := f.Name.In(s.words.language)
	if f.saying.own {
		return s.words.field + s.quoted(name)
	}
	return name
}

func (s *speaker) leaf(t *Tree) string {
	f, w := s.field(t.Field, t.Op), s.words
	name := s.name(&f)
	positive, _ := t.Op.negative()
	if positive == NotEmpty {
		return s.filled(&f, name, t.Op == NotEmpty)
	}
	p := &test{op: positive}
	if !p.take(t.Value) {
		return name + " " + string(t.Op)
	}
	switch f.Kind {
	case Number:
		return name + w.measured(t.Op, f.saying.rank, s.figures(&f, p))
	case Choice, Person, Company, Contact:
		return name + w.oneOf(t.Op == NotIn, s.all(&f, p.list))
	case Tags:
		return w.tagged(t.Op, s.all(&f, p.list))
	case Boolean:
		return s.truth(&f, name, p.truth)
	case Time:
		return name + s.timed(t.Op, p)
	case Date:
		return name + w.dated(t.Op, s.date(p.plain), s.date(p.last))
	default:
		return name + w.texts[t.Op] + s.quoted(p.plain)
	}
}

func (s *speaker) filled(f *Field, name string, filled bool) string {
	said, ending := f.saying.empty, s.words.empty
	if filled {
		said, ending = f.saying.filled, s.words.filled
	}
	if text := said.In(s.words.language); text != "" {
		return text
	}
	gender := f.saying.gender
	if f.saying.own || gender == 0 {
		gender = 'o'
	}
	return name + ending[gender]
}

func (s *speaker) truth(f *Field, name string, truth bool) string {
	said, ending := f.saying.no, s.words.no
	if truth {
		said, ending = f.saying.yes, s.words.yes
	}
	if text := said.In(s.words.language); text != "" {
		return text
	}
	return name + s.words.is + ending
}

func (s *speaker) figures(f *Field, p *test) [2]string {
	return [2]string{s.figure(f, p.number), s.figure(f, p.upTo)}
}

func (s *speaker) timed(op Op, p *test) string {
	w := s.words
	switch op {
	case Before, After:
		if p.relative {
			return w.moment(op, w.ago(p.offset))
		}
		if p.dated {
			return w.moment(op, s.date(p.plain))
		}
		return w.moment(op, s.instant(p.moment, false))
	case Within:
		return w.within(p.offset)
	case InCalendar, NotInCalendar:
		name, ok := option(s.v.calendars, p.plain)
		if !ok {
			name = Name{p.plain, p.plain}
		}
		return w.calendar[op] + s.quoted(name.In(w.language))
	case AtHours:
		return w.hours(clock(p.span.From), clock(p.span.To))
	default:
		var names []string
		for i := range 7 {
			if day := (i + 1) % 7; p.weekdays[day] {
				names = append(names, w.days[day])
			}
		}
		return w.on + strings.Join(names, ", ")
	}
}

func clock(minutes int) string {
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return two(minutes/60) + ":" + two(minutes%60)
}

// instant tells a moment in the vocabulary's zone.
func (s *speaker) instant(at time.Time, weekday bool) string {
	zone := s.v.zone
	if zone == nil {
		zone = time.UTC
	}
	at = at.In(zone)
	text := s.day(at) + ", " + at.Format("15:04")
	if weekday {
		return s.words.days[at.Weekday()] + ", " + text
	}
	return text
}

func (s *speaker) day(at time.Time) string {
	return at.Format("2") + " " + s.words.months[at.Month()-1] + " " + at.Format("2006")
}

func (s *speaker) date(text string) string {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return s.day(at)
}
