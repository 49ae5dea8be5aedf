package attribution

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// addVerbPhrase reads a verb in its forms and the words that follow it ("lash/…
// out at"); a bar parts phrases of the same verb, a comma parts alternatives of a form.
func (lex *lexicon) addVerbPhrase(u use, t trait, fields []string) error {
	if len(fields) < 2 {
		return fmt.Errorf("want a verb and the words behind it, have %q", fields)
	}
	forms := strings.Split(fields[0], "/")
	if len(forms) != len(verbForms) {
		return fmt.Errorf("verb %q: want %d forms, have %d", fields[0], len(verbForms), len(forms))
	}
	for tail := range strings.SplitSeq(strings.Join(fields[1:], " "), "|") {
		traits := map[string]trait{}
		for i, list := range forms {
			for f := range strings.SplitSeq(list, ",") {
				traits[f] |= t | verbForms[i]
			}
		}
		for _, f := range slices.Sorted(maps.Keys(traits)) {
			if f == "" || f == "-" {
				continue
			}
			p := phrase{use: u, traits: traits[f]}
			for _, w := range append([]string{f}, strings.Fields(tail)...) {
				p.words = append(p.words, lex.number(w))
			}
			first := &lex.words[p.words[0]]
			first.phrases = append(first.phrases, p)
		}
	}
	return nil
}

// addVerb reads base/third/past/participle/-ing; "-" is no form, a comma parts
// several, and a bar parts a verb from its particle.
func (lex *lexicon) addVerb(t trait, forms string) error {
	list := strings.Split(forms, "/")
	if len(list) != len(verbForms) {
		return fmt.Errorf("verb %q: want %d forms, have %d", forms, len(verbForms), len(list))
	}
	for i, alternatives := range list {
		for f := range strings.SplitSeq(alternatives, ",") {
			if f == "" || f == "-" {
				continue
			}
			stem, tail, sep := strings.Cut(f, "|")
			w := lex.number(stem)
			if !sep {
				lex.words[w].traits |= t | verbForms[i]
				continue
			}
			joined := lex.number(tail + stem) // as it stands in a subordinate clause
			lex.words[joined].traits |= t | verbForms[i]
			lex.words[w].separate(lex.number(tail), t|verbForms[i])
		}
	}
	return nil
}

// separate notes that a word and a particle behind it are a verb.
func (w *word) separate(tail uint16, t trait) {
	for i := range w.particles {
		if w.particles[i].word == tail {
			w.particles[i].traits |= t
			return
		}
	}
	w.particles = append(w.particles, particle{tail, t})
}
