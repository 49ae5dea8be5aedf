package attribution

// writesTo reports whether a verb of saying tells only to whom somebody spoke: "has written to her MP", not
// "wrote to the board that P", "wrote to the board to say P".
func (r *reader) writesTo(c *cue, f *found) bool {
	i := c.group.hi
	if n := r.at(i + 1); c.traits&verbSay == 0 || c.traits&verbClaim != 0 || !r.at(i).is(infinitive) || !n.is(det|objectPronoun) && !n.capital && !r.bareHearer(i+1) {
		return false
	}
	for k := i + 1; k < r.end(f.unit); k++ {
		n, b := r.at(k+1), r.at(k-1)
		if r.tokens[k].is(article) && k > i+1 && b.word() && !b.is(prep|coord) {
			return false // "explained to the court the reasons"
		}
		if t := &r.tokens[k]; t.is(mark) && !t.is(det) || t.is(infinitive) && !n.is(det|objectPronoun) && !n.capital || t.has(question) && !t.is(relative) || t.kind == colon || t.kind == comma && n.is(formIng) {
			return false
		}
	}
	return true
}

// namesAs reports whether a verb that gives names has what it is given to behind it, and "as": "hailed the
// findings as proof".
func (r *reader) namesAs(c *cue) bool {
	if !r.hasAnyOf(c.group, namingVerbs) || r.lex.verbSecond {
		return false
	}
	for i := c.group.hi + 1; i < c.group.hi+10; i++ {
		if t := r.at(i); !t.word() || t.is(finiteVerb|relative) {
			return false
		} else if t.is(likeAs) {
			return r.at(i-1).word() && r.at(i+1).word() && !r.at(i-1).is(prep|adverb) && !r.at(i+2).is(formPast|finiteVerb) // "hailed a taxi as rain fell"
		}
	}
	return false
}

// bareHearer reports whether token i is a noun that no list has, and its phrase: "report to prison by Monday".
func (r *reader) bareHearer(i int) bool {
	t, n := r.at(i), r.at(i+1)
	return t.word() && t.traits == 0 && t.id == 0 && (n.kind == stop || n.is(prep) && !n.is(infinitive))
}
