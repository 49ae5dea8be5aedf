package attribution

// subjectBehind reports whether an object stands before the verb and the subject
// behind it, in languages where either may: "Den Plan nannte Berg falsch". Token
// after is the first behind the verb, src what stands before it.
func (r *reader) subjectBehind(c *cue, lo, after int, src run) bool {
	if c.traits&verbObject == 0 || src.lo != lo || !r.tokens[lo].is(article) || r.holds(src, person|organisation|document|data|outlet) || r.commaIn(src.lo, src.hi) {
		return false
	}
	n := r.at(after)
	if n.quote >= 0 || !n.word() {
		return false
	}
	return n.capital && r.surname(after) || n.has(nominative) && !r.tokens[lo].has(nominative)
}

// surname reports whether the word at token i stood before behind another name:
// "Anna Berg … Berg".
func (r *reader) surname(i int) bool {
	if !r.namedBefore(run{i, i + 1}) {
		return false
	}
	k := r.firstNamed[r.word(i)] - 1
	b := r.at(k - 1)
	return b.word() && b.capital && !b.is(det|prep|adverb|conj|subord)
}

// clauseBehind reports whether the part of a source between the commas before
// tokens k and j is a relative clause, in languages whose verb ends it: the
// writer's remark.
func (r *reader) clauseBehind(k, j int) bool {
	if !r.lex.verbSecond || j-k < 3 || !r.tokens[k].is(det) && !r.tokens[k].has(ofWhich) {
		return false
	}
	last := &r.tokens[j-1]
	return last.word() && !last.capital && !last.digit
}

// attributeEnd is the noun that an article at token i belongs to, behind words of
// the noun's attribute: "einer am Dienstag veröffentlichten Mitteilung". It is i
// where none stands between.
func (r *reader) attributeEnd(i, hi int) int {
	if !r.lex.capitalNouns || i >= hi || !r.tokens[i].is(det) || r.at(i+1).capital {
		return i
	}
	for k := i + 2; k < min(hi, i+9); k++ {
		t, b := &r.tokens[k], &r.tokens[k-1]
		if !t.word() || t.quote >= 0 || t.is(aux|finiteVerb|subjectPronoun) && !t.is(det) {
			return i
		}
		if t.capital && !b.is(prep|det|number) && !b.digit {
			if k == i+2 || b.capital || b.id != 0 {
				return i
			}
			return k
		}
	}
	return i
}

// quotedAs reads "X wird von Y mit den Worten zitiert, P": the one quoted is the
// source. Token v is the auxiliary.
func (r *reader) quotedAs(u, lo, hi, v int, c *cue) (found, bool) {
	src, ok := r.sourceBefore(lo, v)
	if quoted := r.closesQuote(v - 1); !ok || quoted || r.tokens[lo].is(prep|adverb) {
		if src, ok = r.sourceAfter(v+1, c.group.lo, false); !ok {
			return found{}, false
		}
	}
	c.far = run{v, v + 1}
	f := found{source: src, frame: FramePassive}
	i := c.group.hi
	for i < hi && (r.tokens[i].kind == comma || r.tokens[i].kind == colon) && r.tokens[i].quote < 0 {
		i++
	}
	switch {
	case i < hi && r.tokens[i].kind != stop:
		f.content = []run{{i, hi}}
	case r.closesQuote(v - 1):
		f.content = r.leftContent(u, v)
	default:
		return f, false
	}
	return f, !f.content[0].empty()
}

// andSaid reads "X kam und sagte, P", where the subject of the first verb is that
// of the second.
func (r *reader) andSaid(begin, lo, hi int, c *cue) (found, bool) {
	if len(r.found) > begin || c.traits&saying == 0 || c.traits&formPast == 0 && c.traits&formThird == 0 || !r.at(c.group.lo-1).is(coord) || r.tokens[lo].is(prep|subord|adverb) && !r.tokens[lo].is(det) {
		return found{}, false
	}
	v := lo
	for v < c.group.lo && !r.isVerb(v, lo) && !r.tokens[v].is(reporting) {
		if r.tokens[v].kind == comma || r.tokens[v].quote >= 0 {
			return found{}, false
		}
		v++
	}
	src, ok := r.sourceBefore(lo, v)
	if !ok || v >= c.group.lo || src.lo != lo {
		return found{}, false
	}
	i := c.group.hi
	for i < hi && r.tokens[i].kind != comma && r.tokens[i].kind != colon {
		i++
	}
	if i+1 >= hi {
		return found{}, false
	}
	return found{source: src, frame: FramePreposed, content: []run{r.endOf(i+1, hi, hi)}}, true
}

// titleAt reports whether token i stands in quotation marks that hold a name behind
// an article: "sagte der „Post“, P".
func (r *reader) titleAt(i int) bool {
	q := int(r.tokens[i].quote)
	return q >= 0 && r.shortQuote(q) && r.at(r.first[q]-1).is(det) && r.last[q]-r.first[q] < 5 && r.at(r.last[q]+1).kind == comma
}

// goesOn is the rest of a clause that "sagte X am Montag" has cut in two, in
// languages whose verb may end it: "Man habe, sagte X, alles geprüft".
func (r *reader) goesOn(i, hi int) []run {
	if !r.lex.verbSecond {
		return nil
	}
	k := i
	for k < hi && k-i < 6 && r.tokens[k].word() && r.tokens[k].quote < 0 {
		k++
	}
	if k+2 >= hi || r.tokens[k].kind != comma || r.tokens[k].quote >= 0 || r.at(k+1).is(conj|subord|relative|article) || r.at(k+1).has(oblique|ofWhich) {
		return nil
	}
	return []run{{k + 1, hi}}
}
