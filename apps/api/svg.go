package api

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"manydesk/desk"
)

// What a drawing may be made of. Nothing here runs, loads or leads elsewhere.
var (
	svgElements = set("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
		"defs", "lineargradient", "radialgradient", "stop", "clippath", "mask", "symbol", "use", "pattern")
	svgAttributes = set("id", "class", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points", "width", "height", "viewbox",
		"preserveaspectratio", "transform", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
		"stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "opacity", "clip-path", "clip-rule", "mask", "offset",
		"stop-color", "stop-opacity", "gradientunits", "gradienttransform", "spreadmethod", "clippathunits", "maskunits", "patternunits",
		"patterntransform", "font-size", "font-family", "font-weight", "text-anchor", "dx", "dy", "role", "aria-label", "href", "version", "color")
)

const svgSpace = "http://www.w3.org/2000/svg"

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// cleanSVG writes a drawing anew from what is allowed in one. FileRefused for
// what is no drawing.
func cleanSVG(raw []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict = true
	d.Entity = map[string]string{}
	var out bytes.Buffer
	depth, skip, elements := 0, 0, 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, desk.Refuse(desk.FileRefused).Because(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := strings.ToLower(t.Name.Local)
			if elements++; elements > 5000 || depth > 64 || depth == 0 && (name != "svg" || out.Len() > 0) {
				return nil, desk.Refuse(desk.FileRefused)
			}
			depth++
			if skip > 0 || !svgElements[name] || t.Name.Space != "" && t.Name.Space != "svg" {
				skip++
				continue
			}
			writeElement(&out, t, depth == 1)
		case xml.EndElement:
			depth--
			if skip > 0 {
				skip--
				continue
			}
			out.WriteString("</" + t.Name.Local + ">")
		case xml.CharData:
			if skip == 0 && depth > 0 {
				if err := xml.EscapeText(&out, t); err != nil {
					return nil, err
				}
			}
		}
	}
	if depth != 0 || out.Len() == 0 {
		return nil, desk.Refuse(desk.FileRefused)
	}
	return out.Bytes(), nil
}

func writeElement(out *bytes.Buffer, t xml.StartElement, root bool) {
	out.WriteString("<" + t.Name.Local)
	if root {
		out.WriteString(` xmlns="` + svgSpace + `"`)
	}
	for _, a := range t.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
		if a.Name.Space != "" && !(a.Name.Space == "xlink" && name == "href") || !svgAttributes[name] {
			continue
		}
		plain := strings.ToLower(strings.Join(strings.Fields(value), ""))
		inside := strings.HasPrefix(plain, "#") || strings.HasPrefix(plain, "url(#")
		if name == "href" && !strings.HasPrefix(plain, "#") || strings.Contains(plain, "url(") && !inside || strings.Contains(plain, "javascript:") {
			continue
		}
		out.WriteString(" " + a.Name.Local + `="`)
		_ = xml.EscapeText(out, []byte(a.Value)) // a buffer does not fail
		out.WriteString(`"`)
	}
	out.WriteString(">")
}
