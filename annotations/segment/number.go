package segment

import (
	"strconv"
	"strings"
)

// numberEnds decides for a number: "October 21. That", "der 3. Oktober".
func (s *splitter) numberEnds(p *site, w *word) bool {
	if w.n <= 3 && (w.atStart || s.opensList(p, w) || s.countsOn(p, w)) {
		return false
	}
	if !s.rules.ordinals || w.n > 3 || w.glued {
		return true
	}
	t := s.nextTraits(p)
	if w.key[0] == '0' || w.decimal || s.behindLabel(p, w) {
		return t&month == 0 // FSV Mainz 05. Trainer; 61,5. Geçen yıl
	}
	if w.n == 3 { // in der 296. Folge
		return t&starter != 0 || s.traitBefore(p, w)&article == 0
	}
	return t&month == 0 && (t&starter != 0 || p.opener == 0 && s.afterDecade(p, w))
}

// behindLabel tells a number that another number or a short form such as "Nr." stands
// before, so that it is no ordinal.
func (s *splitter) behindLabel(p *site, w *word) bool {
	from, to := s.tokenBefore(p.start, w.start)
	if from == to || to == w.start {
		return false
	}
	if c := s.text[to-1]; c != '.' {
		return c >= '0' && c <= '9' && to-from <= 4
	}
	var f follower
	return s.traitsAt(&f, from)&number != 0 && f.end == to-1
}

// afterDecade tells a number that is a name and no ordinal, "w latach 70.", "auf
// Platz 19.", unless a roman numeral says of which century.
func (s *splitter) afterDecade(p *site, w *word) bool {
	if s.traitBefore(p, w)&decade == 0 {
		return false
	}
	var f follower
	f.read(s.text, p.first)
	return !isRoman(f.key[:f.n]) && !s.inOpening(p, w.start)
}

// traitBefore looks up the word before w.
func (s *splitter) traitBefore(p *site, w *word) trait {
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
	return s.traitsAt(&f, from)
}

// countsOn tells the number of a further item of a count inside the sentence, "Top
// three: 1. Norway 2. Sweden 3. Peru": the number before it stands in the unit too, with
// a stop behind.
func (s *splitter) countsOn(p *site, w *word) bool {
	n := 0
	for _, c := range w.key[:w.n] {
		if c < '0' || c > '9' {
			return false
		}
		n = n*10 + int(c-'0')
	}
	if n < 2 || n > 99 || w.decimal {
		return false
	}
	var buf [8]byte
	sign := append(strconv.AppendInt(append(buf[:0], ' '), int64(n-1), 10), ". "...)
	before := s.text[max(p.start, p.at-maxGap):w.start]
	return strings.Contains(before, string(sign)) || strings.HasPrefix(before, string(sign[1:]))
}

// opensList tells a number that a colon or an opening sign stands before: it
// numbers what follows. A count opens with 1: "High: 72. Low: 51." has none.
func (s *splitter) opensList(p *site, w *word) bool {
	i := trimEnd(s.text, p.start, w.start)
	if i <= p.start {
		return false
	}
	r, _ := decodeLast(s.text, i)
	return r == ':' && i < w.start && string(w.key[:w.n]) == "1" || i == w.start && isOpener(r) && r != '\'' && r != '’'
}

// afterNumber decides for "1998 r." and "1970-х гг.": a number stands before the
// form, so a capital behind it opens a sentence, unless the number itself stands
// so near the start that it only opens the clause.
func (s *splitter) afterNumber(p *site, w *word) bool {
	i, from := s.tokenBefore(p.start, w.start)
	for range 2 { // 52 av. J.-C., 50 r. p.n.e., 3 млн руб., 300 г. до н. э.
		var f follower
		t := s.traitsAt(&f, i)
		if i == from || s.text[from-1] != '.' && (f.end != from || f.single || t&(afterNum|era) == 0) {
			break
		}
		i, from = s.tokenBefore(p.start, i)
	}
	if i == from {
		return false
	}
	if r, _ := decode(s.text, i); !isDigit(r) && r != 'X' && r != 'V' && r != 'I' {
		return false
	}
	if len(s.rules.past) > 0 {
		return i > p.start && !s.inOpening(p, i) || s.nextTraits(p)&starter != 0
	}
	return i > p.start+len("In the autumn of 1") || s.nextTraits(p)&starter != 0 || s.opensWithVerb(p, i)
}

// opensWithVerb tells that the words before the year at i are more than the phrase that
// opens a sentence, since no preposition or the like opens them: "Nació en 44 a. C.".
func (s *splitter) opensWithVerb(p *site, i int) bool {
	var f follower
	return s.traitsAt(&f, p.start)&(starter|month) == 0 && strings.Count(s.text[p.start:i], " ") > 1
}

// afterYear tells the form behind a year, "1979 r.", so that a figure behind it opens
// a sentence.
func (s *splitter) afterYear(p *site, w *word) bool {
	from, to := s.tokenBefore(p.start, w.start)
	if w.traits&afterNum == 0 || to-from < len("1979") || to == w.start {
		return false
	}
	for _, c := range []byte(s.text[to-len("1979") : to]) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return from > p.start
}

// afterDegree tells the letter of a temperature: "2 °C.", "2º C.", "104 F.".
func (s *splitter) afterDegree(p *site, w *word) bool {
	i := w.start
	if r, _ := decode(s.text, i); r == '°' || r == 'º' {
		return i > p.start
	}
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
