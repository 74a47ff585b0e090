package people

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"manydesk/desk"
)

func TestPasswordFitsItsHashAndNoOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word, other := rapid.String().Draw(t, "word"), rapid.String().Draw(t, "other")
		phc := hashPassword(word, cheap)
		if ok, cost := fits(word, phc); !ok || cost != cheap {
			t.Fatalf("%q does not fit its own hash %s", word, phc)
		}
		if ok, _ := fits(other, phc); ok != (word == other) {
			t.Fatalf("%q fits the hash of %q", other, word)
		}
		if hashPassword(word, cheap) == phc {
			t.Fatal("two hashes of one password are the same: no salt")
		}
	})
}

func TestHashIsAPHCStringOfOWASPsCost(t *testing.T) {
	t.Parallel()
	phc := hashPassword(password, OWASP)
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is %s", phc)
	}
	if ok, _ := fits(password, phc); !ok {
		t.Error("the password does not fit")
	}
}

func TestNonsenseIsNoHash(t *testing.T) {
	t.Parallel()
	for _, phc := range []string{"", "x", "$argon2id$", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA", "$argon2id$v=18$m=8,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=8,t=0,p=1$AAAA$AAAA", "$argon2id$v=19$m=8,t=1,p=1$!$AAAA", "$argon2id$v=19$m=8,t=1,p=1$AAAA$", "$2y$10$abcdefghijklmnopqrstuu"} {
		if ok, _ := fits("", phc); ok {
			t.Errorf("%q let somebody in", phc)
		}
	}
}

func TestPasswordRules(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]desk.FieldCode{
		"короткий":                          desk.MinLength,
		"123456789":                         desk.MinLength,
		"1234567890":                        desk.WeakPassword,
		"9876543210":                        desk.WeakPassword,
		"aaaaaaaaaaaa":                      desk.WeakPassword,
		"qweqweqweqwe":                      desk.WeakPassword,
		"password2026!":                     desk.WeakPassword,
		"Пароль12345":                       desk.WeakPassword,
		"gfhjkm12345":                       desk.WeakPassword,
		"Ёлка Ёлка":                         desk.MinLength,
		"vera.ivanova1":                     desk.WeakPassword,
		"vera.ivanova@a.ru":                 desk.WeakPassword,
		"Вера Иванова 7":                    desk.WeakPassword,
		"мойлюбимыйпароль":                  "",
		"три весёлых гуся":                  "",
		"kR8!mmxa-22z":                      "",
		"верный друг верблюд":               "",
		strings.Repeat("ы", 201):            desk.MaxLength,
		"bad\xff\xfe\xfd\xfc\xfb\xfa bytes": desk.NotText,
	} {
		err := CheckPassword("password", word, "vera.ivanova@a.ru", "Вера Иванова")
		fields := fieldsOf(err)
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", word, err)
		case want != "" && (len(fields) != 1 || fields[0].Code != want || fields[0].Pointer != "/body/password"):
			t.Errorf("%q: %v, want %s", word, err, want)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	for b.Loop() {
		hashPassword(password, OWASP)
	}
}
