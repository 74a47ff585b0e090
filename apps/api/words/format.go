package words

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Format puts params into a sentence: "{who}" and
// "{n, plural, one{# запись} few{# записи} many{# записей} other{# записи}}".
// ok is false when the sentence names a parameter that is not there.
func Format(language, sentence string, params map[string]any) (text string, ok bool) {
	var b strings.Builder
	for {
		i := strings.IndexByte(sentence, '{')
		if i < 0 {
			b.WriteString(sentence)
			return b.String(), true
		}
		b.WriteString(sentence[:i])
		inner, rest := braces(sentence[i:])
		sentence = rest
		name, form, plural := strings.Cut(inner, ", plural,")
		value, there := params[name]
		if !there {
			return "", false
		}
		if !plural {
			b.WriteString(show(language, value))
			continue
		}
		b.WriteString(choose(language, form, value))
	}
}

// braces splits "{a{b}c}rest" into "a{b}c" and "rest".
func braces(s string) (inner, rest string) {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return s[1:i], s[i+1:]
			}
		}
	}
	return s[1:], ""
}

func choose(language, forms string, value any) string {
	want, other := Plural(language, number(value)), ""
	for {
		i := strings.IndexByte(forms, '{')
		if i < 0 {
			return strings.ReplaceAll(other, "#", show(language, value))
		}
		key := strings.TrimSpace(forms[:i])
		text, rest := braces(forms[i:])
		forms = rest
		switch key {
		case want:
			return strings.ReplaceAll(text, "#", show(language, value))
		case "other":
			other = text
		}
	}
}

// Plural is the CLDR category of a cardinal: one, few, many or other.
func Plural(language string, n float64) string {
	whole := n == math.Trunc(n)
	if language != "ru" {
		if n == 1 {
			return "one"
		}
		return "other"
	}
	ten, hundred := math.Mod(math.Abs(n), 10), math.Mod(math.Abs(n), 100)
	switch {
	case !whole:
		return "other"
	case ten == 1 && hundred != 11:
		return "one"
	case ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14):
		return "few"
	default:
		return "many"
	}
}

func number(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case int32:
		return float64(v)
	case int64:
		return float64(v)
	case float64:
		return v
	case json.Number:
		f, err := v.Float64()
		if err == nil {
			return f
		}
	case string:
		f, err := strconv.ParseFloat(v, 64)
		if err == nil {
			return f
		}
	}
	return 0
}

func show(language string, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []string:
		return strings.Join(v, ", ")
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if language == "ru" {
			s = strings.Replace(s, ".", ",", 1)
		}
		return s
	default:
		return fmt.Sprint(v)
	}
}
