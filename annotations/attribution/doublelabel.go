package attribution

// doubleLabel is the token behind a name in double brackets that opens the unit whose tokens begin at lo, as volunteers
// mark who speaks in an interview: "((Anna Berg)) It was late". It is lo where there is none.
func doubleLabel(tokens []token, lo int) int {
	if lo+4 >= len(tokens) || tokens[lo].kind != opening || tokens[lo+1].kind != opening {
		return lo
	}
	for i := lo + 2; i+1 < len(tokens) && i < lo+8; i++ {
		switch t := &tokens[i]; {
		case t.kind == closing && i > lo+2:
			if tokens[i+1].kind == closing {
				return i + 2
			}
			return lo
		case !t.word() || !t.capital:
			return lo
		}
	}
	return lo
}

// interview gives what stands behind names in double brackets to them. Who asks there speaks for the outlet: a name with
// a question behind it is no source.
func (r *reader) interview() []found {
	var out []found
	var asks map[string]bool
	label := func(u int) (run, bool) {
		lo := r.ranges[u].lo
		return run{lo + 2, r.claim[u] - 2}, r.claim[u] > lo+4 && doubleLabel(r.tokens, lo) == r.claim[u]
	}
	for u := range r.units {
		if s, ok := label(u); ok && r.word(r.ranges[r.paras[r.para[u]].hi-1].hi-1) == "?" {
			if asks == nil {
				asks = map[string]bool{}
			}
			asks[r.text[r.tokens[s.lo].start:r.tokens[s.hi-1].end]] = true
		}
	}
	for u := range r.units {
		s, ok := label(u)
		if !ok || asks == nil || asks[r.text[r.tokens[s.lo].start:r.tokens[s.hi-1].end]] {
			continue
		}
		hi := r.ranges[r.paras[r.para[u]].hi-1].hi
		if r.claim[u] < hi {
			out = append(out, found{source: s, content: []run{{r.claim[u], hi}}, frame: FrameColon, unit: u, from: -1, verb: verbSay})
		}
	}
	return out
}
