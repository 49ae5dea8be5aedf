package segment

import (
	"strings"
	"unicode"
)

// beforeCaseless decides for a stop before a word of a script without capitals.
func (s *splitter) beforeCaseless(p *site, w *word) bool {
	if w.single && s.spelled(p, w) {
		return true
	}
	if w.traits&mayEnd != 0 && p.r == 'و' { // "and", which opens most sentences
		var f follower
		s.traitsAt(&f, p.first)
		return f.n > 6
	}
	if w.traits&(abbreviation&^weak) != 0 || w.single || w.acronymed() || w.digits && w.atStart || w.syllable() {
		return false
	}
	return s.nextTraits(p)&follows == 0
}

// spelled tells the last letter of a name of letters with spaces between, أ ف ب: the
// stop is not its own, since the others have none.
func (s *splitter) spelled(p *site, w *word) bool {
	from, to := s.tokenBefore(p.start, w.start)
	if from == to || to == w.start {
		return false
	}
	r, n := decode(s.text, from)
	return from+n == to && isSpacedCaseless(r)
}

// syllable tells an initial of Devanagari, which is a consonant with its vowel
// sign: भी. रा. अंबेडकर. Verbs that are as short are listed.
func (w *word) syllable() bool {
	if w.n < 3 || w.n > 12 || w.key[0] != 0xE0 || w.traits&verb != 0 {
		return false
	}
	for i, r := range string(w.key[:w.n]) {
		if r < 0x900 || r > 0x97F || i > 0 && !unicode.IsMark(r) {
			return false
		}
	}
	return true
}

// numbered tells a number that opens the unit: 1．打开.
func (s *splitter) numbered(p *site) bool {
	var w word
	s.wordBefore(p, &w)
	return w.digits && w.atStart
}

// isSpacedCaseless tells the letters of the scripts without capitals that put
// spaces between words and write the stop as Latin does.
func isSpacedCaseless(r rune) bool {
	return (r >= 0x620 && r < 0x700 || r >= 0x904 && r < 0x966) && isLetter(r)
}

// missingSpaceCaseless decides for a stop without a space between two words of such
// a script: both must be plain words.
func (s *splitter) missingSpaceCaseless(p *site) bool {
	if p.quote || p.opener != 0 || p.paren || p.dash || p.at <= p.start {
		return false
	}
	if r, _ := decodeLast(s.text, p.at); !isSpacedCaseless(r) {
		return false
	}
	var w word
	s.wordBefore(p, &w)
	if w.dotted || w.n < 6 || w.glued || w.traits&abbreviation != 0 || w.syllable() {
		return false
	}
	var f follower
	t := s.traitsAt(&f, p.first)
	return f.n >= 4 && t&(abbreviation|follows) == 0 && (f.end >= len(s.text) || s.text[f.end] != '.')
}

// closesTitle tells whether a bracket of titles closes at the end.
func closesTitle(text string) bool {
	return strings.HasSuffix(text, "》") || strings.HasSuffix(text, "〉")
}

// quotePairs are the quotes whose two sides differ, and whether they stand inside
// others.
var quotePairs = [...]struct {
	open, close string
	inner       bool
}{{"“", "”", false}, {"「", "」", false}, {"«", "»", false}, {"『", "』", true}, {"‘", "’", true}}

// quoteGoesOn tells, for scripts without capitals, that the sentence goes on behind
// the quotation that closes at end with the mark m: another is still open around it,
// or, behind a question or call, it is a name inside the sentence.
func (s *splitter) quoteGoesOn(start, end int, m mark) bool {
	if (m == full || opensQuoteOfHan(s.text, start)) && !closesInner(s.text[:end]) {
		return false
	}
	open, inner := s.quoteStart(end)
	if open < 0 {
		return false
	}
	return inner && s.quoteAround(open) || m == strong && s.namedAt(start, open)
}

// closesInner tells the closing signs of quotations that stand inside others.
func closesInner(text string) bool {
	return strings.HasSuffix(text, "』") || strings.HasSuffix(text, "’") || strings.HasSuffix(text, "'")
}

// quoteStart gives where the quotation opens whose closing sign ends at end, or -1, and
// whether its signs are those of quotations inside others.
func (s *splitter) quoteStart(end int) (open int, inner bool) {
	text := s.text
	floor := max(0, end-maxGap)
	switch c := text[end-1]; c {
	case '"', '\'':
		for i := end - 2; i >= floor && text[i] != '\n'; i-- {
			if text[i] == c {
				return i, true
			}
		}
		return -1, false
	}
	for k := range quotePairs {
		q := &quotePairs[k]
		n := len(q.close)
		if end < n || text[end-n:end] != q.close {
			continue
		}
		last := q.open[n-1]
		for i := end - n - 1; i >= floor+n && text[i] != '\n'; i-- {
			if text[i] == last && text[i-n+1:i+1] == q.open {
				return i - n + 1, q.inner || n == 2
			}
			if text[i] == q.close[n-1] && text[i-n+1:i+1] == q.close {
				return -1, false
			}
		}
	}
	return -1, false
}

// quoteAround tells whether another quotation is open before open.
func (s *splitter) quoteAround(open int) bool {
	line := s.text[max(0, open-maxGap):open]
	line = line[strings.LastIndexByte(line, '\n')+1:]
	if s.text[open] == '\'' && strings.Count(line, `"`)&1 == 1 {
		return true
	}
	for k := range quotePairs[:4] {
		q := &quotePairs[k]
		if strings.IndexByte(line, q.open[0]) < 0 {
			continue
		}
		if k := strings.LastIndex(line, q.open); k >= 0 && !strings.Contains(line[k:], q.close) {
			return true
		}
	}
	return false
}

// introduced tells that a colon, or a verb of speech with a comma, stands before the
// quotation that closes at end: whose it is was said there.
func (s *splitter) introduced(start, end int) bool {
	open, _ := s.quoteStart(end)
	if open <= start {
		return false
	}
	r, n := decodeLast(s.text, open)
	return r == '：' || r == ':' || r == '，' && s.rules.saysLast(s.text[start:open-n])
}

// namedAt tells whether the quotation that opens at open stands inside a sentence as
// a name does: a word stands right before it, and no verb of speech in the last few.
func (s *splitter) namedAt(start, open int) bool {
	i := trimEnd(s.text, start, open)
	if i <= start {
		return false
	}
	if r, _ := decodeLast(s.text, i); !isLetter(r) {
		return false
	}
	for range 4 {
		from := i
		for from > start && i-from <= maxWord/2 {
			r, n := decodeLast(s.text, from)
			if !isLetter(r) {
				break
			}
			if n == 3 && s.rules.tailsSpeech(s.text, from) && s.rules.saysLast(s.text[start:from]) {
				return false
			}
			from -= n
		}
		if i-from > maxWord/2 {
			return true
		}
		var f follower
		if from == i || s.traitsAt(&f, from)&speech != 0 {
			return from == i
		}
		i = trimEnd(s.text, start, from)
	}
	return true
}

// inOpening tells whether the year or century that stands at i closes a phrase that
// opens the sentence, "Po upadku dynastii w 1911 r. Mongolia …": the unit opens with
// a preposition, and no verb in the past has come.
func (s *splitter) inOpening(p *site, i int) bool {
	const near = 80
	if i > p.start+near || len(s.rules.past) == 0 {
		return false
	}
	var f follower
	if t, first := s.traitsAt(&f, p.start), s.text[p.start]; t&opening == 0 && (first < '0' || first > '9') {
		return false
	}
	for at := f.end; at < i; {
		f.read(s.text, at)
		if f.end == at {
			_, n := decode(s.text, at)
			at += n
			continue
		}
		at = f.end
		for _, e := range s.rules.past {
			if f.n > len(e)+2 && string(f.key[f.n-len(e):f.n]) == e {
				return false
			}
		}
	}
	return true
}

// tailsSpeech tells whether a verb of speech may end with the sign of three bytes that
// ends at end.
func (r *rules) tailsSpeech(text string, end int) bool {
	row := int(text[end-3]&0xF)<<6 | int(text[end-2]&0x3F)
	return r.speechTail[row]>>(text[end-1]&0x3F)&1 != 0
}

// saysLast tells whether text ends with a verb of speech.
func (r *rules) saysLast(text string) bool {
	for _, sign := range r.speechSigns {
		if strings.HasSuffix(text, sign) {
			return true
		}
	}
	return false
}

// isHanOrKana tells the letters of Chinese and Japanese, which have no spaces between.
func isHanOrKana(r rune) bool { return r >= 0x3041 && r < 0xA000 }

// isParticle tells 的 and the hiragana of the particles that take up a quotation, と って
// など は. Words such as そして and しかし open a sentence.
func isParticle(r rune) bool {
	switch r {
	case '的':
		return true
	case 'と', 'っ', 'の', 'は', 'が', 'を', 'に', 'も', 'へ', 'で', 'だ', 'か', 'な', 'ら', 'よ', 'ね', 'や', 'ば', 'ん', 'ぐ':
		return true
	}
	return false
}

// particleAt tells whether a particle stands at i.
func particleAt(text string, i int) bool {
	if text[i] != 0xE3 && text[i] != 0xE7 {
		return false
	}
	r, _ := decode(text, i)
	return isParticle(r)
}

// takesUp tells a particle at i that opens no sentence: の, が, も before Han or katakana,
// and を. The full stop before it is part of a name.
func takesUp(text string, i int) bool {
	if i+5 >= len(text) || text[i] != 0xE3 {
		return false
	}
	switch text[i : i+3] {
	case "を":
		return true
	case "の", "が", "も":
		r, _ := decode(text, i+3)
		return r >= 0x30A1 && r < 0xA000
	}
	return false
}

func isHiragana(r rune) bool { return r >= 0x3041 && r <= 0x309F }
