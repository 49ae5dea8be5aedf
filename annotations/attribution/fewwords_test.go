package attribution

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestFewWords draws texts of few words each, in which the signs and words that rules ask for meet as they seldom do in
// news: a degree before the first comma of a text asked for the token before the text.
func TestFewWords(t *testing.T) {
	pieces := map[string][]string{
		"en": {"said", "says", "Berg", "Jan", "that", "who", "which", ",", ",", ".", ":", ";", "“", "”", "\"", "''", "-", "–", "(", ")", "as", "saying", "by", "was", "is", "how", "it", "put", "the", "a", "PhD", "R.N.", "Jr.", "Co.",
			"told", "reports", "report", "to", "of", "verdict", "according", "two", "weeks", "ago", "last", "month", "2009", "October", "4", "times", "&", "and", "both", "have", "not", "What", "called", "In", "\n\n", "him", "Significantly", "post", "she"},
		"de": {"sagte", "sagt", "Berg", "der", "die", "das", ",", ",", ".", ":", "„", "“", "habe", "hat", "sei", "nach", "Angaben", "zufolge", "laut", "sich", "dass", "wie", "es", "heißt", "in", "von", "und", "nicht", "will", "gesehen",
			"haben", "teilte", "mit", "(", ")", "Polizei", "einer", "Studie", "hält", "für", "falsch", "aus", "\n\n", "man", "Dorf", "anders", "Zwar", "doch"},
	}
	n := 20000
	if testing.Short() {
		n = 4000
	}
	for lang, words := range pieces {
		random := rand.New(rand.NewPCG(7, uint64(len(words))))
		for range n {
			var b strings.Builder
			for range 1 + random.IntN(16) {
				if b.Len() > 0 && random.IntN(8) > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(words[random.IntN(len(words))])
			}
			text := b.String()
			checkPromises(t, text, Suggest(text, nil, Options{Lang: lang}))
			if t.Failed() {
				t.Fatalf("%s: %q", lang, text)
			}
		}
	}
}
