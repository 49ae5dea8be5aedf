package attribution

import "stet.example/stet/annotations"

// window is how many units back a counter-claim is looked for.
const window = 8

// contest is what marks a unit as contested.
type contest struct {
	rule    string
	words   []annotations.Span
	partner int
}

// contested looks for what sets unit u against another voice. voices holds the
// resolved source of each unit, topics what each speaks of.
func (r *reader) contested(u int, own []int, topics []topic) (contest, bool) {
	if c, ok := r.conceded(u, own); ok {
		return c, true
	}
	if len(own) > 0 {
		if while, ok := r.concedes(u, own); ok {
			return contest{rule: "C-a", words: []annotations.Span{r.span(while)}, partner: -1}, true
		}
	}
	if c, ok := r.opposed(u, own); ok {
		return c, true
	}
	if cue, ok := r.disagreesAt(u, own); ok {
		if p := r.voiceBefore(u); p >= 0 {
			return contest{rule: "C-b", words: []annotations.Span{r.span(cue)}, partner: p}, true
		}
	}
	if len(own) == 0 {
		if c, ok := r.outletDenies(u); ok {
			return c, true
		}
		if c, ok := r.answerTo(u, own); ok {
			return c, true
		}
		if c, ok := r.outletCorrects(u); ok {
			return c, true
		}
		return r.thinksOtherwise(u)
	}
	if cue, ok := r.differsBefore(u, own); ok {
		if p := r.voiceBefore(u); p >= 0 {
			return contest{rule: "C-b", words: []annotations.Span{r.span(cue)}, partner: p}, true
		}
	}
	if cue, ok := r.deniedAtEnd(u, own); ok {
		return contest{rule: "C-a", words: []annotations.Span{r.span(cue)}, partner: -1}, true
	}
	if words, p, ok := r.denial(u, own, topics); ok {
		return contest{rule: "C-b", words: []annotations.Span{r.span(words)}, partner: p}, true
	}
	if c, ok := r.answerTo(u, own); ok {
		return c, true
	}
	marker, answers, ok := r.markerOf(u, own)
	if !ok {
		return contest{}, false
	}
	p := r.partner(u, topics)
	if p < 0 && answers {
		p = r.voiceBefore(u)
	}
	return contest{rule: "C-b", words: []annotations.Span{r.span(marker)}, partner: p}, p >= 0
}

// otherVoice is the unit right before u when somebody else speaks there, -1 when
// nobody does: "But X says" answers it, whatever the words.
func (r *reader) otherVoice(u int) int {
	if u == 0 || r.sameVoice(u, u-1) {
		return -1
	}
	for _, n := range r.byUnit[u-1] {
		if r.vouches(n) {
			return u - 1
		}
	}
	return -1
}

// conceded reads "While X said P, Y …": two holders at main-clause level.
func (r *reader) conceded(u int, own []int) (contest, bool) {
	lo, hi := r.claim[u], r.end(u)
	for lo < hi && r.tokens[lo].is(conj) && !r.tokens[lo].is(while) {
		lo++
	}
	if lo >= hi || !r.tokens[lo].is(while) || len(own) == 0 {
		return contest{}, false
	}
	f := &r.found[own[0]]
	if f.frame != FramePreposed || f.source.lo > lo+2 || len(f.content) == 0 {
		return contest{}, false
	}
	end := f.content[len(f.content)-1].hi
	if end >= hi || r.tokens[end].kind != comma {
		return contest{}, false
	}
	main, ok := r.subject(end+1, hi)
	if !ok || len(own) > 1 && r.found[own[1]].who == f.who {
		return contest{}, false
	}
	if r.tokens[main.lo].is(subjectPronoun) && r.tokens[main.lo].is(pluralPronoun) == r.plural(f.source) {
		return contest{}, false
	}
	return contest{rule: "C-a", words: []annotations.Span{r.span(run{lo, lo + 1})}, partner: -1}, true
}

// opposed reads "P, but X tries to link …", "X said P, but Y said Q" and "X said P; Y
// denied it".
func (r *reader) opposed(u int, own []int) (contest, bool) {
	lo, hi := r.claim[u], r.end(u)
	if at, ok := r.sideBySide(own); ok {
		return contest{rule: "C-a", words: []annotations.Span{r.span(run{at, at + 1})}, partner: -1}, true
	}
	if at, ok := r.opposedSecond(u, own); ok {
		return contest{rule: "C-a", words: []annotations.Span{r.span(at)}, partner: -1}, true
	}
	for i := lo + 3; i < hi; i++ {
		t := &r.tokens[i]
		if t.kind == semicolon && t.quote < 0 && r.acrossSemicolon(u, i) {
			return contest{rule: "C-a", words: []annotations.Span{r.span(run{i, i + 1})}, partner: -1}, true
		}
		parted := t.kind == semicolon && t.quote < 0 && !r.said(own, i)
		if !parted && (!t.is(contrastMid) || t.quote >= 0 || r.at(i-1).kind != comma || r.said(own, i) && !r.disputedIn(i+1, hi)) {
			continue
		}
		left, right := -1, -1
		for _, n := range own {
			if r.found[n].cue.lo < i {
				left = n
			} else if right < 0 {
				right = n
			}
		}
		both := left >= 0 && right >= 0 && r.found[left].who != r.found[right].who
		if parted && both && !r.holds(r.found[right].cue, dispute) {
			_, both = r.saysNo([]int{right})
		}
		if parted && !both {
			continue
		}
		if both || left >= 0 && right < 0 && !parted && r.disputedIn(i+1, hi) || left < 0 && r.attempts(i, hi) && r.denies(lo, i) {
			return contest{rule: "C-a", words: []annotations.Span{r.span(run{i, i + 1})}, partner: -1}, true
		}
	}
	return contest{}, false
}

// disputedIn reports whether somebody only disagrees in a clause: ", but pilots disagree".
func (r *reader) disputedIn(i, hi int) bool {
	for k := i + 1; k < min(hi, i+maxSource); k++ {
		t := &r.tokens[k]
		if t.quote >= 0 || t.kind == comma || t.kind == semicolon {
			return false
		}
		if t.has(disagrees) && !t.is(adverb) && t.is(reporting|verbMind) && !r.at(k-1).is(negative|infinitive|modal) && (k+1 >= hi || !r.tokens[k+1].word()) {
			return true
		}
	}
	return false
}

// said reports whether token i stands in what one of own says.
func (r *reader) said(own []int, i int) bool {
	for _, n := range own {
		for _, c := range r.found[n].content {
			if c.lo < i && i < c.hi {
				return true
			}
		}
	}
	return false
}

// attempts reports whether a clause says that somebody tries to make a case.
func (r *reader) attempts(i, hi int) bool {
	tries := false
	for ; i < hi; i++ {
		tries = tries || r.tokens[i].is(try)
		if r.tokens[i].is(portray) && tries {
			return true
		}
	}
	return false
}

func (r *reader) denies(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if r.tokens[i].is(negative) {
			return true
		}
	}
	return false
}

// partner is the unit before u that speaks most of the same, from another
// voice; -1 when none does.
func (r *reader) partner(u int, topics []topic) int {
	best, score := -1, 1
	for v := u - 1; v >= max(0, u-window); v-- {
		if n := topics[u].shared(&topics[v]); n > score && !r.sameVoice(u, v) {
			best, score = v, n
		}
	}
	return best
}

// sameVoice reports whether two units have a source in common.
func (r *reader) sameVoice(u, v int) bool {
	for _, a := range r.byUnit[u] {
		for _, b := range r.byUnit[v] {
			if w := r.found[a].who; w != "" && w == r.found[b].who {
				return true
			}
		}
	}
	return false
}

// disputes reports whether a unit's cue denies what was said before.
func (r *reader) disputes(u int) bool {
	for _, n := range r.byUnit[u] {
		for i := r.found[n].cue.lo; i < r.found[n].cue.hi; i++ {
			if r.tokens[i].is(dispute) {
				return true
			}
		}
	}
	return false
}

// deniedHere is the cue of one of own that disagrees.
func (r *reader) deniedHere(own []int) (run, bool) {
	for _, n := range own {
		f := &r.found[n]
		for i := f.cue.lo; i < f.cue.hi; i++ {
			if r.tokens[i].has(disagrees) && (f.frame == FramePreposed || f.frame == FrameColon || r.lex.verbSecond && f.frame == FrameInverted && f.quoted) {
				return f.cue, true
			}
		}
	}
	return run{}, false
}

// deniesWhatWasSaid is the cue of one of own that denies what the voice before said,
// and points back to it: "denied it", "called the findings baseless".
func (r *reader) deniesWhatWasSaid(own []int) (run, bool) {
	for _, n := range own {
		f := &r.found[n]
		if f.frame == FramePassive && r.holds(f.cue, dispute) && !r.holds(f.cue, negative) && r.claimHeads(f) {
			return f.cue, true // "The findings were rejected by the board"
		}
		if f.frame != FramePreposed && f.frame != FrameParticiple || f.cue.empty() || r.holds(f.cue, negative) {
			continue
		}
		end := r.end(f.unit)
		for i := f.cue.lo; i < f.cue.hi; i++ {
			t := &r.tokens[i]
			if judged := t.is(verbObject) && !r.lex.verbSecond && r.verdictAs(f.cue.hi, end); !(t.is(dispute) || judged || (t.has(calls) || t.is(verbObject) && (f.frame == FrameParticiple || r.lex.verbSecond)) && r.verdictIn(f.cue.hi, end)) {
				continue
			}
			called := t.has(calls) && (r.at(f.cue.hi).is(objectPronoun) && r.at(f.cue.hi+1).is(article) || r.at(f.cue.hi).is(anaphor)) // "called it a lie", "that number “fiction”"
			if f.source.lo > i && r.thatOpens(f.unit) || called || r.pointsToClaim(f.cue.hi, end) {
				return f.cue, true
			}
		}
	}
	return run{}, false
}

// thatOpens reports whether a unit opens with a word that points back, alone or behind one that stresses
// it: "Das bezweifelt X", "Genau das bezweifelt X".
func (r *reader) thatOpens(u int) bool {
	i := r.claim[u]
	return r.tokens[i].is(anaphor) || r.tokens[i].is(adverb) && !r.tokens[i].is(det|prep) && r.at(i+1).is(anaphor)
}

// verdictAs reports whether what stands at token i is called untrue behind "as": "slammed the allegation
// as “categorically false”".
func (r *reader) verdictAs(i, hi int) bool {
	for k := i + 1; k < min(hi, i+10); k++ {
		if t := &r.tokens[k]; t.quote >= 0 || t.kind == comma {
			return false
		} else if t.is(likeAs) {
			return r.verdictIn(k+1, min(hi, k+verdictWords/2))
		}
	}
	return false
}

// verdictIn reports whether what stands between two tokens is called untrue.
func (r *reader) verdictIn(i, hi int) bool {
	for ; i < hi; i++ {
		if r.tokens[i].has(untrue) {
			return true
		}
	}
	return false
}

// pointsToClaim reports whether the object at token i is what somebody said before:
// "it", "this", "the findings".
func (r *reader) pointsToClaim(i, hi int) bool {
	t, next := r.at(i), r.at(i+1)
	if i >= hi || t.quote >= 0 {
		return false
	}
	if t.is(objectPronoun|anaphor) && (i+1 >= hi || !next.word() || next.is(prep|adverb|conj|likeAs) || r.lex.verbSecond && !next.capital) {
		return !t.is(mark) || i+1 >= hi || !next.word() || next.is(likeAs)
	}
	if t.has(claimed) && !r.lex.verbSecond {
		return true // "denies wrongdoing", "rejected claims that P"
	}
	if !t.is(definite|anaphor) && !t.has(oblique) && (!t.is(det) || t.is(article) || t.is(poss) && r.lex.verbSecond) {
		return false
	}
	if t.is(definite) && !r.lex.verbSecond && i+2 < hi && r.tokens[i+1].word() && r.tokens[i+2].is(mark) {
		return true // "rejected the idea that P"
	}
	for k := i + 1; k < min(hi, i+4); k++ {
		if r.tokens[k].has(claimed) {
			return true
		}
	}
	return false
}

// accused is the unit that a cue in u disagrees with: the one right before, of another
// voice, in the same or the last paragraph; -1 when there is none.
func (r *reader) accused(u int, topics []topic) int {
	if p := r.partner(u, topics); p >= 0 {
		return p
	}
	return r.otherVoice(u)
}
