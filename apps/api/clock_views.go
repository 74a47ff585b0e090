package api

import (
	"context"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk/conditions"
	"manydesk/desk/flows/queue"
	"manydesk/desk/flows/triage"
	"manydesk/desk/settings"
	"manydesk/desk/sla"
	"manydesk/desk/tickets"
	"manydesk/tenants"
)

// ClockKind is one of the promises.
type ClockKind string

// Schema names the enum.
func (ClockKind) Schema(r huma.Registry) *huma.Schema {
	return named(r, "ClockKind", "first_response", "next_response", "resolution", "arrival")
}

// Counting is what a client counts on with: it subtracts while the desk is open,
// and asks again when that changes.
type Counting struct {
	OpenNow   bool     `json:"open_now" doc:"Working time at the moment of the answer"`
	ChangesAt *Instant `json:"changes_at" doc:"When open_now is the other way next; null for never"`
	Always    bool     `json:"always" doc:"The calendar never closes"`
	TimeZone  string   `json:"time_zone"`
}

func countingOf(r sla.Reading) Counting {
	return Counting{r.Open, at(r.ChangesAt), r.Always, r.Zone}
}

// RowClock is the nearest deadline of a ticket in a list.
type RowClock struct {
	Kind               ClockKind `json:"kind"`
	DueAt              Instant   `json:"due_at"`
	TargetSeconds      int64     `json:"target_seconds" doc:"Working time"`
	WorkingSecondsLeft int64     `json:"working_seconds_left" doc:"At the moment of the answer; negative when it is late"`
	Breached           bool      `json:"breached"`
	Counting
}

// rowClock is nil for a row without a deadline.
func rowClock(c *queue.Clock) *RowClock {
	if c == nil {
		return nil
	}
	return &RowClock{ClockKind(c.Kind), Instant(c.Due), c.Target, c.Left, c.Left <= 0, countingOf(c.Reading)}
}

// Clock is a promise of a ticket.
type Clock struct {
	Kind               ClockKind `json:"kind"`
	State              string    `json:"state" enum:"running,paused,met"`
	StartedAt          Instant   `json:"started_at"`
	DueAt              *Instant  `json:"due_at" doc:"null while paused"`
	MetAt              *Instant  `json:"met_at"`
	Breached           bool      `json:"breached"`
	TargetSeconds      int64     `json:"target_seconds"`
	WorkingSecondsUsed int64     `json:"working_seconds_used"`
	WorkingSecondsLeft int64     `json:"working_seconds_left" doc:"Negative when it is late"`
	ResumeAt           *Instant  `json:"resume_at"`
	Counting
}

func clockView(c triage.Clock) Clock {
	return Clock{
		Kind: ClockKind(c.Kind), State: c.State, StartedAt: Instant(c.Started), DueAt: at(c.Due), MetAt: at(c.Met), Breached: c.Breached,
		TargetSeconds: seconds64(c.Target), WorkingSecondsUsed: seconds64(c.Used), WorkingSecondsLeft: seconds64(c.Left), ResumeAt: at(c.ResumeAt), Counting: countingOf(c.Reading),
	}
}

func clockViews(all []triage.Clock) []Clock {
	views := make([]Clock, len(all))
	for i, c := range all {
		views[i] = clockView(c)
	}
	return views
}

func seconds64(d time.Duration) int64 { return int64(d / time.Second) }

// nearest is the clock of a ticket's row: the running one that is due first.
func nearest(all []triage.Clock) *RowClock {
	var first *triage.Clock
	for i := range all {
		c := &all[i]
		if c.State == "running" && !c.Due.IsZero() && (first == nil || c.Due.Before(first.Due)) {
			first = c
		}
	}
	if first == nil {
		return nil
	}
	return &RowClock{ClockKind(first.Kind), Instant(first.Due), seconds64(first.Target), seconds64(first.Left), first.Breached, countingOf(first.Reading)}
}

// Segment is a stretch of the way to a deadline.
type Segment struct {
	From    Instant `json:"from"`
	To      Instant `json:"to"`
	Kind    string  `json:"kind" enum:"working,closed,paused"`
	Seconds int64   `json:"seconds"`
}

func segmentViews(all []sla.Segment) []Segment {
	views := make([]Segment, len(all))
	for i, s := range all {
		views[i] = Segment{Instant(s.From), Instant(s.To), string(s.Kind), seconds64(s.To.Sub(s.From))}
	}
	return views
}

// Agreed is a policy or an exception that holds.
type Agreed struct {
	Key     string `json:"key"`
	Version int    `json:"version"`
	Name    string `json:"name"`
	Reason  string `json:"reason,omitempty"`
}

// CalendarRef is the calendar that counts.
type CalendarRef struct {
	Key       string `json:"key"`
	Version   int    `json:"version"`
	Name      string `json:"name"`
	TimeZone  string `json:"time_zone"`
	Always    bool   `json:"always"`
	Customers bool   `json:"customers" doc:"It is the customer's own, which the policy lets win"`
}

// TriedRule is a policy or an exception that was asked whether it holds.
type TriedRule struct {
	Kind      string         `json:"kind" enum:"exception,policy"`
	Key       string         `json:"key"`
	Name      string         `json:"name"`
	Matched   bool           `json:"matched"`
	Sentences []SeenSentence `json:"sentences"`
}

// SeenSentence is a condition in words, with the value that it met.
type SeenSentence struct {
	Text    string  `json:"text"`
	Matched bool    `json:"matched"`
	Actual  *string `json:"actual"`
}

// Agreement is what holds for a ticket, and what was asked before it did.
type Agreement struct {
	Policy    *Agreed      `json:"policy"`
	Exception *Agreed      `json:"exception"`
	Calendar  *CalendarRef `json:"calendar"`
	Tried     []TriedRule  `json:"tried"`
}

func agreement(w *triage.Why, v conditions.Vocabulary, language string) Agreement {
	a := Agreement{Tried: []TriedRule{}}
	if w.Terms.Policy != "" {
		a.Policy = &Agreed{Key: w.Terms.Policy, Version: w.Terms.Version, Name: w.Policy.In(language)}
		a.Calendar = &CalendarRef{w.Terms.CalendarKey, w.Terms.CalendarVersion, w.Calendar.In(language), w.Reading.Zone, w.Reading.Always, w.Terms.Customers}
	}
	if w.Terms.Exception != "" {
		a.Exception = &Agreed{w.Terms.Exception, w.Terms.ExceptionVersion, w.Exception.In(language), w.Terms.Reason}
	}
	for _, t := range w.Tried {
		rule := TriedRule{t.Kind, t.Key, t.Name.In(language), t.Matched, []SeenSentence{}}
		for _, s := range t.Trace.Explain(t.When, v, language) {
			rule.Sentences = append(rule.Sentences, SeenSentence{s.Text, s.Matched, orNil(s.Actual)})
		}
		if t.Late {
			rule.Sentences = append(rule.Sentences, SeenSentence{Text: say(language, notInForce)})
		}
		a.Tried = append(a.Tried, rule)
	}
	return a
}

var notInForce = [2]string{"Не действовало, когда заявка открыта", "Was not in force when the ticket was opened"}

// vocabulary is what conditions can ask in the tenant.
func vocabulary(ctx context.Context, tx tenants.ReadTx) (conditions.Vocabulary, error) {
	live, err := sla.Calendars.All(ctx, tx)
	if err != nil {
		return conditions.Vocabulary{}, err
	}
	options := make([]conditions.Option, len(live))
	for i, c := range live {
		options[i] = conditions.Option{Key: c.Key, Name: conditions.Name(c.Spec.Name)}
	}
	return tickets.Vocabulary(ctx, tx, options)
}

// WhyPage explains every deadline of a ticket.
type WhyPage struct {
	Agreement
	Clocks []ReasonedClock `json:"clocks"`
}

// ReasonedClock is a clock with the way to its deadline.
type ReasonedClock struct {
	Clock
	Segments      []Segment   `json:"segments"`
	PausedSeconds int64       `json:"paused_seconds"`
	ClosedSeconds int64       `json:"closed_seconds"`
	Steps         []ClockStep `json:"steps"`
}

// ClockStep is something that happened to a clock.
type ClockStep struct {
	At   Instant `json:"at"`
	Kind string  `json:"kind" enum:"began,started,paused,resumed,retargeted,met,unmet,breached,escalated"`
	Seq  int     `json:"seq" doc:"The fact that tells it"`
	Rule *string `json:"rule" doc:"The escalation, as key@version/level"`
	Name *string `json:"rule_name" doc:"What the escalation is called now; null for one that is gone"`
}

func whyPage(w *triage.Why, v conditions.Vocabulary, escalations []settings.Published[sla.Escalation], language string) *WhyPage {
	p := &WhyPage{Agreement: agreement(w, v, language), Clocks: []ReasonedClock{}}
	for _, c := range w.Clocks {
		r := ReasonedClock{
			Clock: clockView(c.Clock), Segments: segmentViews(c.Segments),
			PausedSeconds: seconds64(c.Paused), ClosedSeconds: seconds64(c.Closed), Steps: []ClockStep{},
		}
		for _, s := range c.Steps {
			step := ClockStep{At: Instant(s.At), Kind: string(s.Kind), Seq: s.Seq, Rule: orNil(s.Rule)}
			key, _, _ := strings.Cut(s.Rule, "@")
			for _, e := range escalations {
				if e.Key == key {
					step.Name = orNil(e.Spec.Name.In(language))
				}
			}
			r.Steps = append(r.Steps, step)
		}
		p.Clocks = append(p.Clocks, r)
	}
	return p
}

// DeadlinePreview tells when a ticket would be due.
type DeadlinePreview struct {
	At Instant `json:"at"`
	Agreement
	Clocks []PreviewedClock `json:"clocks"`
}

// PreviewedClock is one of its deadlines.
type PreviewedClock struct {
	Kind          ClockKind `json:"kind"`
	DueAt         Instant   `json:"due_at"`
	TargetSeconds int64     `json:"target_seconds"`
	Segments      []Segment `json:"segments"`
}

func previewView(a *triage.Answer, v conditions.Vocabulary, language string) *DeadlinePreview {
	p := &DeadlinePreview{At: Instant(a.At), Agreement: agreement(&a.Why, v, language), Clocks: []PreviewedClock{}}
	for _, c := range a.Clocks {
		p.Clocks = append(p.Clocks, PreviewedClock{ClockKind(c.Kind), Instant(c.Due), seconds64(c.Target), segmentViews(c.Segments)})
	}
	return p
}

// TrialResult is what a draft would have meant for the last tickets.
type TrialResult struct {
	Tickets    int          `json:"tickets"`
	Moved      int          `json:"moved"`
	Earlier    int          `json:"earlier"`
	IntoPast   int          `json:"into_past"`
	KeptBefore *float64     `json:"kept_before" doc:"Share of deadlines kept, 0 to 1; null where none is decided"`
	KeptAfter  *float64     `json:"kept_after"`
	TookMS     int64        `json:"took_ms"`
	Rows       []TrialShift `json:"rows" doc:"At most 100"`
}

// TrialShift is a deadline that would move.
type TrialShift struct {
	Ref     string    `json:"ref"`
	Subject string    `json:"subject"`
	Kind    ClockKind `json:"kind"`
	Before  *Instant  `json:"before"`
	After   *Instant  `json:"after"`
}

func trialView(t *triage.Trial, tenant tenants.Tenant, took time.Duration) TrialResult {
	v := TrialResult{
		Tickets: t.Tickets, Moved: t.Moved, Earlier: t.Earlier, IntoPast: t.IntoPast, KeptBefore: share(t.Before), KeptAfter: share(t.After),
		TookMS: took.Milliseconds(), Rows: []TrialShift{},
	}
	for _, r := range t.Rows {
		v.Rows = append(v.Rows, TrialShift{tenant.Ref(r.Number), r.Subject, ClockKind(r.Clock), at(r.Before), at(r.After)})
	}
	return v
}

func share(f float64) *float64 {
	if f < 0 {
		return nil
	}
	return &f
}
