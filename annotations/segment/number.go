package segment

// numberEnds decides for a number: "October 21. That", "der 3. Oktober".
func (s *splitter) numberEnds(p *site, w *word) bool {
	if w.n <= 3 && (w.atStart || s.opensList(p, w)) {
		return false
	}
	if !s.rules.ordinals || w.n > 3 || w.glued {
		return true
	}
	t := s.nextTraits(p)
	if w.n == 3 { // in der 296. Folge
		return t&starter != 0 || s.traitBefore(p, w)&article == 0
	}
	return t&month == 0 && (t&starter != 0 || p.opener == 0 && s.afterDecade(p, w))
}

// afterDecade tells a number that is a name and no ordinal, "w latach 70.", "auf
// Platz 19.", unless a roman numeral says of which century.
func (s *splitter) afterDecade(p *site, w *word) bool {
	if s.traitBefore(p, w)&decade == 0 {
		return false
	}
	var f follower
	f.read(s.text, p.first)
	return !isRoman(f.key[:f.n])
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

// afterNumber decides for "1998 r." and "1970-х гг.": a number stands before the
// form, so a capital behind it opens a sentence, unless the number itself stands
// so near the start that it only opens the clause.
func (s *splitter) afterNumber(p *site, w *word) bool {
	i, from := s.tokenBefore(p.start, w.start)
	for range 2 { // 52 av. J.-C., 50 r. p.n.e., 3 млн руб., 300 г. до н. э.
		var f follower
		t := s.traitsAt(&f, i)
		if i == from || s.text[from-1] != '.' && (f.end != from || t&(afterNum|era) == 0) {
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
	return i > p.start+len("Po upadku dynastii") || s.nextTraits(p)&starter != 0
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
