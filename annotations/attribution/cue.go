package attribution

// cue is a verb or phrase that may report speech.
type cue struct {
	group   run // auxiliaries, adverbs, verb, particle
	verb    int // the token that decides
	traits  trait
	passive bool
	ing     bool // a participle that opens a phrase of its own
	infin   bool // "to say"
	lead    use  // for according and citing, else 0
}

// cues finds the cues of a unit that stand outside of quotations.
func (r *reader) cues(lo, hi int) []cue {
	var out []cue
	for i := lo; i < hi; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || !t.word() {
			continue
		}
		if p, n := r.phraseAt(i, hi); n > 0 && p <= useCiting {
			switch p {
			case useAccording:
				out = append(out, cue{group: run{i, i + n}, verb: i, lead: useAccording})
				i += n - 1
				continue
			case useCue:
				if b := r.at(i - 1); b.is(det|poss|prep) && !b.is(subord|subjectPronoun) && i > lo {
					continue
				}
				c := cue{group: run{i, i + n}, verb: i, traits: verbSay | r.formOf(i)}
				c.ing = c.traits&formIng != 0
				c.group.lo = r.groupStart(lo, i)
				out = append(out, c)
				i += n - 1
				continue
			}
		}
		if t.is(behind) && i > lo {
			out = append(out, cue{group: run{i, i + 1}, verb: i, lead: useAccording, traits: behind})
			continue
		}
		if c, ok := r.verbAt(lo, i, hi); ok {
			out = append(out, c)
		}
	}
	return out
}

// formOf is the form of the first word of a cue phrase.
func (r *reader) formOf(i int) trait {
	if r.lex.ending(r.word(i)) == ingSuffix {
		return formIng
	}
	return formPast
}

// phraseAt is the longest phrase of the lexicon that begins at token i.
func (r *reader) phraseAt(i, hi int) (use, int) {
	for _, p := range r.lex.words[r.tokens[i].id].phrases {
		if r.matches(p.words, i, hi) {
			return p.use, len(p.words)
		}
	}
	return 0, 0
}

func (r *reader) matches(words []uint16, i, hi int) bool {
	if i+len(words) > hi {
		return false
	}
	for k, w := range words {
		if t := &r.tokens[i+k]; t.id != w || w == 0 {
			return false
		}
	}
	return true
}

// groupStart goes left over what belongs to a verb: auxiliaries, adverbs, not.
func (r *reader) groupStart(lo, v int) int {
	g := v
	for g > lo {
		t := &r.tokens[g-1]
		if t.quote >= 0 || !t.word() || !(t.is(aux|negative) || t.suffix == lySuffix || t.is(adverb) && !t.is(det)) {
			break
		}
		if t.capital && !t.is(aux|negative) || t.possessive && !r.clitic(g-1, v) {
			break
		}
		g--
	}
	return g
}

// clitic reports whether 's at token i is short for is or has, before verb v.
func (r *reader) clitic(i, v int) bool {
	return i > 0 && (r.tokens[i-1].is(subjectPronoun) || r.tokens[v].is(formIng))
}

// separated finds the particle of a separable verb, before the clause ends.
func (r *reader) separated(v, hi int) bool {
	particles := r.lex.words[r.tokens[v].id].particles
	for i := v + 1; i < min(hi, v+24); i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || t.kind == stop || t.kind == semicolon || t.kind == colon {
			return false
		}
		for _, p := range particles {
			if t.id == p && (i+1 >= hi || !r.tokens[i+1].word()) {
				return true
			}
		}
	}
	return false
}

// verbAt decides whether token i is a reporting verb in use as a verb.
func (r *reader) verbAt(lo, i, hi int) (cue, bool) {
	t := r.tokens[i]
	if w := &r.lex.words[t.id]; w.separable != 0 && r.separated(i, hi) {
		t.traits |= w.separable
	}
	if !t.is(reporting|verbMind) || t.capital && i > lo && !r.titleCase(lo, hi) {
		return cue{}, false
	}
	g := r.groupStart(lo, i)
	c := cue{group: run{g, i + 1}, verb: i, traits: t.traits}
	var hasBe, hasHave, hasModal bool
	for k := g; k < i; k++ {
		hasBe = hasBe || r.tokens[k].is(be)
		hasHave = hasHave || r.tokens[k].is(have)
		hasModal = hasModal || r.tokens[k].is(modal)
	}
	before, after := r.at(g-1), r.at(i+1)
	switch {
	case t.is(formIng):
		c.ing = !hasBe
		if c.ing && r.gerund(g, i, hi) {
			return c, false
		}
		if c.ing && (before.is(det|number) || before.possessive || after.is(partOf)) {
			return c, false
		}
	case t.is(formParticiple) && hasBe && !t.is(formBase):
		c.passive = true
	case t.is(formPast | formParticiple):
		if g == i && before.is(det|number) && !before.is(subjectPronoun) && nounish(after) {
			return c, false
		}
		if g == i && before.is(prep) && !before.is(subord) || after.id != 0 && after.id == r.lex.by && !hasHave {
			return c, false
		}
		if g == i && t.is(verbObject) && after.capital && !before.capital && before.word() &&
			!before.is(person|organisation|outlet|anonymous|document|subjectPronoun|relative|coord|adverb|conj) {
			return c, false // "a group called X"
		}
	default:
		if !r.finite(g, i, hasModal) {
			return c, false
		}
		c.infin = before.is(infinitive)
	}
	for c.group.hi < hi && r.tokens[c.group.hi].is(afterCue) && t.is(verbObject) && r.tokens[c.group.hi].quote < 0 {
		c.group.hi++
	}
	return c, true
}

// gerund reports whether a form in -ing is a noun: behind an adjective ("a stern
// warning"), or a verb with nothing to report ("writing for the court").
func (r *reader) gerund(g, i, hi int) bool {
	after := r.at(i + 1)
	takes := after.quote >= 0 || after.is(mark|det|subjectPronoun|objectPronoun|subord) && !after.is(prep) || after.capital || after.kind == colon
	if takes {
		return false
	}
	if before := r.at(g - 1); before.word() && r.at(g-2).is(det|poss) && !before.is(speechNoun|document|person) {
		return true
	}
	if !after.is(prep) || r.tokens[i].is(verbObject) {
		return false
	}
	for k := i + 1; k < min(hi, i+9); k++ {
		if r.tokens[k].quote >= 0 || r.tokens[k].is(mark) {
			return false
		}
	}
	return true
}

// nounish reports whether a token may be the noun behind an adjective.
func nounish(t *token) bool {
	return t.word() && !t.is(det|prep|subord|aux|subjectPronoun|adverb|conj|day)
}

// finite tells verbs from nouns of the same form: "officials claim" is one,
// "the claim", "of reports", "Trump's calls" are not.
func (r *reader) finite(g, i int, hasModal bool) bool {
	t, before, after := &r.tokens[i], r.at(g-1), r.at(i+1)
	if hasModal || g < i {
		return true
	}
	if t.is(nounFirst) && !r.showsVerb(before, after) {
		return false
	}
	if before.possessive || before.is(poss) && !before.is(subjectPronoun|relative) {
		return false
	}
	if before.is(prep) && !before.is(infinitive) || before.is(conj) && !before.is(subjectPronoun) && after.is(prep) {
		return false
	}
	if before.is(det) && (!t.is(formBase) || before.is(article)) {
		return before.is(relative) || before.is(pluralPronoun)
	}
	if t.is(formThird) && (after.is(aux) || after.is(prep) && !t.is(saying&^verbClaim)) {
		return after.is(subord) || after.is(afterCue) && t.is(verbObject)
	}
	return true
}

// showsVerb reports whether the words around a form that is mostly a noun show
// that it is a verb: a subject before it, an object or clause behind it.
func (r *reader) showsVerb(before, after *token) bool {
	if before.is(subjectPronoun|relative) && !before.is(mark) || before.is(document|data|image|video) && after.word() && !after.is(prep|aux) {
		return true
	}
	if !before.word() || before.is(det|poss|prep|adverb) || before.possessive {
		return false
	}
	return after.is(mark|det|subjectPronoun|objectPronoun) || after.quote >= 0 && after.kind == mark2 ||
		after.is(afterCue) && before.capital && !after.is(prep&^afterCue)
}

// titleCase reports whether most words of a unit are capitalised: a headline.
func (r *reader) titleCase(lo, hi int) bool {
	n, caps := 0, 0
	for i := lo; i < min(hi, lo+30); i++ {
		if t := &r.tokens[i]; t.word() && !t.is(prep|det|coord) && !t.digit {
			n++
			if t.capital {
				caps++
			}
		}
	}
	return n > 3 && caps*5 >= n*4
}
