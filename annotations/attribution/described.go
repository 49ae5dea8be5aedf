package attribution

import "strings"

// described is the voice that "the minister" stands for: the last whose phrase
// holds the same noun, else, for a person, the last person named.
func (v *resolver) described(s run) *voice {
	r := v.r
	if r.definite(s.lo) && s.hi-s.lo > 3 && r.at(s.hi-2).possessive {
		return v.ofOwner(s)
	}
	if !r.definite(s.lo) || s.hi-s.lo > 3 || r.tokens[s.hi-1].capital {
		return nil
	}
	noun := r.word(s.hi - 1)
	if name, ok := v.titled[r.tokens[s.hi-1].id]; ok && !r.plural(s) {
		return &voice{who: name, kind: "named_official", source: s, person: true, named: true}
	}
	for i := len(v.voices) - 1; i >= 0; i-- {
		if p := &v.voices[i]; r.saysNoun(p, noun) {
			return p
		}
	}
	if name := v.bodies[strings.ToLower(noun)]; name != "" && s.hi-s.lo == 2 {
		return &voice{who: name, kind: "organisation", source: s, at: s.lo, named: true}
	}
	if !r.tokens[s.hi-1].is(person) || r.tokens[s.hi-1].is(title) || r.plural(s) {
		return nil
	}
	for i := len(v.voices) - 1; i >= 0; i-- {
		if p := &v.voices[i]; p.named && p.person && !p.plural && !p.weak && !v.otherRole(p.source, s.hi-1) {
			return p
		}
	}
	return nil
}

// ofOwner is the last person named whose phrase held the same noun and the same owner: "the Foreign Ministry's
// spokeswoman", behind "the ministry's spokeswoman, Anna Berg".
func (v *resolver) ofOwner(s run) *voice {
	r := v.r
	noun, owner := r.word(s.hi-1), r.word(s.hi-3) // the 's is a word of its own
	for i := len(v.voices) - 1; i >= 0; i-- {
		if p := &v.voices[i]; p.named && p.person && !p.plural && r.saysWord(p.source, noun) && r.saysWord(p.source, owner) {
			return p
		}
	}
	return nil
}

// saysWord reports whether a word stands in a phrase, in letters of any case.
func (r *reader) saysWord(s run, word string) bool {
	for k := s.lo; k < s.hi; k++ {
		if strings.EqualFold(r.word(k), word) {
			return true
		}
	}
	return false
}

// saysNoun reports whether a voice was told of by this noun: it heads the phrase, or is part of a body's name. What
// the phrase says of others does not count: "the company" is not "the company's founder".
func (r *reader) saysNoun(p *voice, noun string) bool {
	body := p.kind == "organisation"
	if s := p.source; s.hi-s.lo > 2 && r.tokens[s.lo].is(number) && !r.tokens[s.lo].is(several) && r.tokens[s.lo+1].is(partOf) && strings.EqualFold(r.word(s.hi-1), noun+"s") {
		return true // "the attorney", behind "one of the defendant's attorneys"
	}
	for k := p.source.lo; k < p.source.hi; k++ {
		t, n := &r.tokens[k], r.at(k+1)
		switch {
		case !body && k > p.source.lo && (t.kind == comma || t.is(prep) && !t.is(adverb) || t.is(relative)):
			return p.named && p.person && t.kind == comma && r.saysNoun(&voice{source: run{k + 1, p.source.hi}}, noun)
		case strings.EqualFold(r.word(k), noun) && !n.possessive && (body && t.capital || k+1 >= p.source.hi || !n.word() || n.is(prep|relative) || n.capital && !t.capital):
			return true
		}
	}
	return false
}

// otherRole reports whether somebody's phrase tells another role than the noun at token i: "the treasurer" is
// not "Jane Doe, the mayor". Nouns for anybody ("the woman") stand for people of any role.
func (v *resolver) otherRole(s run, i int) bool {
	r := v.r
	if r.lex.verbSecond || r.hasAnyOf(run{i, i + 1}, anybody) {
		return false
	}
	for k := s.lo; k < s.hi; k++ {
		if t := &r.tokens[k]; t.is(person|title) && !t.capital && !t.possessive && !r.hasAnyOf(run{k, k + 1}, anybody) && !r.at(k-1).is(prep) {
			return true
		}
	}
	return false
}
