package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Fonts of signs put their signs where other fonts have letters. A document names
// such a sign by its font and its place there, or that place in the private use
// area (U+F000 and on), where Unicode says nothing.

// symbolFont is Adobe's Symbol encoding from place 0x20, and from 0xA0; a blank is
// a place without a character of its own in Unicode.
const (
	symbolLow  = "\x00!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
	symbolHigh = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…   ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑           〉∫"
)

// wingdings are the signs of that font that people write with, by their places.
var wingdings = map[byte]rune{ //nolint:gochecknoglobals // a lookup table
	0x21: '✏', 0x22: '✂', 0x28: '☎', 0x2A: '✉', 0x36: '⌛', 0x45: '☜', 0x46: '☞', 0x47: '☝', 0x48: '☟', 0x4A: '☺', 0x4C: '☹',
	0x54: '❄', 0x58: '✠', 0x6C: '●', 0x6D: '❍', 0x6E: '■', 0x6F: '□', 0x71: '❑', 0x72: '❒', 0x73: '⬧', 0x74: '⧫', 0x75: '◆', 0x76: '❖',
	0x78: '⌧', 0x9F: '•', 0xA1: '○', 0xA7: '▪', 0xA8: '◻', 0xAB: '★', 0xD8: '➢', 0xDC: '➲', 0xDF: '←', 0xE0: '→', 0xE1: '↑', 0xE2: '↓',
	0xE8: '➔', 0xEF: '⇦', 0xF0: '⇨', 0xF1: '⇧', 0xF2: '⇩', 0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑',
}

// signOf gives the character of Unicode that stands at a place of a font, or false.
func signOf(font string, place uint64) (rune, bool) {
	if place >= 0xF000 && place <= 0xF0FF {
		place -= 0xF000
	}
	var r rune
	switch font = strings.ToLower(strings.TrimSpace(font)); {
	case place > 0xFF:
		r = rune(min(place, 0x10FFFF)) //nolint:gosec // bounded
	case font == "symbol" && place >= 0xA0:
		r = nth(symbolHigh, int(place)-0xA0) //nolint:gosec // at most 0xFF
	case font == "symbol" && place >= ' ':
		r = nth(symbolLow, int(place)-' ') //nolint:gosec // at most 0xFF
	case font == "wingdings":
		r = wingdings[byte(place)]
	case strings.HasPrefix(font, "wingdings"), font == "webdings", font == "zapf dingbats", font == "mt extra":
	case place >= ' ' && place != 0x7F && (place < 0x80 || place >= 0xA0):
		r = rune(place) //nolint:gosec // at most 0xFF
	}
	return r, r > ' ' && r != 0x7F && (r < 0x80 || r >= 0xA0) && (r < 0xE000 || r > 0xF8FF) && (r < 0xD800 || r > 0xDFFF) && r&0xFFFE != 0xFFFE
}

func nth(s string, n int) rune {
	for _, r := range s {
		if n == 0 {
			return r
		}
		n--
	}
	return 0
}

// sign is a sign of a font that Unicode does not have.
type sign struct{ font, place string }

// maxSigns bounds how many different ones are told apart.
const maxSigns = 256

// missed counts a sign that was left out.
func (d *docText) missed(font, place string) {
	s := sign{foldField(font, 40), foldField(place, 8)}
	if d.signs == nil {
		d.signs = map[sign]int{}
	}
	if _, known := d.signs[s]; known || len(d.signs) < maxSigns {
		d.signs[s]++
	}
}

// signNotice names the signs that were left out, or is "".
func (d *docText) signNotice() string {
	const most = 4
	n := 0
	for _, k := range d.signs {
		n += k
	}
	if n == 0 {
		return ""
	}
	var named []string
	for _, s := range slices.SortedFunc(maps.Keys(d.signs), func(a, b sign) int { return strings.Compare(a.font+"\x00"+a.place, b.font+"\x00"+b.place) }) {
		if len(named) == most {
			named = append(named, "…")
			break
		}
		named = append(named, fmt.Sprintf("%s %s", firstOf(s.font, "no font"), s.place))
	}
	return fmt.Sprintf("%s that Unicode does not have %s left out: %s", count(n, "sign of a font", "signs of fonts"), plural(n, "was", "were"), strings.Join(named, ", "))
}

// symbol adds a sign of a font; place is its number in hexadecimal digits.
func (d *docx) symbol(font, place string) {
	if d.hidden || d.muted() {
		return
	}
	n, err := strconv.ParseUint(place, 16, 32)
	if r, ok := signOf(font, n); err == nil && ok {
		d.words(string(r))
		return
	}
	d.missed(font, place)
}
