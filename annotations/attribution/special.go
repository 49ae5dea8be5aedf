package attribution

import "slices"

// passive reads "P was announced by X" and "X was told that P".
func (r *reader) passive(lo, hi int, c *cue) (found, bool) {
	f := found{frame: FramePassive}
	by := r.lex.by
	if f, ok := r.namedBy(lo, hi, c); ok {
		return f, true
	}
	at := c.group.hi
	for at < hi-1 && !r.lex.verbSecond && (r.tokens[at].is(day) || r.tokens[at].is(prep) && r.at(at+1).is(day)) {
		at++ // "was announced on Monday by X"
	}
	if by != 0 && r.at(at).id == by && at+1 < hi {
		if src, ok := r.sourceAfter(at+1, hi, false); ok {
			if r.insertedBy(src, hi, c) {
				return f, false
			}
			f.source = src
			if m := r.thatIn(src); m > 0 && (c.group.lo == lo+1 || c.traits&verbTell != 0) {
				f.source.hi, f.content = m, []run{r.endOf(m, hi, hi)}
				return f, m > src.lo // "It was reported by X that P", "She was told by X that P"
			}
			if n := r.at(src.hi); r.tokens[c.verb].has(asks) && n.has(question) && !n.is(relative) && !r.lex.verbSecond {
				f.content = []run{r.endOf(src.hi, hi, hi)}
				return f, true // "I was asked by the officers whether P"
			}
			at := c.group.lo
			if r.at(at-1).kind == comma {
				at--
			}
			if s, ok := r.sourceBefore(lo, at); ok {
				if b := r.at(s.lo - 1); s.lo-1 == lo && b.is(anaphor) && b.quote < 0 {
					s.lo-- // "That claim was dismissed by X"
				}
				f.content = []run{s}
			}
			return f, len(f.content) > 0
		}
	}
	if c.traits&verbTell == 0 || r.at(c.group.hi).is(infinitive) {
		return f, false
	}
	if f, ok := r.toldIn(lo, hi, c); ok {
		f.heard = true
		return f, true
	}
	f.content = r.rightContent(lo, hi, c, run{})
	return f, true
}

// insertedBy reports whether a participle and whom it is by stand between commas, and the verb of what they tell about
// behind them: "The ruling, written by X, said P".
func (r *reader) insertedBy(src run, hi int, c *cue) bool {
	if r.lex.verbSecond || r.at(c.group.lo-1).kind != comma || r.tokens[c.group.lo].is(aux) || src.hi+1 >= hi || r.tokens[src.hi].kind != comma {
		return false
	}
	v := &r.tokens[src.hi+1]
	return v.quote < 0 && v.is(reporting) && v.is(formPast|formThird) && !v.capital
}

// asked reads "Asked by X whether P, Y said Q": the question, and who put it if
// that is said.
func (r *reader) asked(hi int, c *cue) (found, bool) {
	f := found{frame: FramePassive}
	i := c.group.hi
	if r.lex.by != 0 && r.at(i).id == r.lex.by {
		if src, ok := r.sourceAfter(i+1, hi, false); ok {
			f.source = src
			i = src.hi
		}
	}
	for i < hi && r.tokens[i].is(adverb|day|prep) && !r.tokens[i].has(question) && !r.tokens[i].is(infinitive|afterCue) {
		i++
	}
	if i >= hi || !r.tokens[i].has(question) && !r.tokens[i].is(infinitive|afterCue) {
		return f, false
	}
	e := i
	for e < hi && (r.tokens[e].quote >= 0 || r.tokens[e].kind != comma && r.tokens[e].kind != stop) {
		e++
	}
	f.content = []run{{i, e}}
	return f, e > i+1
}

// participle reads ", adding P".
func (r *reader) participle(begin, lo, hi int, c *cue) (found, bool) {
	f := found{frame: FrameParticiple}
	g := c.group.lo
	prev := r.at(g - 1)
	if f, ok := r.cites(begin, lo, hi, c); ok {
		return f, true
	}
	if r.idle(lo, hi, c) {
		return f, false
	}
	switch {
	case prev.is(mark) && !r.lex.verbSecond:
		return f, false // "argued that publishing it could hurt"
	case prev.kind == comma && r.timeOnly(lo, g-1):
		return f, false // "Last week, touting Q, X said P"
	case g == lo: // "Citing P, X …", "After saying P, X …": the subject stands behind the comma
		end := g
		for end < hi && (r.tokens[end].kind != comma || r.tokens[end].quote >= 0 && r.last[r.tokens[end].quote] != end+1) {
			end++
		}
		if r.at(end).quote >= 0 {
			end = min(end+2, hi) // its comma stands before the mark that closes
		}
		src, ok := r.subject(end, hi)
		f.source, f.content = src, []run{{c.group.hi, end}}
		if c.parted && r.tokens[c.group.hi-1].is(prep) && !r.quotedIn(f.content[0]) {
			return f, false // "Commenting on Q, X said P": Q is what P is about
		}
		return f, ok
	case prev.is(likeAs) && r.saidAs(begin, g):
		f.source = r.found[len(r.found)-1].content[0]
		f.source.hi = min(f.source.hi, g-1)
	case prev.kind == comma || prev.kind == mark2 || r.at(r.skipBack(lo, g-1)).is(speechNoun) ||
		prev.is(prep|conj|subord) || prev.kind == dash:
		if n := len(r.found); n > begin && (r.found[n-1].frame != FrameAccording || r.found[n-1].content[0].hi > g) &&
			!r.found[n-1].source.empty() {
			f.source = r.found[n-1].source
		} else if src, ok := r.clauseSubject(lo, g); ok {
			f.source = src
		} else {
			return f, false
		}
	default:
		src, ok := r.sourceBefore(lo, g)
		if s, found := r.paperSaying(lo, g); found {
			src, ok = s, true
		} else if ok && (r.tokens[src.lo].is(formIng) || r.tokens[src.lo].suffix == ingSuffix) {
			src, ok = r.subject(lo, g) // "is making a pitch saying P"
		} else if ok && c.traits&verbDoc == 0 && !r.holds(src, person|anonymous) && !r.tokens[src.hi-1].capital && !r.tokens[src.hi-1].is(image) && !r.tokens[src.hi-1].has(bears) && r.doesTo(lo, src.lo) {
			if s, found := r.subject(lo, g); found && s.lo < src.lo {
				src = s // "released a statement saying P"
			}
		}
		if !ok {
			return f, false
		}
		f.source = src
	}
	if prev.kind == comma && f.source.hi == g-1 && !r.lex.verbSecond {
		hi = r.insertionEnd(g, hi)
	}
	f.content = r.rightContent(lo, hi, c, f.source)
	return f, len(f.content) > 0
}

// paperSaying is the paper right before a participle at g that tells what the paper does, behind an article and no more
// than a word or two: "because of a report calling for P".
func (r *reader) paperSaying(lo, g int) (run, bool) {
	if r.lex.verbSecond || !r.tokens[g-1].is(document) {
		return run{}, false
	}
	if b := r.at(g - 2); b.is(prep) && !b.is(infinitive|partOf) && !b.capital && r.endsInS(g-1) && g-2 > lo {
		return run{g - 1, g}, true // "despite polls showing P"
	}
	for i := g - 2; i > max(lo, g-5) && r.tokens[i].word() && !r.tokens[i].capital; i-- {
		if t := &r.tokens[i]; t.is(article) {
			b := r.at(i - 1)
			return run{i, g}, b.is(partOf)
		} else if t.is(det | prep | aux) {
			break
		}
	}
	return run{}, false
}

// cites reads "P, the Post reported, citing Y": Y vouches.
func (r *reader) cites(begin, lo, hi int, c *cue) (found, bool) {
	g := c.group.lo
	if c.traits&citing == 0 || r.at(g-1).kind != comma {
		return found{}, false
	}
	src, ok := r.sourceAfter(c.group.hi, hi, true)
	if !ok || !r.cited(src) {
		return found{}, false
	}
	f := found{source: src, frame: FrameCiting, content: []run{r.clause(lo, g-1)}}
	if n := len(r.found); n > begin && r.found[n-1].cue.hi == g-1 && len(r.found[n-1].content) > 0 && r.found[n-1].frame != FrameAccording {
		f.content = slices.Clone(r.found[n-1].content)
	}
	return f, true
}

// insertionEnd is the comma that closes a participle between a subject and its verb: "The
// mayor, saying P, refused". It is hi where none does.
func (r *reader) insertionEnd(g, hi int) int {
	for i := g + 1; i+1 < hi; i++ {
		t, n := &r.tokens[i], r.at(i+1)
		if t.quote >= 0 || t.kind != comma || !n.word() {
			continue
		}
		if n.suffix == edSuffix || n.is(aux|finiteVerb) && !n.possessive || n.is(reporting) && n.is(formPast|formThird) && !n.is(nounFirst) {
			return i
		}
		return hi
	}
	return hi
}

// clauseSubject is the subject of the last clause before token g: that of the
// clause behind the last conjunction with a subject and a verb of its own, else
// the first of all.
func (r *reader) clauseSubject(lo, g int) (run, bool) {
	for i := g - 3; i > lo && g-i < maxSource; i-- {
		t := &r.tokens[i]
		if t.quote >= 0 || t.kind == semicolon || t.is(infinitive) {
			continue
		}
		n := r.at(i + 1)
		if !t.is(conj|while) || t.is(prep|mark|infinitive) || !n.capital && !n.is(det|subjectPronoun) || n.quote >= 0 || n.is(day) {
			continue
		}
		if s, ok := r.subject(i+1, g); ok && s.lo == i+1 && s.hi < g && (r.isVerb(s.hi, i) || r.tokens[s.hi].suffix == edSuffix ||
			r.tokens[s.hi].is(adverb) && (r.isVerb(s.hi+1, i) || r.at(s.hi+1).suffix == edSuffix)) {
			return s, true
		}
	}
	s, ok := r.subject(lo, g)
	if ok && (r.at(s.hi).kind == comma || r.at(s.hi).is(prep|day|adverb)) {
		s.hi = r.mainVerb(s)
	}
	return s, ok
}

// doesTo reports whether a verb stands before token i, of which the phrase there
// is the object.
func (r *reader) doesTo(lo, i int) bool {
	v := r.at(i - 1)
	if v.is(adverb|afterCue) && !v.is(subord) {
		i--
		v = r.at(i - 1)
	}
	return i-1 > lo && v.word() && (v.suffix == edSuffix || r.isVerb(i-1, lo) || v.is(formPast) && !v.capital)
}

// cited reports whether a phrase names somebody who can vouch.
func (r *reader) cited(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].is(person | outlet | anonymous) {
			return true
		}
	}
	return !r.lex.verbSecond && s.hi-s.lo > 1 && s.hi-s.lo < 4 && !r.holds(s, prep) && r.tokens[s.hi-1].is(organisation|official)
}

// upper reports whether s holds letters and none of them small.
func upper(s string) bool {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= 'a' && s[i] <= 'z' {
			return false
		}
		if s[i] >= 'A' && s[i] <= 'Z' {
			n++
		}
	}
	return n > 2 || n == 1 && len(s) == 1
}

// timed reports whether the words before a participle only say when: "One month
// after announcing P, X …".
func (r *reader) timed(lo, g int) bool {
	for i := lo; i < g-1; i++ {
		if t := &r.tokens[i]; !t.is(det|number|day|adverb) && !t.has(stretch) {
			return false
		}
	}
	return true
}
