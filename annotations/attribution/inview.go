package attribution

// inView reads the opinion that opens a sentence or stands between commas, where nobody else speaks
// in it: "In her view, P", "It was, in Berg's words, late". What is so in the writer's own view has no source.
func (r *reader) inView(u, begin int) {
	lo, hi := r.from[u], r.end(u)
	if len(r.found) > begin || r.lex.verbSecond {
		return
	}
	for i := lo; i+4 < hi && i < lo+maxSource; i++ {
		if t := &r.tokens[i]; t.quote >= 0 || !t.is(prep) || i > lo && r.tokens[i-1].kind != comma {
			continue
		}
		src, noun := r.viewOf(i+1, hi)
		far := run{noun, noun + 1}
		if src.empty() {
			src, noun = r.forWhom(lo, i, hi)
			far = run{}
		}
		if !src.empty() && i-2 > lo && (noun+1 >= hi || r.at(noun+1).kind == stop) {
			f := found{source: src, cue: run{i, i + 1}, content: []run{{lo, i - 1}}, frame: FrameAccording, unit: u, from: -1, verb: verbSay}
			r.found = append(r.found, f) // "He married twice, by his own account."
			return
		}
		if src.empty() || r.at(noun+1).kind != comma || noun+3 >= hi {
			continue
		}
		f := found{
			source: src, cue: run{i, i + 1}, far: far, content: []run{r.endOf(noun+2, hi, hi)},
			frame: FrameAccording, unit: u, from: -1, verb: verbSay, quoted: r.quotedIn(run{noun + 2, hi}),
		}
		if i-1 > lo {
			f.content = append([]run{{lo, i - 1}}, f.content...) // "It was, in his view, late"
		}
		r.found = append(r.found, f)
		return
	}
}

// viewOf is who is named before a word for an opinion, from token i on, and where that word stands.
func (r *reader) viewOf(i, hi int) (run, int) {
	if p, n := r.phraseAt(i, hi); n >= 2 && p.use == useView {
		return run{i, i + 1}, i + n - 1
	}
	for k := i; k < min(hi-1, i+maxBeforeView); k++ {
		t := &r.tokens[k]
		if !t.word() || t.quote >= 0 || !t.possessive && t.is(prep|subord|aux) && !t.is(partOf) {
			break
		}
		if !t.possessive || k == i {
			continue
		}
		if p, n := r.phraseAt(k+1, hi); n == 1 && p.use == useView {
			return run{i, k}, k + 1
		}
	}
	return run{}, 0
}

// forWhom is who is named behind the "for" or "to" at token i that opens a sentence, where the clause
// behind its comma has quoted words: "For Berg, it was “madness”".
func (r *reader) forWhom(lo, i, hi int) (run, int) {
	k := i + 1
	if r.at(k).is(article) && !r.at(k).capital {
		for k++; k < min(hi, i+6) && r.tokens[k].word() && !r.tokens[k].capital && !r.tokens[k].is(prep|aux); k++ {
		}
	}
	if i != lo || !r.tokens[i].is(partOf|infinitive) || !r.at(k).capital || k > i+1 && !r.at(k-1).is(person) {
		return run{}, 0 // "For the economist Anna Berg"
	}
	for k < hi && r.tokens[k].word() && r.tokens[k].capital {
		k++
	}
	e := k
	if k < hi && r.tokens[k].kind == comma && (r.at(k+1).is(relative) || r.at(k+1).has(origin)) {
		for k++; k < hi && (r.tokens[k].kind != comma || r.tokens[k].quote >= 0); k++ {
		}
	}
	if k >= hi || r.tokens[k].kind != comma || !r.quotedIn(run{k, hi}) || r.tokens[i+1].is(day|organisation) {
		return run{}, 0
	}
	return run{i + 1, e}, k - 1
}

// maxBeforeView is how many words may tell whose opinion it is.
const maxBeforeView = 10

// differs reads who speaks against the voice before and says no more of it, where nobody else
// speaks in the sentence: "The board took a different view", "Video tells another story".
func (r *reader) differs(u, begin int) {
	lo, hi := r.from[u], r.end(u)
	if len(r.found) > begin {
		return
	}
	if r.lex.verbSecond {
		r.contradicts(u)
		return
	}
	for i := lo + 1; i < min(hi, lo+maxSource); i++ {
		if r.tokens[i].quote >= 0 {
			return
		}
		if r.tokens[i].opens&(1<<useDiffer) == 0 {
			continue
		}
		n := r.differsAt(i, hi)
		if n == 0 || r.at(i+n).word() && !r.at(i+n).is(prep|adverb|subord|conj) {
			continue
		}
		g := r.groupStart(lo, i)
		s, ok := r.sourceBefore(lo, g)
		if !ok || r.tokens[s.lo].is(relative) || r.statesIn(s) {
			return
		}
		r.found = append(r.found, found{source: s, cue: run{g, i + n}, frame: FramePreposed, unit: u, from: -1, verb: verbClaim})
		return
	}
}

// differsAt is how many words at token i speak against somebody and say no more, 0 for none.
func (r *reader) differsAt(i, hi int) int {
	if r.tokens[i].opens&(1<<useDiffer) == 0 {
		return 0
	}
	if p, n := r.phraseAt(i, hi); n > 0 && p.use == useDiffer {
		return n
	}
	return 0
}

// contradicts reads the same where the verb stands second: "Dem widersprach X", "X dementierte".
func (r *reader) contradicts(u int) {
	lo, hi := r.from[u], r.end(u)
	if _, ok := r.speaksAgainst(lo, hi); !ok {
		return
	}
	v := lo + 1
	for v < hi && !(r.tokens[v].is(finiteVerb) || r.tokens[v].is(aux) && !r.tokens[v].is(det) || r.tokens[v].has(disagrees) && !r.tokens[v].is(adverb) || r.differsAt(v, hi) > 0) {
		v++
	}
	if v >= hi {
		return
	}
	s, ok := r.sourceBefore(lo, v)
	after := v + 1
	if r.at(after).has(dummy) && v == lo+1 {
		after++ // "Anders sieht es X"
	}
	if t := &r.tokens[lo]; !ok || t.has(oblique) || t.is(anaphor) && v == lo+1 {
		s, ok = r.subjectAfter(after, hi)
	}
	if ok {
		r.found = append(r.found, found{source: s, cue: run{v, v + 1}, frame: FramePreposed, unit: u, from: -1, verb: verbClaim})
	}
}
