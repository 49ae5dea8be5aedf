package attribution

// citation is a bracket that names an author and a year, as papers cite: "(Nagel
// 2011; Tran & Ode, 2015)". Its parts are runs of tokens, one a work.
type citation struct {
	open, close int
	works       []run
}

// citationAt reads the bracket that opens at token i.
func (r *reader) citationAt(i, hi int) (citation, bool) {
	c := citation{open: i}
	lo, names, year := i+1, 0, false
	for k := i + 1; k < min(hi, i+40); k++ {
		t := &r.tokens[k]
		switch {
		case t.kind == closing || t.kind == semicolon:
			if names == 0 || !year {
				return c, false
			}
			c.works = append(c.works, run{lo, k})
			if c.close = k; t.kind == closing {
				return c, true
			}
			lo, names, year = k+1, 0, false
		case t.kind == comma || t.kind == stop || t.is(coord):
		case r.yearAt(k) && names > 0:
			year = true
		case year && (t.digit || t.end-t.start == 1):
		case t.word() && t.capital && !t.is(day) && !year:
			names++
		case t.is(citing) && names == 0:
			lo = k + 1 // "see", "e.g."
		case t.has(joinsNames):
		default:
			return c, false
		}
	}
	return c, false
}

// citations finds the cited works of the whole text. One alone may be a place and
// a year ("(London 2012)"): that is none.
func (r *reader) citations() {
	type at struct {
		unit int
		citation
	}
	var list []at
	if r.lex == neutral {
		return
	}
	for u := range r.units {
		hi := r.end(u)
		for i := r.claim[u] + 1; i < hi; i++ {
			if r.tokens[i].kind != opening || r.tokens[i].quote >= 0 {
				continue
			}
			if c, ok := r.citationAt(i, hi); ok {
				list = append(list, at{u, c})
				i = c.close
			}
		}
	}
	works := 0
	for _, c := range list {
		works += len(c.works)
	}
	if works < 2 {
		return
	}
	r.works = make([][]found, len(r.units))
	for _, c := range list {
		lo := r.claim[c.unit]
		if n := len(r.works[c.unit]); n > 0 {
			lo = r.works[c.unit][n-1].source.hi + 1
		}
		for _, w := range c.works {
			if lo < c.open {
				r.works[c.unit] = append(r.works[c.unit], found{
					source: w, content: []run{r.clause(lo, c.open)}, frame: FrameCiting, unit: c.unit, from: -1, verb: verbDoc, kind: "document",
				})
			}
		}
	}
}
