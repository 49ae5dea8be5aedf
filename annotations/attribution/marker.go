package attribution

import (
	"slices"

	"stet.example/stet/annotations"
)

// answersBack is how many units back the voice may be that a marker or a denial answers: the
// outlet may explain something between the two.
const answersBack = 3

// voiceBefore is the nearest unit before u in which somebody vouches, when it is somebody
// else; -1 when it is the same voice, or too far back.
func (r *reader) voiceBefore(u int) int {
	for v := u - 1; v >= max(0, u-answersBack); v-- {
		for _, n := range r.byUnit[v] {
			if r.vouches(n) {
				if r.sameVoice(u, v) {
					return -1
				}
				return v
			}
		}
		if n, ok := r.thoughtOf(v); ok && r.para[u]-r.para[v] <= 1 { // "Chiefs believe P. The operator disputes that"
			for _, k := range r.byUnit[u] {
				if w := r.found[k].who; w != "" && w == r.thoughts[n].who {
					return -1
				}
			}
			return v
		}
		if k := r.reach[v]; k >= 0 && r.vouches(k) { // it goes on with what was said
			for _, n := range r.byUnit[u] {
				if w := r.found[n].who; w != "" && w == r.found[k].who {
					return -1
				}
			}
			return v
		}
	}
	return -1
}

// markerOf finds the words that set a unit against what stands before it. answers tells that
// they do so whatever the two have in common.
func (r *reader) markerOf(u int, own []int) (marker run, answers, ok bool) {
	if marker, ok = r.opensContrast(u); ok {
		return marker, true, true
	}
	if marker, ok = r.forTheirPart(u); ok {
		return marker, r.argues(own), true
	}
	if marker, ok = r.however(u); ok && (r.tokens[marker.lo].is(contrast) || marker.hi-marker.lo > 1 || r.argues(own) || r.found[own[0]].verb&verbDoc != 0) {
		f := &r.found[own[0]]
		return marker, f.verb&reporting != 0 || r.lex.verbSecond && f.frame == FrameAccording, true
	}
	return run{}, false, false
}

// thinksOtherwise is the contrast of a unit in which nobody speaks but somebody thinks: "But
// Berg thinks the pier is safe". It answers the voice before.
func (r *reader) thinksOtherwise(u int) (contest, bool) {
	n, ok := r.thoughtOf(u)
	if !ok || r.usedFor(r.thoughts[n].cue.hi-1, useCarries) {
		return contest{}, false // "Berg, however, agreed that P"
	}
	marker, ok := r.opensContrast(u)
	if !ok && !r.lex.verbSecond {
		marker, ok = r.however(u)
	}
	if !ok {
		return contest{}, false
	}
	p := r.voiceBefore(u)
	if p < 0 || slices.ContainsFunc(r.byUnit[p], func(k int) bool { return r.found[k].who != "" && r.found[k].who == r.thoughts[n].who }) {
		return contest{}, false
	}
	return contest{rule: "C-b", words: []annotations.Span{r.span(marker)}, partner: p}, true
}

// opensContrast finds the "But" that opens a unit.
func (r *reader) opensContrast(u int) (run, bool) {
	lo := r.claim[u]
	if lo < r.ranges[u].hi && r.tokens[lo].is(contrast) && r.tokens[lo].quote < 0 {
		return run{lo, lo + 1}, true
	}
	return r.markerAt(lo, r.ranges[u].hi)
}

// markerAt reads a marker of several words at token i: "by contrast".
func (r *reader) markerAt(i, hi int) (run, bool) {
	if i >= hi || r.tokens[i].quote >= 0 {
		return run{}, false
	}
	p, n := r.phraseAt(i, hi)
	return run{i, i + n}, n > 0 && (p.use == useMarker || p.use == useCorrects)
}

// forTheirPart finds "for his part" behind the source of a unit, which sets it
// against the voice before.
func (r *reader) forTheirPart(u int) (run, bool) {
	for i := r.claim[u]; i+2 < min(r.end(u), r.claim[u]+14); i++ {
		if r.tokens[i].quote < 0 && r.tokens[i].is(partOf) && r.tokens[i+1].is(poss) && r.tokens[i+2].has(side) {
			return run{i, i + 3}, true
		}
	}
	return run{}, false
}

// argues reports whether the first of own uses a verb by which the writer marks that
// something is argued: "insisted", not "said" or "indicated".
func (r *reader) argues(own []int) bool {
	v := r.found[own[0]].verb
	return v&verbClaim != 0 && v&(verbDoc|verbSay) == 0 || r.lex.verbSecond && v&verbObject != 0 && v&saying == 0
}

// however finds the "however" between commas behind the source of a unit.
func (r *reader) however(u int) (run, bool) {
	if r.lex.verbSecond {
		return r.behindVerb(u)
	}
	for i := r.claim[u] + 2; i+1 < min(r.end(u), r.claim[u]+maxSource); i++ {
		if r.tokens[i-1].kind != comma || r.addsOn(i) {
			continue
		}
		if r.parted(i) {
			return run{i, i + 1}, true
		}
		if m, ok := r.markerAt(i, r.end(u)); ok && r.at(m.hi).kind == comma {
			return m, true
		}
	}
	return run{}, false
}

// parted reports whether a word of contrast stands at token i, behind a comma, with another behind it, or closes
// its sentence behind one. "Though" is one there only: it opens a clause elsewhere.
func (r *reader) parted(i int) bool {
	t, n := &r.tokens[i], r.at(i+1)
	if t.quote >= 0 || !t.is(contrast|while) {
		return false
	}
	return n.kind == comma && n.quote < 0 || n.kind == stop && n.quote < 0 && t.is(contrast)
}

// behindVerb finds the "hingegen" right behind the verb of saying of a unit, in languages
// whose verb stands second: "Der Verband kritisierte hingegen, P".
func (r *reader) behindVerb(u int) (run, bool) {
	for _, n := range r.byUnit[u] {
		f := &r.found[n]
		if f.more {
			return run{}, false // "lobte P, warnte aber vor Q"
		}
		if i := f.cue.hi - 1; !f.cue.empty() && i > f.cue.lo && r.tokens[i].is(contrast) {
			return run{i, i + 1}, true // "X hält dagegen: P"
		}
		if i := f.far.lo; !f.far.empty() && r.tokens[i].is(contrast) {
			return run{i, i + 1}, true
		}
		if i := f.cue.lo - 1; !f.cue.empty() && i >= f.source.hi && i < f.source.hi+2 && r.tokens[i].is(contrast) && r.tokens[i].quote < 0 {
			return run{i, i + 1}, true // "X hingegen sagte"
		}
		if i := f.cue.hi; !f.cue.empty() && i < r.end(u) && r.tokens[i].is(contrast) && r.tokens[i].quote < 0 && f.cue.lo > f.source.lo {
			return run{i, i + 1}, true
		}
	}
	for i := r.claim[u] + 1; i+1 < r.end(u); i++ {
		t := &r.tokens[i]
		if t.quote >= 0 || !t.word() {
			break
		}
		if t.is(contrast) && t.is(adverb) && r.tokens[i+1].word() && (!r.tokens[i-1].has(reflexive) || r.hasAnyOf(run{i, i + 1}, onlyContrast)) {
			return run{i, i + 1}, true // "Laut X ist das Tor jedoch zu"
		}
	}
	return run{}, false
}

// addsOn reports whether token i stands behind a participle by which the voice of its sentence goes on: what it
// sets against its own words is no other voice's ("forecasts a change, warning, though, that P").
func (r *reader) addsOn(i int) bool {
	t, b := r.at(i-2), r.at(i-3)
	return t.is(saying) && t.is(formIng) && t.quote < 0 && b.kind == comma
}
