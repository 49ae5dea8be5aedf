package attribution

// passive reads "P was announced by X" and "X was told that P".
func (r *reader) passive(lo, hi int, c *cue) (found, bool) {
	f := found{frame: FramePassive}
	by := r.lex.by
	if by != 0 && r.at(c.group.hi).id == by && c.group.hi+1 < hi {
		if src, ok := r.sourceAfter(c.group.hi+1, hi, false); ok {
			f.source = src
			if s, ok := r.sourceBefore(lo, c.group.lo); ok {
				f.content = []run{s}
			}
			return f, len(f.content) > 0
		}
	}
	if c.traits&verbTell == 0 || r.at(c.group.hi).is(infinitive) {
		return f, false
	}
	f.content = r.rightContent(lo, hi, c, run{})
	return f, true
}

// participle reads ", adding P".
func (r *reader) participle(begin, lo, hi int, c *cue) (found, bool) {
	f := found{frame: FrameParticiple}
	g := c.group.lo
	prev := r.at(g - 1)
	if c.traits&citing != 0 {
		if src, ok := r.sourceAfter(c.group.hi, hi, true); ok && r.cited(src) && prev.kind == comma {
			f.source, f.frame = src, FrameCiting
			f.content = []run{r.clause(lo, g-1)}
			return f, true
		}
	}
	switch {
	case g == lo: // "Citing P, X …": the subject stands behind the comma
		end := g
		for end < hi && r.tokens[end].kind != comma {
			end++
		}
		src, ok := r.subject(end, hi)
		if !ok {
			return f, false
		}
		f.source = src
		f.content = []run{{c.group.hi, end}}
		return f, true
	case prev.kind == comma || prev.kind == mark2 || r.at(r.skipBack(lo, g-1)).is(speechNoun|document) ||
		prev.is(prep|conj|subord) || prev.kind == dash:
		if n := len(r.found); n > begin && (r.found[n-1].frame != FrameAccording || r.found[n-1].content[0].hi > g) &&
			!r.found[n-1].source.empty() {
			f.source = r.found[n-1].source
		} else if src, ok := r.subject(lo, g); ok {
			f.source = src
		} else {
			return f, false
		}
	default:
		src, ok := r.sourceBefore(lo, g)
		if !ok {
			return f, false
		}
		f.source = src
	}
	f.content = r.rightContent(lo, hi, c, f.source)
	return f, len(f.content) > 0
}

// cited reports whether a phrase names somebody who can vouch.
func (r *reader) cited(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].is(person | outlet | anonymous) {
			return true
		}
	}
	return false
}

// according reads "according to X, P" and "P, according to X".
func (r *reader) according(lo, hi, before int, c *cue) (found, bool) {
	f := found{frame: FrameAccording}
	if c.traits&behind != 0 {
		return r.behindSource(lo, hi, c)
	}
	s := c.group.hi
	opens := c.group.lo-lo < 2
	src, ok := r.sourceAfter(s, hi, !r.lex.capitalNouns)
	if !ok && r.tokens[s-1].is(sourceInside) {
		src, ok = run{s, s}, true
	}
	if !ok {
		return f, false
	}
	if r.tokens[c.group.hi-1].is(sourceInside) {
		c.group.hi = c.group.lo + 1
		src.lo = c.group.hi
	}
	for i := src.lo; opens && i < src.hi && (src.hi >= hi-1 || r.tokens[src.hi].kind == stop); i++ {
		if r.tokens[i].kind == comma { // what seemed an apposition is the content
			src.hi = i
		}
	}
	f.source = src
	if opens {
		i := src.hi
		if i < hi && !r.tokens[i].word() && r.tokens[i].quote < 0 {
			i++
		}
		f.content = []run{r.endOf(i, hi, hi)}
		return f, i < hi
	}
	if before := r.at(c.group.lo - 1); before.is(subord | conj | relative) {
		f.content = []run{r.endOf(min(src.hi+1, hi), hi, hi)}
		return f, src.hi+1 < hi
	}
	left := r.clause(max(lo, r.clauseStart(before, c.group.lo)), c.group.lo)
	f.content = []run{left}
	if src.hi+1 < hi && r.tokens[src.hi].kind == comma && r.at(c.group.lo-1).kind == comma &&
		!r.at(src.hi+1).is(conj|relative|formIng) && r.at(src.hi+1).suffix != ingSuffix {
		f.content = append(f.content, run{src.hi + 1, hi})
	} else if r.lex.capitalNouns && src.hi < hi && r.tokens[src.hi].word() {
		f.content = append(f.content, run{src.hi, hi})
	}
	return f, true
}

// behindSource reads "X zufolge P", where the word stands behind the source.
func (r *reader) behindSource(lo, hi int, c *cue) (found, bool) {
	src, ok := r.simple(lo, c.group.lo)
	if !ok {
		return found{}, false
	}
	if r.lex.capitalNouns {
		src = r.nounPhraseBack(src)
	}
	f := found{source: src, frame: FrameAccording}
	if src.lo > lo {
		f.content = append(f.content, r.clause(lo, src.lo))
	}
	if c.group.hi < hi {
		f.content = append(f.content, run{c.group.hi, hi})
	}
	return f, true
}

// nounPhraseBack cuts a run to its last noun phrase: nouns have capitals, and a
// small word behind a noun that is no article begins something new.
func (r *reader) nounPhraseBack(s run) run {
	for i := s.hi - 1; i > s.lo; i-- {
		t, before := &r.tokens[i], &r.tokens[i-1]
		if !t.capital && before.capital && !t.is(det|coord|prep) || before.is(aux|objectPronoun|subjectPronoun) &&
			!before.is(det) {
			return run{i, s.hi}
		}
	}
	return s
}

// second reads a clause whose verb stands second and whose subject may follow
// it ("Zudem sagte X, …"), and one whose participle stands last ("X hat …
// gesagt").
func (r *reader) second(lo, hi int, c *cue) (found, bool) {
	g, after := c.group.lo, c.group.hi
	if c.traits&formParticiple != 0 && c.traits&(formPast|formThird|formBase) == 0 {
		for g > lo && !r.tokens[g].is(have) {
			if g--; r.tokens[g].kind == comma {
				return found{}, false
			}
		}
		if !r.tokens[g].is(have) {
			return found{}, false
		}
		after = g + 1
	}
	src, ok := r.sourceBefore(lo, g)
	if t := &r.tokens[lo]; !ok || t.is(adverb|prep|anaphor|conj|subord) && src.lo-lo < 3 && !t.is(det&^anaphor) {
		if src, ok = r.sourceAfter(after, hi, false); !ok {
			return found{}, false
		}
	}
	i := max(src.hi, c.group.hi)
	for i < hi && r.tokens[i].kind != comma && r.tokens[i].kind != colon && r.tokens[i].quote < 0 {
		i++
	}
	f := found{source: src, frame: FramePreposed}
	for i < hi && (r.tokens[i].kind == comma || r.tokens[i].kind == colon) && r.tokens[i].quote < 0 {
		f.colon = r.tokens[i].kind == colon
		i++
	}
	if i >= hi {
		return f, f.colon
	}
	f.colon = false
	f.content = []run{{i, hi}}
	return f, c.traits&saying != 0 || r.tokens[i].is(mark) || r.tokens[i].quote >= 0
}

// label reads "NAME: P" at the beginning of a line.
func (r *reader) label(u, lo, hi int) {
	if u > 0 && r.para[u] == r.para[u-1] {
		return
	}
	for i := lo; i < min(hi, lo+6); i++ {
		t := &r.tokens[i]
		if t.kind == colon && i > lo && i+1 < hi {
			if n := &r.tokens[i+1]; !upper(r.text[r.tokens[lo].start:t.start]) && n.quote < 0 && !(n.capital && r.titleCase(lo, hi)) {
				return
			}
			r.found = append(r.found, found{
				source: run{lo, i}, cue: run{i, i + 1}, content: []run{{i + 1, hi}}, frame: FrameColon, unit: u, from: -1,
			})
			return
		}
		if !t.word() && t.kind != opening && t.kind != closing || t.quote >= 0 || t.word() && !t.capital && !t.is(prep|coord) {
			return
		}
	}
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
