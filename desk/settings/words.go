package settings

import (
	"strings"

	"manydesk/desk"
	"manydesk/tenants/access"
)

// Words are a name in both languages.
type Words = access.Words

// named refuses a name that is absent or too long in either language.
func named(pointer string, w Words) []desk.FieldError {
	var wrong []desk.FieldError
	for language, text := range map[string]string{"ru": w.RU, "en": w.EN} {
		at := pointer + "/" + language
		switch {
		case strings.TrimSpace(text) == "":
			wrong = append(wrong, desk.Field(at, desk.Required))
		case len([]rune(text)) > 80:
			wrong = append(wrong, desk.Field(at, desk.MaxLength, "max", 80))
		}
	}
	return wrong
}
