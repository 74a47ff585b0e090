package conditions

import (
	"fmt"
	"time"

	"manydesk/desk"
)

func (c *checker) time(op Op, value any, at string) {
	p := &test{op: op}
	ok := p.take(value)
	switch op {
	case InCalendar:
		if key, fine := c.text(value, at, false); fine && c.v.calendars != nil {
			if _, known := option(c.v.calendars, key); !known {
				c.refuse(at, desk.OneOf, "of", keysOf(c.v.calendars))
			}
		}
	case Within:
		if !ok {
			c.refuse(at+"/seconds", desk.Integer)
		}
	case AtHours:
		c.hours(value, at, ok)
	case OnDays:
		if !ok {
			c.refuse(at, desk.OneOf, "of", "mon, tue, wed, thu, fri, sat, sun")
		}
	default:
		if !ok {
			c.refuse(at, desk.DateTime)
		}
	}
}

func (c *checker) hours(value any, at string, ok bool) {
	pair, list := texts(value)
	if ok {
		return
	}
	if !list || len(pair) != 2 {
		c.refuse(at, desk.Array)
		return
	}
	for i, s := range pair {
		if n, ok := minutes(s); !ok || i == 0 && n == 1440 {
			c.refuse(fmt.Sprintf("%s/%d", at, i), desk.Time)
			return
		}
	}
	c.refuse(at+"/1", desk.NotAfter)
}

func (c *checker) date(op Op, value any, at string) {
	day := func(value any, at string) string {
		s, ok := value.(string)
		if _, err := time.Parse(time.DateOnly, s); !ok || err != nil {
			c.refuse(at, desk.Date)
			return ""
		}
		return s
	}
	if op != Between {
		day(value, at)
		return
	}
	pair, ok := value.([]any)
	if !ok || len(pair) != 2 {
		c.refuse(at, desk.Array)
		return
	}
	from, to := day(pair[0], at+"/0"), day(pair[1], at+"/1")
	if from != "" && to != "" && to < from {
		c.refuse(at+"/1", desk.NotAfter)
	}
}
