package attribution

import (
	"slices"
	"strings"
)

// claimsTo reads who says of himself that he did or saw something, where the verb stands second: "Ein Zeuge will den
// Wagen gesehen haben". A plan has no perfect infinitive.
func (r *reader) claimsTo(u, lo, hi int) (found, bool) {
	end := r.withoutStop(lo, hi)
	if end-lo < 5 || !r.tokens[end-1].is(have) && !r.wasThere(end) && !r.understood(end) || r.tokens[end-1].quote >= 0 {
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

// wasThere reports whether a perfect infinitive with "sein" ends at token end: "gewesen sein", "begegnet sein". With other
// participles the same words tell how somebody wants to be ("informiert sein").
func (r *reader) wasThere(end int) bool {
	return r.word(end-1) == toBe && endsIn("-"+r.word(end-2), r.lex.lists[motion])
}

// understood reports whether "verstanden wissen" or the like ends at token end: what somebody wants to be taken so.
func (r *reader) understood(end int) bool {
	return r.hasAnyOf(run{end - 1, end}, known) && r.tokens[end-1].quote < 0
}

// toBe is the auxiliary of such an infinitive.
const toBe = "sein"

// whileLast reads "Während X von Q sprach, …": the verb closes the clause that opens the sentence, and what it governs
// stands behind a preposition before it.
func (r *reader) whileLast(lo, hi int, c *cue) (found, bool) {
	g := c.group.lo
	if !r.tokens[lo].is(while) || !r.tokens[lo].is(prep) || r.tokens[lo].quote >= 0 || r.at(c.group.hi).kind != comma || c.traits&(formPast|formThird) == 0 || r.commaIn(lo, g) {
		return found{}, false
	}
	s, ok := r.sourceAfter(lo+1, g, false)
	if !ok || r.tokens[s.lo].has(oblique) {
		return found{}, false
	}
	ofWhat := r.hasAnyOf(run{c.verb, c.verb + 1}, talks)
	for i := s.lo + 1; i < g; i++ {
		if t := &r.tokens[i]; t.quote < 0 && (t.has(governs) || ofWhat && t.id == r.lex.by) && !t.is(det) && i+1 < g {
			s.hi = min(s.hi, i)
			return found{source: s, frame: FramePreposed, content: []run{{i, g}}}, true
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
		if t := &r.tokens[k]; t.is(coord) || !t.capital && t.is(finiteVerb|reporting|have|be) && !t.is(det) {
			return false // "begrüßte P und griff Q an"
		}
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
	if n == begin {
		return nil
	}
	if f := &r.found[n-1]; f.cue.hi <= c.group.lo {
		return slices.Clone(f.content)
	}
	return nil
}

// inMoodBehind reads words in the mood of reported speech behind the colon at k, before which somebody does something
// that is no saying: "Der Verein winkt ab: Das Bad sei sicher".
func (r *reader) inMoodBehind(lo, k, hi int) (found, bool) {
	if !r.lex.verbSecond || !r.lex.mood || k+3 >= hi || k-lo > 24 || k-lo < 3 || r.at(k+1).quote >= 0 || !r.saidToBe(run{k + 1, hi}) || r.quotedIn(run{lo, k}) || r.tokens[lo].is(prep|adverb|subord|conj) && !r.tokens[lo].is(det) {
		return found{}, false
	}
	if f, ok := r.comesFrom(lo, hi); ok {
		return f, true
	}
	v := lo + 1
	for v < k && !r.finiteAt(v) {
		if r.tokens[v].kind == comma {
			e := r.relativeEnd(v, k)
			if e == v {
				return found{}, false
			}
			v = e
		}
		v++
	}
	s, ok := r.sourceBefore(lo, v)
	if e := r.firstComma(lo, v); v < k && e < v {
		s, ok = run{lo, e}, true
	}
	if v >= k || !ok || s.lo != lo || s.hi-s.lo > 1 && !r.speaks(s) && !r.tokens[lo].is(article) || r.pointsBack(s) || r.tokens[lo].has(oblique) || r.tokens[lo].is(subjectPronoun) && r.tokens[lo].has(dummy) {
		return found{}, false
	}
	return found{source: s, cue: run{v, k}, content: []run{{k + 1, hi}}, frame: FrameColon, verb: verbSay, acts: true}, true
}

// finiteAt reports whether a small word at token i ends as a verb in the third person does and may be one.
func (r *reader) finiteAt(i int) bool {
	t := &r.tokens[i]
	if !t.word() || t.capital || t.quote >= 0 || t.is(det|prep|conj|subord) {
		return false
	}
	if t.is(aux | finiteVerb) {
		return true
	}
	w := r.word(i)
	return !t.is(adverb) && (r.tokens[i-1].capital || r.tokens[i-1].kind == comma) && (t.is(reporting|verbMind) || strings.HasSuffix(w, "t") || strings.HasSuffix(w, "te"))
}

// firstComma is the first comma in a run, its end where none stands there.
func (r *reader) firstComma(lo, hi int) int {
	for i := lo; i < hi; i++ {
		if r.tokens[i].kind == comma {
			return i
		}
	}
	return hi
}

// saidToBe reports whether a run tells something in the first form of the mood of reported speech, which no wish and no
// guess takes, and puts no question.
func (r *reader) saidToBe(s run) bool {
	if r.tokens[s.lo].has(question) {
		return false
	}
	for i := s.lo; i < s.hi; i++ {
		if w := r.word(i); r.inMood(run{i, i + 1}) && (!strings.HasSuffix(w, "te") && !strings.HasSuffix(w, "ten") && !strings.ContainsAny(w, "äöü") || w == "könne" || w == "müsse" || w == "dürfe") {
			return true
		}
	}
	return false
}

// finds reports whether a verb of mind closes words without a quotation mark that tell what somebody finds: "Viel zu
// teuer, findet die Vereinssprecherin".
func (r *reader) finds(c *cue, f *found) bool {
	if b := r.at(f.source.lo - 1); r.lex.verbSecond && f.frame == FramePostposed && b.is(likeAs) && b.quote < 0 {
		return r.tokens[c.verb].is(finiteVerb) && r.speaks(f.source) // "Zu Unrecht, wie Berg fand"
	}
	if r.lex.verbSecond && f.frame == FrameInverted && r.tokens[c.verb].has(clausal) && r.tokens[c.verb].is(finiteVerb) && len(f.content) > 0 && r.inMood(f.content[0]) {
		return !r.pointsBack(f.source) // "Das sei zu viel, fand die Runde"
	}
	return r.lex.verbSecond && f.frame == FrameInverted && c.traits&formThird != 0 && c.traits&formParticiple == 0 && r.tokens[c.verb].is(finiteVerb) &&
		(r.speaks(f.source) || r.tokens[f.source.lo].is(poss)) && (r.tokens[r.claim[f.unit]].is(det|adverb|prep) || r.hasAnyOf(run{r.claim[f.unit], r.claim[f.unit] + 1}, tooMuch))
}

// seesItself reads whose view it is what happens to them, where the verb stands second: "Der Betriebsrat sieht sich
// übergangen". A participle closes the clause.
func (r *reader) seesItself(u, lo, hi int) (found, bool) {
	end := r.withoutStop(lo, hi)
	for v := lo + 1; v+2 < end && v < lo+maxBeforeView; v++ {
		t := &r.tokens[v]
		if t.quote >= 0 || t.kind == comma || t.kind == colon {
			return found{}, false
		}
		if !r.at(v+1).has(reflexive) || !r.hasAnyOf(run{v, v + 1}, seeing) {
			continue
		}
		last, w := &r.tokens[end-1], r.word(end-1)
		if last.capital || last.quote >= 0 || last.is(prep|det|adverb) || r.commaIn(v, end) || !strings.HasSuffix(w, "t") && !strings.HasSuffix(w, "en") {
			return found{}, false
		}
		s, ok := r.sourceBefore(lo, v)
		if !ok || s.lo != lo || r.tokens[lo].is(prep) || r.tokens[lo].has(oblique) {
			return found{}, false
		}
		return found{source: s, cue: run{v, v + 1}, content: []run{{v + 1, end}}, frame: FramePreposed, unit: u, from: -1, verb: verbSay}, true
	}
	return found{}, false
}

// closesSubordinate reports whether the comma at k closes the only subordinate clause of a sentence, so that no subject stands
// right before it: "Die Tiere zogen fort, sobald es wärmer wurde, schreiben die Autoren".
func (r *reader) closesSubordinate(lo, k int) bool {
	i := k - 1
	for i > lo && k-i < maxSource && r.tokens[i].kind != comma {
		i--
	}
	t := r.at(i + 1)
	return i > lo+1 && r.tokens[i].kind == comma && t.is(subord) && !t.is(likeAs) && t.quote < 0 && r.mayBeFinite(k-1) && !r.commaIn(lo, i)
}
