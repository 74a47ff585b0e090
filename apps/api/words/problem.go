package words

import (
	"maps"

	"manydesk/desk"
)

// sentences are what one code says. The title is fixed; the detail is used when
// all its parameters are there.
type sentences struct {
	ru, en             string
	ruDetail, enDetail string
}

// Title is the code's fixed sentence; ok is false for a code without words.
func Title(language string, code desk.Code) (string, bool) {
	s, ok := problems[code]
	if language == "ru" {
		return s.ru, ok
	}
	return s.en, ok
}

// Detail is the sentence of this case, empty when the title says all.
func Detail(language string, code desk.Code, params map[string]any) string {
	s := problems[code]
	sentence := s.enDetail
	if language == "ru" {
		sentence = s.ruDetail
	}
	if sentence == "" {
		return ""
	}
	if right, ok := params["right"].(string); ok {
		named := make(map[string]any, len(params))
		for k, v := range params {
			named[k] = v
		}
		named["right"] = Right(language, right)
		params = named
	}
	text, ok := Format(language, sentence, params)
	if !ok {
		return ""
	}
	return text
}

// Field is the sentence for a wrong field; ok is false for a code without words.
func Field(language string, code desk.FieldCode, params map[string]any) (string, bool) {
	s, ok := fields[code]
	if !ok {
		return "", false
	}
	long, short := s.enDetail, s.en
	if language == "ru" {
		long, short = s.ruDetail, s.ru
	}
	if long != "" {
		if why, ok := params["why"].(string); ok {
			params = said(language, params, why)
		}
		if text, ok := Format(language, long, params); ok {
			return text, true
		}
	}
	return short, true
}

// said puts the sentence of another field code into the parameters, for "Line 3: {why}".
func said(language string, params map[string]any, why string) map[string]any {
	sentence, ok := Field(language, desk.FieldCode(why), nil)
	if !ok {
		return params
	}
	all := maps.Clone(params)
	all["why"] = sentence
	return all
}
