package attribution

import "slices"

// labels reads "NAME: P" at the beginning of a line, in units where nothing else
// was found.
func (r *reader) labels() {
	voices := map[string]bool{}
	silent := make([]bool, len(r.units))
	for u := range silent {
		silent[u] = u == 0 || r.para[u] != r.para[u-1]
	}
	for i := range r.found {
		f := &r.found[i]
		silent[f.unit] = false
		if f.source.empty() {
			continue
		}
		name := r.nameIn(r.core(f.source))
		for k := name.lo; k < name.hi; k++ {
			voices[r.word(k)] = true
		}
	}
	n := len(r.found)
	talk := r.talk()
	for u := range r.units {
		switch {
		case (talk || r.bracketed(u)) && (u == 0 || r.para[u] != r.para[u-1]) && r.speakerLine(u, n):
		case silent[u]:
			r.label(u, voices)
		}
	}
	r.found = append(r.found, r.interview()...)
	if len(r.found) > n {
		slices.SortStableFunc(r.found, func(a, b found) int { return a.unit - b.unit })
	}
}

// labelEnd is the colon behind a speaker's name at the beginning of unit u, -1
// where there is none: up to five capitalised words, a bracket may follow.
func (r *reader) labelEnd(u int) int {
	lo, hi := r.claim[u], r.end(u)
	for i := lo; i < min(hi-1, lo+8); i++ {
		t := &r.tokens[i]
		switch {
		case t.kind == colon && i > lo:
			if r.tokens[i+1].digit {
				return -1 // "Clinton: 1,769"
			}
			return i
		case t.kind == opening && i > lo:
			i = r.closingOf(i, hi)
		case t.kind == comma && i > lo && upper(r.text[r.tokens[lo].start:t.start]) && upper(r.word(i+1)): // "ANNA BERG, HOST:"
		case t.quote >= 0, !t.word() && t.kind != stop, i-lo > 4, t.word() && (!t.capital && !t.is(title|partOf) || t.digit || t.is(day)):
			return -1
		}
	}
	return -1
}

// talkLines is how many lines must begin with a speaker's name in a transcript.
const talkLines = 3

// talk reports whether a text is a transcript or an interview in lines: names
// that come again open its paragraphs.
func (r *reader) talk() bool {
	names, n := map[string]int{}, 0
	for u := range r.units {
		if u > 0 && r.para[u] == r.para[u-1] {
			continue
		}
		if e := r.labelEnd(u); e >= 0 {
			name := r.text[r.tokens[r.claim[u]].start:r.tokens[e].start]
			names[name]++
			n++
		}
	}
	again := 0
	for _, k := range names {
		if k > 1 {
			again += k
		}
	}
	return n >= talkLines && (again*2 > n || n*3 >= len(r.paras)*2)
}

// bracketed reports whether unit u opens with a name and what stands in brackets
// behind it, before a colon: "Anna Berg (Greens): …".
func (r *reader) bracketed(u int) bool {
	e := r.labelEnd(u)
	return e > r.claim[u]+3 && r.tokens[e-1].kind == closing && r.namelike(r.claim[u]) && r.at(e-2).capital && r.end(u)-e > 4
}

// speakerLine gives what stands behind a speaker's name at the beginning of a
// line to that speaker. Who is quoted in it stays found. The first n attributions
// are in the order of their units.
func (r *reader) speakerLine(u, n int) bool {
	e := r.labelEnd(u)
	if e < 0 {
		return false
	}
	lo := r.claim[u]
	end := lo + 1
	for end < e && r.tokens[end].kind != opening && r.tokens[end].kind != comma {
		end++
	}
	hi := r.ranges[u].hi
	if p := r.paras[r.para[u]]; p.hi > u {
		hi = r.ranges[p.hi-1].hi
	}
	at, _ := slices.BinarySearchFunc(r.found[:n], u, func(f found, u int) int { return f.unit - u })
	for ; at < n && r.found[at].unit == u; at++ { // a source found in the name itself is the name
		if f := &r.found[at]; f.source.lo >= lo && f.source.lo < e {
			return false
		}
	}
	r.found = append(r.found, found{
		source: run{lo, end}, cue: run{e, e + 1}, content: []run{{e + 1, hi}}, frame: FrameColon, unit: u, from: -1, verb: verbSay,
	})
	return true
}

// label reads one label. Its words are names in capitals, or one of them speaks
// elsewhere in the text, or is a kind of source; or the words behind it are quoted.
func (r *reader) label(u int, voices map[string]bool) {
	lo, hi := r.claim[u], r.end(u)
	known := false
	if lo < hi && r.tokens[lo].is(poss) && !r.tokens[lo].is(subjectPronoun) {
		return // "Our ruling: False."
	}
	for i := lo; i < min(hi, lo+6); i++ {
		t := &r.tokens[i]
		if t.kind == colon && i > lo && i+1 < hi {
			name := r.text[r.tokens[lo].start:t.start]
			if r.tokens[i+1].quote >= 0 || upper(name) && len(name) > 2 && (u > 0 || known || i-lo > 1 || len(r.units) == 1 || r.labelled()) && !r.holds(run{lo, i}, aux|conj) && (i-lo > 1 || !r.tokens[lo].is(common)) || known && i-lo < 5 {
				r.found = append(r.found, found{
					source: run{lo, i}, cue: run{i, i + 1}, content: []run{{i + 1, hi}}, frame: FrameColon, unit: u, from: -1,
				})
			}
			return
		}
		if !t.word() && t.kind != opening && t.kind != closing || t.quote >= 0 || t.word() && !t.capital && !t.is(prep|coord|person|document) {
			return
		}
		known = known || voices[r.word(i)] || t.is(outlet|document|anonymous)
	}
}

// labelled reports whether a line below the first opens with a name and a colon, too: a word in capitals before a colon
// that stands alone is where the news comes from.
func (r *reader) labelled() bool {
	for u := 1; u < len(r.units); u++ {
		if r.para[u] != r.para[u-1] && r.labelEnd(u) >= 0 {
			return true
		}
	}
	return false
}
