package attribution

import "strings"

// cue is a verb or phrase that may report speech.
type cue struct {
	group   run // auxiliaries, adverbs, verb
	far     run // a particle or auxiliary that stands apart
	verb    int // the token that decides
	traits  trait
	passive bool
	ing     bool // a participle that opens a phrase of its own
	infin   bool // "to say"
	parted  bool // with a particle or the like behind it
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
		p, n := r.phraseAt(i, hi)
		if n > 1 && p.use == useCue && r.tokens[i+n-1].is(afterCue) && r.whenOrHow(i+n-1) {
			n = 0 // "commented on Friday"
		}
		if n > 0 && p.use == useNothing {
			i += n - 1
			continue
		}
		if n > 0 && p.use <= useCiting {
			switch p.use {
			case useAccording:
				if r.tokens[i].has(needsComma) && n == 1 && !r.closesClause(lo, i, hi) {
					continue
				}
				out = append(out, cue{group: run{i, i + n}, verb: i, lead: useAccording})
				i += n - 1
				continue
			case useCue:
				c, ok := r.phraseCue(lo, i, n, p.traits)
				if !ok {
					continue
				}
				out = append(out, c)
				i += n - 1
				continue
			}
		}
		if t.has(behindAfter) && i+1 < hi && r.reportNoun(i+1) && !r.at(i-1).has(stretch) {
			out = append(out, cue{group: run{i, i + 1}, verb: i, lead: useAccording})
			continue
		}
		if n := r.wherebyAt(lo, i, hi); n > 0 {
			out = append(out, cue{group: run{i, i + n}, verb: i, lead: useAccording})
			i += n - 1
			continue
		}
		if t.is(behind) && i > lo || t.has(behindAfter) && i > lo && r.at(i-1).is(sourceInside) && !r.at(i+1).is(det) && !r.at(i+1).capital {
			out = append(out, cue{group: run{i, i + 1}, verb: i, lead: useAccording, traits: behind})
			continue
		}
		if r.goesOnTo(i) {
			continue
		}
		c, ok := r.verbAt(lo, i, hi)
		if !ok {
			c, ok = r.voicedAt(lo, i, hi)
		}
		if ok {
			out = append(out, c)
		}
	}
	return out
}

// reportNoun reports whether a compound for what is reported stands at token i:
// "Medienberichten", "Polizeiangaben".
func (r *reader) reportNoun(i int) bool {
	if r.at(i).is(det) && !r.at(i).capital {
		k := i + 1
		for k < i+3 && r.at(k).word() && !r.at(k).capital {
			k++
		}
		if r.at(k).capital && r.at(k).is(document|data|sourceInside) {
			return true
		}
	}
	described := false
	if t, n := &r.tokens[i], r.at(i+1); t.word() && !t.capital && t.quote < 0 && !t.is(det|prep|adverb) && n.capital && !n.newline {
		if w := r.word(i); !strings.HasSuffix(w, "en") && !strings.HasSuffix(w, "er") {
			return false
		}
		if n.is(sourceInside) {
			return true // "nach polnischen Angaben"
		}
		described = true // "nach ersten Erkenntnissen"
		i++
	}
	if !r.tokens[i].capital || r.tokens[i].quote >= 0 {
		return false
	}
	w := strings.ToLower(r.word(i))
	for _, e := range r.lex.reports {
		if (len(w) > len(e) || described && len(w) == len(e)) && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// closesClause reports whether ", so X" stands at token i: behind a comma or a
// quotation, with a name or noun phrase up to the next sign.
func (r *reader) closesClause(lo, i, hi int) bool {
	before, next := r.at(i-1), r.at(i+1)
	if i == lo || before.kind != comma && before.kind != mark2 || i+1 >= hi || next.quote >= 0 || !next.capital && !next.is(det) && !r.at(i+2).capital && (r.lex.capitalNouns || !r.holds(run{i + 1, min(i+4, hi)}, document|data|organisation|outlet|person|anonymous)) {
		return false
	}
	if n := r.at(i + 2); r.lex.capitalNouns && next.is(det) && n.word() && !n.capital && (n.is(likeAs) || n.has(comparing)) {
		return false // "so viele wie nie zuvor"
	}
	for k := i + 1; k < hi; k++ {
		t := &r.tokens[k]
		if t.is(mark|subjectPronoun|aux) && !t.is(det) && !t.possessive {
			return false
		}
		if !t.word() {
			return true
		}
	}
	return true
}

// phraseCue decides whether the n words at token i, a verb and what belongs to
// it, are in use as a cue.
func (r *reader) phraseCue(lo, i, n int, traits trait) (cue, bool) {
	g := r.groupStart(lo, i)
	c := cue{group: run{g, i + n}, verb: i, traits: traits, parted: true}
	b := r.at(g - 1)
	own := run{g, i}
	if i > lo && g == i && (b.is(det|poss|prep) || b.possessive || b.suffix == edSuffix) && !b.is(subord|subjectPronoun|infinitive|relative|pluralPronoun) &&
		!(traits&formIng != 0 && b.is(prep)) {
		return c, false
	}
	if i > 0 && r.tokens[i].is(nounFirst) && traits&formThird != 0 && r.tokens[i+n-1].is(infinitive) && (b.digit || b.is(number) || r.hasAnyOf(run{i - 1, i}, plenty)) {
		return c, false // "enough points to satisfy the board"
	}
	if r.tokens[i+n-1].has(comparing) { // "he was like, “No”"
		next := r.at(i + n)
		if next.kind == comma {
			next = r.at(i + n + 1)
		}
		if next.quote < 0 || !b.is(subjectPronoun) {
			return c, false
		}
	}
	c.ing = traits&formIng != 0 && !r.holds(own, be)
	c.passive = traits&formParticiple != 0 && traits&formBase == 0 && r.holds(own, be) && !r.tokens[i+n-1].is(formIng) // "was quoted as saying"
	c.infin = b.is(infinitive) && traits&formBase != 0
	if v := r.raised(lo, g); c.infin && v >= 0 {
		c.group.lo, c.infin = r.groupStart(lo, v), false
	}
	return c, true
}

// phraseAt is the longest phrase of the lexicon that begins at token i.
func (r *reader) phraseAt(i, hi int) (*phrase, int) {
	if r.tokens[i].opens == 0 {
		return nil, 0
	}
	list, next := r.lex.words[r.tokens[i].id].phrases, uint16(0)
	if i+1 < hi {
		next = r.tokens[i+1].id
	}
	for k := range list {
		w := list[k].words
		if (len(w) == 1 || w[1] == next) && r.matches(w, i, hi) { // few pass the second word: "is" opens many
			return &list[k], len(w)
		}
	}
	return nil, 0
}

// usedFor reports whether a phrase of one word at token i is good for x.
func (r *reader) usedFor(i int, x use) bool {
	p, n := r.phraseAt(i, i+1)
	return n == 1 && p.use == x
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
		if t.is(subord|conj) && g-2 >= lo && r.tokens[g-2].is(have|negative) && !r.tokens[g-2].is(det) && r.tokens[v].is(formParticiple) {
			g-- // "has since said", "has not yet said"
			continue
		}
		if t.is(det) && t.is(adverb) && t.quote < 0 && g-2 > lo && (r.tokens[g-2].is(have|modal) || r.tokens[g-2].is(be) && r.tokens[v].is(formIng)) && !r.lex.verbSecond {
			g-- // "have both said"
			continue
		}
		if t.quote >= 0 || !t.word() || !(t.is(aux|negative) || t.suffix == lySuffix || t.is(adverb) && !t.is(det) && !r.lex.verbSecond) {
			break
		}
		if t.is(objectPronoun) {
			break // "Berg herself said"
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

// particle is the place of the particle of a separable verb, before the clause
// ends, and what the verb is; -1 when there is none.
func (r *reader) particle(v, hi int) (int, trait) {
	particles := r.lex.words[r.tokens[v].id].particles
	crossed := false
	for i := v + 1; i < min(hi, v+24); i++ {
		t := &r.tokens[i]
		crossed = crossed || t.kind == comma
		if crossed && t.is(aux|finiteVerb|indirect|reporting) {
			return -1, 0 // the particle of another clause
		}
		if t.kind == stop || t.kind == semicolon || t.kind == colon {
			return -1, 0
		}
		for _, p := range particles {
			if t.id == p.word && t.quote < 0 && !(t.is(article) && r.at(i+1).quote >= 0) && (i+1 >= hi || !r.tokens[i+1].word() || r.tokens[i+1].is(coord)) {
				return i, p.traits
			}
		}
	}
	return -1, 0
}

// particleBefore is what a stem at the end of its clause is with the particle right
// before it: "wie die Polizei bekannt gab".
func (r *reader) particleBefore(lo, v int) trait {
	if v <= lo || r.at(v+1).word() && !r.at(v+1).is(aux) {
		return 0
	}
	for _, p := range r.lex.words[r.tokens[v].id].particles {
		if r.tokens[v-1].id == p.word && !r.tokens[v-1].is(prep|det) {
			return p.traits
		}
	}
	return 0
}
