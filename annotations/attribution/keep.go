package attribution

import "strings"

// opensQuoted reports whether what is said begins with quoted words.
func (r *reader) opensQuoted(f *found) bool {
	if len(f.content) == 0 {
		return f.colon
	}
	s := f.content[0]
	for i := s.lo; i < min(s.lo+2, s.hi); i++ {
		if r.tokens[i].quote >= 0 {
			return true
		}
	}
	return false
}

// keep refuses attributions whose cue is too weak for what was found.
func (r *reader) keep(c *cue, f *found) bool {
	if c.lead != 0 {
		return !f.source.empty()
	}
	if s := r.claim[f.unit]; r.lex.verbSecond && r.tokens[s].is(anaphor) && c.verb == s+1 && c.traits&verbClaim != 0 && len(f.content) == 2 && !f.quoted {
		f.content = []run{{s, s + 1}} // "Das bestätigte X": others said first what it points at
	}
	if r.noSpeech(c, f) {
		return false
	}
	if r.asideAsk(c, f) || r.idleWords(c, f) || r.staysUnnamed(c, f) || r.keepsSilent(c, f) || r.quizzes(c, f) {
		return false
	}
	empty := true
	for _, p := range f.content {
		empty = empty && p.empty()
	}
	if empty && !f.colon {
		return false
	}
	after := r.behindCue(c, r.end(f.unit))
	switch {
	case c.traits&reporting == 0:
		if c.infin || f.frame == FrameCarried {
			return false
		}
		return f.frame != FramePreposed && f.quoted || r.opensQuoted(f) || r.at(c.group.hi).kind == colon && f.frame == FramePreposed && len(f.content) > 0 && !r.lex.verbSecond || r.finds(c, f) || r.tokens[c.verb].has(clausal) && f.frame == FramePostposed && (r.holds(f.source, organisation) || r.betweenCommas(c, f)) || (r.tokens[c.verb].has(clausal) || r.ofMind(c)) && (r.thinksThat(c, f, after) || r.thinksLast(c, f))
	case c.infin && !(f.quoted && r.opensQuoted(f)):
		return false
	case c.traits&(reporting&^verbDoc) == 0 && !f.quoted && f.frame != FramePostposed && !after.is(subord) &&
		!r.holds(f.source, document|data|image|video|organisation) && !(r.tokens[c.verb].has(states) && r.thinksThat(c, f, after)) && !r.paperSpoke(f) && !r.yields(c, f) && !(r.usedFor(c.verb, useRules) && r.rulesSo(c.group.hi, r.end(f.unit))):
		return false
	case c.traits&(reporting&^verbWill) == 0 && !f.quoted && after.is(prep) && !after.is(infinitive|afterCue):
		return false // "sales declined in May"
	case r.tokens[c.verb].has(listening) && f.frame != FramePostposed && !((after.is(mark) || after.is(subjectPronoun) && !after.is(det|objectPronoun)) && (r.holds(f.source, organisation) || r.learnedIt(c, f))):
		return false // "the court heard P" may be all it did; "the Harbour Post has learned that P"
	case r.tokens[c.verb].has(fights) && !f.quoted && !r.inWordsOnly(c, f):
		return false
	case !f.quoted && (r.vowing(c, f) || r.fromWhere(c, f, after)):
		return false
	case r.tokens[c.verb].has(quotedOnly) && !f.quoted && !r.bodyTells(c, f) && !r.namesAs(c) && !(r.tokens[c.verb].is(dispute) && (r.pointsToClaim(c.group.hi, r.end(f.unit)) || r.deniesIn(c.group) && r.deniedBehind(c.group.hi, r.end(f.unit)) || f.frame == FramePassive && r.claimHeads(f))), r.tokens[c.verb].has(issuing) && !f.quoted && !r.issued(c.group.hi):
		return false
	case r.lex.verbSecond && r.tokens[c.verb].has(strict) && !c.parted:
		return f.quoted || r.tokens[r.claim[f.unit]].is(anaphor) && r.holds(f.source, document|data) || r.tokens[c.verb].is(dispute) && f.source.lo > c.verb && r.thatOpens(f.unit) || f.frame != FramePreposed || f.source.lo > 0 && r.tokens[f.source.lo-1].is(likeAs) || f.colon || r.countBehind(c.group.hi) || r.tokens[c.verb].is(dispute) && r.holdsHint(run{c.group.hi, r.end(f.unit)}, claimed) || len(f.content) > 0 && (r.tokens[f.content[0].lo].is(mark) || r.inMood(f.content[0]) || r.infinitiveBehind(f.content[0].lo, f.content[0].hi))
	case r.tokens[c.verb].has(strict) && !c.parted && f.frame != FramePostposed && !(f.frame == FrameInverted && f.quoted) && !r.opensQuoted(f) && !after.is(mark) && !r.clauseFollows(c.group.hi, r.end(f.unit)):
		return false
	case r.tokens[c.verb].has(calls) && c.group.hi == c.verb+1 && !f.quoted && !r.namedSo(c.group.hi):
		return false
	case r.tokens[c.verb].has(plain) && after.is(infinitive) && !f.quoted && !r.hearers(c.group.hi):
		return false // "is said to be"
	case c.traits&(reporting&^verbWill) == 0 && !f.quoted && after.id == 0 && !after.capital && after.word() && !after.digit && !r.infinitiveSoon(c.group.hi):
		return false // "pledged delegates"
	}
	return true
}

// keepsSilent reports whether a build tells only that somebody would not speak, or by what means something
// was done.
func (r *reader) keepsSilent(c *cue, f *found) bool {
	v, s := &r.tokens[c.verb], f.source
	switch {
	case !r.lex.verbSecond && !f.quoted && f.frame == FramePreposed && (r.writesTo(c, f) || v.has(asks) && r.tokens[c.group.hi-1].has(topical)):
		return true // "wrote to the board", "asked about the fog"
	case v.has(answering) && v.is(formIng) && !f.quoted && !r.lex.verbSecond:
		return true // "when responding to a fire"
	case v.has(answering) && !f.quoted && (r.holds(c.group, negative) || !r.lex.verbSecond && !s.empty() && r.tokens[s.lo].is(negative) || f.asWho && r.at(c.group.hi).is(prep) && !r.at(c.group.hi).is(infinitive|afterCue)):
		return true // "did not respond to questions"
	case r.lex.verbSecond && v.has(answering) && !f.quoted && !r.commaIn(c.verb, r.end(f.unit)) && r.holds(run{c.verb, r.end(f.unit)}, negative):
		return true // "antwortete auf eine Anfrage nicht"
	case !r.lex.verbSecond:
		return f.frame == FramePassive && s.hi-s.lo == 1 && r.bareNounAt(s.lo) && r.tokens[s.lo].traits == 0 && !r.endsInS(s.lo) // "underlined by hand"
	case len(f.content) == 0:
		return false
	}
	return v.has(selfSay) && r.tokens[f.content[0].lo].is(negative) || // "X äußerte sich nicht"
		v.has(evades) && !f.quoted && r.holdsHint(f.content[0], evaded) // "X lehnte eine Stellungnahme ab"
}

// claimHeads reports whether the subject of a passive is what somebody said before: "That claim
// was disputed by the board".
func (r *reader) claimHeads(f *found) bool {
	if len(f.content) == 0 || f.content[0].hi-f.content[0].lo > 5 {
		return false
	}
	s := f.content[0]
	if b := r.at(s.lo - 1); b.is(anaphor) && b.quote < 0 {
		s.lo--
	}
	return r.tokens[s.lo].is(anaphor|definite) && (s.hi-s.lo == 1 && r.tokens[s.lo].is(anaphor) || r.holdsHint(s, claimed))
}

// staysUnnamed reports whether somebody only asks that a name be kept back: "who asked for
// anonymity", "who requested anonymity to discuss the talks".
func (r *reader) staysUnnamed(c *cue, f *found) bool {
	if len(f.content) == 0 || f.quoted || !r.tokens[c.verb].has(asks) && c.traits&verbObject == 0 {
		return false
	}
	s := f.content[0]
	if s.empty() {
		return false
	}
	if r.tokens[s.lo].is(mark) && s.hi-s.lo < 9 && r.holdsHint(s, cover) {
		return true // "requested that their names be withheld"
	}
	return r.tokens[s.lo].has(cover) || r.tokens[s.lo].is(prep) && r.at(s.lo+1).has(cover)
}

// paperSpoke reports whether a pronoun alone is the source, and a paper, film or figures were that
// of the unit before: "It shows the ship backing away".
func (r *reader) paperSpoke(f *found) bool {
	n := len(r.found) - 1
	for n >= 0 && r.found[n].unit == f.unit {
		n--
	}
	if t := &r.tokens[f.source.lo]; f.source.hi-f.source.lo != 1 || !t.is(subjectPronoun) || t.is(relative) || n < 0 || r.found[n].unit != f.unit-1 {
		return false
	}
	return !r.found[n].asWho && r.holds(r.core(r.found[n].source), document|data|image|video)
}

// behindCue is the token that tells what a cue reports: the one behind it, or behind
// a time ("ruled on Friday that P"), or behind the comma of a verb-second language.
func (r *reader) behindCue(c *cue, hi int) *token {
	after := r.at(c.group.hi)
	if n := r.at(r.adjuncts(c.group.hi, hi)); n.is(mark) || c.traits&reporting == 0 && n.has(question) {
		after = n
	}
	if r.lex.verbSecond && after.kind == comma {
		after = r.at(c.group.hi + 1)
	}
	return after
}

// vowing reports whether a promise only says who somebody is: "the candidate who
// has pledged to leave".
func (r *reader) vowing(c *cue, f *found) bool {
	return !r.lex.verbSecond && f.asWho && c.traits&verbWill != 0 && c.traits&(reporting&^verbWill) == 0 && !r.tokens[c.verb].has(evades)
}

// bodyTells reports whether a body tells others what to do ("The agency advises travellers to boil
// water"), or the verb closes the sentence that says what is to be done (", the agency advised").
// Of a person the same words may tell of an office ("Berg advised Lund").
func (r *reader) bodyTells(c *cue, f *found) bool {
	if r.lex.verbSecond || c.traits&verbTell == 0 || r.tokens[f.source.lo].is(relative) {
		return false
	}
	switch f.frame {
	case FramePreposed:
		return r.holds(f.source, organisation) && r.infinitiveSoon(c.group.hi)
	case FrameInverted:
		return true
	case FramePostposed:
		return c.group.hi >= r.end(f.unit) || r.tokens[c.group.hi].kind == stop
	}
	return false
}

// namesSelf reports whether "himself" stands at token i and a verb of saying behind it: what
// comes between tells who speaks.
func (r *reader) namesSelf(i, hi int) bool {
	if t := r.at(i); i >= hi || !t.is(adverb) || !t.is(objectPronoun) {
		return false
	}
	for k := i + 1; k < hi && k < i+maxSource; k++ {
		if t := &r.tokens[k]; t.quote < 0 && t.is(saying) && t.is(formPast|formThird) && !t.is(nounFirst) {
			return true
		}
	}
	return false
}

// fromWhere reports whether a cue only says where somebody reports from: "Berg
// reported from Ellery."
func (r *reader) fromWhere(c *cue, f *found, after *token) bool {
	return f.frame == FramePreposed && !r.lex.verbSecond && after.has(origin) && !after.is(partOf) && r.at(c.group.hi+1).capital && !r.thatAhead(c.group.hi+1)
}

// partSpeaks reports whether a participle without quoted words behind a plain
// word reports what its noun says: "a memo saying P", not "cases alleging fraud",
// "is worth noting P".
func (r *reader) partSpeaks(c *cue, f *found) bool {
	before := r.at(c.group.lo - 1)
	if !before.word() || before.is(prep|conj|subord) || c.lead != 0 {
		return true
	}
	if s := &r.tokens[f.source.lo]; f.source.hi-f.source.lo == 1 && s.is(subjectPronoun) && s.is(objectPronoun) {
		return false
	}
	return c.traits&(verbSay|verbTell|verbDoc) != 0
}

// clauseFollows reports whether a clause with its own subject and verb begins
// at token i.
func (r *reader) clauseFollows(i, hi int) bool {
	t := r.at(i)
	if !t.is(det|subjectPronoun) && !t.capital || t.quote >= 0 {
		return t.kind == comma || t.kind == colon || r.pluralActs(i, hi)
	}
	for k := i + 1; k < min(hi, i+12); k++ {
		if u := &r.tokens[k]; !u.word() || u.is(relative|infinitive) {
			return false
		}
		if r.isVerb(k, i) {
			return true
		}
	}
	return false
}

// pluralActs reports whether a word or two without an article and an auxiliary of several stand at token i: "adding rescue
// teams had been cut off".
func (r *reader) pluralActs(i, hi int) bool {
	for k := i + 1; k < min(hi, i+4) && !r.lex.verbSecond; k++ {
		t, b := &r.tokens[k], &r.tokens[k-1]
		if !b.word() || b.quote >= 0 || b.traits&^(common|person|organisation|document|data) != 0 || b.suffix != noSuffix {
			return false
		}
		if t.is(have|be|modal) && !t.possessive && r.endsInS(k-1) {
			return true
		}
	}
	return false
}

// namedSo reports whether what stands at token i has a name behind it: "the plan
// a disaster".
func (r *reader) namedSo(i int) bool {
	if r.foundSo(i) {
		return true
	}
	for k := i + 1; k < i+10; k++ {
		t := r.at(k)
		if !t.word() || t.is(subord|infinitive) && !t.is(likeAs) {
			return false
		}
		if t.is(article) && !r.tokens[k-1].is(prep|coord) || t.is(likeAs) {
			return true
		}
	}
	return false
}

// rulesSo reports whether a court or the like calls the object at token i something: "ruled the
// death a homicide", "ruled the search illegal".
func (r *reader) rulesSo(i, hi int) bool {
	if r.namedSo(i) {
		return true
	}
	for k := i + 2; r.at(i).is(det|objectPronoun) && k < min(hi, i+8) && r.tokens[k].word(); k++ {
		if !r.at(k + 1).word() {
			return r.lex.words[r.tokens[k].id].pole != 0
		}
	}
	return false
}

// foundSo reports whether an object at token i has an adjective or the like behind it
// that ends its clause: "the plan unlawful", "it absurd", "the claim false".
func (r *reader) foundSo(i int) bool {
	if r.lex.verbSecond || !r.at(i).is(det|objectPronoun) || r.at(i).quote >= 0 {
		return false
	}
	k := i + 1
	for k < i+8 && r.at(k).word() && r.at(k).quote < 0 {
		if r.at(k).is(prep|subord|infinitive|aux|relative) && !r.at(k).is(partOf) {
			break
		}
		k++
	}
	last := r.at(k - 1)
	if k-1 <= i || last.capital || last.is(det|prep|day|adverb|person|organisation) || last.possessive {
		return false
	}
	if r.tokens[i].is(objectPronoun) && !r.tokens[i].is(det) {
		return k == i+2 || r.at(k-2).is(adverb) || adjectival(r.word(k-1)) || last.has(untrue)
	}
	return k-1 > i+1 && (last.has(untrue) || adjectival(r.word(k-1)) && !r.at(k-2).is(det))
}

// thatBehind reports whether an insertion begins at token i, and "that" opens a
// clause behind it: "held, by five votes to four, that P".
func (r *reader) thatBehind(i, hi int) bool {
	for k := i; k < min(hi-1, i+10); k++ {
		if t := &r.tokens[k]; t.kind == comma {
			return r.tokens[k+1].is(mark)
		} else if !t.word() || t.quote >= 0 {
			return false
		}
	}
	return false
}

// issued reports whether what is brought out at token i is written or shown.
func (r *reader) issued(i int) bool {
	for k := i; k < i+7; k++ {
		t := r.at(k)
		if !t.word() {
			return false
		}
		if t.is(document | speechNoun | video | data) {
			return true
		}
	}
	return false
}

// holds reports whether a word of a run has one of the traits.
func (r *reader) holds(s run, t trait) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].is(t) {
			return true
		}
	}
	return false
}

// inWordsOnly reports whether a verb that blows or words can stand for ("attacked")
// may be meant of words: somebody with a name or an office does it.
func (r *reader) inWordsOnly(c *cue, f *found) bool {
	if c.traits&formBase != 0 && c.traits&(formPast|formThird) == 0 && !r.holds(c.group, aux) {
		return false
	}
	s := f.source
	if f.frame == FramePassive && r.nameIn(r.core(s)).empty() {
		return false // "attacked by hackers"
	}
	if s.hi-s.lo == 1 && s.lo == r.claim[f.unit] && (r.endsInS(s.lo) || strings.HasSuffix(r.word(s.lo), "men")) && !r.namedBefore(s) {
		return false // "Gunmen attacked the harbour"
	}
	return r.tokens[s.lo].is(subjectPronoun) || !r.nameIn(r.core(s)).empty() || r.holds(s, person|organisation|document)
}

// infinitiveSoon reports whether an infinitive follows the object at token i: "ordered
// schools to close".
func (r *reader) infinitiveSoon(i int) bool {
	for k := i + 1; k < i+6; k++ {
		t := r.at(k)
		if !t.word() || t.quote >= 0 || t.is(aux|conj|relative) {
			return false
		}
		if t.is(infinitive) {
			return r.at(k+1).word() && !r.at(k+1).is(det|prep) && !r.at(k+1).capital
		}
	}
	return false
}

// learnedIt reports whether a paper says of itself what it found out: "the Harbour Post has learned that P". Where that is
// according to another, the other says it.
func (r *reader) learnedIt(c *cue, f *found) bool {
	that := c.group.hi
	if u, n := r.phraseAt(that+1, r.end(f.unit)); n > 0 && u.use == useAccording {
		return false
	}
	return r.tokens[c.group.lo].is(have) && r.at(that).is(mark) && r.properName(f.source)
}

// betweenCommas reports whether one who speaks and his verb stand alone between two commas, in the midst of what was said: "he
// was ready, he maintained, to leave".
func (r *reader) betweenCommas(c *cue, f *found) bool {
	return !r.lex.verbSecond && f.source.hi == c.group.lo && r.at(f.source.lo-1).kind == comma && r.at(c.group.hi).kind == comma
}
