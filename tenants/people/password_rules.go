package people

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"manydesk/desk"
)

//go:embed common_passwords.txt
var commonList string

// common are passwords that guessers try first: the usual English ones, the
// usual Russian ones, and Russian words typed in the Latin layout.
var common = func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(commonList) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			m[squeeze(word)] = true
		}
	}
	return m
}()

const shortest, longest = 10, 200

// CheckPassword holds the rules: long enough, not the person's own name or
// address, not a common one. Nothing about digits and signs: such rules make
// passwords worse (NIST SP 800-63B). pointer names the field.
//
// Errors: ValidationFailed with min_length, max_length or weak_password.
func CheckPassword(pointer, password string, about ...string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return desk.Invalid(desk.Field(pointer, desk.NotText))
	case n < shortest:
		return desk.Invalid(desk.Field(pointer, desk.MinLength, "min", shortest))
	case n > longest:
		return desk.Invalid(desk.Field(pointer, desk.MaxLength, "max", longest))
	}
	if weak(password, about) {
		return desk.Invalid(desk.Field(pointer, desk.WeakPassword))
	}
	return nil
}

func weak(password string, about []string) bool {
	plain := squeeze(password)
	core := strings.Trim(plain, "0123456789!@#$%^&*().,;:-_+=?")
	if common[plain] || common[core] || utf8.RuneCountInString(core) < 3 && digitsRun(plain) || repeats(plain) {
		return true
	}
	for _, words := range about {
		local, _, _ := strings.Cut(words, "@")
		for _, own := range []string{words, local} {
			own = squeeze(own)
			if utf8.RuneCountInString(own) < 4 {
				continue
			}
			// The name with a little around it is still the name.
			if strings.Contains(plain, own) && utf8.RuneCountInString(plain)-utf8.RuneCountInString(own) < 6 {
				return true
			}
		}
	}
	return false
}

// squeeze makes spellings of one word alike.
func squeeze(s string) string {
	return strings.NewReplacer("ё", "е", " ", "").Replace(strings.ToLower(strings.TrimSpace(s)))
}

// digitsRun reports a row of neighbours: 1234567890, 9876543210.
func digitsRun(s string) bool {
	up, down := true, true
	for i := 1; i < len(s); i++ {
		d := (int(s[i]) - int(s[i-1]) + 10) % 10
		up, down = up && d == 1, down && d == 9
	}
	return up || down
}

// repeats reports one short piece said over and over: aaaaaaaaaa, qweqweqweqwe.
func repeats(s string) bool {
	r := []rune(s)
	for size := 1; size <= 4 && size*2 <= len(r); size++ {
		same := true
		for i := size; i < len(r); i++ {
			if r[i] != r[i-size] {
				same = false
				break
			}
		}
		if same {
			return true
		}
	}
	return false
}
