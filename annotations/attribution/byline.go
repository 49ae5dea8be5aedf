package attribution

// bylineWords is how many words may stand behind the dash of a byline.
const bylineWords = 14

// byline reads who is named behind a dash at the end of a quotation that stands
// alone: "“P” — Anna Berg, mayor of Portsea". The name may be a unit of its own.
func (r *reader) byline(u, begin int) {
	lo, hi := r.claim[u], r.end(u)
	if len(r.found) > begin || r.lex == neutral || lo >= hi {
		return
	}
	d, q := lo, r.tokens[lo].quote
	switch {
	case q >= 0:
		if d = r.last[q] + 1; r.tokens[r.last[q]].kind != mark2 {
			return
		}
	case u > 0 && r.tokens[lo].kind == dash && r.ranges[u-1].hi > r.ranges[u-1].lo:
		last := r.ranges[u-1].hi - 1
		if q = r.tokens[last].quote; q < 0 || r.last[q] != last || r.tokens[last].kind != mark2 || r.spokenFor(u-1) {
			return
		}
	default:
		return
	}
	if r.quoteWords(q) < 3 || d+1 >= hi || hi-d > bylineWords || r.tokens[d].kind != dash || !r.tokens[d+1].word() || !r.tokens[d+1].capital ||
		r.quotedIn(run{d, hi}) || r.statesIn(run{d + 1, hi}) {
		return
	}
	src, ok := r.sourceAfter(d+1, hi, true)
	if !ok || src.hi < hi && r.tokens[src.hi].word() {
		return
	}
	r.found = append(r.found, found{
		source: src, cue: run{d, d + 1}, content: []run{{r.first[q], r.last[q] + 1}}, frame: FrameColon, unit: u, from: -1, quoted: true, verb: verbSay,
	})
}

// spokenFor reports whether somebody speaks in unit u.
func (r *reader) spokenFor(u int) bool {
	for n := len(r.found) - 1; n >= 0 && r.found[n].unit >= u; n-- {
		if r.found[n].unit == u {
			return true
		}
	}
	return false
}
