package tickets

import (
	"context"
	"fmt"
	"strings"
	"time"

	"manydesk/desk"
	"manydesk/desk/conditions"
	"manydesk/desk/settings"
	"manydesk/tenants"
)

// asker finds out which questions of a form are asked of a ticket as it will be,
// and what they are answered. A question that is not asked has no answer for the
// conditions of others, whatever the ticket keeps of it; its answer stays there.
type asker struct {
	tx   tenants.ReadTx
	form *settings.Form
	// ticket is as it will be, but for its answers.
	ticket  *Ticket
	answers map[string]any
	// defaults says that what is asked and not answered begins with its default;
	// emptied are the questions whose answer somebody took away.
	defaults bool
	emptied  map[string]bool

	values conditions.Values
	known  map[string]bool
	busy   map[string]bool
}

func asks(tx tenants.ReadTx, form *settings.Form, ticket *Ticket, answers map[string]any) *asker {
	a := &asker{tx: tx, form: form, ticket: ticket, answers: answers, known: map[string]bool{}, busy: map[string]bool{}}
	a.values = (*formValues)(a)
	return a
}

// begins lets what is asked begin with its default where nothing was said of it.
func (a *asker) begins(values map[string]any) {
	a.defaults, a.emptied = true, map[string]bool{}
	for key, v := range values {
		a.emptied[key] = v == nil || v == ""
	}
}

// asked reports whether the form asks the question now.
func (a *asker) asked(ctx context.Context, q *settings.FormField) (bool, error) {
	if !q.Conditional() {
		return true, nil
	}
	if yes, ok := a.known[q.Field]; ok {
		return yes, nil
	}
	if a.busy[q.Field] { // A circle, which no form that was checked has: nothing is known of it.
		return false, nil
	}
	a.busy[q.Field] = true
	yes, err := q.When.Holds(ctx, a.env(), a.values)
	if err != nil {
		return false, fmt.Errorf("ask %q: %w", q.Field, err)
	}
	a.known[q.Field] = yes
	return yes, nil
}

// answer is what a question is answered, nil for nothing; its default counts
// only where it is asked.
func (a *asker) answer(ctx context.Context, q *settings.FormField) (any, error) {
	if v, there := a.answers[q.Field]; there && v != nil {
		return v, nil
	}
	if q.Default == nil || !a.defaults || a.emptied[q.Field] {
		return nil, nil //nolint:nilnil // nil is how conditions say "empty"
	}
	if yes, err := a.asked(ctx, q); !yes || err != nil {
		return nil, err
	}
	return q.Default, nil
}

func (a *asker) env() conditions.Env {
	env := conditions.Env{Now: a.tx.Now()}
	if zone, err := time.LoadLocation(a.tx.Tenant().TimeZone); err == nil {
		env.Zone = zone
	}
	return env
}

// formValues are a ticket as the conditions of its form see it: see FormWords.
type formValues asker

// Value is conditions.Values.
func (v *formValues) Value(ctx context.Context, key string) (any, error) {
	t := v.ticket
	switch key {
	case "type":
		return t.Type, nil
	case "priority":
		return float64(t.Priority), nil
	case "status":
		return filled(t.Status), nil
	case "channel":
		return filled(t.Channel), nil
	case "language":
		return filled(t.Language), nil
	case "tags":
		return t.Tags, nil
	case "company":
		return v.company(ctx)
	}
	name, own := strings.CutPrefix(key, "fields.")
	q, there := v.form.Question(name)
	if !own || !there {
		return nil, nil //nolint:nilnil // nil is how conditions say "empty"
	}
	a := (*asker)(v)
	if yes, err := a.asked(ctx, &q); !yes || err != nil {
		return nil, err
	}
	answer, err := a.answer(ctx, &q)
	return fitting(q.Spec.Kind, answer), err
}

// company is the ticket's; that of one that is being opened comes with its contact.
func (v *formValues) company(ctx context.Context) (any, error) {
	t := v.ticket
	if t.CompanyID.IsZero() && t.Number == 0 && !t.ContactID.IsZero() {
		var all []struct{ CompanyID desk.CompanyID }
		err := v.tx.Query(ctx, &all, "select company_id from ?tenant.contacts where id = $1 and company_id is not null", t.ContactID)
		if err != nil {
			return nil, fmt.Errorf("find the contact's company: %w", err)
		}
		if len(all) == 1 {
			return all[0].CompanyID.String(), nil
		}
	}
	if t.CompanyID.IsZero() {
		return nil, nil //nolint:nilnil // nil is how conditions say "empty"
	}
	return t.CompanyID.String(), nil
}

func filled(word string) any {
	if word == "" {
		return nil
	}
	return word
}

// fitting is an answer in the form of its field's kind; one of another kind, left
// from before the field was changed, counts as none.
func fitting(k settings.FieldKind, answer any) any {
	fits := false
	switch k {
	case settings.Number:
		_, fits = answer.(float64)
	case settings.Boolean:
		_, fits = answer.(bool)
	case settings.Text, settings.LongText, settings.Choice, settings.Date:
		_, fits = answer.(string)
	}
	if !fits {
		return nil
	}
	return answer
}
