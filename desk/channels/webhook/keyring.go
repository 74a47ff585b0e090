package webhook

import (
	"strings"
	"time"
)

// Overlap is how long an old secret signs beside a new one.
const Overlap = 24 * time.Hour

// Rotated is what is kept of the secrets when a new one comes: it signs from now
// on, the one before for Overlap more. What is kept is lines: the secret, and of
// an old one until when, after a space. A secret alone is such a line.
func Rotated(kept, fresh string, now time.Time) string {
	lines := []string{fresh}
	for _, secret := range live(kept, now) {
		if secret.until.IsZero() {
			secret.until = now.Add(Overlap)
		}
		lines = append(lines, secret.text+" "+secret.until.UTC().Format(time.RFC3339))
	}
	return strings.Join(lines, "\n")
}

// Secrets are those of what is kept that sign at a moment, the newest first.
func Secrets(kept string, now time.Time) []string {
	var all []string
	for _, secret := range live(kept, now) {
		all = append(all, secret.text)
	}
	return all
}

type dated struct {
	text  string
	until time.Time
}

func live(kept string, now time.Time) (all []dated) {
	for line := range strings.Lines(kept) {
		text, until, old := strings.Cut(strings.TrimSpace(line), " ")
		secret := dated{text: text}
		if old {
			at, err := time.Parse(time.RFC3339, until)
			if err != nil || !now.Before(at) {
				continue
			}
			secret.until = at
		}
		if text != "" {
			all = append(all, secret)
		}
	}
	return all
}
