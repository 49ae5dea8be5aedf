package attribution

// behindColon is where what somebody says before token e begins, in a sentence that opens at lo: behind the colon
// that brings quoted words, behind one that parts what the writer tells of the same voice ("Berg is unmoved: the
// pier, he says, is safe"), and behind the semicolon that ends what was told by the voice before.
func (r *reader) behindColon(u, lo, e int) int {
	for i := e - 1; i > lo+1; i-- {
		t := &r.tokens[i]
		if t.quote >= 0 {
			continue
		}
		switch t.kind {
		case colon:
			if r.tokens[i-1].digit || i+2 >= e {
				return lo
			}
			if r.tokens[i+1].quote >= 0 || r.tells(lo, i) || r.lex.verbSecond && r.saidToBe(run{i + 1, e}) && !r.inMood(run{lo, i}) {
				return i + 1
			}
			return lo
		case semicolon:
			if n := len(r.found); n > 0 && r.found[n-1].unit == u && i+2 < e {
				return i + 1
			}
			return lo
		}
	}
	return lo
}

// tells reports whether a clause from lo to the colon at k tells of somebody who can speak, and holds its verb.
func (r *reader) tells(lo, k int) bool {
	s, ok := r.subject(lo, k)
	return ok && s.lo == lo && s.hi < k && r.speaks(s) && r.isVerb(s.hi, lo)
}

// onlyRest reports whether a source at token i stands between commas right behind a word that opens a clause, so
// that what goes on behind it is all it says: "It is old and, Berg says, leaks", "a letter which, it said, was lost".
func (r *reader) onlyRest(lo, i int) bool {
	if i-2 <= lo || r.tokens[i-1].kind != comma {
		return false
	}
	t := &r.tokens[i-2]
	return t.quote < 0 && (t.is(coord|contrastMid) && t.is(conj) || t.is(relative)) && !r.lex.verbSecond
}

// behindAdverbs is the first token behind adverbs and times that stand between a verb and its subject where the verb
// stands second: "sagte hingegen ein Sprecher", "teilte am Abend auch der Verband mit".
func (r *reader) behindAdverbs(i, lim int) int {
	first := i
	for r.lex.verbSecond && i < lim && i-first < 5 {
		t := &r.tokens[i]
		switch {
		case !t.word() || t.quote >= 0 || t.capital:
			return i
		case t.has(focus), t.is(contrast), t.is(adverb) && !t.is(det|prep):
			i++
		case t.is(prep) && r.at(i+1).is(day) && i+2 < lim:
			i += 2
		default:
			return i
		}
	}
	return i
}

// withoutParticle is a run without the particle of the verb that ends it.
func (r *reader) withoutParticle(s run, c *cue) run {
	if c.far.lo > s.lo && c.far.hi <= s.hi && c.far.hi == r.withoutStop(s.lo, s.hi) && c.group.lo < s.lo {
		s.hi = c.far.lo
	}
	return s
}

// behindMe is the token behind a cue and the pronoun of who was told, where a comma or the sentence's end
// closes the insertion: ", the auditor tells us, ".
func (r *reader) behindMe(c *cue, hi int) int {
	i := c.group.hi
	if c.traits&verbTell != 0 && i < hi && r.tokens[i].is(objectPronoun) && r.tokens[i].quote < 0 && (i+1 == hi || r.tokens[i+1].kind == comma || r.tokens[i+1].kind == stop) {
		return i + 1
	}
	return i
}

// quoteFollows reports whether nothing but a comma stands between a verb of saying and the end of its unit, and quoted
// words open the next one: "Berg commented," above a block of words.
func (r *reader) quoteFollows(c *cue, hi int) bool {
	n := r.at(hi)
	return !r.lex.verbSecond && c.traits&saying != 0 && c.group.hi == hi-1 && r.tokens[hi-1].kind == comma && n.kind == mark2 && n.quote >= 0 && r.first[n.quote] == hi
}

// whenOrHow reports whether a preposition behind a verb at token i tells when somebody spoke or on whose part, and does
// not belong to the verb: "denounced on Thursday P", "assured on her part that P".
func (r *reader) whenOrHow(i int) bool {
	if r.lex.verbSecond || r.tokens[i].is(partOf) {
		return false
	}
	n := r.at(i + 1)
	return n.is(day) && n.capital || n.is(poss) && r.at(i+2).has(side)
}

// goesThrough reports whether the comma at token i parts no clause from what stands before it: two adjectives of one
// noun ("eine dritte, unabhängige Untersuchung"), or an addition without a verb ("die Kosten, vor allem im Winter").
func (r *reader) goesThrough(i, hi int) bool {
	b, n := r.at(i-1), r.at(i+1)
	if r.tokens[i].quote >= 0 || !b.word() || !n.word() || n.capital || n.quote >= 0 {
		return false
	}
	if !b.capital && b.id == 0 && r.inflected(i-1) && r.inflected(i+1) && !n.is(det|conj|aux|subjectPronoun) && r.at(i+2).capital {
		return true
	}
	if !r.hasAnyOf(run{i + 1, min(i+3, hi)}, additions) || r.colonBehind(i, hi) {
		return false
	}
	for k := i + 1; k < hi; k++ {
		if t := &r.tokens[k]; t.quote >= 0 || t.kind == comma || t.is(aux|finiteVerb|indirect|reporting) && !t.capital && !t.is(det) || t.is(infinitive) && !r.at(k+1).capital {
			return false
		}
	}
	return true
}

// topicReach is how many tokens a topic may have that stands before the colon of what is said of it.
const topicReach = 12

// behindTopic is the colon of the quoted words behind what a cue says they are of: "said of the plan: “P”". It is i where
// there is none.
func (r *reader) behindTopic(c *cue, i, hi int) int {
	if r.lex.verbSecond || c.group.hi <= c.verb+1 || !r.tokens[c.group.hi-1].has(topical) {
		return i
	}
	for k := i; k+1 < min(hi, i+topicReach) && r.tokens[k].quote < 0; k++ {
		if r.tokens[k].kind == colon && r.tokens[k+1].quote >= 0 {
			return k
		}
	}
	return i
}
