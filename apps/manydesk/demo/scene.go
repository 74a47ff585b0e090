package demo

import "manydesk/desk/conditions"

// A company is one demo tenant: who it is, what it calls things, who its
// clients are and what goes wrong there.
type company struct {
	slug, code, name, language, zone, brand string
	domain, address, sender                 string
	greeting, tone                          string
	do, dont                                []string
	escalation                              [3]string
	types                                   []ticketType
	// when says of which tickets a question is asked, by the keys of type and field.
	when  map[string]conditions.Tree
	firms []firm
	// places fill {place}, units fill {unit}: what a scenario happens at.
	places, units []string
	scenes        []scene
}

type ticketType struct {
	key, ru, en string
	public      bool
	fields      []field
}

type field struct {
	key, ru, en, kind string
	required          bool
	choices           [][3]string
	// values are what demo tickets carry.
	values []string
}

type firm struct {
	name, domain string
	vip          bool
	people       []string
}

// A scene is one kind of trouble: how it is told, asked about and ended.
type scene struct {
	kind     string
	priority int
	subjects []string
	opening  []string
	// talk alternates as it is told: "c" the client, "a" the agent, "n" a note.
	talk []line
	end  string
	// weight is how often it happens beside the others.
	weight int
}

type line struct{ who, text string }

func c(text string) line { return line{"c", text} }
func a(text string) line { return line{"a", text} }
func n(text string) line { return line{"n", text} }
