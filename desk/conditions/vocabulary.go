package conditions

import "time"

// Name is what a thing is called in both languages.
type Name struct {
	RU string `json:"ru"`
	EN string `json:"en"`
}

// In picks a language; what is missing falls back to the other.
func (n Name) In(language string) string {
	if (language == "en" && n.EN != "") || n.RU == "" {
		return n.EN
	}
	return n.RU
}

// Option is one value of a choice.
type Option struct {
	Key  string `json:"key"`
	Name Name   `json:"name"`
}

// Field is one thing that conditions can ask about.
type Field struct {
	Key  string
	Kind Kind
	Name Name
	// Choices are the values there are; nil for a choice checks no key. A number
	// with choices is one of them, called by their names: P1.
	Choices []Option
	// Called finds the name of a value that Choices do not list: a person, a company.
	Called func(key string) (Name, bool)
	// SQL is the value over the alias t of ?tenant.tickets, of the kind's type: text,
	// float8, boolean, timestamptz, uuid (Person, Company, Contact), text[] (Tags),
	// never with a question mark in it. Without it the field is evaluated in Go only.
	SQL string
	// Whole says that SQL is a column of whole numbers, which is compared with such,
	// so that its statistics and its index serve.
	Whole bool
	// Codes are the numbers that SQL has for the keys of a choice.
	Codes map[string]int
	// Held is the key in ?tenant.tickets.fields whose equality is asked of the whole
	// object, which is indexed, and not of the value in it.
	Held string
	// Alias is the field's name in the text of a filter when it is not Key.
	Alias string
	// Words marks the field that bare words of a filter's text are sought in.
	Words bool

	// saying is how the product's own fields are spoken of.
	saying saying
}

// Vocabulary are the fields of a tenant, in the order in which they are offered.
type Vocabulary struct {
	fields    []Field
	at        map[string]int
	calendars []Option
	zone      *time.Location
	// stored asks for SQL of everything.
	stored bool
}

// NewVocabulary makes a vocabulary. calendars are those that conditions may
// name; nil checks none.
func NewVocabulary(calendars []Option, fields ...Field) Vocabulary {
	v := Vocabulary{fields: fields, at: make(map[string]int, len(fields)), calendars: calendars}
	for i, f := range fields {
		v.at[f.Key] = i
	}
	return v
}

// In gives the vocabulary whose explanations tell instants in a zone; UTC else.
func (v Vocabulary) In(zone *time.Location) Vocabulary {
	v.zone = zone
	return v
}

// Stored is the part of the vocabulary that lists and dry runs can ask the
// database: its Check refuses what SQL would call ErrGoOnly.
func (v Vocabulary) Stored() Vocabulary {
	var fields []Field
	for _, f := range v.fields {
		if f.SQL != "" {
			fields = append(fields, f)
		}
	}
	out := NewVocabulary(v.calendars, fields...).In(v.zone)
	out.stored = true
	return out
}

// Fields are all of them, in order. Read them, do not write into them.
func (v Vocabulary) Fields() []Field { return v.fields }

// Calendars are those that conditions may name.
func (v Vocabulary) Calendars() []Option { return v.calendars }

// Field finds one by key.
func (v Vocabulary) Field(key string) (Field, bool) {
	i, ok := v.at[key]
	if !ok {
		return Field{}, false
	}
	return v.fields[i], true
}

// Fit gives a stored value in the form of its field's kind, and nil for one of
// another kind, left from before the field was changed; Values of a tenant's own
// fields pass through it, because SQL reads them so.
func (v Vocabulary) Fit(key string, value any) any {
	f, known := v.Field(key)
	if !known {
		return nil
	}
	fits := false
	switch f.Kind {
	case Text, Choice, Person, Company, Contact, Date:
		_, fits = value.(string)
	case Number:
		_, fits = number(value)
	case Boolean:
		_, fits = value.(bool)
	case Tags:
		_, fits = value.([]string)
	case Time:
		_, fits = value.(time.Time)
	}
	if !fits {
		return nil
	}
	return value
}

func option(options []Option, key string) (Name, bool) {
	for _, o := range options {
		if o.Key == key {
			return o.Name, true
		}
	}
	return Name{}, false
}
