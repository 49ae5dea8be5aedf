package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// acronymReach is how many tokens before its bracket the name is looked for that letters stand for.
const acronymReach = 9

// learnAcronym notes the name that the letters in the bracket at token i stand for: "the Office for National Statistics (ONS)".
func (v *resolver) learnAcronym(i int) {
	r := v.r
	short := r.at(i + 1)
	letters := r.wordAt(i + 1)
	if r.at(i+2).kind != closing || !short.word() || short.quote >= 0 || !initialsOnly(letters) {
		return
	}
	for k := i - 1; k >= max(0, i-acronymReach) && r.tokens[k].word() && r.tokens[k].quote < 0; k-- {
		if r.tokens[k].capital && stands(r.text[r.tokens[k].start:r.tokens[i-1].end], letters) {
			v.acronyms[letters] = r.text[r.tokens[k].start:r.tokens[i-1].end]
			return
		}
	}
}

// wordAt is the word at token i, empty behind the last.
func (r *reader) wordAt(i int) string {
	if i >= len(r.tokens) {
		return ""
	}
	return r.word(i)
}

// initialsOnly reports whether a word is two to eight capital letters.
func initialsOnly(w string) bool {
	n := 0
	for _, c := range w {
		if !unicode.IsUpper(c) {
			return false
		}
		n++
	}
	return n > 1 && n < 9
}

// stands reports whether letters can stand for a name: the first is that of the name, and the capitals that open its words,
// of which there are two or more, are among the letters in their order.
func stands(name, letters string) bool {
	first, _ := utf8.DecodeRuneInString(letters)
	n, rest := 0, letters
	for _, w := range strings.FieldsFunc(name, func(c rune) bool { return unicode.IsSpace(c) || c == '-' }) {
		c, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(c) {
			continue
		}
		at := strings.IndexRune(rest, c)
		if at < 0 || n == 0 && c != first {
			return false
		}
		rest = rest[at+utf8.RuneLen(c):]
		n++
	}
	return n > 1
}

// spelledOut gives the voice whose name is letters alone the name that they stand for.
func (v *resolver) spelledOut(p *voice, core run) {
	r := v.r
	if core.hi-core.lo > 1 && r.tokens[core.lo].is(det|article) {
		core.lo++
	}
	if core.hi-core.lo != 1 || len(v.acronyms) == 0 {
		return
	}
	if full, ok := v.acronyms[r.word(core.lo)]; ok {
		p.who, p.kind, p.person, p.named = full, "organisation", false, true
	}
}
