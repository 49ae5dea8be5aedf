package attribution

import (
	_ "embed"
	"strings"
)

//go:embed names/given.txt
var givenNames string

// sex is which of he and she may stand for somebody.
type sex uint8

const (
	anySex sex = iota // not known, or no person
	she
	he
	thingsOnly // it: no person at all
)

// persons is what names and small words tell of somebody. A nil map knows nothing.
type persons struct {
	given     map[string]sex // as written
	nouns     map[string]sex // in small letters
	pronouns  map[string]sex // in small letters
	particles map[string]sex // anySex, for those that are known
}

// parsePeople reads names/given.txt: lines of "key: words", # for comments.
func parsePeople(raw string) *persons {
	p := &persons{given: map[string]sex{}, nouns: map[string]sex{}, pronouns: map[string]sex{}, particles: map[string]sex{}}
	into := map[string]struct {
		list map[string]sex
		as   sex
	}{
		"she": {p.given, she}, "he": {p.given, he},
		"she-nouns": {p.nouns, she}, "he-nouns": {p.nouns, he},
		"she-pronouns": {p.pronouns, she}, "he-pronouns": {p.pronouns, he}, "it-pronouns": {p.pronouns, thingsOnly},
		"particles": {p.particles, anySex},
	}
	for line := range strings.Lines(raw) {
		key, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
		if to, known := into[key]; ok && known {
			for _, w := range strings.Fields(rest) {
				to.list[w] = to.as
			}
		}
	}
	return p
}

// namePart reports whether token i is a small word inside a name: "de", "van". A German article is one behind another:
// "von der Leyen", but not "Chef der Feuerwehr".
func (r *reader) namePart(i int) bool {
	if r.lex.capitalNouns && i > 0 && r.at(i).is(det) && !r.smallName(r.word(i-1)) {
		return false
	}
	return r.at(i).word() && !r.tokens[i].capital && r.tokens[i].quote < 0 && r.smallName(r.word(i))
}

// smallName reports whether a word in small letters can be such a word.
func (r *reader) smallName(w string) bool {
	_, ok := r.lex.persons.particles[w]
	return ok
}

// pronounFor is for whom the pronoun at token i stands.
func (r *reader) pronounFor(i int) sex {
	return r.lex.persons.pronouns[strings.ToLower(r.word(i))]
}

// givenSex is what the first word of a full name tells.
func (r *reader) givenSex(full string) sex {
	first, _, more := strings.Cut(full, " ")
	if !more {
		return anySex
	}
	return r.lex.persons.given[first]
}

// sexOf is what a phrase tells of the one it names: by the given name, else by a title or a noun before the name or
// in the apposition behind it ("Ms. Berg", "Kim Berg, a mother of three").
func (r *reader) sexOf(phrase, name run) sex {
	if name.hi-name.lo > 1 {
		if x := r.lex.persons.given[r.word(name.lo)]; x != anySex {
			return x
		}
	}
	apart := false
	for i := phrase.lo; i < phrase.hi; i++ {
		t := &r.tokens[i]
		switch {
		case t.kind == comma && !apart:
			apart = true
		case !t.word() || t.possessive || t.is(relative), t.is(prep) && i > phrase.lo && (apart || i > name.lo):
			return r.byEnding(phrase)
		case i < name.lo || i >= name.hi:
			if x := r.lex.persons.nouns[strings.ToLower(r.word(i))]; x != anySex && !r.at(i+1).possessive {
				return x
			}
		}
	}
	return r.byEnding(phrase)
}

// byEnding is she where a German noun for somebody has the ending of a woman's: "die Ministerin".
func (r *reader) byEnding(s run) sex {
	for i := s.lo; i < s.hi && r.tokens[i].word(); i++ {
		if t := &r.tokens[i]; r.lex.verbSecond && t.is(person|title|official) && t.capital && endsIn(r.word(i), r.lex.lists[women]) {
			return she
		}
	}
	return anySex
}
