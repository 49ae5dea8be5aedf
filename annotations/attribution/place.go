package attribution

// joinPlaces makes the comma between a town and its state or country part of the
// name ("Portsea, Maine"), so that no rule takes it for the end of a phrase.
func (r *reader) joinPlaces() {
	for i := 1; i+1 < len(r.tokens); i++ {
		t, town := &r.tokens[i], &r.tokens[i-1]
		if t.kind != comma || !town.word() || !town.capital || town.possessive || town.is(day|title|person) || town.has(region) || r.tokens[i+1].newline {
			continue
		}
		if e := r.regionEnd(i + 1); e > 0 && !r.at(e).possessive && !r.at(e).is(coord) && !(r.at(e).capital && r.at(e).word()) {
			t.kind, t.capital, t.place = wordToken, true, true
			i = e - 1
		}
	}
}

// regionEnd is the token behind the name of a state or country at token i, 0 where
// none stands there.
func (r *reader) regionEnd(i int) int {
	t := r.at(i)
	switch {
	case !t.capital || t.quote >= 0:
		return 0
	case t.has(half) && r.at(i+1).has(region) && r.at(i+1).capital:
		return i + 2
	case t.has(region):
		return i + 1
	}
	return 0
}

// behindPlace reports whether the comma at token j only closes a place: "Berg of
// Portsea, Maine, said".
func (r *reader) behindPlace(lo, j int) bool {
	for i := j - 1; i > lo && i > j-4; i-- {
		if r.tokens[i].place {
			return true
		}
	}
	return false
}

// namesLikeWords frees names and months that look like small words ("May said", "Will
// wrote", "in May", "the WHO") of what the lexicon says of those.
func (r *reader) namesLikeWords() {
	for i := 0; i+1 < len(r.tokens); i++ {
		t, n := &r.tokens[i], &r.tokens[i+1]
		if r.monthAt(i) {
			t.traits, t.hints, t.id = day, 0, 0
			continue
		}
		if r.initials(i) || !r.lex.capitalNouns && t.capital && r.capitals(i) {
			t.traits, t.hints, t.id = 0, 0, 0
			continue
		}
		if b := r.at(i - 1); t.capital && b.word() && b.capital && !t.newline && !r.lex.capitalNouns && (t.is(day) && (t.is(adverb) || r.hasAnyOf(run{i, i + 1}, periods)) && !n.capital || t.is(prep) && !t.is(partOf) && n.kind == comma) {
			t.traits, t.hints, t.id = 0, 0, 0 // "USA Today", "Aviation Week", "Al From, a …"
			continue
		}
		if r.partOfName(i) {
			t.traits, t.hints, t.id = 0, 0, 0
			continue
		}
		if !t.capital || !t.is(modal|prep) || t.is(subord) || !n.is(reporting&^verbWill) || n.is(nounFirst) || !n.is(formPast|formThird) || n.capital || n.newline {
			continue
		}
		if b := r.at(i - 1); !b.word() || b.capital || t.newline {
			t.traits, t.hints, t.id = 0, 0, 0
		}
	}
}

// joinHyphens makes the hyphen of a compound that is set with spaces a word, as treebanks and some volunteers set it: "the
// six - member team", "the Council on Alban - Danish Relations". A dash of the same shape parts a sentence.
func (r *reader) joinHyphens() {
	for i := 1; i+1 < len(r.tokens); i++ {
		t, b, n := &r.tokens[i], &r.tokens[i-1], &r.tokens[i+1]
		if t.kind != dash || r.word(i) != "-" || t.newline || n.newline || !b.word() || !n.word() || b.end == t.start || t.end == n.start {
			continue
		}
		counted := (b.is(number) || b.digit) && !n.capital && !n.is(det|prep|conj|subord|subjectPronoun|aux|relative)
		b2, n2 := r.at(i-2), r.at(i+2)
		named := b.capital && n.capital && b2.word() && !b2.capital && b2.is(prep|article) && n2.word() && n2.capital && !n.is(title)
		if counted || named {
			t.kind, t.capital = wordToken, named
		}
	}
}

// partOfName reports whether the word at token i, often an adverb or a number, stands inside of a name: "said Long
// Jim", "Pacific First Bank", "First of Alba said".
func (r *reader) partOfName(i int) bool {
	t, n := &r.tokens[i], r.at(i+1)
	if r.lex.capitalNouns || !t.capital || t.digit || !t.is(adverb|number) || t.is(prep|conj|subord|article|poss|aux|negative|day|reporting) || t.end-t.start < 3 {
		return false
	}
	if n.is(partOf) && !n.capital && !r.at(i-1).word() {
		a := r.at(i + 2)
		return !t.is(det) && a.capital && a.traits == 0 && !n.newline
	}
	b := r.at(i - 1)
	return b.word() && !t.newline && n.capital && n.word() && !n.newline && !n.is(reporting|aux|day|person) && n.suffix != edSuffix && n.opens == 0 && !b.is(det|day) && !(b.capital && b.is(conj|subord|prep|contrast))
}

// monthAt reports whether the auxiliary at token i is a month: it has a capital inside
// of its sentence, and a small word before it that leads to a time.
func (r *reader) monthAt(i int) bool {
	t, b := &r.tokens[i], r.at(i-1)
	return t.capital && t.is(modal) && !t.newline && !r.lex.capitalNouns && (b.is(prep|day) && !b.capital || b.is(prep) && !r.at(i-2).word()) // "in May", "last May", "In May"
}

// initials reports whether token i is a small word in capitals among words that are
// not: "the WHO said".
func (r *reader) initials(i int) bool {
	t := &r.tokens[i]
	if !t.capital || t.end-t.start < 2 || r.lex.capitalNouns || !t.is(relative|subjectPronoun|objectPronoun|prep|conj|subord) || !upper(r.word(i)) {
		return false
	}
	return !upper(r.word(i+1)) && (i == 0 || !upper(r.word(i-1)))
}

// originEnd is the end of "from number 12" behind the comma at i, and i where a verb or
// another preposition of time shows that something else stands there.
func (r *reader) originEnd(i, hi int) int {
	k := i + 2
	for k < hi && r.tokens[k].word() && r.tokens[k].quote < 0 {
		if t := &r.tokens[k]; r.isVerb(k, i) || t.is(day|subord|relative|subjectPronoun) && !t.is(det) {
			return i
		}
		k++
	}
	return k
}

// partyAt reports whether a party and a state stand at token i, as behind a name: "R-Okla.".
func (r *reader) partyAt(i int) bool {
	w := r.word(i)
	return len(w) > 3 && w[1] == '-' && w[0] >= 'A' && w[0] <= 'Z' && w[2] >= 'A' && w[2] <= 'Z'
}
