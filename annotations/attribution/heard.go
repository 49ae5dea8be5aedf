package attribution

// toldIn reads "P, a jury was told" and "The inquest was told that P": what is said before a body
// is reported by what was heard there, though nobody is named. Whom a person was told by, nobody
// knows ("Berg was told that P").
func (r *reader) toldIn(lo, hi int, c *cue) (found, bool) {
	f := found{frame: FramePassive}
	if r.lex.verbSecond || c.traits&verbTell == 0 || r.tokens[c.verb].has(asks) || c.traits&verbWill != 0 {
		return f, false
	}
	s, ok := r.sourceBefore(lo, c.group.lo)
	if !ok || !r.holds(s, organisation) || r.holds(s, person|outlet) {
		return f, false
	}
	if s.lo-1 > lo+1 && r.tokens[s.lo-1].kind == comma && (c.group.hi >= hi || !r.tokens[c.group.hi].word() || r.tokens[c.group.hi].is(day)) {
		f.content = []run{r.clause(lo, s.lo)}
		return f, !f.content[0].empty()
	}
	if t := r.at(c.group.hi); !t.is(mark) && !t.has(question) && !r.clauseFollows(c.group.hi, hi) {
		return f, false
	}
	f.content = []run{r.endOf(c.group.hi, hi, hi)}
	return f, true
}
