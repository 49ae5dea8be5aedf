package segment

import (
	"strings"
	"unicode/utf8"
)

// stopEnds decides for a single stop with white space behind.
func (s *splitter) stopEnds(p *site) bool {
	var w word
	s.wordBefore(p, &w)
	switch {
	case isUpper(p.r), s.innerCapital(p):
		return s.beforeCapital(p, &w)
	case isLower(p.r):
		return s.beforeLower(p, &w)
	case isDigit(p.r), isMoney(p.r):
		return s.beforeDigit(p, &w)
	case isLetter(p.r): // scripts without case
		return w.traits&(abbreviation&^weak) == 0 && !w.single && !w.acronymed()
	}
	switch p.r {
	case ',', ';', ':', ')', ']', '&', '/', '.', '=', '+', '%', '>', '…', '!', '?':
		return false
	case 0:
		return true
	}
	return w.traits&(abbreviation&^weak) == 0
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
	case w.digits:
		return s.numberEnds(p, w)
	case w.atStart && (w.single || w.roman):
		return false
	case s.rules.ordinals && w.roman && w.capitals:
		return t&starter == 0 && s.nextTraits(p)&starter != 0 // II. Mehmed
	case t&afterNum != 0 && s.afterNumber(p, w) || w.single && s.afterDegree(p, w):
		return true
	case t&(never|title) != 0 && t&mayEnd == 0:
		return false
	case t&weak != 0:
		return true
	case t&clock != 0 && !s.behindFigure(p, w):
		return s.startsAfter(p, w) // P.M. Cameron
	case t&clock != 0:
		return s.nextTraits(p)&(zone|month) == 0 && !s.zoneByName(p) && w.start-p.start > len("Around 10 ")
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

// afterNumber decides for "1998 r." and "1970-х гг.": a number stands before the
// form, so a capital behind it opens a sentence, unless the number itself stands
// so near the start that it only opens the clause.
func (s *splitter) afterNumber(p *site, w *word) bool {
	i, from := s.tokenBefore(p.start, w.start)
	if i < from && s.text[from-1] == '.' {
		i, from = s.tokenBefore(p.start, i) // 52 av. J.-C., 50 r. p.n.e.
	}
	if i == from {
		return false
	}
	if r, _ := decode(s.text, i); !isDigit(r) && r != 'X' && r != 'V' && r != 'I' {
		return false
	}
	return i > p.start+len("Po upadku dynastii") || s.nextTraits(p)&starter != 0
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

// afterDegree tells the letter of a temperature: "2 °C.", "2º C.", "104 F.".
func (s *splitter) afterDegree(p *site, w *word) bool {
	i := w.start
	if i > p.start && s.text[i-1] == ' ' {
		i--
	}
	if i <= p.start {
		return false
	}
	if r, _ := decodeLast(s.text, i); r == '°' || r == 'º' {
		return true
	}
	if c := s.text[w.start]; c != 'F' && c != 'C' {
		return false
	}
	from, to := s.tokenBefore(p.start, w.start)
	if from == to || to-from > 3 || to == w.start {
		return false
	}
	for _, c := range []byte(s.text[from:to]) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return from > p.start
}

// startsAfter: after a short form that may end a sentence, only a starter or an
// opening quote tells that it did.
func (s *splitter) startsAfter(p *site, w *word) bool {
	if p.bracket {
		return false
	}
	if w.traits&state != 0 && !p.dash && w.start > p.start+2 && s.text[w.start-2:w.start] == ", " {
		return true
	}
	if p.opener != 0 && isQuote(p.opener) && !p.dash {
		return !s.nicknamed(p)
	}
	return s.nextTraits(p)&starter != 0 && !s.inTitleCase(p)
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
		if r, _ := decode(line, i); f.n > 3 {
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

// numberEnds decides for a number: "October 21. That", "der 3. Oktober".
func (s *splitter) numberEnds(p *site, w *word) bool {
	if w.n <= 3 && (w.atStart || s.opensList(p, w)) {
		return false
	}
	if !s.rules.ordinals || w.n > 2 || w.glued {
		return true
	}
	t := s.nextTraits(p)
	return t&month == 0 && (t&starter != 0 || w.n == 2 && p.opener == 0 && s.afterDecade(p, w))
}

// afterDecade tells a number that names a decade, "w latach 70.", unless a roman
// numeral says of which century.
func (s *splitter) afterDecade(p *site, w *word) bool {
	end := trimEnd(s.text, p.start, w.start)
	from := end
	for from > p.start && end-from < maxWord/2 {
		r, n := decodeLast(s.text, from)
		if !isLetter(r) {
			break
		}
		from -= n
	}
	var f follower
	if s.traitsAt(&f, from)&decade == 0 {
		return false
	}
	f.read(s.text, p.first)
	return !isRoman(f.key[:f.n])
}

// opensList tells a number that a colon or an opening sign stands before: it
// numbers what follows.
func (s *splitter) opensList(p *site, w *word) bool {
	i := trimEnd(s.text, p.start, w.start)
	if i <= p.start {
		return false
	}
	r, _ := decodeLast(s.text, i)
	return r == ':' && i < w.start || i == w.start && isOpener(r) && r != '\'' && r != '’'
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
	if w.traits&(abbreviation&^(weak|clock)) != 0 || w.single || w.acronym && w.dotted {
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
		return t&starter == 0 && r != '\'' && r != '’' // J’aime
	}
	return isRoman(f.key[:f.n])
}
