package attribution

import "strings"

// outlook reads who only shows what they think by a verb with a noun behind it, where nobody speaks in the
// sentence and no clause is thought: "Scientists attribute the rise to warm water", "Her niece remembers the
// flood", "Economists had forecast a reading of 5 per cent". English alone: German has attitude.
func (r *reader) outlook(u, begin int) {
	n := len(r.thoughts)
	if r.lex.verbSecond || len(r.found) > begin || n > 0 && r.thoughts[n-1].unit == u {
		return
	}
	lo, hi := r.claim[u], r.end(u)
	for v := lo + 1; v < min(hi-1, lo+2*maxSource); v++ {
		if t := &r.tokens[v]; t.quote >= 0 || !t.word() && t.kind != comma || t.is(mark|subord) && !t.is(prep|det) {
			return
		}
		if !r.shows(lo, v, hi) {
			continue
		}
		g := v
		for g > lo && (r.tokens[g-1].is(aux|adverb|be|have) && !r.tokens[g-1].is(det)) {
			g--
		}
		s, ok := r.sourceBefore(lo, g)
		if ok {
			s, ok = r.closed(s)
		}
		if !ok || r.verbIn(lo, s.lo) || r.holds(run{g, v}, negative|modal) || r.tokens[s.lo].is(relative|anaphor) || r.tokens[s.lo].has(dummy) || !r.canThink(s) ||
			r.hasAnyOf(s, ownSelf) || r.holds(run{g, v}, be) && r.lex.ending(r.word(v)) != ingSuffix {
			return // "I remember", "is remembered"
		}
		r.thoughts = append(r.thoughts, found{source: s, frame: FramePreposed, content: []run{{v + 1, hi}}, cue: run{g, v + 1}, unit: u, from: -1})
		return
	}
}

// shows reports whether the verb at token v shows what somebody thinks by the noun behind it.
func (r *reader) shows(lo, v, hi int) bool {
	t, n := &r.tokens[v], r.at(v+1)
	if t.capital || !n.word() && !n.digit || n.quote >= 0 {
		return false
	}
	at := run{v, v + 1}
	switch {
	case r.hasAnyOf(at, ascribing):
		for k := v + 2; k < min(hi-1, v+maxSource); k++ {
			if u := &r.tokens[k]; !u.word() || u.is(mark|relative) && !u.is(det) {
				return false
			} else if u.is(infinitive) && u.is(prep) && r.tokens[k+1].word() {
				return true // "attributed the rise to anger"
			}
		}
	case r.hasAnyOf(at, recollecting):
		return n.is(det|objectPronoun|poss) && !n.is(infinitive|mark)
	case r.hasAnyOf(at, forecasting):
		return !n.is(infinitive|prep) && r.figureSoon(v+1, hi, false)
	case r.hasAnyOf(at, seeingAhead):
		return r.figureSoon(v+1, hi, true) // "sees growth of 8%", but "sees 12 patients"
	}
	return false
}

// figureSoon reports whether a figure stands in the clause that begins at token i; if so asked, one in per cent.
func (r *reader) figureSoon(i, hi int, share bool) bool {
	for k := i; k < min(hi, i+maxSource); k++ {
		if t := &r.tokens[k]; t.digit {
			return !share || strings.HasSuffix(r.word(k), "%") || strings.HasPrefix(r.text[t.end:], "%") || r.hasAnyOf(run{k + 1, min(hi, k+2)}, percents)
		} else if !t.word() {
			return false
		}
	}
	return false
}

// canThink reports whether a phrase can be somebody, or a body of people.
func (r *reader) canThink(s run) bool {
	return !r.holds(s, document|data|image|video|day) && (r.tokens[s.lo].is(subjectPronoun) && !r.tokens[s.lo].is(objectPronoun) || r.holds(s, person|organisation|outlet|anonymous|several) || !r.nameIn(s).empty())
}
