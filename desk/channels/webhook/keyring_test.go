package webhook

import (
	"slices"
	"testing"
	"time"
)

func TestAnOldSecretSignsForADayBesideTheNewOne(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	kept := Rotated("whsec_a", "whsec_b", now)
	for _, c := range []struct {
		at   time.Time
		want []string
	}{
		{now, []string{"whsec_b", "whsec_a"}},
		{now.Add(Overlap - time.Second), []string{"whsec_b", "whsec_a"}},
		{now.Add(Overlap), []string{"whsec_b"}},
	} {
		if got := Secrets(kept, c.at); !slices.Equal(got, c.want) {
			t.Errorf("at %s %v, want %v", c.at, got, c.want)
		}
	}
	twice := Rotated(kept, "whsec_c", now.Add(time.Hour))
	if got := Secrets(twice, now.Add(2*time.Hour)); !slices.Equal(got, []string{"whsec_c", "whsec_b", "whsec_a"}) {
		t.Errorf("changed twice: %v", got)
	}
	if got := Secrets(twice, now.Add(Overlap)); !slices.Equal(got, []string{"whsec_c", "whsec_b"}) {
		t.Errorf("a day after the first change: %v", got)
	}
	if got := Secrets("whsec_a", now); !slices.Equal(got, []string{"whsec_a"}) {
		t.Errorf("never changed: %v", got)
	}
}
