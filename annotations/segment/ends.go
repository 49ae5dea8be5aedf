package segment

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// fullEnds decides for 。 । and their like.
func (s *splitter) fullEnds(p *site) bool {
	switch p.r {
	case ',', '،', '，', '、', ';', '；', ')', '）', '」', '』':
		return false
	}
	if !p.gap && isLetter(p.r) && p.opener == 0 && closesTitle(s.text[:p.end]) {
		return false // 《…？》获奖
	}
	if !p.gap && !p.quote && p.m == full && takesUp(s.text, p.first) {
		return false // モーニング娘。の公演
	}
	if p.quote && !p.gap && p.opener == 0 && (isParticle(p.r) || s.speaksAtOnce(p.first) && !s.introduced(p.start, p.end)) {
		return false // 「…。」と言った
	}
	if p.paren && !p.gap && isLetter(p.r) && s.bracketInside(p) {
		return false // 会议（…。）于昨日
	}
	if p.quote && p.opener == 0 && isLetter(p.r) && s.quoteGoesOn(p.start, p.end, p.m) {
		return false
	}
	if !p.gap && (s.quotesOn(p) || s.insideBrackets(p.start, p.end)) {
		return false
	}
	return !(p.quote && p.gap && p.opener == 0 && isLetter(p.r) && s.saysAfter(p))
}

// saysAfter tells, for scripts without capitals, that the words behind a quotation
// say whose it is: a verb of speech within a few words, and nothing behind it.
func (s *splitter) saysAfter(p *site) bool {
	text, i := s.text, p.first
	for range 5 {
		var f follower
		t := s.traitsAt(&f, i)
		if f.end == i || f.end >= len(text) {
			return false
		}
		m, _ := s.rules.markAt(text, f.end)
		if t&speech != 0 && (m != noMark || text[f.end] == ',') {
			return true
		}
		if text[f.end] != ' ' {
			return false
		}
		i = f.end + 1
	}
	return false
}

// speaksAtOnce tells a verb of speech within the next few signs of a text without
// spaces: “好吗？”他问。
func (s *splitter) speaksAtOnce(i int) bool {
	text, from := s.text, i
	for k := 0; k < 5 && i < len(text) && len(s.rules.speechSigns) > 0; k++ {
		if b := text[i]; b >= 0xE4 && b < 0xEA && i+2 < len(text) && !s.rules.tailsSpeech(text, i+3) {
			i += 3
			continue
		}
		r, n := decode(text, i)
		if !isLetter(r) {
			return false
		}
		i += n
		if s.rules.saysLast(text[from:i]) {
			return true
		}
	}
	return false
}

// insideBrackets tells whether a wide bracket closes soon that opened before:
// 《摔跤吧！爸爸》.
func (s *splitter) insideBrackets(start, i int) bool {
	if s.wideAt < start {
		return false
	}
	ahead := s.text[i:min(len(s.text), i+maxInside)]
	end := bracketEnd(ahead)
	if end < 0 {
		return false
	}
	for k := 0; k < end; k++ {
		switch c := ahead[k]; {
		case c == '\n':
			return false
		case c != 0xE3 && c != 0xEF:
		case strings.HasPrefix(ahead[k:], "《"), strings.HasPrefix(ahead[k:], "（"):
			return false
		}
	}
	return true
}

// maxInside is how many bytes ahead a bracket may close.
const maxInside = 63

// bracketEnd gives where the first 》 or ） in text ends, or -1. Their last bytes,
// 8B and 89, are rare where the first are not.
func bracketEnd(text string) int {
	for i := 0; i+8 <= len(text); i += 8 {
		tail := load(text, i)&^(0x02*ones) ^ 0x89*ones
		for hit := (tail - ones) &^ tail & highs; hit != 0; hit &= hit - 1 {
			if k := i + bits.TrailingZeros64(hit)>>3; closesWide(text, k) {
				return k + 1
			}
		}
	}
	for k := len(text) &^ 7; k < len(text); k++ {
		if closesWide(text, k) {
			return k + 1
		}
	}
	return -1
}

// closesWide tells whether the last byte of 》 or ） stands at k.
func closesWide(text string, k int) bool {
	return k >= 2 && (text[k-2:k+1] == "》" || text[k-2:k+1] == "）")
}

// quotesOn tells the particle と that takes up what was asked: 「か？と聞いた」.
func (s *splitter) quotesOn(p *site) bool {
	if p.r != 'と' {
		return false
	}
	i := p.first + len("と")
	if i >= len(s.text) {
		return false
	}
	r, _ := decode(s.text, i)
	return r == '、' || r >= 0x4E00 && r <= 0x9FFF
}

// strongEnds decides for ! and ?.
func (s *splitter) strongEnds(p *site) bool {
	wide := s.text[p.at] >= 0x80
	if p.at > p.start && (s.text[p.at-1] == ',' || s.text[p.at-1] == ':') {
		return false // a sign that was lost and came out as a question mark
	}
	if !p.gap {
		if wide {
			return s.fullEnds(p)
		}
		return s.missingSpace(p)
	}
	switch {
	case isUpper(p.r), s.innerCapital(p):
		if s.bangName(p) {
			return false
		}
		if p.quote && p.opener == 0 && s.speaks(p.first) {
			return false
		}
		return true
	case isLower(p.r):
		if p.first == p.begin && s.isAddress(p.first) {
			return !s.bangName(p)
		}
		return !p.quote && !p.paren && !p.dash && (p.opener == 0 || p.opener == '(') && s.rules.lowerStarts && s.startsSmall(p)
	case isDigit(p.r):
		return true
	case p.r == ',' || p.r == ';' || p.r == ')' || p.r == ':' || p.r == '|':
		return false
	case p.quote && p.opener == 0 && isLetter(p.r):
		return s.nextTraits(p)&(speech|follows) == 0 && !s.saysAfter(p) && !s.quoteGoesOn(p.start, p.end, p.m)
	}
	return true
}

// startsSmall tells a sentence without a capital after ! or ?, from a clause
// that goes on: "Never? he said", "Yahoo! in".
func (s *splitter) startsSmall(p *site) bool {
	text := s.text
	if s.bangName(p) {
		return false
	}
	if text[p.at] == '!' {
		var w word
		s.wordBefore(p, &w)
		if r, _ := decode(text, w.start); isUpper(r) && !w.atStart {
			return false
		}
	}
	i := p.first
	for k := range 3 {
		if i >= len(text) || !isLetter(rune(text[i])) {
			return true
		}
		var f follower
		t := s.traitsAt(&f, i)
		if t&speech != 0 || k == 0 && t&joins != 0 && text[p.at] == '!' {
			return false
		}
		i = f.end + 1
	}
	return true
}

// bangName tells names that carry their mark with them: Yahoo! News.
func (s *splitter) bangName(p *site) bool {
	if s.text[p.at] != '!' {
		return false
	}
	var w word
	s.wordBefore(p, &w)
	w.key[w.n] = '!'
	return s.rules.lookup(w.key[:w.n+1])&title != 0 && s.nextTraits(p)&starter == 0
}

// speaks tells "Rubio said" after a quotation that ended with ? or !: a few
// capitalised words, what they are in commas perhaps, then a verb of speech.
func (s *splitter) speaks(i int) bool {
	text := s.text
	for k := range 7 {
		if i >= len(text) {
			return false
		}
		r, _ := decode(text, i)
		var f follower
		t, end := s.traitsAt(&f, i), f.end
		switch {
		case t&clause != 0:
			return false // "Stop!" As she said this, it stopped.
		case k == 0 && t&starter != 0 && t&surname == 0 && !f.single && s.rules.surnames && s.rules.titleTraits(&f)&title == 0:
			return false // "Who pays?" No one answered.
		case isLower(r):
			if t&speech != 0 {
				return true
			}
			if k == 0 || end-i > len("the") { // Secretary of State
				return false
			}
		case !isUpper(r) || t&subject != 0 && !f.single:
			return false // "Why?" She said so to Ann.
		}
		for f.single && end+2 < len(text) && text[end] == '.' && text[end+2] == '.' && isUpper(rune(text[end+1])) {
			end += 2 // U.S. Sen. Lee
		}
		if end+1 < len(text) && text[end] == '.' {
			end++
		}
		if end < len(text) && text[end] == ',' {
			end = s.pastApposition(end)
		}
		if end >= len(text) || text[end] != ' ' {
			return false
		}
		i = end + 1
	}
	return false
}

// pastApposition gives the end of what stands between the comma at i and another
// soon behind, "Lee, 45, said", or i when there is none.
func (s *splitter) pastApposition(i int) int {
	near := s.text[i+1 : min(len(s.text), i+1+maxWord)]
	if k := strings.IndexByte(near, ','); k > 0 && !strings.ContainsAny(near[:k], "\n\"?!") {
		return i + 1 + k + 1
	}
	return i
}

// ellipsisEnds decides for … and runs of dots.
func (s *splitter) ellipsisEnds(p *site) bool {
	if !p.gap {
		return !s.labelsCredit(p) && s.missingSpace(p)
	}
	if s.opensUnit(p.start, p.at) {
		return false // it opens the sentence
	}
	if p.paren && p.opener != 0 && p.at > p.start && s.text[p.at-1] == '[' {
		return false // "[...]" (Smith 55)
	}
	if !p.quote && s.leftOpen(p, article) {
		return false
	}
	if s.nextIsI(p) && (p.spaced && p.dots == 3 || s.isI(p.start, trimEnd(s.text, p.start, p.at)) || !p.quote && s.leftOpen(p, minor|joins)) {
		return false // so written, the capital of I tells nothing
	}
	if isUpper(p.r) {
		return true
	}
	return !isLower(p.r) && isLetter(p.r) && s.nextTraits(p)&(follows|clause|joins|weak) == 0
}

// labelsCredit tells "Credit...Ann Lee", as some papers print whose the picture is.
func (s *splitter) labelsCredit(p *site) bool {
	var f follower
	return s.rules.traitsIn(&f, s.text[:p.at], p.start)&credit != 0 && f.end == p.at
}

// leftOpen tells an ellipsis behind a word of one of the traits, with which a sentence
// seldom ends: "the …", "going to …".
func (s *splitter) leftOpen(p *site, of trait) bool {
	end := trimEnd(s.text, p.start, p.at)
	from := end
	for from > p.start && end-from < maxWord/4 && isWordByte(s.text[from-1]) {
		from--
	}
	var f follower
	return from < end && s.rules.traitsIn(&f, s.text[:end], from)&of != 0
}

// isI tells whether the word that ends at i is the pronoun: "I … I mean".
func (s *splitter) isI(start, i int) bool {
	return i > start && s.text[i-1] == 'I' && (i-1 == start || !isLetter(rune(s.text[i-2])))
}

// nextIsI tells whether the next word is the pronoun.
func (s *splitter) nextIsI(p *site) bool {
	var f follower
	f.read(s.text, p.first)
	return string(f.key[:f.n]) == "i"
}

// missingSpace decides for a terminator with a letter right behind it: the end
// when a plain word or number stands before and a capitalised word behind, and
// neither is part of an address or a file name.
func (s *splitter) missingSpace(p *site) bool {
	text := s.text
	if isHanOrKana(p.r) && p.at > p.start && p.dots < 2 && p.m != ellipsis {
		before, _ := decodeLast(text, p.at)
		return (p.quote || isHiragana(before) || p.m == strong && isHanOrKana(before)) && s.fullEnds(p) // えっ!まさか!
	}
	if isSpacedCaseless(p.r) {
		return s.missingSpaceCaseless(p)
	}
	curly := p.quote && strings.HasSuffix(text[:p.end], "”") || p.opener == '“'
	if (p.quote || p.opener != 0) && !curly || p.paren || p.dash || !isUpper(p.r) || p.at <= p.start {
		return false
	}
	prev, _ := decodeLast(text, p.at)
	if !isLower(prev) && !isDigit(prev) {
		return false
	}
	var w word
	s.wordBefore(p, &w)
	if w.dotted || w.n < 3 || w.glued || w.traits&abbreviation != 0 {
		return false
	}
	var f follower
	t := s.traitsAt(&f, p.first)
	end := f.end
	if f.n < 2 && (t&starter == 0 || end < len(text) && text[end] == '.') {
		return false
	}
	if f.n > 1 {
		second, _ := decode(text, p.first+utf8.RuneLen(p.r))
		if !isLower(second) && second != '\'' && second != '’' {
			return false
		}
	}
	for ; end < len(text) && end < p.first+maxWord; end++ {
		switch c := text[end]; {
		case c == ' ' || c == '\n' || c == ',' || c == '\'' || c >= 0x80:
			return true
		case c == '.' || c == '!' || c == '?':
			return end+1 >= len(text) || text[end+1] == ' ' || text[end+1] == '\n' || text[end+1] >= utf8.RuneSelf || t&abbreviation == 0 && isUpper(rune(text[end+1]))
		case c == '/' || c == '@' || c == '_' || c == '=' || c == '(' || c == '<':
			return false
		}
	}
	return true
}
