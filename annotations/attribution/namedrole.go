package attribution

import "strings"

// namedRole is the end of the name that tells who the role at s is, behind the comma at i that ends the role: "The
// minister, Keith Dunmore, has …", "The union's convener, Mrs. Berg, stood …". It is i where none stands there.
func (r *reader) namedRole(s, i, hi int) int {
	if r.lex.verbSecond || !r.tokens[s].is(det|poss) && !r.ownerIn(run{s, min(i, s+4)}) || !r.holds(run{s, i}, person) && !r.ownerIn(run{s, i}) {
		return i
	}
	k := i + 1
	for k < hi && k-i < 6 && r.tokens[k].word() && (r.tokens[k].capital || r.tokens[k].is(title)) && r.tokens[k].quote < 0 && !r.tokens[k].is(day|det|prep) {
		k++
	}
	if k-i < 3 || k+1 >= hi || r.tokens[k].kind != comma || r.tokens[k+1].is(coord) || r.tokens[k+1].capital {
		return i
	}
	return k
}

// houseBehind is the end of "of" and the house somebody belongs to, behind the comma at i that ends a name: "said
// Anna Berg, of the Harbour Trust". It is i where none stands there.
func (r *reader) houseBehind(i, hi int) int {
	if r.lex.verbSecond || !r.tokens[i-1].capital || !r.at(i+1).is(partOf) || !r.at(i+1).has(origin) {
		return i
	}
	k := i + 2
	if r.at(k).is(article) {
		k++
	}
	first := k
	for k < hi && r.tokens[k].word() && r.tokens[k].quote < 0 && (r.tokens[k].capital || r.tokens[k].is(partOf|coord) && r.at(k+1).capital) {
		k++
	}
	if k == first || k < hi && r.tokens[k].kind != comma && r.tokens[k].kind != stop {
		return i
	}
	return k
}

// capitals reports whether a small word at token i is written in capitals behind an article or preposition, and its
// sentence is not: a name ("an AS journalist", "the WHO").
func (r *reader) capitals(i int) bool {
	t := &r.tokens[i]
	if n := t.end - t.start; n < 2 || n > 4 || r.text[t.start+1] < 'A' || r.text[t.start+1] > 'Z' {
		return false
	}
	b := r.at(i - 1)
	if !t.is(likeAs|subord|conj|relative|subjectPronoun|objectPronoun|aux|negative|prep) || !b.word() || !b.is(article|prep) || t.newline {
		return false
	}
	before, w, n := r.text[b.start:b.end], r.text[t.start:t.end], r.at(i+1)
	return w == strings.ToUpper(w) && before != strings.ToUpper(before) && r.text[n.start:n.end] != strings.ToUpper(r.text[n.start:n.end])
}

// byWhen is the pronoun that a verb at token g shares with the verb before it, where the clause before that opened
// with "when" or the like: "When I asked him about it he laughed and said P".
func (r *reader) byWhen(begin, lo, g int) (run, bool) {
	n := len(r.found)
	if r.lex.verbSecond || n > begin && r.found[n-1].cue.hi > g {
		return run{}, false
	}
	if t := r.at(lo); !t.is(subord) || t.is(mark|prep) && !t.is(adverb) || t.quote >= 0 {
		return run{}, false
	}
	for i := g - 1; i > max(lo+3, g-8); i-- {
		t := &r.tokens[i]
		if !t.word() && t.kind != comma || t.quote >= 0 {
			return run{}, false
		}
		if t.is(subjectPronoun) && !t.is(det|relative) && (r.isVerb(i+1, lo) || r.tokens[i+1].suffix == edSuffix || r.tokens[i+1].is(formPast) || strings.HasSuffix(r.word(i+1), r.lex.endings[edSuffix-1])) && !r.tokens[i-1].is(subord|coord) {
			return run{i, i + 1}, true
		}
	}
	return run{}, false
}

// asideAsk reports whether a verb of asking stands in an aside that puts no question: "since you ask", "When I asked
// him about it he laughed".
func (r *reader) asideAsk(c *cue, f *found) bool {
	if r.lex.verbSecond || !r.tokens[c.verb].has(asks) || f.quoted || f.source.hi-f.source.lo != 1 || len(f.content) == 0 {
		return false
	}
	b, t := r.at(f.source.lo-1), &r.tokens[f.content[0].lo]
	return b.is(subord) && !b.is(mark) && !t.has(question) && !t.is(mark|infinitive)
}

// sentenceIn reports whether a run has more verbs than relative clauses, so that it is a sentence and no source: "All
// ships that came in May will be sold, the port, …".
func (r *reader) sentenceIn(s run) bool {
	verbs, who := 0, 0
	for i := s.lo; i < s.hi; i++ {
		if t := &r.tokens[i]; t.is(relative) && r.at(i-1).word() {
			who++
		} else if r.isVerb(i, s.lo-1) && !r.isVerb(i-1, s.lo-1) {
			verbs++
		}
	}
	return who > 0 && verbs > who
}

// whoActs is the person or name that opens a short clause before a colon at k and does something in a verb that no list
// has: "The mayor shrugged: “P”", "Berg waves this away: “P”".
func (r *reader) whoActs(lo, k int) (run, bool) {
	if r.lex.verbSecond || k-lo > 8 {
		return run{}, false
	}
	for i := lo + 1; i < min(k, lo+6); i++ {
		t, b := &r.tokens[i], &r.tokens[i-1]
		if !t.word() || t.possessive || t.quote >= 0 {
			if t.word() && t.quote < 0 {
				continue
			}
			return run{}, false
		}
		if t.capital || t.is(det|prep|conj|adverb|aux|relative|subord) || !b.is(person|organisation) && !(b.capital && (i > lo+1 || b.id == 0)) {
			continue
		}
		if w := r.word(i); t.suffix == edSuffix || t.is(formPast|formThird) || strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
			s, ok := r.trimSource(lo, i)
			return s, ok && s.lo == lo
		}
	}
	return run{}, false
}

// willLast reports whether a verb that takes an infinitive or a noun closes a sentence that has told all before the
// comma: "The pier will be safe, ministers have promised", "Readers should write to the port, the centre recommends".
func (r *reader) willLast(lo, hi int, src run, c *cue) bool {
	if r.lex.verbSecond || c.traits&verbWill == 0 && !r.tokens[c.verb].has(states) || r.at(src.lo-1).kind != comma || src.lo-1-lo < 4 {
		return false
	}
	e := r.behindDay(c.group.hi, hi)
	if e < hi && r.tokens[e].kind != stop || r.introduces(lo, src.lo-1) || r.tokens[src.lo].is(relative) {
		return false
	}
	for i := lo + 1; i < src.lo-2; i++ {
		if t := &r.tokens[i]; t.quote < 0 && (t.is(modal) || t.is(aux) && !t.possessive) {
			return !r.tokens[lo].is(prep | subord)
		}
	}
	return false
}

// foundToBe reports whether a participle and one word behind "and" go on with a passive: "had been checked and found
// clear".
func (r *reader) foundToBe(lo int, c *cue) bool {
	n := r.at(c.group.hi + 1)
	if r.lex.verbSecond || c.traits&formParticiple == 0 || !r.at(c.group.lo-1).is(coord) || !r.at(c.group.hi).word() || r.at(c.group.hi).is(mark|det) || n.word() || n.quote >= 0 {
		return false
	}
	for i := c.group.lo - 2; i > max(lo, c.group.lo-8) && r.tokens[i].word(); i-- {
		if t := &r.tokens[i]; t.is(be) && t.quote < 0 {
			return true
		}
	}
	return false
}

// accordingAt reports whether "according to" opens a phrase, so that it is no subject: "according to records shown to
// the court".
func (r *reader) accordingAt(s, e int) bool {
	if r.tokens[s].opens&(1<<useAccording) == 0 || r.lex.verbSecond {
		return false
	}
	p, n := r.phraseAt(s, e)
	return n > 1 && p.use == useAccording
}
