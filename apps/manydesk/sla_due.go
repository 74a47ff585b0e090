package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"manydesk/apps/api/words"
	"manydesk/desk"
	"manydesk/desk/sla"
)

const (
	// mostCases bounds what `sla due` reads, in bytes.
	mostCases = 64 << 20
	// mostMinutes is the longest target: ten years around the clock.
	mostMinutes = 10 * 366 * 1440
)

// errUndue ends `sla due` with status 1; its lines have said why.
var errUndue = errors.New("not every deadline could be computed")

// dueCase is one question: when is something due that was opened at start.
type dueCase struct {
	ID       json.RawMessage `json:"id"`
	Calendar *sla.Spec       `json:"calendar"`
	Start    *time.Time      `json:"start"`
	Minutes  *int64          `json:"target_minutes"`
	Pauses   []struct {
		From *time.Time `json:"from"`
		To   *time.Time `json:"to"`
	} `json:"pauses"`
}

type dueAnswer struct {
	ID       json.RawMessage `json:"id"`
	Due      string          `json:"due,omitempty"`
	Segments []dueSegment    `json:"segments,omitempty"`
	Error    string          `json:"error,omitempty"`
}

type dueSegment struct {
	From string   `json:"from"`
	To   string   `json:"to"`
	Kind sla.Kind `json:"kind"`
}

// slaDue reads a JSON array of questions and prints an object a line for each,
// by the arithmetic that sets the deadlines of tickets.
func slaDue(args []string, in io.Reader, out io.Writer, language string) error {
	if len(args) != 1 {
		return usage("manydesk sla due FILE|-")
	}
	if args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return fmt.Errorf("open the questions: %w", err)
		}
		defer f.Close() //nolint:errcheck // only read
		in = f
	}
	var all []json.RawMessage
	if err := json.NewDecoder(io.LimitReader(in, mostCases)).Decode(&all); err != nil {
		return fmt.Errorf("read the questions, a JSON array: %w", err)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	failed := false
	for _, text := range all {
		a := answerDue(text, language)
		failed = failed || a.Error != ""
		if err := enc.Encode(a); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	if failed {
		return errUndue
	}
	return nil
}

func answerDue(text json.RawMessage, language string) dueAnswer {
	var named struct {
		ID json.RawMessage `json:"id"`
	}
	_ = json.Unmarshal(text, &named) // what is wrong is told below
	a := dueAnswer{ID: named.ID}
	if len(a.ID) == 0 {
		a.ID = json.RawMessage("null")
	}
	var c dueCase
	err := json.Unmarshal(text, &c)
	if err == nil {
		var d sla.Deadline
		if d, err = c.due(); err == nil {
			a.Due = stamp(d.At)
			a.Segments = make([]dueSegment, len(d.Segments))
			for i, s := range d.Segments {
				a.Segments[i] = dueSegment{stamp(s.From), stamp(s.To), s.Kind}
			}
			return a
		}
	}
	a.Error = undue(err, language)
	return a
}

func (c *dueCase) due() (sla.Deadline, error) {
	var wrong []desk.FieldError
	if c.Start == nil {
		wrong = append(wrong, desk.Field("start", desk.Required))
	}
	switch {
	case c.Minutes == nil:
		wrong = append(wrong, desk.Field("target_minutes", desk.Required))
	case *c.Minutes < 0:
		wrong = append(wrong, desk.Field("target_minutes", desk.Minimum, "min", 0))
	case *c.Minutes > mostMinutes:
		wrong = append(wrong, desk.Field("target_minutes", desk.Maximum, "max", mostMinutes))
	}
	var pauses []sla.Pause
	for i, p := range c.Pauses {
		at := fmt.Sprintf("pauses/%d", i)
		switch {
		case p.From == nil:
			wrong = append(wrong, desk.Field(at+"/from", desk.Required))
		case p.To == nil:
			pauses = append(pauses, sla.Pause{From: *p.From})
		case p.To.Before(*p.From):
			wrong = append(wrong, desk.Field(at+"/to", desk.NotAfter))
		default:
			pauses = append(pauses, sla.Pause{From: *p.From, To: *p.To})
		}
	}
	var calendar *sla.Calendar
	if c.Calendar == nil {
		wrong = append(wrong, desk.Field("calendar", desk.Required))
	} else {
		made, bad := c.Calendar.Calendar()
		for _, f := range bad {
			f.Pointer = "/body/calendar/" + strings.TrimPrefix(f.Pointer, "/body/")
			wrong = append(wrong, f)
		}
		calendar = made
	}
	if err := desk.Invalid(wrong...); err != nil {
		return sla.Deadline{}, err
	}
	return sla.Due(calendar, *c.Start, time.Duration(*c.Minutes)*time.Minute, pauses)
}

// undue is one line for the person.
func undue(err error, language string) string {
	var refusal *desk.Error
	switch {
	case errors.As(err, &refusal):
		lines := make([]string, len(refusal.Fields))
		for i, f := range refusal.Fields {
			text, _ := words.Field(language, f.Code, f.Params)
			lines[i] = strings.TrimPrefix(f.Pointer, "/body/") + ": " + text
		}
		return strings.Join(lines, " ")
	case language != "ru":
		return err.Error()
	case errors.Is(err, sla.ErrNeverOpens):
		return "Календарь никогда не открывается."
	case errors.Is(err, sla.ErrPaused):
		return "Перед сроком стоит пауза, которая ещё не кончилась."
	case errors.Is(err, sla.ErrTooFar):
		return "До срока больше ста лет."
	}
	return err.Error()
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
