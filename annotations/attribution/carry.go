package attribution

import "slices"

// carry gives quoted sentences that name no source to the one before in their
// paragraph, and what follows a colon to the source before it.
func (r *reader) carry() {
	n := 0
	for u := range r.units {
		for n < len(r.found) && r.found[n].unit < u {
			n++
		}
		m := n
		for m < len(r.found) && r.found[m].unit == u {
			m++
		}
		if m == n && n > 0 && r.lex.mood && r.reported(u, n-1) {
			continue
		}
		r.carryTo(u, n, m)
	}
	r.inOrder()
	r.carryBack()
}

// carryBack gives the paragraphs of a quotation that is left open to who is named behind its last one: "“P. ¶ “Q,” the
// statement said."
func (r *reader) carryBack() {
	voice := make([]int, len(r.quotations)) // one more than the attribution whose content holds the quotation
	for n := range r.found {
		for _, c := range r.found[n].content {
			for _, i := range []int{c.lo, c.hi - 1} {
				if !c.empty() && r.tokens[i].quote >= 0 && voice[r.tokens[i].quote] == 0 {
					voice[r.tokens[i].quote] = n + 1
				}
			}
		}
	}
	for q := len(r.quotations) - 1; q > 0; q-- {
		if !r.quotations[q].Continued || voice[q] == 0 || voice[q-1] != 0 || !r.quotations[q-1].Open || r.first[q-1] < 0 || r.saidInside(q-1) {
			continue
		}
		f := &r.found[voice[q]-1]
		if f.frame != FramePostposed && f.frame != FrameInverted || f.content[0].lo <= r.last[q-1] {
			continue
		}
		f.content = slices.Insert(slices.Clone(f.content), 0, run{r.first[q-1], r.last[q-1] + 1})
		voice[q-1] = voice[q]
	}
}

// moodReach is how many units back the source of reported speech may stand.
const moodReach = 6

// reported carries a source over to a unit whose verb stands in the mood of
// reported speech, behind one that named it, in the same paragraph or the next.
func (r *reader) reported(u, last int) bool {
	s := run{r.claim[u], r.ranges[u].hi}
	if s.empty() || r.tokens[s.lo].quote >= 0 || !r.inMood(s) || r.hasOwnSelf(s) {
		return false
	}
	if k := len(r.carried) - 1; k >= 0 && r.lastUnit == u-1 && r.para[u] == r.para[u-1] {
		r.carried[k].content[0].hi = s.hi
		r.lastUnit = u
		return true
	}
	f := &r.found[last]
	if u-f.unit > moodReach || r.para[u]-r.para[f.unit] > 1 || f.source.empty() {
		return false
	}
	r.carried = append(r.carried, found{source: f.source, content: []run{s}, frame: FrameCarried, unit: u, from: -1, verb: verbSay})
	r.lastUnit = u
	return true
}

// hasOwnSelf reports whether the outlet speaks of itself in a run, which reported speech turns into "they": "Wir wollten wissen, P".
func (r *reader) hasOwnSelf(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if r.tokens[i].quote < 0 && r.wordIn(i, ourselves) {
			return true
		}
	}
	return false
}

func (r *reader) inMood(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		if t := &r.tokens[i]; t.is(indirect) && t.quote < 0 && !(t.capital && i > s.lo) && !(r.at(i-1).has(deemed) && r.at(i-1).is(likeAs)) {
			return true // not "die Grenze", "als hätte"
		}
	}
	return false
}

// inOrder puts what was carried over among what was found.
func (r *reader) inOrder() {
	if len(r.carried) == 0 {
		return
	}
	r.found = append(r.found, r.carried...)
	slices.SortStableFunc(r.found, func(a, b found) int { return a.unit - b.unit })
}

// carryTo looks at unit u, whose attributions are found[n:m].
func (r *reader) carryTo(u, n, m int) {
	s := run{r.claim[u], r.ranges[u].hi}
	if s.empty() || n == 0 || m > n && r.covers(n, m, s.lo) {
		return
	}
	q := r.tokens[s.lo].quote
	last := r.speaker(n - 1)
	if q < 0 && m == n && r.tokens[s.lo].is(adverb|contrast) && s.lo+2 < s.hi && r.tokens[s.lo+1].kind == comma {
		if at := r.tokens[s.lo+2].quote; at >= 0 && r.first[at] == s.lo+2 && r.withoutStop(s.lo, s.hi) == r.last[at]+1 {
			q, s.lo = at, s.lo+2 // "Instead, “Q.”"
		}
	}
	if q < 0 {
		return
	}
	if c := len(last.content); c > 0 && q >= 0 && r.tokens[last.content[c-1].hi-1].quote == int32(q) && last.content[c-1].hi <= s.lo {
		last.content[c-1].hi = min(r.last[q]+1, s.hi) // the same quotation goes on
		return
	}
	near := r.para[last.unit] == r.para[u] || (last.colon || r.speaksOn(last, u, m) || r.standsFree(last, u, m)) && r.para[u]-r.para[last.unit] <= 1
	if r.leftOpen(last, q) {
		last.content = append(last.content, run{s.lo, min(r.last[q]+1, s.hi)}) // it goes on in the next paragraph
		return
	}
	if !near || last.frame == FramePreposed && last.verb&saying == 0 || last.frame == FrameAccording && r.first[q] == s.lo {
		return
	}
	end := min(r.last[q]+1, s.hi)
	if s.hi-end < 3 || m == n {
		end = s.hi
	}
	if c := len(last.content); c > 0 && last.content[c-1].hi >= s.lo-1 && r.tokens[s.lo].quote >= 0 && r.at(s.lo-1).quote >= 0 {
		last.content[c-1].hi = max(last.content[c-1].hi, end)
		return
	}
	if c := len(last.content); c > 0 && last.content[c-1].hi > s.lo {
		return
	}
	last.content = append(last.content, run{s.lo, end})
}

// saidInside reports whether a verb of saying closes quotation q, so that only its closing mark was forgotten: "“P, said
// Berg."
func (r *reader) saidInside(q int) bool {
	for i := max(r.first[q]+1, r.last[q]-7); i <= r.last[q]; i++ {
		t := &r.tokens[i]
		if t.has(plain) && t.is(formPast|formThird) && r.commaIn(max(r.first[q], i-5), i) {
			return true
		}
	}
	return false
}

// leftOpen reports whether quotation q goes on from one that a paragraph before left open, and that f holds.
func (r *reader) leftOpen(f *found, q int32) bool {
	c := len(f.content)
	if !r.quotations[q].Continued || c == 0 || f.content[c-1].hi > r.first[q] {
		return false
	}
	i := f.content[c-1].hi - 1
	return i >= f.content[c-1].lo && r.tokens[i].quote == q-1
}

// speaksOn reports whether a paragraph of quoted words that names nobody goes on
// from the direct speech of f. m is the place of the next attribution.
func (r *reader) speaksOn(f *found, u, m int) bool {
	if !f.quoted || f.frame != FramePostposed && f.frame != FrameInverted || u > 0 && r.para[u] == r.para[u-1] {
		return false
	}
	if m < len(r.found) && r.para[r.found[m].unit] == r.para[u] {
		return false
	}
	c := f.content[len(f.content)-1]
	return c.hi-c.lo > 8 && r.tokens[c.hi-1].quote >= 0 && r.tokens[c.lo].quote >= 0
}

// standsFree reports whether a paragraph is nothing but quoted words, without a name, right behind one whose last sentence
// told in other words what f says.
func (r *reader) standsFree(f *found, u, m int) bool {
	if r.lex.verbSecond || u == 0 || f.unit != u-1 || r.para[u] == r.para[u-1] || f.verb&saying == 0 || f.source.empty() || f.colon {
		return false
	}
	if m < len(r.found) && r.para[r.found[m].unit] == r.para[u] {
		return false
	}
	p := r.paras[r.para[u]]
	for i := r.claim[p.lo]; i < r.ranges[p.hi-1].hi; i++ {
		if r.tokens[i].quote < 0 {
			return false
		}
	}
	return true
}

// speaker is the attribution that quoted words go on from: the quoted one of the
// unit that holds found[n], else found[n] itself.
func (r *reader) speaker(n int) *found {
	for k := n; k >= 0 && r.found[k].unit == r.found[n].unit; k-- {
		if f := &r.found[k]; f.quoted && (f.frame == FramePostposed || f.frame == FrameInverted) {
			return f
		}
	}
	return &r.found[n]
}

// covers reports whether one of found[n:m] holds token i in its content.
func (r *reader) covers(n, m, i int) bool {
	for k := n; k < m; k++ {
		for _, c := range r.found[k].content {
			if c.lo <= i && i < c.hi {
				return true
			}
		}
	}
	return false
}
