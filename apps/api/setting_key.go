package api

import (
	"errors"
	"strconv"
	"strings"

	"manydesk/desk"
	"manydesk/desk/settings"
)

// latin is how Russian letters are written in keys.
var latin = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i", "й", "y", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o",
	"п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", "kh", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya",
	"×", "x",
)

const longestKey = 40

// keyOf makes a key of a name, the English one if there is one, that is not taken.
func keyOf(name settings.Words, taken map[string]bool) string {
	text := latin.Replace(strings.ToLower(strings.TrimSpace(name.In("en"))))
	words := strings.FieldsFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	key := strings.Join(words, "_")
	if key == "" || key[0] < 'a' {
		key = "k_" + key
	}
	key = strings.TrimRight(key[:min(len(key), longestKey-4)], "_")
	for i, plain := 2, key; taken[key]; i++ {
		key = plain + "_" + strconv.Itoa(i)
	}
	return key
}

// fieldsOf gives the wrong fields of a refusal; any other error stays one.
func fieldsOf(err error) ([]desk.FieldError, error) {
	var e *desk.Error
	if errors.As(err, &e) && e.Code == desk.ValidationFailed {
		return e.Fields, nil
	}
	return nil, err
}

// useNames lists what names a setting, for the sentence.
func useNames(language string, uses []SettingUse) string {
	names := make([]string, 0, 4)
	for i, u := range uses {
		if i == 3 {
			names = append(names, "…")
			break
		}
		name := "“" + settings.Words(u.Name).In(language) + "”"
		if language == "ru" {
			name = "«" + settings.Words(u.Name).In(language) + "»"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}
