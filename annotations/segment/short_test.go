package segment

import (
	"testing"

	"stet.example/stet/annotations"
)

// A rule that looks one rune ahead is wrong first where the text ends. Every text
// of up to three of these pieces is cut in English, of
// two in other languages.
func TestEveryShortText(t *testing.T) {
	pieces := []string{
		"a", "A", "é", "É", "ж", "Ж", "字", "か", "𑑑", "१", "٣", "3", "12", "🚢", "e\u0301",
		".", "!", "?", "…", "。", "؟", "।", ",", ":", ";", "-", "–", "—", "'", "’", "\"", "“", "”", "«", "»", "(", ")", "[", "]",
		"•", "*", "|", "/", "@", "%", "$", "°", "¹", "\u00ad", "\u200b", "\u2028", "\ufeff",
		" ", "\t", "\n", "\r", "\f", "\u00a0", "\x80", "\xf0\x9f", "U.S.", "Mr.", "No.", "p.m.", "(AP)", "said",
	}
	langs := []string{"en"}
	if !testing.Short() {
		langs = append(langs, "de", "fr", "ru", "ar", "hi", "tr", "zh", "ja", "")
	}
	var units []annotations.Sentence
	for _, lang := range langs {
		third := append(pieces, "")
		if lang != "en" {
			third = third[len(pieces):]
		}
		for _, a := range pieces {
			for _, b := range append(pieces, "") {
				for _, c := range third {
					text := a + b + c
					units = Append(units[:0], text, Options{Lang: lang})
					checkTiling(t, text, units)
				}
			}
		}
	}
}
