package access

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
)

// Words are a name in both languages.
type Words struct {
	RU string `json:"ru"`
	EN string `json:"en"`
}

// In picks a language; what is missing falls back to the other.
func (w Words) In(language string) string {
	if (language == "en" && w.EN != "") || w.RU == "" {
		return w.EN
	}
	return w.RU
}

// Role is the spec of a config row of kind "role".
type Role struct {
	Name   Words   `json:"name"`
	Grants []Grant `json:"permissions"`
}

// Grant is one permission of a role. Types nil is all ticket types; a
// permission that is not tied to types has none.
type Grant struct {
	Permission string   `json:"permission"`
	Types      []string `json:"types,omitempty"`
}

// The keys of the roles every tenant begins with.
const (
	Owner         = "owner"
	Admin         = "admin"
	Dispatcher    = "dispatcher"
	Agent         = "agent"
	Engineer      = "engineer"
	Observer      = "observer"
	Client        = "client"
	ClientManager = "client_manager"
	Subcontractor = "subcontractor"
)

// Keyed is a role with its key.
type Keyed struct {
	Key  string
	Role Role
}

var builtin = []struct {
	key  string
	name Words
	may  mask
}{
	{Owner, Words{"Владелец", "Owner"}, staffSide},
	{Admin, Words{"Администратор", "Administrator"}, staffSide &^ of(TenantManage)},
	{Dispatcher, Words{"Диспетчер", "Dispatcher"}, typed | of(CustomerRead, CustomerEdit, MemberRead, SettingsRead)},
	{Agent, Words{"Специалист первой линии", "First-line agent"}, typed&^of(TicketExport) | of(CustomerRead, CustomerEdit, MemberRead, SettingsRead)},
	{Engineer, Words{"Инженер", "Engineer"}, of(TicketRead, TicketReply, TicketNote, TicketAssign, TicketStatus, TicketEdit, CustomerRead, MemberRead, SettingsRead)},
	{Observer, Words{"Наблюдатель", "Observer"}, of(TicketRead, CustomerRead, MemberRead, SettingsRead)},
	{Client, Words{"Клиент", "Client"}, portal &^ of(RequestCompany)},
	{ClientManager, Words{"Руководитель клиента", "Client manager"}, portal},
	{Subcontractor, Words{"Подрядчик", "Subcontractor"}, of(RequestRead, RequestReply)},
}

// Builtin lists the roles every tenant begins with. A published row of the same
// key takes the place of any of them but the owner's, so that nobody can lock a
// tenant's owner out.
func Builtin() []Keyed {
	all := make([]Keyed, len(builtin))
	for i, b := range builtin {
		role := Role{Name: b.name}
		for _, p := range b.may.list() {
			role.Grants = append(role.Grants, Grant{Permission: p.String()})
		}
		all[i] = Keyed{b.key, role}
	}
	return all
}

// IsBuiltin reports whether the key is one of the product's own.
func IsBuiltin(key string) bool {
	return slices.ContainsFunc(Builtin(), func(k Keyed) bool { return k.Key == key })
}

// OnPortal reports whether the role is for clients: given by what a contact
// sees, never to staff.
func OnPortal(key string) bool {
	return key == Client || key == ClientManager || key == Subcontractor
}

// Validate checks the name in both languages and that no permission stands twice.
func (r Role) Validate() error {
	var wrong []desk.FieldError
	for at, text := range map[string]string{"name/ru": r.Name.RU, "name/en": r.Name.EN} {
		switch n := utf8.RuneCountInString(strings.TrimSpace(text)); {
		case n == 0:
			wrong = append(wrong, desk.Field(at, desk.Required))
		case n > 80:
			wrong = append(wrong, desk.Field(at, desk.MaxLength, "max", 80))
		}
	}
	seen := map[string]bool{}
	for i, g := range r.Grants {
		at := fmt.Sprintf("permissions/%d/permission", i)
		if _, known := Parse(g.Permission); !known {
			wrong = append(wrong, desk.Field(at, desk.UnknownID))
		} else if seen[g.Permission] {
			wrong = append(wrong, desk.Field(at, desk.Unique))
		}
		seen[g.Permission] = true
	}
	return desk.Invalid(wrong...)
}
