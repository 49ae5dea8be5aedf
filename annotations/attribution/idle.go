package attribution

// quizzes reports whether somebody only had questions for somebody: "Police questioned the student", "Berg questioned him".
func (r *reader) quizzes(c *cue, f *found) bool {
	if r.lex.verbSecond || f.quoted || f.frame != FramePreposed || len(f.content) == 0 || f.content[0].empty() || !r.hasAnyOf(run{c.verb, c.verb + 1}, quizzing) {
		return false
	}
	s, e := f.content[0], f.content[0].lo
	for e < s.hi && r.tokens[e].word() && !r.tokens[e].is(prep|conj|day|mark) {
		if r.tokens[e].possessive || r.tokens[e].has(question) {
			return false
		}
		e++
	}
	last := r.at(e - 1)
	return e > s.lo && (r.hasAnyOf(f.source, quizzers) || last.is(person) || last.is(objectPronoun) && e == s.lo+1 && !last.is(subjectPronoun|anaphor))
}

// hearers reports whether "to" at token i brings those who were told: "said to journalists P".
func (r *reader) hearers(i int) bool {
	n := r.at(i + 1)
	return r.at(i).is(infinitive) && n.is(person|outlet|organisation) && n.is(several) && !n.is(formBase)
}

// countBehind reports whether a number stands at token i that counts something: "meldete elf Tote".
func (r *reader) countBehind(i int) bool {
	t := r.at(i)
	return t.quote < 0 && (t.digit || t.is(number) && !t.is(article)) && r.at(i+1).capital
}

// idleWords reports whether the build that was found is one in which nobody says anything.
func (r *reader) idleWords(c *cue, f *found) bool {
	if s := f.source; !r.lex.verbSecond && s.hi-s.lo == 1 && r.tokens[s.lo].has(dummy) && !r.paperSpoke(f) {
		return true // "There were reports that P"
	}
	if !r.lex.verbSecond && !f.quoted && !f.source.empty() && r.idleSubject(c, f) {
		return true
	}
	if f.frame == FramePassive && f.source.empty() && !f.heard && !r.lex.verbSecond {
		return true // "was asked whether P": nobody is named
	}
	if f.frame == FrameParticiple && !f.quoted && !r.lex.verbSecond && !r.partSpeaks(c, f) {
		return true
	}
	if before := r.at(f.source.lo - 1); f.asWho && !f.quoted && !before.word() && before.kind != comma && r.word(r.ranges[f.unit].hi-1) == "?" {
		return true // "Who said so?"
	}
	if f.asWho && !f.quoted && !r.lex.verbSecond && r.namesSelf(c.group.hi, r.end(f.unit)) {
		return true // "a man who identified himself as Jan said P"
	}
	return false
}

// idleSubject reports whether what was taken for a source is nobody who speaks: "There is no record of Berg ever saying so",
// "It is unclear who ordered it", "We asked the city, and it told us P".
func (r *reader) idleSubject(c *cue, f *found) bool {
	s := f.source
	first := &r.tokens[s.lo]
	switch {
	case r.tokens[c.verb].is(formIng) && first.is(negative) && s.hi-s.lo > 2 && r.at(s.lo+2).has(topical):
		return true
	case s.hi-s.lo == 1 && r.at(s.hi).is(relative) && r.at(s.lo-1).is(be) && !first.capital && !first.is(person|subjectPronoun|anaphor|anonymous|several|organisation|outlet|document):
		return true
	}
	return r.tokens[c.verb].has(asks) && s.hi-s.lo == 1 && first.is(subjectPronoun) && len(f.content) > 0 && !f.content[0].empty() && r.tokens[f.content[0].lo].is(coord)
}
