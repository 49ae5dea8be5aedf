package attribution

import "strings"

// emerges reads "Das geht aus X hervor", "Aus X geht hervor, dass P" and "P, wie aus X
// hervorgeht": the source stands behind a preposition.
func (r *reader) emerges(u, lo, hi int, c *cue) (found, bool) {
	apart := !r.tokens[c.verb].has(outOf)
	from, lim := lo, max(c.group.hi, c.far.hi)-1
	if !apart {
		lim = c.group.lo
		from = max(lo, lim-1)
		for from > lo && r.tokens[from].kind != comma {
			from--
		}
	}
	at := from
	for at < lim && (!r.tokens[at].has(outOf) || !r.tokens[at].is(prep) || r.tokens[at].quote >= 0) {
		at++
	}
	end := lim
	if at < c.group.lo {
		end = c.group.lo
	}
	src, ok := r.sourceAfter(at+1, end, false)
	if at >= lim || !ok {
		return found{}, false
	}
	f := found{source: src, frame: FramePreposed}
	if i := c.group.hi; !apart && from == lo && r.tokens[lo].is(likeAs) && i+2 < hi && r.tokens[i].kind == comma {
		f.content = []run{r.endOf(i+1, hi, hi)} // "Wie aus X hervorgeht, P"
		return f, true
	}
	if !apart {
		f.frame, f.content = FramePostposed, []run{r.clause(lo, from)}
		return f, from > lo
	}
	i := lim + 1
	for i < hi && (r.tokens[i].kind == comma || r.tokens[i].kind == colon) {
		i++
	}
	if i < hi && r.tokens[i].kind != stop {
		f.content = []run{r.endOf(i, hi, hi)}
	} else if f.content = r.pointedAt(u, lo, c.group.lo); len(f.content) == 0 {
		f.content = []run{{lo, hi}}
		return f, r.isPaper(src) // not "Aus der Wahl ging X hervor"
	}
	return f, true
}

// deemedBehind reports whether the verb at token i gives an opinion: "hält die Klage
// für falsch", "betrachtet sie als Fehler".
func (r *reader) deemedBehind(lo, i, hi int) bool {
	if !r.lex.verbSecond { // "considers this a success", "considered it rude to ask"; quoted words need no verdict
		n := r.at(i + 1)
		it := n.is(anaphor) || n.is(objectPronoun) && !n.is(det)
		return r.quotedIn(run{i + 1, hi}) || n.is(mark) || it && (r.at(i+2).is(article) || r.at(i+3).is(infinitive) && !r.at(i+2).is(prep) || r.foundSo(i+1))
	}
	if !r.at(i+1).word() && r.at(i+1).quote < 0 { // "weil er die Klage für falsch hält"
		for k := i - 1; k > lo && r.tokens[k].kind != comma; k-- {
			if r.tokens[k].has(deemed) {
				return r.opinionAt(k+1, i)
			}
		}
		return false
	}
	for k := i + 2; k < min(hi, i+20); k++ {
		t := &r.tokens[k]
		if t.kind == comma || t.kind == stop {
			return false
		}
		if t.has(deemed) && t.quote < 0 {
			return r.opinionAt(k+1, hi)
		}
	}
	return false
}

// opinionAt reports whether what something is held for stands at token i: an
// adjective that ends its clause, or a noun without "the" or "his".
func (r *reader) opinionAt(i, hi int) bool {
	for i+1 < hi && (r.tokens[i].is(adverb) || r.stresses(i)) {
		i++
	}
	t, next := r.at(i), r.at(i+1)
	switch {
	case i >= hi:
		return false
	case t.is(det):
		return t.is(article) && !t.is(definite)
	}
	return t.quote >= 0 || t.capital || i+1 >= hi || !next.word() || next.capital || next.is(coord)
}

// stresses reports whether a small word without an ending stands at token i before another one that ends its clause, or two
// such words: "besonders wirksam", "nicht mehr erreichbar".
func (r *reader) stresses(i int) bool {
	const most = 3 // words that stress one
	if !r.lex.verbSecond {
		return false
	}
	for k := i; k < i+most; k++ {
		t, n := r.at(k), r.at(k+1)
		if !t.word() || t.capital || t.quote >= 0 || t.is(prep|coord) || t.is(det) && !t.is(adverb|negative) || !n.word() || n.capital || n.quote >= 0 {
			return false
		}
		if e := r.at(k + 2); !e.word() || e.is(coord) {
			return true
		}
	}
	return false
}

// asItSays reads "Wie es in X heißt, P" and "P, wie es in X hieß".
func (r *reader) asItSays(u, lo, hi int, c *cue) (found, bool) {
	k := c.group.lo - 1
	for k > lo && r.tokens[k].kind != comma && !r.tokens[k].has(dummy) {
		k--
	}
	if k <= lo || !r.tokens[k].has(dummy) || !r.tokens[k-1].is(likeAs) {
		return found{}, false
	}
	f := found{frame: FramePostposed}
	if r.at(k + 1).is(prep) {
		if src, ok := r.sourceAfter(k+2, c.group.lo, false); ok {
			f.source = src
		}
	}
	if k-1 > lo {
		f.content = r.leftContent(u, k-1)
		return f, r.at(k-2).kind == comma
	}
	i := c.group.hi
	if r.at(i).kind != comma || i+1 >= hi {
		return f, false
	}
	f.frame, f.content = FramePreposed, []run{{i + 1, hi}}
	return f, true
}

// whereby reads "ein Bericht, wonach P" and "Studien, nach denen P". Token i is the
// word or its preposition.
func (r *reader) whereby(lo, hi int, c *cue) (found, bool) {
	e := c.group.hi
	f := found{frame: FrameAccording, source: run{e - 1, e}}
	if e-c.group.lo > 1 {
		c.group.hi = e - 1
	} else if s, ok := r.simple(lo, c.group.lo-1); ok && s.hi == c.group.lo-1 {
		if s = r.nounPhraseBack(s); r.tokens[s.hi-1].capital || r.tokens[s.hi-1].kind == mark2 {
			if r.tokens[s.lo].is(prep) && !r.tokens[s.lo].is(det) && s.hi-s.lo > 1 {
				s.lo++ // "verweist auf ein Gutachten, wonach P"
			}
			f.source = s
		}
	}
	for i := e; i < hi; i++ {
		if t := &r.tokens[i]; t.kind == comma && t.quote < 0 {
			f.content = []run{{e, i}}
			return f, true
		}
	}
	f.content = []run{{e, hi}}
	return f, e < hi
}

// wherebyAt is how many words at token i open a clause that something before the
// comma reports: "wonach", "nach denen". It is 0 where none do.
func (r *reader) wherebyAt(lo, i, hi int) int {
	t := &r.tokens[i]
	switch {
	case i < lo+2 || r.tokens[i-1].kind != comma || i+2 >= hi:
		return 0
	case t.has(whereby):
		return 1
	case t.has(behindAfter) && r.at(i+1).has(ofWhich):
		return 2
	}
	return 0
}

// inPaper reads the passive whose source is a paper that it stands in: "Im Bericht
// wird Q gefordert", "P, wie in dem Schreiben erklärt wird". Token v is the auxiliary.
func (r *reader) inPaper(lo, hi, v int, c *cue) (found, bool) {
	if v < 0 {
		return found{}, false
	}
	for i := lo; i+1 < c.group.lo; i++ {
		t := &r.tokens[i]
		if t.kind == comma && i > v || t.quote >= 0 {
			return found{}, false
		}
		on := t.is(prep) && r.outletAt(i+1)
		if !t.has(outOf) && !on {
			continue
		}
		end := c.group.lo
		if i < v {
			end = v
		}
		src, ok := r.sourceAfter(i+1, end, false)
		if !ok || !r.isPaper(src) && !(on && src.hi == i+2) {
			continue
		}
		f := found{source: src, frame: FramePassive, content: []run{{lo, hi}}}
		stands := r.tokens[c.verb].has(standsIn)
		if v < c.group.lo {
			c.far = run{v, v + 1}
		}
		k := c.group.hi
		for k < hi && (r.tokens[k].kind == comma || r.tokens[k].kind == colon) {
			k++
		}
		if k < hi && k > c.group.hi && r.tokens[k].kind != stop {
			f.content = []run{{k, hi}}
			stands = stands && !r.tokens[k].is(mark) && r.tokens[k].quote < 0
		}
		return f, !stands
	}
	return found{}, false
}

// isPaper reports whether a phrase is headed by something written.
func (r *reader) isPaper(s run) bool {
	for i := r.attributeEnd(s.lo, s.hi); i < s.hi; i++ {
		t := &r.tokens[i]
		if !t.capital {
			if i > s.lo && r.tokens[i-1].capital {
				return false
			}
			continue
		}
		if t.is(document | speechNoun | image | video) {
			return true
		}
		w := strings.ToLower(r.word(i))
		for _, e := range r.lex.papers {
			if strings.HasSuffix(w, e) {
				return true
			}
		}
	}
	return false
}

// yields reports whether what somebody looked into is said to have shown something ("Eine Prüfung ergab Mängel"),
// or a compound for a paper is ("Der Polizeibericht belegt Mängel").
func (r *reader) yields(c *cue, f *found) bool {
	return r.lex.verbSecond && !f.source.empty() && (r.hasAnyOf(run{c.verb, c.verb + 1}, yielding) && r.hasAnyOf(f.source, examined) || r.isPaper(f.source))
}
