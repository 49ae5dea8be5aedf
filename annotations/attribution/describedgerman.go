package attribution

import "strings"

// describedGerman is the voice that "die Ministerin", "das Institut" or "der 48-Jährige" stands for: the last whose phrase has
// the noun, alone or as the end of a longer one, else for an age the person named in the sentence before.
func (v *resolver) describedGerman(f *found) *voice {
	r, s := v.r, f.source
	if !r.definite(s.lo) || s.hi-s.lo != 2 || !r.tokens[s.lo+1].capital || r.tokens[s.lo+1].quote >= 0 {
		return nil
	}
	noun := strings.ToLower(r.word(s.lo + 1))
	want := r.genderOf(s, run{}, f)
	age := endsIn(noun, r.lex.lists[ages])
	if age && r.agedBefore(s.lo+1) {
		return nil // "Ein 48-Jähriger steht vor Gericht": it is he, not who spoke last
	}
	for k := len(v.voices) - 1; k >= 0; k-- {
		p := &v.voices[k]
		if p.gender&want == 0 || p.weak {
			continue
		}
		if age && p.named && p.person && f.unit-r.unitOf(p.at, f.unit) < 2 || !age && r.hasNoun(p.source, noun) {
			return p
		}
	}
	return nil
}

// agedBefore reports whether the age in the word at token i stood in the text before it.
func (r *reader) agedBefore(i int) bool {
	age, _, ok := strings.Cut(r.word(i), "-")
	for k := i - 1; k >= 0 && ok; k-- {
		if before, _, cut := strings.Cut(r.word(k), "-"); cut && before == age {
			return true
		}
	}
	return false
}

// shortNoun is how many bytes a noun has at least that is looked for at the end of a longer one.
const shortNoun = 4

// hasNoun reports whether a phrase has a noun, given in small letters, or a compound that ends with it, or one that it ends with.
func (r *reader) hasNoun(s run, noun string) bool {
	for i := s.lo; i < s.hi; i++ {
		t := &r.tokens[i]
		if !t.capital || !t.word() {
			continue
		}
		w := strings.ToLower(r.word(i))
		if w == noun || len(noun) >= shortNoun && strings.HasSuffix(w, noun) || len(w) > shortNoun && strings.HasSuffix(noun, w) {
			return true
		}
	}
	return false
}

// withoutRole is a name without the role before it, where nouns have capitals: "Anna Berg" of "Grünen-Politikerin Anna Berg".
func (r *reader) withoutRole(name run) run {
	for r.lex.capitalNouns && name.hi-name.lo > 2 {
		first, second := r.word(name.lo), r.word(name.lo+1)
		if r.lex.persons.given[first] != anySex || r.lex.persons.given[second] == anySex && !strings.Contains(first, "-") {
			break
		}
		name.lo++
	}
	return name
}

// nominativeOf is a German noun without the ending of its genitive: "Verband" of "Verbands" and of "Verbandes". Names and
// foreign words that end in "s" keep it.
func nominativeOf(w string) string {
	if len(w) < 5 || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is") || strings.HasSuffix(w, "as") || strings.HasSuffix(w, "ss") {
		return w
	}
	w = strings.TrimSuffix(w, "s")
	if strings.HasSuffix(w, "ie") || strings.HasSuffix(w, "ee") {
		return w // "des Komitees"
	}
	return strings.TrimSuffix(w, "e")
}
