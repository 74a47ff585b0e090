package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"manydesk/apps/api/words"
	"manydesk/desk"
)

// codes reads the constants of a type from the ground floor's source, so that a
// new code without words fails here and not before a person.
func codes(t *testing.T, typ string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../../desk/error.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == typ {
			for _, v := range spec.Values {
				s, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, s)
			}
		}
		return true
	})
	if len(all) < 30 {
		t.Fatalf("only %d constants of %s were found", len(all), typ)
	}
	return all
}

func TestEveryCodeHasWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"ru", "en"} {
		for _, code := range codes(t, "Code") {
			title, ok := words.Title(language, desk.Code(code))
			check(t, language, code, title, ok)
		}
		for _, code := range codes(t, "FieldCode") {
			text, ok := words.Field(language, desk.FieldCode(code), nil)
			check(t, language, code, text, ok)
		}
	}
}

func check(t *testing.T, language, code, text string, ok bool) {
	t.Helper()
	cyrillic := strings.ContainsAny(strings.ToLower(text), "абвгдежзиклмнопрстуфхцчшщыьэюя")
	switch {
	case !ok || text == "":
		t.Errorf("%s has no words in %s", code, language)
	case strings.ContainsAny(text, "{}"):
		t.Errorf("%s in %s waits for a parameter: %s", code, language, text)
	case cyrillic != (language == "ru"):
		t.Errorf("%s in %s: %s", code, language, text)
	}
}

func TestNumbersTakeTheirPlural(t *testing.T) {
	t.Parallel()
	for n, want := range map[any]string{1: "1 секунду", 2: "2 секунды", 5: "5 секунд", 11: "11 секунд", 21: "21 секунду", 112: "112 секунд", 1.5: "1,5 секунды", "3": "3 секунды"} {
		got := words.Detail("ru", desk.RateLimited, map[string]any{"n": n})
		if got != "Слишком часто, повторите через "+want+"." {
			t.Errorf("%v: %s", n, got)
		}
	}
	if got := words.Detail("en", desk.RateLimited, map[string]any{"n": 1}); got != "Too many requests, retry in 1 second." {
		t.Error(got)
	}
}

func TestDetailWaitsForAllItsParameters(t *testing.T) {
	t.Parallel()
	if got := words.Detail("ru", desk.Denied, map[string]any{"right": "ticket.reply"}); got != "" {
		t.Errorf("half a sentence: %q", got)
	}
	got := words.Detail("ru", desk.Denied, map[string]any{"right": "ticket.reply", "who": "Вера"})
	if got != "Нет права «Отвечать клиенту». Его даёт Вера." {
		t.Error(got)
	}
}

func TestMissingParameterLeavesTheShortSentence(t *testing.T) {
	t.Parallel()
	if got, _ := words.Field("en", desk.MaxLength, nil); got != "Too long." {
		t.Error(got)
	}
	if got, _ := words.Field("en", desk.MaxLength, map[string]any{"max": 200}); got != "At most 200 characters." {
		t.Error(got)
	}
}

func TestEveryRightHasWords(t *testing.T) {
	t.Parallel()
	for _, key := range words.Rights() {
		for _, language := range []string{"ru", "en"} {
			if text := words.Right(language, key); text == key || text == "" {
				t.Errorf("%s has no words in %s", key, language)
			}
		}
	}
}
