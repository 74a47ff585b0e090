package email

import "unicode"

// language guesses between the two languages of the house by their letters.
func language(texts ...string) string {
	cyrillic, latin := 0, 0
	for _, s := range texts {
		for _, r := range clip(s, 20_000) {
			switch {
			case unicode.Is(unicode.Cyrillic, r):
				cyrillic++
			case unicode.Is(unicode.Latin, r):
				latin++
			}
		}
	}
	switch {
	case cyrillic+latin == 0:
		return ""
	// Russian letters about computers are half Latin: names, codes, addresses.
	case cyrillic*4 >= cyrillic+latin:
		return "ru"
	}
	return "en"
}
