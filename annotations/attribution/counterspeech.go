package attribution

import "stet.example/stet/annotations"

// answered reads what sets unit u against the voice before by its build alone: who only says that he
// differs, a verb of answering back, an accusation that he gives a name.
func (r *reader) answered(u int, own []int) (run, bool) {
	if r.lex.verbSecond {
		return r.answeredSecond(u, own)
	}
	if at, ok := r.differsSoon(u); ok {
		return at, true
	}
	if len(own) == 0 {
		if at, ok := r.outletSaysNo(u); ok {
			return at, true
		}
		return r.paperAnswers(u)
	}
	if at, ok := r.otherFigure(u, own); ok {
		return at, true
	}
	if at, ok := r.accusesBack(own); ok {
		return at, true
	}
	for _, n := range own {
		f := &r.found[n]
		if !f.asWho && !f.cue.empty() && !r.holds(f.cue, negative) && (r.hasAnyOf(f.cue, counters) || r.namesAccusation(f)) {
			return f.cue, true
		}
	}
	return run{}, false
}

// differsSoon finds words by which somebody speaks against the voice before where they close their clause,
// whatever follows: "Berg saw it differently: “P”", "told another story, saying P", "wasn't buying it".
func (r *reader) differsSoon(u int) (run, bool) {
	hi := r.end(u)
	for i := r.claim[u] + 1; i < hi; i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || t.opens&(1<<useDiffer) == 0 {
			continue
		}
		n := r.differsAt(i, hi)
		if n == 0 || i+n < hi && r.tokens[i+n].word() && !r.tokens[i+n].is(day|conj|prep) || r.at(i-1).is(negative|infinitive|modal|relative) {
			continue
		}
		return run{i, i + n}, true
	}
	return run{}, false
}

// namesAccusation reports whether somebody gives an accusation a name, which turns it down whatever the name is:
// "described the allegation as “arithmetic”", "calling the charges “a slip”"; or doubts what was said:
// "questioned whether the letters were real".
func (r *reader) namesAccusation(f *found) bool {
	i := f.cue.hi
	t := r.at(i)
	if f.quoted && t.is(det|definite) && t.quote < 0 && r.hasAnyOf(run{i + 1, i + 2}, accusations) && r.hasAnyOf(f.cue, namingVerbs) {
		return true
	}
	return t.has(question) && r.hasAnyOf(run{i, i + 1}, whether) && r.hasAnyOf(f.cue, doubting)
}

// firstClause is a run up to the first sign that ends a clause or a sentence.
func (r *reader) firstClause(s run) run {
	for !s.empty() && !r.tokens[s.lo].word() {
		s.lo++
	}
	for e := s.lo; e < s.hi; e++ {
		if k := r.tokens[e].kind; k == stop || k == semicolon || k == colon || k == dash {
			s.hi = e
		}
	}
	return s
}

// outletSaysNo reads a few words of the outlet itself that only say no to what was said: "It did not.", "It was
// neither."
func (r *reader) outletSaysNo(u int) (run, bool) {
	s := run{r.claim[u], r.end(u)}
	for !s.empty() && !r.tokens[s.hi-1].word() {
		s.hi--
	}
	if s.empty() || r.quotedIn(s) || s.hi-s.lo > 3 {
		return run{}, false
	}
	return s, r.cutShort(s) && !r.tokens[s.lo].is(pluralPronoun)
}

// paperAnswers reads a unit of the outlet in which a word of contrast stands before or behind what somebody wrote or
// counted: "But his logbook has him at home", "A wallet analysis, though, shows P".
func (r *reader) paperAnswers(u int) (run, bool) {
	marker, ok := r.opensContrast(u)
	if !ok {
		marker, ok = r.however(u)
	}
	if !ok {
		return run{}, false
	}
	lo := r.claim[u]
	if marker.lo == lo {
		lo = marker.hi
	}
	if r.at(lo).kind == comma {
		lo++ // "However, …"
	}
	s, ok := r.subject(lo, r.end(u))
	if !ok {
		return run{}, false
	}
	if head := r.headNoun(s); r.tokens[s.lo].is(definite) || !r.tokens[head].is(document|data|image|video) {
		return run{}, false
	}
	for i := s.hi; i < min(r.end(u), s.hi+maxSource/2); i++ {
		if t := &r.tokens[i]; t.quote >= 0 || t.is(aux|negative) && !t.is(have) && !t.possessive {
			return run{}, false
		} else if r.hasAnyOf(run{i, i + 1}, paperVerbs) {
			return marker, true
		}
	}
	return run{}, false
}

// headNoun is the last word of a phrase before what explains it: "analysis" in "a wallet analysis by Berg".
func (r *reader) headNoun(s run) int {
	head := s.lo
	for i := s.lo + 1; i < s.hi && r.tokens[i].word() && !r.tokens[i].is(prep) && r.tokens[i].suffix != edSuffix; i++ {
		head = i
	}
	return head
}

// acrossSemicolon reports whether two voices speak or think on the two sides of the semicolon at token i, the
// second right behind it: "X says P; Y says Q". What is written is evidence there, and no other side.
func (r *reader) acrossSemicolon(u, i int) bool {
	var left, right *found
	look := func(f *found) {
		switch {
		case f.source.empty() || f.asWho:
		case f.source.hi <= i && f.source.lo <= r.claim[u]+2:
			left = f
		case right == nil && f.source.lo > i && f.source.lo < i+3:
			right = f
		}
	}
	for _, n := range r.byUnit[u] {
		look(&r.found[n])
	}
	if n, ok := r.thoughtOf(u); ok {
		for ; n < len(r.thoughts) && r.thoughts[n].unit == u; n++ {
			look(&r.thoughts[n])
		}
	}
	if right != nil && right.cue.empty() {
		return false // works cited in brackets
	}
	return left != nil && right != nil && left.who != right.who && !r.partOfGroup(right.source) && !r.holds(right.source, document|data)
}

// partOfGroup reports whether a source is some of those named before: "four of them".
func (r *reader) partOfGroup(s run) bool {
	if t := &r.tokens[s.lo]; t.digit || t.is(number) {
		return t.digit || !r.at(s.lo+1).is(person|several)
	}
	return r.tokens[s.lo].is(det) && !r.tokens[s.lo].is(article|poss) && r.at(s.lo+1).is(prep)
}

// onlyCarried reports whether all of own are carried over from what stands before.
func (r *reader) onlyCarried(own []int) bool {
	for _, n := range own {
		if r.found[n].frame != FrameCarried {
			return false
		}
	}
	return len(own) > 0 && r.lex.verbSecond
}

// answerTo reads what answers the nearest voice before u.
func (r *reader) answerTo(u int, own []int) (contest, bool) {
	p := r.voiceBefore(u)
	if p < 0 && u > 0 && r.onlyCarried(own) {
		p = u - 1 // by its mood alone it was given to the voice that it speaks against
	}
	if p < 0 {
		return contest{}, false
	}
	words, ok := r.answered(u, own)
	if !ok {
		return contest{}, false
	}
	return contest{rule: "C-b", words: []annotations.Span{r.span(words)}, partner: p}, true
}
