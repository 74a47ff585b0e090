package postgres

import "fmt"

// Refusal is a reason not to start that the person at the keyboard can remove.
// It says one sentence in the language asked for.
type Refusal struct {
	ru, en string
	cause  error
}

func refuse(ru, en string, args ...any) *Refusal {
	return &Refusal{ru: fmt.Sprintf(ru, args...), en: fmt.Sprintf(en, args...)}
}

// In is the sentence in Russian for "ru" and in English for anything else.
func (r *Refusal) In(language string) string {
	if language == "ru" {
		return r.ru
	}
	return r.en
}

// Error is the English sentence with the cause behind it.
func (r *Refusal) Error() string {
	if r.cause != nil {
		return r.en + ": " + r.cause.Error()
	}
	return r.en
}

func (r *Refusal) Unwrap() error { return r.cause }
