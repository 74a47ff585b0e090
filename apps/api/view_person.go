package api

import (
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk"
	"manydesk/desk/events"
	"manydesk/tenants"
)

// named puts an enum into the document once, under a name of its own.
func named(r huma.Registry, name string, values ...any) *huma.Schema {
	if r.Map()[name] == nil {
		s := &huma.Schema{Type: "string", Enum: values}
		s.PrecomputeMessages()
		r.Map()[name] = s
	}
	return &huma.Schema{Ref: "#/components/schemas/" + name}
}

// Language is ru or en.
type Language string

// Schema names the enum.
func (Language) Schema(r huma.Registry) *huma.Schema { return named(r, "Language", "ru", "en") }

// Person is somebody as others see them.
type Person struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Kind     PersonKind `json:"kind"`
	Initials string     `json:"initials"`
}

// PersonKind is staff, contact or system.
type PersonKind string

// Schema names the enum.
func (PersonKind) Schema(r huma.Registry) *huma.Schema {
	return named(r, "PersonKind", "staff", "contact", "system")
}

// personOf shows somebody; an automaton has the product's name.
func personOf(kind string, id desk.AnyID, name string) Person {
	p := Person{Name: name, Kind: PersonKind(kind), Initials: initials(name)}
	switch events.ActorOf(kind, id, 0).Kind {
	case desk.StaffActor:
		p.ID, p.Kind = desk.UserID(id).String(), "staff"
	case desk.ContactActor:
		p.ID, p.Kind = desk.ContactID(id).String(), "contact"
	default:
		p.ID, p.Kind = "", "system"
		// Which automaton it was is for the audit; people know the product.
		if p.Name == "" || strings.HasPrefix(p.Name, "system:") {
			p.Name = "Manydesk"
		}
		p.Initials = "MD"
	}
	return p
}

func staffPerson(id desk.UserID, name string) *Person {
	if id.IsZero() {
		return nil
	}
	p := personOf("staff", id.Any(), name)
	return &p
}

// initials are the first letters of the first and the last word.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	switch len(words) {
	case 0:
		return ""
	case 1:
		return first(words[0])
	}
	return first(words[0]) + first(words[len(words)-1])
}

func first(word string) string {
	for _, r := range word {
		return string(unicode.ToUpper(r))
	}
	return ""
}

// Accent is the five colours of one theme.
type Accent struct {
	Solid string `json:"solid"`
	On    string `json:"on"`
	Text  string `json:"text"`
	Strip string `json:"strip"`
	Tint  string `json:"tint"`
}

// Look is what tells a tenant apart.
type Look struct {
	Brand   string  `json:"brand"`
	Light   Accent  `json:"light"`
	Dark    Accent  `json:"dark"`
	LogoURL *string `json:"logo_url"`
	Version int     `json:"version"`
}

// neutral colours stand in for a tenant that chose none (tokens.css).
var (
	neutralLight = Accent{"#5b636d", "#ffffff", "#515963", "#c3c8cf", "#eceff2"}
	neutralDark  = Accent{"#8b929b", "#0d1116", "#a9aeb6", "#4a515a", "#232931"}
)

func (a *App) look(t tenants.Tenant) Look {
	l := Look{Brand: t.Look.Brand, Light: neutralLight, Dark: neutralDark, Version: t.Look.Version}
	if tenants.IsColour(t.Look.Light.Solid) {
		l.Light, l.Dark = Accent(t.Look.Light), Accent(t.Look.Dark)
	}
	if t.Look.Logo != "" {
		url := "/brand/" + t.Slug + "/logo-" + itoa(t.Look.Version)
		l.LogoURL = &url
	}
	return l
}

// Tenant is a customer company.
type Tenant struct {
	Slug      string     `json:"slug"`
	Name      string     `json:"name"`
	Code      string     `json:"code" doc:"Short name that stands in ticket numbers: ACME"`
	State     string     `json:"state" enum:"active,read_only,suspended"`
	Languages []Language `json:"languages"`
	TimeZone  string     `json:"time_zone"`
	Look      Look       `json:"look"`
	PortalURL string     `json:"portal_url"`
}

// TenantRef names a tenant.
type TenantRef struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
	Code string `json:"code"`
	Look Look   `json:"look"`
}

func (a *App) tenantView(t tenants.Tenant) Tenant {
	v := Tenant{Slug: t.Slug, Name: t.Name, Code: t.Code, State: "active", TimeZone: t.TimeZone, Look: a.look(t), PortalURL: a.places.portalURL(t.Slug)}
	switch t.State {
	case tenants.ReadOnly:
		v.State = "read_only"
	case tenants.Suspended, tenants.Moving:
		v.State = "suspended"
	case tenants.Creating, tenants.Active, tenants.Erasing:
	}
	for _, l := range t.Languages {
		v.Languages = append(v.Languages, Language(l))
	}
	return v
}

func (a *App) tenantRef(t tenants.Tenant) TenantRef {
	return TenantRef{Slug: t.Slug, Name: t.Name, Code: t.Code, Look: a.look(t)}
}

// Named is a key with its name in the reader's language.
type Named struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// Titled is a slug with its name.
type Titled struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}
