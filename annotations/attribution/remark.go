package attribution

// remark reports whether the relative clause at token i, which ends before end, is
// the writer's remark about the head before it and no part of the source. It is
// when it tells how somebody spoke ("who declined to be named"), when "the" or the
// like points back to a noun, and, with known, when the head was named before: a
// clause that tells for the first time who somebody is belongs to the source.
func (r *reader) remark(head run, i, end int, known bool) bool {
	if r.lex.verbSecond || i >= end || !r.tokens[i].is(relative) || r.tokens[i].is(mark) || r.commaIn(head.lo, head.hi) {
		return false
	}
	for k := i + 1; k < end; k++ {
		t := &r.tokens[k]
		if t.quote < 0 && (t.has(evades|cover) || r.unnamed(i, k) || t.has(asks) && r.at(k+1).is(negative) || t.is(saying) && !t.is(formBase|formThird&nounFirst|formParticiple&^formPast)) {
			return true
		}
	}
	last := &r.tokens[head.hi-1]
	return last.word() && (!last.capital && r.tokens[head.lo].is(definite|anaphor|poss) || last.capital && known && r.namedBefore(head))
}

// unnamed reports whether a participle at token i says that a name is kept back, with the
// "not" or the name itself before it: "did not want to be identified".
func (r *reader) unnamed(lo, i int) bool {
	t := &r.tokens[i]
	if !t.is(formParticiple) || !t.is(reporting) && !t.has(naming) || !r.at(i-1).is(be) {
		return false
	}
	for k := i - 1; k >= max(lo, i-7); k-- {
		if r.tokens[k].is(negative) {
			return true
		}
	}
	return false
}

// saysAtOnce reports whether a relative clause at token i begins with a verb of
// saying: "Berg, a lawyer from Ellery, who also said P".
func (r *reader) saysAtOnce(i, hi int) bool {
	k := i + 1
	for k < hi && (r.tokens[k].is(adverb|aux) || r.tokens[k].suffix == lySuffix) {
		k++
	}
	return k < hi && r.tokens[k].is(saying) && r.tokens[k].is(formPast|formThird)
}

// namesNoun reports whether a participle at token i only gives its noun a name: "a
// group called Harbour First".
func (r *reader) namesNoun(i int) bool {
	return r.tokens[i].has(naming) && r.nounBefore(i-1) && r.at(i+1).capital
}

// namedBefore reports whether the last word of a name stands earlier in the text.
func (r *reader) namedBefore(s run) bool {
	if r.firstNamed == nil {
		r.firstNamed = map[string]int{}
		for i := range r.tokens {
			if t := &r.tokens[i]; t.word() && t.capital {
				if w := r.word(i); r.firstNamed[w] == 0 {
					r.firstNamed[w] = i + 1
				}
			}
		}
	}
	first := r.firstNamed[r.word(s.hi-1)]
	return first > 0 && first <= s.lo
}

// beforeCover is where a source ends whose relative clause only tells on what terms it
// spoke: "an official who spoke on condition of anonymity".
func (r *reader) beforeCover(s run) int {
	for i := s.lo + 1; i < s.hi; i++ {
		if t := &r.tokens[i]; !t.is(relative) || t.is(mark) {
			continue
		}
		for k := i + 1; k < s.hi; k++ {
			if r.tokens[k].has(cover) {
				return i
			}
		}
		return s.hi
	}
	return s.hi
}

// beforeAsking is where a source behind its verb ends whose relative clause tells that its name
// is kept back: "said a clerk who asked not to be named". One who may not speak keeps the clause:
// that is who it is.
func (r *reader) beforeAsking(s, i int) int {
	for k := s + 1; k < i; k++ {
		if t := &r.tokens[k]; !t.is(relative) || t.is(mark) {
			continue
		}
		for m := k + 1; m < min(len(r.tokens), k+8); m++ {
			t := &r.tokens[m]
			if !t.word() || t.quote >= 0 {
				break
			}
			if t.has(cover) && !r.at(m-1).is(have|negative|be|coord) && !r.at(m-2).is(coord) && !t.is(adverb) && r.lex.ending(r.word(m)) != edSuffix || r.unnamed(k, m) {
				return k
			}
		}
		return i
	}
	return i
}

// whoCloses reports whether a relative clause that closes its sentence, in which nobody spoke before, tells
// what somebody says of whom it is: "The Bureau put P to the service, which said Q". There it tells the news,
// and the one who says it vouches.
func (r *reader) whoCloses(lo int, c *cue, f *found) bool {
	who := f.source.lo
	if r.lex.verbSecond || f.frame != FramePreposed || c.traits&saying == 0 || c.traits&(formPast|formThird) == 0 || r.at(who-1).kind != comma || who-1 <= lo || len(f.content) == 0 {
		return false
	}
	if last := f.content[len(f.content)-1]; r.withoutStop(last.lo, r.end(f.unit)) > last.hi {
		return false
	}
	s, ok := r.simple(lo, who-1)
	return ok && r.at(s.lo-1).kind != comma && (r.holds(s, person|organisation|outlet|document) || !r.nameIn(s).empty())
}
