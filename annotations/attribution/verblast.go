package attribution

import "strings"

// claimsTo reads who says of himself that he did or saw something, where the verb stands second: "Ein Zeuge will den
// Wagen gesehen haben". A plan has no perfect infinitive.
func (r *reader) claimsTo(u, lo, hi int) (found, bool) {
	end := r.withoutStop(lo, hi)
	if end-lo < 5 || !r.tokens[end-1].is(have) || r.tokens[end-1].quote >= 0 {
		return found{}, false
	}
	if w := r.word(end - 2); r.tokens[end-2].capital || !strings.HasSuffix(w, "t") && !strings.HasSuffix(w, "en") || r.tokens[end-2].is(modal|det|prep) {
		return found{}, false
	}
	for v := lo + 1; v < min(end-2, lo+maxBeforeView); v++ {
		t := &r.tokens[v]
		if t.quote >= 0 || t.kind == colon {
			return found{}, false
		}
		if !r.hasAnyOf(run{v, v + 1}, claiming) || !t.is(modal) {
			continue
		}
		s, ok := r.sourceBefore(lo, v)
		if !ok || r.tokens[s.lo].has(oblique) || r.noSubject(lo, v, s) || r.tokens[lo].is(adverb|prep) && !r.tokens[lo].is(det) {
			if s, ok = r.subjectAfter(v+1, end); !ok {
				return found{}, false
			}
		}
		return found{source: s, cue: run{v, v + 1}, content: []run{{max(s.hi, v+1), end}}, frame: FramePreposed, unit: u, from: -1, verb: verbSay}, true
	}
	return found{}, false
}

// whileLast reads "Während X von Q sprach, …": the verb closes the clause that opens the sentence, and what it governs
// stands behind a preposition before it.
func (r *reader) whileLast(lo, hi int, c *cue) (found, bool) {
	g := c.group.lo
	if !r.tokens[lo].is(while) || r.tokens[lo].quote >= 0 || r.at(c.group.hi).kind != comma || c.traits&(formPast|formThird) == 0 || r.commaIn(lo, g) {
		return found{}, false
	}
	s, ok := r.sourceAfter(lo+1, g, false)
	if !ok || s.hi >= g || r.tokens[s.lo].has(oblique) {
		return found{}, false
	}
	for i := s.lo + 1; i < g; i++ {
		if t := &r.tokens[i]; t.quote < 0 && t.has(governs) && !t.is(det) && i+1 < g {
			s.hi = min(s.hi, i)
			return found{source: s, frame: FramePreposed, content: []run{{i + 1, g}}}, true
		}
	}
	return found{}, false
}

// anotherVerb reports whether a particle that closes the clause makes another verb of the one at token i than any that
// reports: "meldete Konkurs an".
func (r *reader) anotherVerb(i, hi int) bool {
	if !r.lex.verbSecond {
		return false
	}
	k := i + 1
	for k < hi && k-i < 16 && r.tokens[k].quote < 0 && (r.tokens[k].word() || r.tokens[k].kind == otherToken) {
		k++
	}
	if k-1 <= i+1 || k < hi && r.tokens[k].kind != comma && r.tokens[k].kind != stop || !r.hasAnyOf(run{k - 1, k}, particlesOnly) {
		return false
	}
	for _, p := range r.lex.words[r.tokens[i].id].particles {
		if r.tokens[k-1].id == p.word {
			return false
		}
	}
	return true
}

// ofItsReport is what a report says on whose word it relies: "P, schreibt der „Bote“ unter Berufung auf X".
func (r *reader) ofItsReport(begin int, c *cue) []run {
	n := len(r.found)
	if !r.lex.verbSecond || n == begin || !r.hasAnyOf(run{c.group.lo, c.group.hi}, relying) {
		return nil
	}
	if f := &r.found[n-1]; f.cue.hi <= c.group.lo && len(f.content) > 0 && f.content[0].hi <= c.group.lo {
		return f.content
	}
	return nil
}
