package attribution

import (
	"slices"
	"strings"
)

// gender is which German pronouns may stand for somebody, as a set: the grammar's gender, whatever the person's.
type gender uint8

const (
	masculine gender = 1 << iota // er
	feminine                     // sie, with a verb in the singular
	neuter                       // es
	many                         // sie, with a verb in the plural
	singular  = masculine | feminine | neuter
)

// byArticle tells the gender from the article at token i that opens a subject, or, with oblique, stands behind a preposition.
func (r *reader) byArticle(i int, oblique bool) (gender, bool) {
	w := strings.ToLower(r.word(i))
	is := func(list string) bool { return slices.Contains(r.lex.lists[list], w) }
	switch {
	case is(derWords) && oblique:
		return feminine | many, true
	case is(derWords):
		return masculine, true
	case is(dieWords):
		return feminine | many, true
	case is(dasWords):
		return neuter, true
	case is(einWords):
		return masculine | neuter, true
	case is(denWords):
		return masculine | many, true
	}
	return 0, false
}

// genderOf is what a source and its verb tell of the pronouns that may stand for it. Without an article a name's sex tells, or
// the ending of the role before it.
func (r *reader) genderOf(s, name run, f *found) gender {
	number := singular | many
	oblique := false
	if f != nil {
		number, oblique = r.numberOf(f), f.frame == FrameAccording || f.frame == FramePassive || r.at(s.lo-1).is(prep)
	}
	if n := r.whoTold(s); n.lo > s.lo || r.tokens[s.hi-1].is(sourceInside) {
		if n.lo == s.lo {
			return 0 // "Laut ihren Aussagen"
		}
		s, oblique = run{max(s.lo+1, n.lo-1), s.hi}, true // "Angaben der Polizei"
	}
	if g, ok := r.byArticle(s.lo, oblique); ok {
		if !name.empty() && !r.tokens[s.lo].is(definite) {
			g |= masculine
		}
		if g &= number; g != 0 {
			return g
		}
		return number
	}
	switch x := r.sexOf(s, name); x {
	case she:
		return feminine
	case he:
		return masculine
	}
	if t := &r.tokens[s.lo]; s.hi-s.lo > 1 && t.is(person) && number&singular != 0 {
		if endsIn(r.word(s.lo), r.lex.lists[women]) {
			return feminine
		}
		return masculine
	}
	return number
}

// numberOf is the number that the finite verb of f has: "sagten", "haben … gesagt".
func (r *reader) numberOf(f *found) gender {
	i := f.cue.lo
	if f.cue.empty() {
		return singular | many
	}
	if !f.far.empty() && r.tokens[f.far.lo].is(aux) {
		i = f.far.lo
	}
	w := r.word(i)
	switch {
	case !r.tokens[i].is(aux|reporting|verbMind|finiteVerb) || r.tokens[i].is(prep) && !r.tokens[i].is(aux):
		return singular | many
	case endsIn(w, r.lex.lists[pluralVerbs]):
		if r.tokens[i].is(formParticiple) && !r.tokens[i].is(formPast|formThird|formBase) {
			return singular | many
		}
		return many
	}
	return singular
}

// lastGerman is the last voice that the pronoun that opens the source of f can stand for.
func (v *resolver) lastGerman(f *found) *voice {
	r := v.r
	var want gender
	switch r.pronounFor(f.source.lo) {
	case he:
		want = masculine
	case thingsOnly:
		want = neuter
	case she:
		want = r.numberOf(f)
		if want&singular != 0 {
			want = want&many | feminine
		}
	default:
		return nil
	}
	var weak *voice
	for k := len(v.voices) - 1; k >= 0; k-- {
		p := &v.voices[k]
		far := f.unit - r.unitOf(p.at, f.unit)
		switch {
		case p.gender&want == 0 || p.silent && far > mentionReach || want == neuter && far > 2:
		case p.weak || !p.person && !p.plural && want&many == 0 && far > 1:
			if weak == nil {
				weak = p
			}
		default:
			p.gender &= want
			return p
		}
	}
	return weak
}
