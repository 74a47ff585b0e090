package letters

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
)

//go:embed letter.gohtml
var page string

var shape = template.Must(template.New("letter").Parse(page))

// Render writes a letter. It fails for a kind that it does not know and for nothing else.
func Render(l Letter) (Rendered, error) {
	v, err := viewOf(l)
	if err != nil {
		return Rendered{}, err
	}
	var out bytes.Buffer
	if err := shape.Execute(&out, v); err != nil {
		return Rendered{}, fmt.Errorf("render %s: %w", l.Kind, err)
	}
	return Rendered{Subject: v.Subject, HTML: out.String(), Text: v.plain()}, nil
}
