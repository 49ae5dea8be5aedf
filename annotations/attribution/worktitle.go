package attribution

// A work is named by a title in quotation marks behind its noun: `The report, “Taken at Dawn,” says P`.
// Such marks hold nobody's words, and the noun with its title is what says P.

// titleWords is how many tokens such a title has at most, with its marks.
const titleWords = 12

// workBefore is the phrase for a work that a title closes at token j, the last before a verb of saying.
func (r *reader) workBefore(lo, j int) (run, bool) {
	t := r.at(j)
	if t.kind == comma && t.quote < 0 {
		j--
		t = r.at(j)
	}
	if r.lex.verbSecond || j <= lo || t.kind != mark2 || t.quote < 0 || !r.titleIn(int(t.quote)) {
		return run{}, false
	}
	k := r.first[t.quote] - 1
	if r.at(k).is(formParticiple) || r.at(k).suffix == edSuffix {
		k-- // ", titled “Night Train,”"
	}
	if k <= lo+1 || r.tokens[k].kind != comma {
		return run{}, false
	}
	head, ok := r.simple(lo, k)
	if !ok || head.hi != k || !r.tokens[head.lo].is(det|poss|article|number) || !r.tokens[k-1].is(document|data|speechNoun|image|video) {
		return run{}, false
	}
	return run{head.lo, j + 1}, true
}

// titleIn reports whether every word of a quotation but the small ones has a capital.
func (r *reader) titleIn(q int) bool {
	if r.last[q]-r.first[q] > titleWords {
		return false
	}
	capital := false
	for i := r.first[q] + 1; i < r.last[q]; i++ {
		t := &r.tokens[i]
		if t.word() && !t.capital && !t.digit && !t.is(prep|article|coord|be|poss) || t.kind == stop {
			return false
		}
		capital = capital || t.capital
	}
	return capital
}
