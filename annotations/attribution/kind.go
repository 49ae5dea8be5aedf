package attribution

// kindOf is the traits of a phrase that tell what kind of source it is: those of the
// noun that ends it where that is a body or a thing ("police figures", "the minister's
// office"), else of all its words.
func (r *reader) kindOf(s run) trait {
	e := s.lo + 1
	for e < s.hi && (!r.tokens[e].is(prep) || r.tokens[e].is(adverb)) && !(r.tokens[e].suffix == edSuffix || r.tokens[e].is(formParticiple)) {
		e++
	}
	if last := &r.tokens[e-1]; !r.lex.verbSecond && last.word() && !last.capital && last.is(organisation|document|data|image|video) && !last.is(person) {
		return last.traits
	}
	var t trait
	for i := s.lo; i < s.hi; i++ {
		t |= r.tokens[i].traits
	}
	return t
}

// whoSpeaks is the part of a source that speaks, without where or to whom it belongs:
// "Anna Berg from the University of Ellery", "scientists at Ellery University". It is
// all of s where the name may stand at the end: "the ambassador to Norway Anna Berg".
func (r *reader) whoSpeaks(s run) run {
	if r.lex.verbSecond {
		left := r.beforePreposition(s)
		if n := r.nameIn(left); left.hi < s.hi && n.hi-n.lo > 1 && !r.holds(left, organisation|outlet|document|data) && (r.holds(left, person|title) || r.givenSex(r.text[r.tokens[n.lo].start:r.tokens[n.hi-1].end]) != anySex) {
			return left // "Anna Berg vom Verband der Industrie"
		}
		return s
	}
	for i := s.lo + 1; i < s.hi; i++ {
		t := &r.tokens[i]
		if !t.is(prep) || t.is(adverb) || t.quote >= 0 {
			continue
		}
		left := run{s.lo, i}
		if n := r.nameIn(left); n.hi-n.lo > 1 && (r.holds(left, title|person) || !r.holds(left, organisation|outlet|document|data)) {
			return left
		}
		if t.is(partOf) {
			continue
		}
		if r.holds(left, person) && (r.plural(left) || r.tokens[s.lo].is(article) && !r.tokens[s.lo].is(definite)) {
			return left
		}
		return s
	}
	return s
}

// heads reports whether a phrase is headed by a noun that is no body, with a body behind
// it: "the head of the World Health Fund".
func (r *reader) heads(s run) bool {
	for i := s.lo + 1; i < s.hi; i++ {
		if t := &r.tokens[i]; t.is(partOf) {
			n := &r.tokens[i-1]
			return !n.capital && !n.is(organisation|outlet|document|data|image|video)
		}
	}
	return false
}

// holdsOffice reports whether an office in capitals heads a phrase behind its article: "the President of the Church of
// Tides".
func (r *reader) holdsOffice(s run) bool {
	n := r.at(s.lo + 1)
	return !r.lex.verbSecond && s.hi-s.lo > 3 && r.tokens[s.lo].is(article) && n.capital && n.is(title|person) && r.tokens[s.lo+2].is(partOf)
}

// ofOther reports whether a name in a source phrase belongs to the noun before its preposition, which stands for the one
// who speaks: "a girl born in the UK", "the Archbishop of Wales".
func (r *reader) ofOther(s, name run) bool {
	i := name.lo - 1
	for i > s.lo && r.tokens[i].is(article) {
		i--
	}
	if i <= s.lo || r.lex.verbSecond || !r.tokens[i].is(prep) || r.tokens[i].is(adverb) {
		return false
	}
	n := &r.tokens[i-1]
	if n.capital {
		return n.is(title|person) && r.tokens[i].is(partOf)
	}
	return n.word() && !n.is(organisation|outlet|document|data|image|video|det|adverb)
}

// namesHead reports whether a name of two words or more ends a phrase behind a noun in
// small letters that is no body.
func (r *reader) namesHead(s, name run) bool {
	if r.lex.verbSecond || name.hi-name.lo < 2 || name.hi != s.hi || name.lo <= s.lo || r.holds(name, organisation|outlet) {
		return false
	}
	return r.nounBefore(name.lo-1) || r.tokens[name.lo-1].is(person) && !r.tokens[name.lo-1].capital || r.tokens[name.lo-1].is(title)
}

func thing(t trait) string {
	switch {
	case t&video != 0:
		return "video"
	case t&image != 0:
		return "image"
	case t&data != 0 && t&document == 0:
		return "data"
	}
	return "document"
}
