package segment

import (
	"strings"
	"unicode/utf8"
)

// stopEnds decides for a single stop with white space behind.
func (s *splitter) stopEnds(p *site) bool {
	var w word
	s.wordBefore(p, &w)
	if w.small && s.opensAside(p, &w) {
		return false
	}
	switch {
	case isUpper(p.r), s.innerCapital(p):
		return s.beforeCapital(p, &w)
	case isLower(p.r):
		return s.beforeLower(p, &w)
	case isDigit(p.r), isMoney(p.r):
		return s.beforeDigit(p, &w)
	case isLetter(p.r):
		return s.beforeCaseless(p, &w)
	}
	if (p.r == '.' || p.r == '…') && p.opener != 0 && isQuote(p.opener) {
		return w.traits&(abbreviation&^weak) == 0 // he wrote. “… and so on”
	}
	if p.r == '>' && strings.HasPrefix(s.text[p.first:], ">> ") {
		return true // the sign of another speaker in captions
	}
	switch p.r {
	case ',', ';', ':', ')', ']', '&', '/', '.', '=', '+', '%', '>', '…', '!', '?', '|':
		return false
	case 0:
		return true
	}
	return w.traits&(abbreviation&^weak) == 0
}

// maxAsideForm bounds in bytes a short form that opens an aside.
const maxAsideForm = 5

// opensAside tells a short word in small letters right behind an opening bracket,
// "(est. 1890)", "(agg. 5-2)", whether a list has it or not: a sentence in brackets
// opens with a capital and has more words.
func (s *splitter) opensAside(p *site, w *word) bool {
	i := w.start
	return i > p.start && w.n <= maxAsideForm && !p.paren && !p.quote && (s.text[i-1] == '(' || s.text[i-1] == '[')
}

// innerCapital tells names such as iPhone and al-Qaida, which may open a sentence.
func (s *splitter) innerCapital(p *site) bool {
	text, i := s.text, p.first+1
	if i >= len(text) || p.r >= utf8.RuneSelf || !isLower(p.r) {
		return false
	}
	if text[i] >= 'a' && text[i] <= 'z' && i+2 < len(text) && text[i+1] == '-' {
		i += 2
	}
	return text[i] >= 'A' && text[i] <= 'Z'
}

func isMoney(r rune) bool {
	return r == '$' || r == '€' || r == '£' || r == '¥' || r == '#' || r == '№' || r == '₹' || r == '§' || r == '¶'
}

// beforeCapital: the next word has a capital.
func (s *splitter) beforeCapital(p *site, w *word) bool {
	if p.quote {
		return true
	}
	t := w.traits
	switch {
	case p.paren && t&state != 0 && s.bracketInside(p):
		return false // The (Hill County, N.J.) Record
	case w.digits:
		return s.numberEnds(p, w)
	case w.atStart && (w.single || w.roman):
		return false
	case s.rules.romans && w.roman && w.capitals:
		return t&starter == 0 && s.nextTraits(p)&starter != 0 // II. Mehmed
	case t&afterNum != 0 && p.bracket:
		return s.opensInBracket(p) // 1991 r. (Dz. U. Nr 45)
	case t&afterNum != 0 && s.afterNumber(p, w) && (t&clock != 0 || s.nextTraits(p)&zone == 0) || w.single && s.afterDegree(p, w):
		return true
	case t&(never|title) != 0 && t&mayEnd == 0:
		return false
	case t&weak != 0:
		return true
	case t&clock != 0 && !s.behindFigure(p, w):
		return s.startsAfter(p, w) // P.M. Cameron
	case t&clock != 0:
		return s.nextTraits(p)&(zone|month) == 0 && !s.zoneByName(p) && (w.start-p.start > len("Around 10 ") || s.labelled(p))
	case t&mayEnd != 0 || w.acronymed():
		return s.startsAfter(p, w)
	case t&number != 0:
		return !s.nextIsLabel(p)
	case w.single:
		return s.initialEnds(p, w)
	case w.capitalEnd:
		return s.nextTraits(p)&starter != 0 // James McN. Hester
	}
	return true
}

// bracketInside tells whether the bracket that closes at the terminator opened
// inside the unit: then the stop belongs to the short form alone, and the sentence
// has its own behind the bracket.
func (s *splitter) bracketInside(p *site) bool {
	k := strings.LastIndexAny(s.text[max(p.start, p.at-maxGap):p.at], "([（")
	return k > 0
}

// behindFigure tells whether a figure stands before the word: 5 p.m., 5:30pm.
func (s *splitter) behindFigure(p *site, w *word) bool {
	i, to := s.tokenBefore(p.start, w.start)
	for ; i < to; i++ {
		if r, _ := decode(s.text, i); isDigit(r) {
			return true
		}
	}
	return false
}

// tokenBefore gives the bounds of what stands between white space before i.
func (s *splitter) tokenBefore(start, i int) (from, to int) {
	to = trimEnd(s.text, start, i)
	for from = to; from > start && from > to-maxWord; {
		r, n := decodeLast(s.text, from)
		if isSpace(r) {
			break
		}
		from -= n
	}
	return from, to
}

// startsAfter: after a short form that may end a sentence, only a starter or an
// opening quote tells that it did.
func (s *splitter) startsAfter(p *site, w *word) bool {
	if p.bracket {
		return s.opensInBracket(p)
	}
	if w.traits&state != 0 && !p.dash && w.start > p.start+2 && s.text[w.start-2:w.start] == ", " {
		return true
	}
	if p.opener != 0 && isQuote(p.opener) && !p.dash {
		return !s.nicknamed(p)
	}
	return (s.nextTraits(p)&starter != 0 || s.opensWithSubject(p, w)) && !s.inTitleCase(p)
}

// opensWithSubject tells a country, or behind a firm a plural, that a verb follows, so
// that it is no part of what the short form names: "at the U.N. China abstained",
// "at Norris Steel Co. Workers were told".
func (s *splitter) opensWithSubject(p *site, w *word) bool {
	if p.first != p.begin {
		return false
	}
	var f follower
	t, end := s.traitsAt(&f, p.first), f.end
	if w.traits&firm != 0 && f.n > 4 && f.key[f.n-1] == 's' && end+1 < len(s.text) && isLowerAt(s.text, end-1) {
		t |= place
	}
	for range 2 { // Saudi Arabia, Hong Kong
		if t&place == 0 || end+1 >= len(s.text) || s.text[end] != ' ' {
			return t&place != 0 && strings.HasPrefix(s.text[end:], ", ") && s.traitsAt(&f, end+2)&place != 0
		}
		next := s.traitsAt(&f, end+1)
		if r, _ := decode(s.text, end+1); isLower(r) {
			return next&verb != 0
		}
		t, end = t&next, f.end
	}
	return false
}

// opensInBracket tells a sentence that stands in brackets, "in the U.S. (They are
// …)", from the short form's own bracket, "Acme Inc. (NYSE: ACM)".
func (s *splitter) opensInBracket(p *site) bool {
	var f follower
	t := s.traitsAt(&f, p.first)
	return t&starter != 0 && !f.single && f.end+1 < len(s.text) && s.text[f.end] == ' ' && isLower(rune(s.text[f.end+1]))
}

// nicknamed tells a nickname in quotes between initials and a name: C.L. "Butch"
// Otter.
func (s *splitter) nicknamed(p *site) bool {
	text, i := s.text, p.first
	for i < len(text) && i < p.first+maxWord/2 && (isWordByte(text[i]) || text[i] == ' ' || text[i] == '-') {
		i++
	}
	if i >= len(text) {
		return false
	}
	r, n := decode(text, i)
	if !isQuote(r) || i+n+1 >= len(text) || text[i+n] != ' ' {
		return false
	}
	r, _ = decode(text, i+n+1)
	return isUpper(r) && s.capitalWords(p.first, i)
}

// capitalWords tells whether every word of text[i:end] has a capital and the last
// is no starter.
func (s *splitter) capitalWords(i, end int) bool {
	last := trait(0)
	for i < end {
		var f follower
		last = s.traitsAt(&f, i)
		if r, _ := decode(s.text, i); f.end == i || !isUpper(r) {
			return false
		}
		i = f.end + 1
	}
	return last&starter == 0
}

// zoneByName tells "Toronto time" after a clock time.
func (s *splitter) zoneByName(p *site) bool {
	var f follower
	f.read(s.text, p.first)
	return strings.HasPrefix(s.text[f.end:], " time")
}

// inTitleCase tells a headline whose words have capitals, so that the capital of
// a starter tells nothing: "U.S. And China Agree on Trade".
func (s *splitter) inTitleCase(p *site) bool {
	from := max(p.start, p.at-maxHeading)
	from += strings.LastIndexByte(s.text[from:p.at], '\n') + 1
	line := s.text[from:min(len(s.text), from+maxHeading)]
	if k := strings.IndexByte(line, '\n'); k >= 0 {
		line = line[:k]
	} else if len(line) == maxHeading {
		return false
	}
	words := 0
	for i := 0; i < len(line); {
		var f follower
		if f.read(line, i); f.end == i {
			_, n := decode(line, i)
			i += n
			continue
		}
		if r, _ := decode(line, i); f.n > 3 && !isDigit(r) {
			if isLower(r) {
				return false
			}
			words++
		}
		i = f.end
	}
	return words > 1
}

// initialEnds decides for a single letter: "Albert I. Jones", "you and I. Did",
// "Plan B. Then". A starter ends it, but one that is also a surname does not
// behind a name.
func (s *splitter) initialEnds(p *site, w *word) bool {
	t := s.nextTraits(p)
	if t&starter == 0 {
		return false
	}
	if s.text[w.start] == 'I' && w.end-w.start == 1 {
		return true
	}
	return !w.afterCapital || s.rules.surnames && t&surname == 0
}

// beforeLower: the next word has no capital.
func (s *splitter) beforeLower(p *site, w *word) bool {
	if p.opener == '(' && s.rules.lowerStarts && s.nextTraits(p)&credit != 0 {
		return s.text[p.first-1] == '(' && s.labelled(p) // (photo: Ann Lee)
	}
	if p.paren && !p.quote && p.opener == 0 && s.rules.lowerStarts && s.text[p.start] == '(' {
		return s.nextTraits(p)&subject != 0
	}
	if p.quote || p.paren || p.opener != 0 || p.dash {
		return false
	}
	if s.isAddress(p.first) {
		return true
	}
	if !s.rules.lowerStarts {
		return false
	}
	switch {
	case w.plain && w.traits&abbreviation == 0:
		return true
	case w.traits&(abbreviation&^weak) != 0 || w.dotted || w.digits || w.consonants || w.n < 2:
		return false
	case w.traits&weak != 0 || !w.small:
		return (w.n > 3 || w.small) && s.nextTraits(p)&subject != 0
	}
	return s.nextTraits(p)&starter != 0
}

// labelled tells whether a colon and a space stand behind the next word.
func (s *splitter) labelled(p *site) bool {
	var f follower
	f.read(s.text, p.first)
	return strings.HasPrefix(s.text[f.end:], ": ")
}

// isAddress tells a web address, which may open a sentence without a capital.
func (s *splitter) isAddress(i int) bool {
	return strings.HasPrefix(s.text[i:], "http:") || strings.HasPrefix(s.text[i:], "https:") || strings.HasPrefix(s.text[i:], "www.")
}

// beforeDigit: the next word is a number or a sum of money.
func (s *splitter) beforeDigit(p *site, w *word) bool {
	if p.quote || w.n > 3 && w.traits == 0 && !w.digits && !w.dotted {
		if end := s.noteAfter(p); end > 0 {
			p.end = end
			return true
		}
	}
	if p.quote {
		return true
	}
	if s.afterYear(p, w) {
		return true
	}
	if w.traits&(abbreviation&^(weak|clock)) != 0 || w.traits&weak != 0 && p.opener == '(' || w.single || w.acronym && w.dotted {
		return false
	}
	if w.digits && (w.atStart || s.rules.ordinals && (p.dash || w.n <= 2 && !w.glued)) {
		return false
	}
	return !w.consonants
}

// nextTraits looks up the word that follows.
func (s *splitter) nextTraits(p *site) trait {
	var f follower
	t := s.traitsAt(&f, p.first)
	if f.single && f.end < len(s.text) && s.text[f.end] == '.' {
		t &^= starter // "L. I. Bill": an initial, not a pronoun
	}
	return t
}

// nextIsLabel tells what a number form can go with though it is no digit: a
// roman numeral or a single letter.
func (s *splitter) nextIsLabel(p *site) bool {
	var f follower
	t := s.traitsAt(&f, p.first)
	if f.single {
		r, _ := decode(s.text, min(f.end, len(s.text)-1))
		return r == '.' || r == ',' || t&starter == 0 && r != '\'' && r != '’' // Art. I, § 8; J’aime
	}
	return isRoman(f.key[:f.n]) && allCapitals(s.text[p.first:f.end]) // Il is none
}
