package lookup_test

import (
	"testing"

	"pgregory.net/rapid"

	"manydesk/desk"
	"manydesk/desk/desktest/stage"
	"manydesk/desk/lookup"
)

func TestCanonicalForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind        lookup.Kind
		typed, want string
	}{
		{lookup.Email, " Ivan.Petrov@Example.COM ", "ivan.petrov@example.com"},
		{lookup.Email, "иван@Почта.РФ", "иван@xn--80a1acny.xn--p1ai"},
		{lookup.Email, "a@b", ""},
		{lookup.Email, "a b@example.com", ""},
		{lookup.Email, "\"a b\"@example.com", ""},
		{lookup.Email, "a@[127.0.0.1]", ""},
		{lookup.Email, "a@127.0.0.1", ""},
		{lookup.Email, "a\x00@example.com", ""},
		{lookup.Email, "a@exa\u202emple.com", ""},
		{lookup.Email, "a@example.com.", "a@example.com"},
		{lookup.Phone, "8 (916) 123-45-67", "+79161234567"},
		{lookup.Phone, "+7 916 123 45 67", "+79161234567"},
		{lookup.Phone, "9161234567", "+79161234567"},
		{lookup.Phone, "79161234567", "+79161234567"},
		{lookup.Phone, "0049 30 901820", "+4930901820"},
		{lookup.Phone, "+49 (30) 901820 доб. 12", "+4930901820"},
		{lookup.Phone, "112", ""},
		{lookup.Phone, "позвони", ""},
		{lookup.Name, "  Пётр   СЕМЁНОВ ", "петр семенов"},
	} {
		got, ok := lookup.Canonical(c.kind, c.typed)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s %q is %q %v, want %q", c.kind, c.typed, got, ok, c.want)
		}
	}
}

func TestACanonicalFormIsItsOwn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]lookup.Kind{lookup.Email, lookup.Phone, lookup.Name}).Draw(t, "kind")
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-zА-яё.]{1,8}@[A-Za-zА-яё-]{1,8}\.[a-z]{2,3}`), rapid.StringMatching(`[+0-9 ()-]{8,16}`)).Draw(t, "typed")
		once, ok := lookup.Canonical(kind, typed)
		if !ok {
			return
		}
		if twice, ok := lookup.Canonical(kind, once); !ok || twice != once {
			t.Fatalf("%q became %q, and that %q", typed, once, twice)
		}
	})
}

func TestWordsFoldInGoAsInPostgres(t *testing.T) {
	t.Parallel()
	h := stage.House(t)
	for _, word := range []string{"Ёлка", "ПЁТР", "Straße", "Ёё Её", "ABC", "ІЇЄҐ", "Ä", "ÉCOLE", "ёжик"} {
		var got string
		err := h.SharedReader(desk.Automaton("test")).QueryRow(t.Context(), "select manydesk.fold($1)", []any{word}, &got)
		if err != nil {
			t.Fatal(err)
		}
		if got != lookup.Fold(word) {
			t.Errorf("%q is %q in Postgres and %q here", word, got, lookup.Fold(word))
		}
	}
}
