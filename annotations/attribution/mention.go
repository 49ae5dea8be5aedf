package attribution

import (
	"slices"
	"strings"
)

// mentionReach is how many units back somebody who does not speak is looked for. One who
// speaks is looked for as long as voicesKept holds him.
const mentionReach = 4

// lastNameReach is how many tokens behind a full name the last name is looked for.
const lastNameReach = 1000

// learn notes the full names between two tokens: two or more capitals in a row
// that are no titles. Whoever of them his sentence is about is kept, as those who speak are:
// a pronoun may mean him.
func (v *resolver) learn(at, to int) int {
	r := v.r
	for at < to {
		t := &r.tokens[at]
		if t.kind == opening {
			v.learnAcronym(at)
		}
		if t.capital && t.is(organisation) {
			v.learnBody(at)
		}
		if !t.word() || !t.capital || t.is(title|day|organisation|outlet|det|prep|common|conj|contrast|subord|adverb) || t.is(saying) && t.is(formParticiple) { // "Added Berg: "
			at++
			continue
		}
		name := run{at, r.nameEnd(at)}
		if r.lex.capitalNouns && name.hi-at > 2 && r.at(at-1).is(det) {
			name.lo++ // "die Politikerin Anna Berg"
		}
		name = r.withoutRole(name)
		if n := name.hi - name.lo; n >= 2 && n <= 5 && !r.tokens[name.hi-1].is(organisation|outlet|title|person) {
			v.learnName(name)
		}
		v.mention(name)
		if r.tokens[name.hi-1].is(organisation) {
			v.learnBody(name.hi - 1)
		}
		at = name.hi
	}
	return at
}

// nameEnd is the end of the name at token at: its capitals, and the small words between them ("Anna van der Berg").
func (r *reader) nameEnd(at int) int {
	e := at + 1
	for e < len(r.tokens) && r.tokens[e].word() && !r.tokens[e].possessive && !r.tokens[e].is(day) {
		if !r.tokens[e].capital {
			k := e
			for k-e < 3 && r.namePart(k) {
				k++
			}
			if k == e || !r.at(k).word() || !r.at(k).capital {
				break
			}
			e = k
		}
		e++
	}
	return e
}

// learnName notes a full name, by its last word, and the title before it.
func (v *resolver) learnName(name run) {
	r := v.r
	s := name.lo
	if n := name.hi - s; n == 4 || n == 3 && r.at(s-1).is(prep) {
		s = name.hi - 2
	}
	for s > name.lo && r.namePart(s) {
		s-- // "FW de Klerk"
	}
	for i := s; i+2 < name.hi; i++ {
		if r.tokens[i].is(title | person) {
			s = i + 1 // "SOCO Chairman Anna de Berg"
		}
	}
	full := r.text[r.tokens[s].start:r.tokens[name.hi-1].end]
	if before := r.at(name.lo - 1); before.is(title) {
		if _, known := v.titled[before.id]; !known {
			v.titled[before.id] = full
		}
	}
	if last := r.word(name.hi - 1); v.names[last] == "" {
		v.names[last] = full
	}
}

// learnBody notes the name that ends with the noun for a body at token i: "Chartered Management Institute".
func (v *resolver) learnBody(i int) {
	r := v.r
	s := i
	for s > 0 && r.tokens[s-1].word() && r.tokens[s-1].capital && !r.tokens[s-1].is(det|prep|day|title|person) && i-s < 4 {
		s--
	}
	if noun := strings.ToLower(r.word(i)); s < i && !r.at(i+1).capital {
		name := r.text[r.tokens[s].start:r.tokens[i].end]
		if old, known := v.bodies[noun]; known && old != name {
			name = ""
		}
		v.bodies[noun] = name
	}
}

// mention keeps a name that its sentence is about, if it is somebody's.
func (v *resolver) mention(name run) {
	r := v.r
	phrase := r.phraseOf(name)
	if r.lex.capitalNouns && phrase.lo == name.lo && r.at(name.lo-1).capital && r.at(name.lo-2).is(det) {
		phrase.lo -= 2
	}
	if r.tokens[name.hi-1].is(organisation | outlet | document) {
		return
	}
	sure := v.somebody(phrase, name)
	if sure {
		v.people[v.full(name)] = true
	} else if last := r.word(name.hi - 1); v.names[last] == "" || strings.ToUpper(last) == last || name.hi-name.lo > 1 && !r.aloneBehind(name) {
		return
	}
	if r.tokens[name.lo].quote >= 0 || r.at(name.hi).possessive || !r.about(phrase, name) && !r.quotedFrom(phrase.lo) || v.toldOf(phrase.lo) {
		return
	}
	p := voice{source: phrase, at: name.lo, who: v.full(name), kind: "named_other", person: true, named: true, silent: true, weak: !sure, sex: r.sexOf(phrase, name)}
	if r.lex.capitalNouns {
		p.gender = r.genderOf(phrase, name, nil) & singular
	}
	if r.holds(run{phrase.lo, name.lo}, official|title) && r.kindOf(run{phrase.lo, name.hi})&official != 0 {
		p.kind = "named_official"
	}
	for i := len(v.voices) - 1; i >= 0; i-- {
		if o := &v.voices[i]; o.who == p.who {
			p.kind = o.kind
			break
		}
	}
	v.keep(p)
}

// aloneBehind reports whether the last word of a full name opens a sentence soon behind it, without the first: people are
// named so, and few towns.
func (r *reader) aloneBehind(name run) bool {
	last := r.word(name.hi - 1)
	for i := name.hi + 1; i < min(len(r.tokens), name.hi+lastNameReach); i++ {
		if t := &r.tokens[i]; t.capital && t.quote < 0 && !r.tokens[i-1].word() && r.word(i) == last && r.at(i+1).word() {
			return true
		}
	}
	return false
}

// toldOf reports whether the phrase at token i opens a clause that belongs to what another says in the same unit: "Berg
// told how Lund broke the news".
func (v *resolver) toldOf(i int) bool {
	r := v.r
	if b := r.at(i - 1); !b.is(subord|mark|relative) || len(v.voices) == 0 {
		return false
	}
	p := &v.voices[len(v.voices)-1]
	return !p.silent && p.at < i && r.unitAt(p.at) == r.unitAt(i)
}

// unitAt is the unit of token i.
func (r *reader) unitAt(i int) int {
	u, _ := slices.BinarySearchFunc(r.ranges, i, func(s run, i int) int {
		if s.hi <= i {
			return -1
		}
		return 1
	})
	return u
}

// phraseOf is a name with the words for an office or a role before it: "British designer, Patrick Hunt".
func (r *reader) phraseOf(name run) run {
	lo := name.lo
	if r.at(lo-1).kind == comma && r.at(lo-2).is(person|title) && r.tokens[lo-2].quote < 0 {
		lo--
	}
	for k := lo - 1; k >= 0 && name.lo-k < 8 && r.tokens[k].word() && r.tokens[k].quote < 0; k-- {
		t := &r.tokens[k]
		if t.is(prep|conj|relative|subord|aux|finiteVerb|subjectPronoun) && !t.possessive && !t.is(det|poss|title|person) {
			break
		}
		if t.is(person|title) || lo < name.lo && (t.capital || t.possessive || t.is(det|poss)) {
			lo = k
		}
		if t.is(det|poss) && !t.possessive {
			break
		}
	}
	return run{lo, name.hi}
}

// somebody reports whether a name is a person's: it was one's before, a given name or a title opens it, a role stands
// before it, or an age, "who" or a role behind it.
func (v *resolver) somebody(phrase, name run) bool {
	r := v.r
	if name.hi-name.lo == 1 {
		return r.at(name.lo-1).is(title) || v.people[v.full(name)]
	}
	if r.lex.persons.given[r.word(name.lo)] != anySex || r.holds(run{phrase.lo, name.lo}, person|title) {
		return true
	}
	k := name.hi
	if r.at(k).kind != comma {
		return r.at(k).is(relative) && r.pronounLike(k)
	}
	n := r.at(k + 1)
	switch {
	case n.is(relative):
		return r.pronounLike(k + 1)
	case n.digit && r.at(k+2).kind == comma:
		return n.end-n.start < 3 // an age
	case n.is(article) || n.is(person):
		for i := k + 1; i < k+6 && r.at(i).word() && !r.tokens[i].is(prep); i++ {
			if r.tokens[i].is(person) {
				return true
			}
		}
	}
	return false
}

// pronounLike reports whether the relative pronoun at token i stands for somebody: "who".
func (r *reader) pronounLike(i int) bool {
	w := r.word(i)
	return w == "who" || w == "whose" || w == "whom"
}

// about reports whether a sentence is about the name: it is its subject, stands in its opening "For X,", or is somebody
// whose age follows ("One of them was Jan Berg, 30").
func (r *reader) about(phrase, name run) bool {
	b, n := r.at(phrase.lo-1), r.at(name.hi)
	if n.kind == comma && r.at(name.hi+1).digit && name.hi-name.lo > 1 {
		return true
	}
	if b.word() {
		if b.is(prep) && !b.is(subord|conj) {
			return n.kind == comma && !r.at(phrase.lo-2).word() && r.at(phrase.lo-2).kind != comma
		}
		if !b.is(subord | conj | contrast | adverb | day) {
			return false
		}
	}
	switch {
	case n.kind == comma, n.kind == dash:
		return b.kind != comma || phrase.lo < name.lo || name.hi-name.lo > 1 && r.verbless(phrase.lo)
	case !n.word() || n.capital || n.quote >= 0:
		return false
	}
	return !n.is(coord|det|prep) || n.is(adverb)
}

// quotedFrom reports whether words of the one whose phrase opens at token i are spoken of: "a quote attributed to Anna Berg",
// "ein Zitat der Politikerin Anna Berg".
func (r *reader) quotedFrom(i int) bool {
	for k := i - 1; k >= max(0, i-3); k-- {
		if t := &r.tokens[k]; r.wordIn(k, quoteNouns) {
			return k < i-1 || r.at(i).has(ofWhom)
		} else if !t.is(prep) && t.suffix != edSuffix && !t.is(formParticiple) {
			return false
		}
	}
	return false
}

// verbless reports whether no verb stands in the unit before token i: what stands there only opens it.
func (r *reader) verbless(i int) bool {
	for k := i - 1; k >= 0 && r.tokens[k].kind != stop && !r.tokens[k+1].newline; k-- {
		if r.isVerb(k, -1) {
			return false
		}
	}
	return true
}

// comma is 1 when a comma stands before token i.
func (v *resolver) comma(i int) int {
	if v.r.at(i-1).kind == comma {
		return 1
	}
	return 0
}

// fromArticle is a phrase from the article in it, where it opens with a participle: "based on a report by the board".
func (r *reader) fromArticle(s run) run {
	for i := s.lo + 1; i < s.hi && r.tokens[s.lo].suffix == edSuffix && !r.tokens[s.lo].capital; i++ {
		if r.tokens[i].is(article) {
			return run{i, s.hi}
		}
	}
	return s
}
