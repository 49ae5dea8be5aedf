package attribution

import (
	"strings"
)

// voice is a source that later words may point back to.
type voice struct {
	who, kind string
	source    run
	at        int // the token where it was heard last
	plural    bool
	person    bool
	named     bool
	silent    bool // named, and not heard
	weak      bool // it is not sure that the name is somebody's
	sex       sex
	gender    gender // of German, for the pronouns
}

// resolver keeps the voices of a text in the order they spoke.
type resolver struct {
	r        *reader
	names    map[string]string // last name to the fullest form seen first
	titled   map[uint16]string // title to the first name that it stood before
	bodies   map[string]string // noun for a body, in small letters, to the one name that ends with it; "" for several
	acronyms map[string]string // letters to the name that they stand for
	people   map[string]bool   // full names that are somebody's
	sexes    map[string]sex    // of whom it is known
	voices   []voice
	before   *found // the attribution before the one that is named
	passing  bool   // nobody is kept
	now      *found // the attribution that is being named
}

// voicesKept bounds how far back a pronoun may point.
const voicesKept = 24

// resolve names every source: short names in full, pronouns and descriptions by
// the last voice that fits.
func (r *reader) resolve() {
	v := resolver{r: r, names: map[string]string{}, acronyms: map[string]string{}, titled: map[uint16]string{}, bodies: map[string]string{}, people: map[string]bool{}, sexes: map[string]sex{}}
	at, n := 0, 0
	for i := range r.found {
		f := &r.found[i]
		if i > 0 {
			v.before = &r.found[i-1]
		}
		for ; n < len(r.thoughts) && r.thoughts[n].unit < f.unit; n++ {
			at = v.thinker(at, &r.thoughts[n])
		}
		at = v.learn(at, max(f.source.hi, f.cue.hi))
		if f.source.empty() {
			if f.from >= 0 {
				f.who, f.kind = r.found[f.from].who, r.found[f.from].kind
			}
			continue
		}
		if f.frame == FrameCiting && f.cue.empty() {
			f.who = r.text[r.tokens[f.source.lo].start:r.tokens[f.source.hi-1].end]
			continue
		}
		f.who, f.kind = v.identify(f)
	}
	for ; n < len(r.thoughts); n++ {
		at = v.thinker(at, &r.thoughts[n])
	}
}

// thinker names the one who thinks f: a pronoun or "the minister" by the last voice
// before it. Whoever thinks is heard by nobody, and not kept.
func (v *resolver) thinker(at int, f *found) int {
	at = v.learn(at, max(f.source.hi, f.cue.hi))
	before := v.before
	v.before, v.passing = nil, true
	f.who, f.kind = v.identify(f)
	v.before, v.passing = before, false
	return at
}

// identify names the source of f and its kind, and remembers it.
func (v *resolver) identify(f *found) (who, kind string) {
	r := v.r
	v.now = f
	head := &r.tokens[f.source.lo]
	single := f.source.hi-f.source.lo == 1
	switch {
	case v.before != nil && v.before.source == f.source && v.before.who != "":
		return v.before.who, v.before.kind // "She called it old, like Anna Berg's, and urged Q"
	case single && head.is(relative):
		if b := v.before; b != nil && b.who != "" && b.source.hi <= f.source.lo && b.source.hi >= f.source.lo-v.comma(f.source.lo) {
			return b.who, b.kind // "according to Berg, who said P"
		}
		if s, ok := r.simple(max(f.source.lo-maxSource, r.claim[f.unit]), f.source.lo-v.comma(f.source.lo)); ok {
			return v.remember(r.fromArticle(s))
		}
		return "", ""
	case single && head.is(subjectPronoun):
		if p := v.pronoun(f); p != nil {
			return v.again(*p, f.source.lo)
		}
		return "", ""
	case head.is(det) && !head.is(number|poss):
		if p := v.describes(f); p != nil {
			return v.again(*p, f.source.lo)
		}
	}
	return v.remember(f.source)
}

func (v *resolver) remember(s run) (who, kind string) {
	if t := &v.r.tokens[s.hi-1]; s.hi-s.lo > 1 && t.is(adverb) && t.is(objectPronoun) {
		s.hi-- // "Berg herself"
	}
	p := v.voice(s)
	v.keep(p)
	return p.who, p.kind
}

// again keeps a voice that is heard again at token i.
func (v *resolver) again(p voice, i int) (who, kind string) {
	p.at, p.silent, p.weak = i, false, false
	v.keep(p)
	return p.who, p.kind
}

func (v *resolver) keep(p voice) {
	if p.named && p.person && !p.plural {
		v.people[p.who] = true
	}
	if p.sex != anySex && v.sexes[p.who] == anySex {
		v.sexes[p.who] = p.sex
	}
	if v.passing && !p.silent {
		return
	}
	v.voices = append(v.voices, p)
	if len(v.voices) > voicesKept {
		v.voices = append(v.voices[:0], v.voices[1:]...)
	}
}

// describes is the voice that a noun with its article in the source of f stands for.
func (v *resolver) describes(f *found) *voice {
	if v.r.lex.capitalNouns {
		return v.describedGerman(f)
	}
	return v.described(f.source)
}

// pronoun is the last voice that the pronoun in the source of f can stand for.
func (v *resolver) pronoun(f *found) *voice {
	if v.r.lex.capitalNouns {
		return v.lastGerman(f)
	}
	return v.last(f.source.lo, f.unit)
}

// last is the last voice that the pronoun at token i, in unit u, can stand for: a person for he and she,
// several for they, a body or a paper for it. Who does not speak must be near.
func (v *resolver) last(i, u int) *voice {
	r := v.r
	t, x := &r.tokens[i], r.pronounFor(i)
	aside := r.at(i-1).kind == comma && r.at(i+2).kind == comma // "Berg, he says, was late"
	var weak *voice
	for k := len(v.voices) - 1; k >= 0; k-- {
		p := &v.voices[k]
		far := u - r.unitOf(p.at, u)
		switch {
		case p.silent && (far > mentionReach || aside && far == 0):
		case x == thingsOnly && !t.is(pluralPronoun):
			if far > 2 {
				return nil
			}
			if !p.person && !p.plural {
				return p
			}
		case p.plural != t.is(pluralPronoun) || !p.person && !t.is(pluralPronoun):
		case x != anySex && !p.plural && v.sexes[p.who] != anySex && v.sexes[p.who] != x:
		case p.weak:
			if weak == nil {
				weak = p
			}
		default:
			if !p.plural && x != anySex {
				v.sexes[p.who] = x
			}
			return p
		}
	}
	return weak
}

// definite reports whether a determiner points back.
func (r *reader) definite(i int) bool {
	return r.tokens[i].is(definite | anaphor)
}

// plural guesses whether a phrase names several.
func (r *reader) plural(s run) bool {
	for i := s.lo; i < s.hi; i++ {
		t := &r.tokens[i]
		if t.kind == comma || t.is(relative|prep) {
			break
		}
		if t.is(coord) {
			return true
		}
		if t.is(person|anonymous) && t.is(several) || t.is(pluralPronoun) {
			return true
		}
	}
	return false
}

// voice describes a source phrase.
func (v *resolver) voice(s run) voice {
	r := v.r
	p := voice{source: s, at: s.lo, plural: r.plural(s)}
	s = r.whoTold(s)
	core := r.core(s)
	head := r.whoSpeaks(core)
	t := r.kindOf(head)
	name := r.withoutRole(r.nameIn(head))
	if !name.empty() && name.lo > core.lo && (r.tokens[name.lo-1].is(partOf|article) && r.tokens[core.lo].is(det) && r.heads(core) || r.ofOther(core, name)) {
		name = run{} // "the daughter of Max Berg"
	}
	if r.lex.capitalNouns && !name.empty() {
		name = r.germanName(core, name)
	}
	role := t&person != 0 || t&(organisation|outlet|document|data|image|video) == 0
	if !p.plural && (name.empty() && role || r.heads(core) || r.holdsOffice(core)) {
		if n := r.nameOfRole(core, s); !n.empty() {
			name, t = n, t&^(organisation|outlet)|person
		}
	} else if !role && r.namesHead(head, name) {
		t = t&^(organisation|outlet) | person // "World Health Fund head Anna Berg"
	}
	if !name.empty() && r.officeBehind(core, s) && r.holds(r.core(run{core.hi + 1, s.hi}), official) {
		t |= official
	}
	p.named = !name.empty()
	p.sex = r.sexOf(s, name)
	p.person = p.named && t&(organisation|outlet|document|data|image|video) == 0 || t&person != 0
	switch {
	case t&(person|title) == 0 && t&(document|data|image|video) != 0 && (!r.tokens[core.lo].is(outlet) || t&(image|video|data) != 0):
		p.who, p.kind = r.bare(core), thing(t)
	case p.named && t&outlet != 0 && t&person == 0:
		p.who, p.kind = r.bare(core), "other_outlet"
	case t&organisation != 0 && t&person == 0:
		p.who, p.kind = r.bare(r.bodyBehind(core, s)), "organisation"
	case p.named:
		p.who, p.kind = v.full(name), "named_other"
		if t&official != 0 {
			p.kind = "named_official"
		}
	case t&person != 0 || t&anonymous != 0:
		p.who, p.kind = r.bare(core)+" (unnamed)", "anonymous_other"
		if t&official != 0 {
			p.kind = "anonymous_official"
		}
	default:
		p.who = r.bare(core)
	}
	v.spelledOut(&p, core)
	if last := head.hi - 1; r.lex.capitalNouns && last > 0 && r.wordIn(last-1, genitives) && p.who == r.word(last) {
		p.who = nominativeOf(p.who)
	}
	if p.sex == anySex && p.named && p.person {
		p.sex = r.givenSex(p.who)
	}
	if r.lex.capitalNouns {
		p.gender = r.genderOf(p.source, name, v.now)
	}
	return p
}

// whoTold is whose word it is, in a source that names the word first: "Angaben der Feuerwehr".
func (r *reader) whoTold(s run) run {
	if n := r.at(s.lo + 1); r.lex.capitalNouns && s.hi-s.lo > 2 && r.tokens[s.lo].is(sourceInside) && (n.is(det) || n.id == r.lex.by && n.id != 0) {
		return run{s.lo + 2, s.hi}
	}
	return s
}

// germanName is a name without the capitals before it that belong to a plain noun, empty where they all do.
func (r *reader) germanName(core, name run) run {
	if r.tokens[name.lo].is(prep) && name.lo > core.lo && r.tokens[name.lo-1].capital && r.tokens[name.lo-1].is(person) && !r.tokens[name.lo-1].is(title) {
		name.lo++ // "eine Sprecherin von Halden"
	}
	if name.lo-1 <= core.lo {
		return name
	}
	before, noun := &r.tokens[name.lo-1], &r.tokens[name.lo-2]
	switch {
	case before.is(det) && noun.capital: // "einem Sprecher des Landratsamts"
		return r.behindHouse(name)
	case before.is(prep) && !before.is(det) && noun.capital && noun.is(person|organisation):
		return r.behindHouse(name) // "der Verein für Deutsche Sprache"
	case before.is(coord|prep) && !before.is(det) && name.hi-name.lo == 1 && !r.holds(core, person):
		return run{} // "das Bundesamt für Migration und Flüchtlinge"
	}
	return name
}

// behindHouse is the name of two words behind a house with its article, "Sprecher des Landratsamts Anna Berg", and empty
// where the capitals are the house's alone.
func (r *reader) behindHouse(name run) run {
	if name.hi-name.lo < 3 {
		return run{}
	}
	return run{name.hi - 2, name.hi}
}

// nameOfRole is the name behind the comma that ends a role: "the board's chairman,
// Anna Berg". It is empty where none stands there.
func (r *reader) nameOfRole(role, s run) run {
	c := r.behindRole(role, s)
	if c.hi-c.lo > 2 && r.tokens[c.lo].is(article) && !r.lex.verbSecond {
		c.lo++ // "the Archbishop of Ellery, the Rev. Anna Berg"
	}
	if !c.empty() && r.allCapital(c) && (c.hi-c.lo > 1 || r.holds(role, person) || r.definite(role.lo) && !r.tokens[c.lo].is(day)) {
		return r.nameIn(c)
	}
	return run{}
}

// behindRole is what stands between the comma that ends a role and what explains it in turn, empty without one.
func (r *reader) behindRole(role, s run) run {
	if role.hi+1 >= s.hi || r.tokens[role.hi].kind != comma {
		return run{}
	}
	return r.core(run{role.hi + 1, s.hi})
}

// bodyBehind is the name behind the comma that ends what a body is: "the country's biggest union, Harbour Action". It is
// the role itself where that has a name, or no name stands there.
func (r *reader) bodyBehind(role, s run) run {
	if r.lex.verbSecond || r.tokens[role.hi-1].capital {
		return role
	}
	if c := r.behindRole(role, s); !c.empty() && r.allCapital(c) && !r.tokens[c.lo].is(day) {
		return c
	}
	return role
}

// core is a source phrase without what explains it.
func (r *reader) core(s run) run {
	for i := s.lo + 1; i < s.hi; i++ {
		if t := &r.tokens[i]; t.kind == comma || t.kind == opening || t.kind == dash || t.is(relative) || r.doneThere(i) {
			return run{s.lo, i}
		}
	}
	return s
}

// doneThere reports whether what somebody did begins at token i: "the only scientist to work there".
func (r *reader) doneThere(i int) bool {
	n := r.at(i + 1)
	return r.tokens[i].is(infinitive) && !r.lex.verbSecond && r.tokens[i-1].is(person) && n.word() && !n.capital && !n.digit && !n.is(det|poss|number|prep|person|organisation)
}

// nameIn is the last run of capitals in a phrase that is no title and stands for
// the phrase: "Secretary of State Marco Rubio" but not "US officials".
func (r *reader) nameIn(s run) run {
	e := s.hi
	for e > s.lo && (!r.tokens[e-1].word() || r.tokens[e-1].possessive) {
		e--
	}
	if e == s.lo || !r.tokens[e-1].capital || r.tokens[e-1].is(person) && !r.tokens[e-1].is(title) {
		role := e > s.lo && r.tokens[s.lo].is(article) && r.tokens[e-1].is(person) && !r.tokens[e-1].capital // "the former Republic of Ireland manager"
		for i := s.lo; i < s.hi && !role; i++ {
			if r.tokens[i].is(prep) && i > s.lo && r.tokens[i-1].capital && !r.tokens[i-1].is(title|person|number|det|negative) {
				return r.nameIn(run{s.lo, i})
			}
		}
		return run{}
	}
	b := e
	for b > s.lo && r.tokens[b-1].word() && !r.tokens[b-1].possessive && (r.tokens[b-1].capital && !r.tokens[b-1].is(title|person|prep|det) || b < e && r.namePart(b-1)) {
		b--
	}
	if e-b >= 3 && r.at(b-1).is(prep) {
		b = e - 2
	}
	return run{b, e}
}

// full is the fullest form of a name seen so far.
func (v *resolver) full(name run) string {
	r := v.r
	if first := strings.ToLower(r.word(name.lo)); name.hi-name.lo == 1 || r.smallName(first) {
		if n, ok := v.names[r.word(name.hi-1)]; ok {
			if x, y := r.lex.persons.nouns[strings.ToLower(r.word(name.lo-1))], r.givenSex(n); name.lo > 0 && x != anySex && y != anySex && x != y {
				return r.text[r.tokens[name.lo-1].start:r.tokens[name.hi-1].end] // "Mr Berg", behind Anna Berg
			}
			return n
		}
	}
	return r.text[r.tokens[name.lo].start:r.tokens[name.hi-1].end]
}

// bare is the text of a phrase without its article.
func (r *reader) bare(s run) string {
	if t := &r.tokens[s.lo]; s.hi-s.lo > 1 && (t.is(article) || t.is(det) && !t.is(poss) && t.has(oblique)) {
		s.lo++
	}
	return r.text[r.tokens[s.lo].start:r.tokens[s.hi-1].end]
}
