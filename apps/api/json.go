package api

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"manydesk/desk"
)

// deepest is how far JSON may nest: no body of ours needs more, and a checker
// that recurses needs a bound.
const deepest = 32

// format is JSON as we give it. What comes in was looked at before (readable):
// UTF-8, no NUL (Postgres has none in its texts), not nested without end.
var format = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		b, err := encode(v)
		if err != nil {
			return err
		}
		_, err = w.Write(b)
		return err
	},
	Unmarshal: json.Unmarshal,
}

// readable refuses what JSON allows and we cannot keep, before huma reads the body.
func readable(data []byte) error {
	if !utf8.Valid(data) {
		return desk.Refuse(desk.BodyUnreadable, "why", "UTF-8")
	}
	depth, inText := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inText && c == '\\':
			if bytes.HasPrefix(data[i:], []byte(`\u0000`)) {
				return desk.Invalid(desk.FieldError{Pointer: "/body", Code: desk.NotText})
			}
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '{' || c == '[':
			if depth++; depth > deepest {
				return desk.Invalid(desk.FieldError{Pointer: "/body", Code: desk.TooDeep})
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

// encode writes JSON as the API gives it: no HTML escaping, because it never
// stands inside a page (the shell escapes for itself), and no final newline.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
