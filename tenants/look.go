package tenants

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Notice is what the contrast guard had to change.
type Notice string

// The notices of Readable.
const (
	SolidMoved    Notice = "solid_moved"
	TextDarkened  Notice = "text_darkened"
	TextLightened Notice = "text_lightened"
	StripMoved    Notice = "strip_moved"
)

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// IsColour reports the one form a brand colour is given in: #rrggbb.
func IsColour(s string) bool { return hexColour.MatchString(s) }

// The surfaces that a tenant's colour stands on, as the design tokens have them:
// page, panel, well, menu, hover, pressed, selected. Text needs 4.5 to 1 on each
// of them and on its own tint, a strip 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
var (
	lightSurfaces = colours("#f9fafc", "#ffffff", "#f2f4f6", "#f5f7f9", "#edeff2", "#eef3fd")
	darkSurfaces  = colours("#0d1116", "#161a20", "#11151a", "#1f232a", "#1b2027", "#232931", "#1a2436", "#080b10")
	white, ink    = colour("#ffffff"), colour("#0d1116")
)

const (
	forText  = 4.5
	forStrip = 3.0
)

// Readable makes ten readable values of one brand colour: solid with what stands
// on it, text, strip and tint for both themes. Only the lightness moves (OKLCH),
// and no further than needed; chroma gives way where sRGB has none left.
func Readable(brand string) (light, dark Accent, notices []Notice) {
	c := colour(brand)
	solid, on, moved := solidOf(c)
	if moved {
		notices = append(notices, SolidMoved)
	}
	light = Accent{Solid: solid.hex(), On: on.hex()}
	dark = light
	l, h := c.lch()
	lightTint := fit(0.955, min(h.chroma, 0.03), h.hue)
	darkTint := fit(0.275, min(h.chroma, 0.06), h.hue)
	light.Tint, dark.Tint = lightTint.hex(), darkTint.hex()
	text := until(c, -1, forText, append(lightSurfaces[:len(lightSurfaces):len(lightSurfaces)], lightTint.rounded()))
	light.Text = text.hex()
	if light.Text != strings.ToLower(brand) {
		notices = append(notices, TextDarkened)
	}
	text = until(c, +1, forText, append(darkSurfaces[:len(darkSurfaces):len(darkSurfaces)], darkTint.rounded()))
	dark.Text = text.hex()
	if dark.Text != strings.ToLower(brand) {
		notices = append(notices, TextLightened)
	}
	light.Strip = until(c, -1, forStrip, lightSurfaces).hex()
	dark.Strip = until(c, +1, forStrip, darkSurfaces).hex()
	if l > 0.75 && light.Strip != strings.ToLower(brand) {
		notices = append(notices, StripMoved)
	}
	return light, dark, notices
}

// solidOf keeps the brand colour if white or ink can be read on it, else moves
// it to the nearest lightness where one can.
func solidOf(c rgb) (solid, on rgb, moved bool) {
	if on, ok := onto(c); ok {
		return c, on, false
	}
	l, h := c.lch()
	for step := 0.004; step < 1; step += 0.004 {
		for _, to := range []float64{l - step, l + step} {
			if to < 0 || to > 1 {
				continue
			}
			s := fit(to, h.chroma, h.hue).rounded()
			if on, ok := onto(s); ok {
				return s, on, true
			}
		}
	}
	return ink, white, true
}

// onto picks what can be read on c; white first, because people expect it on a button.
func onto(c rgb) (rgb, bool) {
	if contrast(white, c) >= forText {
		return white, true
	}
	return ink, contrast(ink, c) >= forText
}

// until moves the lightness in one direction until the contrast is enough on all grounds.
func until(c rgb, direction, enough float64, grounds []rgb) rgb {
	l, h := c.lch()
	now := c
	for {
		if least(now, grounds) >= enough {
			return now
		}
		if l += direction * 0.004; l < 0 || l > 1 {
			break
		}
		now = fit(l, h.chroma, h.hue).rounded()
	}
	if direction < 0 {
		return rgb{}
	}
	return white
}

func least(c rgb, grounds []rgb) float64 {
	lowest := math.Inf(1)
	for _, g := range grounds {
		lowest = min(lowest, contrast(c, g))
	}
	return lowest
}

// rgb is a colour in linear light, 0 to 1.
type rgb struct{ r, g, b float64 }

// polar is what of OKLCH stays: chroma and hue.
type polar struct{ chroma, hue float64 }

func colours(hex ...string) []rgb {
	all := make([]rgb, len(hex))
	for i, h := range hex {
		all[i] = colour(h)
	}
	return all
}

// colour reads #rrggbb; anything else is black, because it was checked before.
func colour(hex string) rgb {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		return rgb{}
	}
	return rgb{linear(float64(n>>16&255) / 255), linear(float64(n>>8&255) / 255), linear(float64(n&255) / 255)}
}

func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func encoded(v float64) float64 {
	v = min(max(v, 0), 1)
	if v <= 0.0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

func (c rgb) hex() string {
	return fmt.Sprintf("#%02x%02x%02x", int(math.Round(encoded(c.r)*255)), int(math.Round(encoded(c.g)*255)), int(math.Round(encoded(c.b)*255)))
}

// rounded is the colour as it will be shown, so that contrast is measured on what is seen.
func (c rgb) rounded() rgb { return colour(c.hex()) }

// contrast is WCAG's ratio of relative luminances, 1 to 21.
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func (c rgb) luminance() float64 { return 0.2126*c.r + 0.7152*c.g + 0.0722*c.b }

// lch is OKLab in polar form (Ottosson 2020).
func (c rgb) lch() (lightness float64, p polar) {
	l := math.Cbrt(0.4122214708*c.r + 0.5363325363*c.g + 0.0514459929*c.b)
	m := math.Cbrt(0.2119034982*c.r + 0.6806995451*c.g + 0.1073969566*c.b)
	s := math.Cbrt(0.0883024619*c.r + 0.2817188376*c.g + 0.6299787005*c.b)
	a := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	b := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return 0.2104542553*l + 0.7936177850*m - 0.0040720468*s, polar{math.Hypot(a, b), math.Atan2(b, a)}
}

func fromLCH(lightness, chroma, hue float64) rgb {
	a, b := chroma*math.Cos(hue), chroma*math.Sin(hue)
	l := cube(lightness + 0.3963377774*a + 0.2158037573*b)
	m := cube(lightness - 0.1055613458*a - 0.0638541728*b)
	s := cube(lightness - 0.0894841775*a - 1.2914855480*b)
	return rgb{
		4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
}

func cube(v float64) float64 { return v * v * v }

// fit is the colour of that lightness and hue with as much chroma as sRGB holds.
func fit(lightness, chroma, hue float64) rgb {
	if c := fromLCH(lightness, chroma, hue); c.inside() {
		return c
	}
	low, high := 0.0, chroma
	for range 20 {
		if mid := (low + high) / 2; fromLCH(lightness, mid, hue).inside() {
			low = mid
		} else {
			high = mid
		}
	}
	return fromLCH(lightness, low, hue)
}

func (c rgb) inside() bool {
	const e = 1e-4
	return min(c.r, c.g, c.b) >= -e && max(c.r, c.g, c.b) <= 1+e
}
