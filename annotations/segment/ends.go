package segment

import (
	"slices"
	"strings"
)

// fullEnds decides for 。 । and their like.
func (s *splitter) fullEnds(p *site) bool {
	switch p.r {
	case ',', '،', '，', '、', ';', '；', ')', '）', '」', '』':
		return false
	}
	if p.quote && !p.gap && (isHiragana(p.r) || s.speaksAtOnce(p.first)) {
		return false // 「…。」と言った
	}
	if !p.gap && (s.quotesOn(p) || s.insideBrackets(p.end)) {
		return false
	}
	return true
}

// speaksAtOnce tells a verb of speech within the next few signs of a text without
// spaces: “好吗？”他问。
func (s *splitter) speaksAtOnce(i int) bool {
	for k := 0; k < 5 && i < len(s.text) && len(s.rules.speechSigns) > 0; k++ {
		r, n := decode(s.text, i)
		if !isLetter(r) {
			return false
		}
		if slices.Contains(s.rules.speechSigns, r) {
			return true
		}
		i += n
	}
	return false
}

func isHiragana(r rune) bool { return r >= 0x3041 && r <= 0x309F }

// insideBrackets tells whether a wide bracket closes soon that opened before:
// 《摔跤吧！爸爸》.
func (s *splitter) insideBrackets(i int) bool {
	ahead := s.text[i:min(len(s.text), i+maxInside)]
	if !holds(ahead, "》") && !holds(ahead, "）") {
		return false
	}
	for k := 0; k < len(ahead); k++ {
		switch c := ahead[k]; {
		case c == '\n':
			return false
		case c != 0xE3 && c != 0xEF:
		case strings.HasPrefix(ahead[k:], "》"), strings.HasPrefix(ahead[k:], "）"):
			return true
		case strings.HasPrefix(ahead[k:], "《"), strings.HasPrefix(ahead[k:], "（"):
			return false
		}
	}
	return false
}

// maxInside is how many bytes ahead a bracket may close.
const maxInside = 63

// holds is strings.Contains for a sign of three bytes, the last of which is rare
// where the first is not.
func holds(text, sign string) bool {
	for from := 2; from < len(text); from++ {
		k := strings.IndexByte(text[from:], sign[2])
		if k < 0 {
			return false
		}
		if from += k; text[from-2:from+1] == sign {
			return true
		}
	}
	return false
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
		return !p.quote && !p.paren && !p.dash && (p.opener == 0 || p.opener == '(') && s.rules.lowerStarts && s.startsSmall(p)
	case isDigit(p.r):
		return true
	case p.r == ',' || p.r == ';' || p.r == ')' || p.r == ':':
		return false
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

// speaks tells "Rubio said" after a quotation that ended with ? or !: up to
// three capitalised words, then a verb of speech.
func (s *splitter) speaks(i int) bool {
	text := s.text
	for range 4 {
		if i >= len(text) {
			return false
		}
		r, _ := decode(text, i)
		var f follower
		t := s.traitsAt(&f, i)
		if isLower(r) {
			return t&speech != 0
		}
		end := f.end
		if !isUpper(r) || end >= len(text) {
			return false
		}
		if text[end] == '.' && end+1 < len(text) {
			end++
		}
		if text[end] != ' ' {
			return false
		}
		i = end + 1
	}
	return false
}

// ellipsisEnds decides for … and runs of dots.
func (s *splitter) ellipsisEnds(p *site) bool {
	if !p.gap {
		return s.missingSpace(p)
	}
	if s.opensUnit(p.start, p.at) {
		return false // it opens the sentence
	}
	if p.paren && p.opener != 0 && p.at > p.start && s.text[p.at-1] == '[' {
		return false // "[...]" (Smith 55)
	}
	if s.nextIsI(p) && (p.spaced && p.dots == 3 || s.isI(p.start, trimEnd(s.text, p.start, p.at))) {
		return false // so written, the capital of I tells nothing
	}
	return isUpper(p.r) || !isLower(p.r) && isLetter(p.r) && !isDigit(p.r)
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
	if p.quote || p.paren || p.opener != 0 || p.dash || !isUpper(p.r) || p.at <= p.start {
		return false
	}
	text := s.text
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
	if f.n < 2 && t&starter == 0 {
		return false
	}
	if f.n > 1 {
		second, _ := decode(text, p.first+1)
		if !isLower(second) && second != '\'' && second != '’' {
			return false
		}
	}
	for ; end < len(text) && end < p.first+maxWord; end++ {
		switch c := text[end]; {
		case c == ' ' || c == '\n' || c == ',' || c == '\'' || c >= 0x80:
			return true
		case c == '.' || c == '!' || c == '?':
			return end+1 >= len(text) || text[end+1] == ' ' || text[end+1] == '\n' || t&abbreviation == 0 && isUpper(rune(text[end+1]))
		case c == '/' || c == '@' || c == '_' || c == '=' || c == '(' || c == '<':
			return false
		}
	}
	return true
}
