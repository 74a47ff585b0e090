package settings

import (
	"net/mail"
	"regexp"

	"manydesk/desk"
	"manydesk/tenants/access"
)

// The kinds of which a tenant has one row, under the key Main, and the groups, skills and levels.
var (
	Roles   = For[access.Role]("role")
	Groups  = For[Group]("group")
	Skills  = For[Skill]("skill")
	Levels  = For[Level]("level")
	Brands  = For[Brand]("brand")
	Portals = For[Portal]("portal")
	Senders = For[Sender]("sender")
	Briefs  = For[Brief]("brief")
)

// Level is a service level, in words.
type Level struct {
	Name Words `json:"name"`
}

// Validate checks the name.
func (l Level) Validate() error { return desk.Invalid(named("name", l.Name)...) }

// Brand is how the tenant shows itself to its clients. The colours made of it
// stand in the registry (tenants.Look), where every page needs them.
type Brand struct {
	// Color is one colour, "#1f6feb"; empty is the neutral default.
	Color string `json:"color,omitempty"`
	// PortalName stands in the portal's head; empty is the tenant's name.
	PortalName string `json:"portal_name,omitempty"`
	// Logo and LogoDark are keys of the tenant's files.
	Logo     string     `json:"logo,omitempty"`
	LogoDark string     `json:"logo_dark,omitempty"`
	Texts    BrandTexts `json:"texts,omitzero"`
}

// BrandTexts are sentences of the portal that the tenant says in its own words.
type BrandTexts struct {
	Greeting Words `json:"greeting,omitzero"`
}

var colors = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// Validate checks the colour's form and the lengths.
func (b Brand) Validate() error {
	var wrong []desk.FieldError
	if b.Color != "" && !colors.MatchString(b.Color) {
		wrong = append(wrong, desk.Field("brand", desk.Pattern, "pattern", "#rrggbb"))
	}
	if len([]rune(b.PortalName)) > 80 {
		wrong = append(wrong, desk.Field("portal_name", desk.MaxLength, "max", 80))
	}
	for at, text := range map[string]string{"texts/greeting/ru": b.Texts.Greeting.RU, "texts/greeting/en": b.Texts.Greeting.EN} {
		if len([]rune(text)) > 300 {
			wrong = append(wrong, desk.Field(at, desk.MaxLength, "max", 300))
		}
	}
	return desk.Invalid(wrong...)
}

// Portal says how clients come in.
type Portal struct {
	SignInCode     bool `json:"sign_in_code"`
	SignInPassword bool `json:"sign_in_password"`
}

// Sender is in whose name letters leave. Empty fields are filled by the mail
// room: the tenant's name, and its address on the installation's own domain.
type Sender struct {
	Address string `json:"address,omitempty"`
	Name    Words  `json:"name,omitzero"`
}

// Validate checks the address.
func (s Sender) Validate() error {
	if s.Address == "" {
		return nil
	}
	if a, err := mail.ParseAddress(s.Address); err != nil || a.Address != s.Address {
		return desk.Invalid(desk.Field("address", desk.Email))
	}
	return nil
}

// Brief tells outsourced people how this tenant wants its clients spoken to.
type Brief struct {
	Greeting   string       `json:"greeting"`
	Tone       string       `json:"tone"`
	Do         []string     `json:"do"`
	Dont       []string     `json:"dont"`
	Escalation []Escalation `json:"escalation"`
}

// Escalation is whom to call, and when.
type Escalation struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
	When  string `json:"when"`
}

// Validate bounds the lengths.
func (b Brief) Validate() error {
	var wrong []desk.FieldError
	for at, text := range map[string]string{"greeting": b.Greeting, "tone": b.Tone} {
		if len([]rune(text)) > 500 {
			wrong = append(wrong, desk.Field(at, desk.MaxLength, "max", 500))
		}
	}
	if len(b.Do)+len(b.Dont)+len(b.Escalation) > 100 {
		wrong = append(wrong, desk.Field("do", desk.MaxItems, "max", 100))
	}
	return desk.Invalid(wrong...)
}
