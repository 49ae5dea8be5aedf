package attribution

// itSays reads "P, hieß es" and "In dem Bericht heißt es, P": the source, if any,
// stands behind a preposition.
func (r *reader) itSays(u, lo, hi int, c *cue) (found, bool) {
	g, e := c.group.lo, c.verb+2
	c.group.hi = e
	if e+1 < hi && r.tokens[e].has(topical) {
		e++ // "heißt es dazu aus dem Amt"
	}
	f := found{frame: FramePostposed}
	topic := r.wordIn(lo, topicPreps)
	if e+1 < hi && r.wordIn(e, topicPreps) {
		if s, ok := r.sourceAfter(e+1, hi, false); ok {
			e = s.hi // "heißt es zu dem Foto in einem Kanal"
		}
	}
	if e+1 < hi && r.tokens[e].is(prep) {
		if src, ok := r.sourceAfter(e+1, hi, false); ok {
			f.source, e = src, src.hi
		}
	} else if r.tokens[lo].is(prep) && g > lo+1 && !topic {
		if src, ok := r.sourceAfter(lo+1, g, true); ok {
			if n := r.at(src.hi + 1); src.hi+2 == g && r.tokens[src.hi].is(prep) && n.capital && n.id == 0 {
				src.hi = g // "Aus dem Rathaus in Neustadt hieß es"
			}
			f.source = src
		}
	}
	if prev := r.at(g - 1); g > lo && !topic && (prev.kind == comma || r.closesQuote(g-1)) && !(f.source.hi > lo && f.source.hi < g && r.colonBehind(e, hi)) {
		f.content = append(r.leftContent(u, g), r.behindItsColon(e, hi)...)
		return f, true
	}
	for e < hi && r.tokens[e].kind != comma && r.tokens[e].kind != colon && r.tokens[e].quote < 0 {
		e++
	}
	for e < hi && (r.tokens[e].kind == comma || r.tokens[e].kind == colon) && r.tokens[e].quote < 0 {
		f.colon = r.tokens[e].kind == colon
		e++
	}
	f.frame = FramePreposed
	if e >= hi {
		return f, f.colon
	}
	f.content, f.colon = []run{{e, hi}}, false
	return f, true
}

// colonBehind reports whether a colon and more stand behind token i.
func (r *reader) colonBehind(i, hi int) bool {
	for ; i+1 < hi; i++ {
		if t := &r.tokens[i]; t.quote < 0 && t.kind == colon {
			return true
		}
	}
	return false
}
