package tenants

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestAnyBrandColourIsReadable(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(2026, 11))
	kept := 0
	const tries = 2_000
	for range tries {
		brand := fmt.Sprintf("#%06x", dice.IntN(1<<24))
		light, dark, _ := Readable(brand)
		mustRead(t, brand, light, lightSurfaces)
		mustRead(t, brand, dark, darkSurfaces)
		if light.Solid == brand {
			kept++
		}
	}
	if share := float64(kept) / tries; share < 0.9 {
		t.Errorf("only %.1f %% of the brands keep their colour", share*100)
	}
}

func mustRead(t *testing.T, brand string, a Accent, surfaces []rgb) {
	t.Helper()
	if got := contrast(colour(a.On), colour(a.Solid)); got < forText {
		t.Errorf("%s: %s on %s is %.2f", brand, a.On, a.Solid, got)
	}
	if got := least(colour(a.Text), append(slices.Clone(surfaces), colour(a.Tint))); got < forText {
		t.Errorf("%s: text %s is %.2f", brand, a.Text, got)
	}
	if got := least(colour(a.Strip), surfaces); got < forStrip {
		t.Errorf("%s: strip %s is %.2f", brand, a.Strip, got)
	}
}

func TestReadableColourStaysAsItIs(t *testing.T) {
	t.Parallel()
	light, _, notices := Readable("#6A3FD0")
	if light.Solid != "#6a3fd0" || light.On != "#ffffff" || light.Text != "#6a3fd0" || slices.Contains(notices, SolidMoved) || slices.Contains(notices, TextDarkened) {
		t.Errorf("%+v %v", light, notices)
	}
}

func TestYellowTextIsDarkenedAndSaysSo(t *testing.T) {
	t.Parallel()
	light, dark, notices := Readable("#ffff00")
	if light.Solid != "#ffff00" || light.On != "#0d1116" || dark.Text != "#ffff00" || !slices.Contains(notices, TextDarkened) {
		t.Errorf("%+v %+v %v", light, dark, notices)
	}
	if l, _ := colour(light.Text).lch(); l > 0.6 {
		t.Errorf("text %s is too light", light.Text)
	}
}

func TestOnlySixDigitsAreAColour(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"#aabbcc": true, "#AABBCC": true, "aabbcc": false, "#abc": false, "#aabbcg": false, "red": false, "#aabbcc;}": false, strings.Repeat("#", 7): false} {
		if IsColour(s) != want {
			t.Errorf("IsColour(%q) = %t", s, !want)
		}
	}
}

func BenchmarkReadable(b *testing.B) {
	for b.Loop() {
		Readable("#ffff00")
	}
}
