package align

import (
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// attribution is a place where the text says who vouches for a claim.
type attribution struct {
	item
	group   string      // strength of the cue; empty for none
	cue     [2]int      // tokens of the cue
	source  [2]int      // tokens of the source
	stems   []string    // what the source is called, sorted
	names   []string    // its capitalised words
	called  [][2]string // those of them that stand side by side
	pronoun bool
	outlet  string // the outlet that is the source, or that was told
	told    bool   // outlet is whom the source told
}

const maxSource = 24 // tokens

// attributions reads who is said to say something in a unit. What a speaker
// says of others inside quotation marks is left to the speaker.
func (s *side) attributions(u *unit, index int) []attribution {
	out := attributions(u, index)
	return slices.DeleteFunc(out, func(a attribution) bool {
		cue := a.cueSpan(u)
		return slices.ContainsFunc(s.quotes, func(q annotations.Span) bool { return q.Contains(cue) })
	})
}

func attributions(u *unit, index int) []attribution {
	toks := u.tokens
	var out []attribution
	for i := 0; i < len(toks); i++ {
		a, ok := attribution{}, false
		switch {
		case toks[i].is("according") && i+2 < len(toks) && toks[i+1].is("to"):
			a, ok = sourceBehind(toks, [2]int{i, i + 2}, "say")
		case toks[i].is("citing") && i+1 < len(toks):
			a, ok = sourceBehind(toks, [2]int{i, i + 1}, "say")
		case toks[i].kind == isWord:
			joinedOn := strings.HasSuffix(toks[i].low, "ing") && len(out) > 0 && i > 0 && toks[i-1].kind == isMark
			if group, is := cueStrength()[toks[i].stem]; is && !toks[i].is("according", "not") && !joinedOn {
				a, ok = withVerb(toks, i, group)
			}
		}
		if !ok {
			continue
		}
		from, to := min(a.source[0], a.cue[0]), max(a.source[1], a.cue[1])
		a.item = newItem(u, index, from, to)
		a.describe(toks)
		if len(out) > 0 && a.pronoun && (a.group == "believe" || a.group == "expect") && a.from-out[len(out)-1].to <= 2 {
			continue // "He said that he thinks …" is one voice
		}
		if len(a.stems) == 0 && !a.pronoun {
			continue
		}
		out = append(out, a)
		i = max(i, a.cue[1]-1)
	}
	return out
}

// sourceBehind reads a source that stands behind its cue.
func sourceBehind(toks []token, cue [2]int, group string) (attribution, bool) {
	end := cue[1]
	for end < len(toks) && end-cue[1] < maxSource {
		t := toks[end]
		if t.kind == isMark && t.low != "-" && t.low != "'" && !(t.low == "." && end+1 < len(toks)) || t.is("that", "who", "which", "said", "says", "while", "but") {
			break
		}
		if group == "say" && end > cue[1]+1 && t.is("in", "on", "after", "during", "at", "when", "as", "and") && !t.cap && toks[cue[0]].stem == "say" {
			break
		}
		end++
	}
	if end == cue[1] {
		return attribution{}, false
	}
	return attribution{group: group, cue: cue, source: [2]int{cue[1], end}}, true
}

// withVerb reads the source of the verb of speech at token i.
func withVerb(toks []token, i int, group string) (attribution, bool) {
	if toks[i].cap && i > 0 || i+1 < len(toks) && toks[i+1].is("by") || strings.HasSuffix(toks[i].low, "ings") {
		return attribution{}, false // "Secretary of State", "demanded by", "warnings"
	}
	if strings.HasSuffix(toks[i].low, "ing") && (i == 0 || toks[i-1].kind != isMark && !toks[i-1].is("and", "is", "are", "was", "were", "been")) {
		return attribution{}, false // "the warning"
	}
	if i > 0 && (toks[i-1].is("to", "of", "on", "in", "for", "with", "by", "at", "from", "about", "against") || determiners()[toks[i-1].low] && !toks[i-1].is("that") || toks[i-1].low == "'" && i > 1 && toks[i-2].kind == isWord) {
		return attribution{}, false
	}
	subject := i
	for subject > 0 && auxiliaries()[toks[subject-1].low] {
		if toks[subject-1].is("is", "was", "are", "were", "be", "been") && !strings.HasSuffix(toks[i].low, "ing") {
			return attribution{}, false // passive: "is said to", "was told"
		}
		subject--
	}
	from, to, ok := subjectOf(toks, subject, toks[i].low)
	if ok && voice(toks, from, to, i) && (!nounToo()[toks[i].low] || speaking(toks, from, to, i)) {
		a := attribution{group: group, cue: [2]int{subject, i + 1}, source: [2]int{from, to}}
		if toks[i].stem == "tell" {
			a.addressee(toks, i+1)
		}
		return a, true
	}
	behindQuote := i > 0 && toks[i-1].kind == isMark && toks[i-1].is("\"", ",", "'", "-")
	if behindQuote && i+1 < len(toks) && (!nounToo()[toks[i].low] || toks[i-1].low == "\"") && canFollow(toks, i+1) {
		cue := [2]int{i, i + 1}
		return sourceBehind(toks, cue, group)
	}
	return attribution{}, false
}

// canFollow reports that the words at token i may be who said what stands
// before: a name, "the mayor", "two officers", or a pronoun and nothing else.
func canFollow(toks []token, i int) bool {
	t := toks[i]
	if t.kind != isWord {
		return false
	}
	if pronouns()[t.low] {
		return i+1 == len(toks) || toks[i+1].kind == isMark
	}
	return t.cap || determiners()[t.low] || numberWord(t.low) || speakersIn(toks[i:min(len(toks), i+4)])
}

// voice reports whether what stands before a verb of speech can be a source of
// it: nobody says nothing, only outlets publish what they "have learned", and
// what is found is told by studies and the like, or in a clause.
func voice(toks []token, from, to, at int) bool {
	subject, verb, next := toks[from:to], toks[at], token{}
	if at+1 < len(toks) {
		next = toks[at+1]
	}
	switch {
	case verb.is("alleged") && next.kind == isWord && !next.cap && !next.is("that") && !determiners()[next.low] && !pronouns()[next.low]:
		return false // "alleged smugglers"
	case verb.stem == "think" && next.is("of", "about"), verb.stem == "tell" && next.is("nobody", "none"):
		return false
	case verb.stem == "claim" && next.is("responsibility", "victory", "credit", "lives"):
		return false
	case cueStrength()[verb.stem] == "find" && !next.is("that", ":", "how", "whether", "why", "no", "evidence"):
		return slices.ContainsFunc(subject, func(t token) bool { return findings()[t.low] })
	case at > 0 && toks[at-1].is(",") && nounToo()[verb.low] && !next.is("that", ":", "\""):
		return outletIn(toks, from, to) // "the report, published in May"
	}
	if len(subject) == 1 && subject[0].is("nobody", "none", "nothing", "everybody", "everyone", "anyone", "anybody") {
		return false
	}
	return verb.stem != "learn" && verb.stem != "understand" || outletIn(toks, from, to)
}

// speaking reports whether a verb that is often none has a subject that speaks
// or is followed by what is said.
func speaking(toks []token, from, to, verb int) bool {
	if verb+1 < len(toks) && toks[verb+1].is("that", ":", "\"", "how", "whether", "why") {
		return true
	}
	if from > 0 && toks[from-1].is(",", "\"") && (verb+1 == len(toks) || toks[verb+1].is(".", ",", "on", "in", "at", "late", "last", "this")) {
		return true // "…, organisers announced."
	}
	for i, t := range toks[from:to] {
		if speakers()[t.low] || outletAt(toks, from+i) || t.is("he", "she", "they") && cueStrength()[toks[verb].stem] != "find" {
			return verb+1 < len(toks) && toks[verb+1].kind == isWord && !toks[verb+1].is("by", "of", "in", "on", "for", "to", "and", "or") || verb+1 == len(toks) || toks[verb+1].is(",", ".")
		}
	}
	return false
}

// subjectOf finds the tokens [from, to) of the subject that stands before token
// end.
func subjectOf(toks []token, end int, verb string) (from, to int, ok bool) {
	if end == 0 {
		return 0, 0, false
	}
	last := toks[end-1]
	switch {
	case last.is("and", "but"), last.is(",") && strings.HasSuffix(verb, "ing"):
		from, to, ok = clauseSubject(toks, end-1)
		return from, to, ok
	case last.is(",") && end > 2:
		open := end - 2
		for open > 0 && !toks[open].is(",", "\"") {
			open--
		}
		if !toks[open].is(",") || end-open > maxSource {
			return 0, 0, false
		}
		from, ok = nounBefore(toks, open)
		return from, end, ok && (toks[from].cap || determiners()[toks[from].low] || speakersIn(toks[from:open]))
	case last.kind == isMark:
		return 0, 0, false
	}
	from, ok = nounBefore(toks, end)
	return from, end, ok
}

func speakersIn(toks []token) bool {
	for _, t := range toks {
		if speakers()[t.low] || t.cap {
			return true
		}
	}
	return false
}

// nounBefore walks back over the noun phrase that ends before token end.
func nounBefore(toks []token, end int) (int, bool) {
	from := end
	for from > 0 && end-from < maxSource {
		t := toks[from-1]
		if pronouns()[t.low] && t.kind == isWord {
			if from == end {
				from--
			}
			break
		}
		if t.kind == isMark && !t.is("-", "'") || t.is("that", "which", "while", "as", "but", "because", "although", "though", "if", "when", "where", "after", "since", "so", "whether", "than", "then", "what") {
			break
		}
		if t.is("and", "or") && !joined(toks, from-1, end) {
			break
		}
		if from < end && cueStrength()[t.stem] != "" && !nounToo()[t.low] {
			break
		}
		from--
	}
	for from < end && (toks[from].is("and", "or", "but", "yet", "also", "however", "meanwhile") || auxiliaries()[toks[from].low]) {
		from++
	}
	if from < end && toks[from].is("in", "on", "at", "after", "during", "by", "from", "with", "for", "to", "under") {
		from = firstSpeaker(toks, from, end)
	}
	return from, from < end
}

// joined reports an "and" between two nouns of one subject.
func joined(toks []token, and, end int) bool {
	return and > 0 && and+1 < end && toks[and-1].cap && toks[and+1].cap
}

func firstSpeaker(toks []token, from, end int) int {
	for i := from + 1; i < end; i++ {
		if speakers()[toks[i].low] {
			for i > from+1 && toks[i-1].kind == isWord && !toks[i-1].is("in", "on", "at", "of", "by") {
				i--
			}
			return i
		}
	}
	return from
}

// clauseSubject finds the subject of a verb that is joined on ("X are pushing for
// it and say"): the first noun phrase of the sentence.
func clauseSubject(toks []token, end int) (from, to int, ok bool) {
	for i := 1; i < end && i < 8; i++ {
		if auxiliaries()[toks[i].low] || strings.HasSuffix(toks[i].low, "ed") || cueStrength()[toks[i].stem] != "" {
			return 0, i, toks[0].kind == isWord
		}
	}
	return 0, 0, false
}

// addressee notes the outlet that was told.
func (a *attribution) addressee(toks []token, i int) {
	for end := min(len(toks), i+6); i < end && toks[i].kind == isWord && !toks[i].is("that"); i++ {
		named := i+1 < len(toks) && toks[i].is("newspaper", "magazine", "broadcaster", "daily", "weekly", "tabloid", "website", "agency") && toks[i+1].cap
		if named {
			i++
		}
		if named || outletAt(toks, i) {
			a.outlet, a.told = toks[i].stem, true
			a.cue[1] = i + 1
			return
		}
	}
}

// describe fills in what the source is called.
func (a *attribution) describe(toks []token) {
	src := toks[a.source[0]:a.source[1]]
	if end := clauseEnd(src); end > 0 {
		src = src[:end]
	}
	for i, t := range src {
		switch {
		case t.kind == isMark || t.stem == "":
		case pronouns()[t.low] && len(src) == 1:
			a.pronoun = true
		case t.stop && !numberWord(t.low):
		default:
			a.stems = append(a.stems, t.stem)
			if t.cap {
				a.names = append(a.names, t.stem)
				if i > 0 && src[i-1].cap && src[i-1].kind == isWord && src[i-1].stem != "" {
					a.called = append(a.called, [2]string{src[i-1].stem, t.stem})
				}
			}
			if outletAt(toks, a.source[0]+i) && a.outlet == "" {
				a.outlet = t.stem
			}
		}
	}
	slices.Sort(a.stems)
	a.stems = slices.Compact(a.stems)
}

// clauseEnd is where the subject of a joined verb ends: before its first verb.
func clauseEnd(src []token) int {
	for i, t := range src {
		if i > 0 && t.is("are", "is", "was", "were", "has", "have", "had", "will", "would") && !src[i-1].is("who", "which") {
			return i
		}
		if t.is("who", "which") {
			return 0
		}
	}
	return 0
}

func numberWord(low string) bool { _, ok := numberWords[low]; return ok }

func (a *attribution) sourceSpan(u *unit) annotations.Span {
	return annotations.Span{Start: u.tokens[a.source[0]].span.Start, End: u.tokens[a.source[1]-1].span.End}
}

func (a *attribution) cueSpan(u *unit) annotations.Span {
	return annotations.Span{Start: u.tokens[a.cue[0]].span.Start, End: u.tokens[a.cue[1]-1].span.End}
}

// sameSource is 1 for sources called alike, less the less they share, 0 for none.
// Names decide: Hegseth and Defense Secretary Pete Hegseth are one.
func sameSource(x, y *attribution) float64 {
	if x.pronoun || y.pronoun {
		return 0.5
	}
	if shared(x.names, y.names) > 0 && len(x.names) > 0 && len(y.names) > 0 && lastShared(x.names, y.names) {
		if namesakes(x.called, y.called, x.names, y.names) {
			return 0.4
		}
		return 1
	}
	both := 0
	for _, s := range x.stems {
		if slices.ContainsFunc(y.stems, func(t string) bool { return s == t || akin(s, t) }) {
			both++
		}
	}
	return float64(both) / float64(max(len(x.stems), len(y.stems), 1))
}

// lastShared reports whether the last name of either stands among those of the other.
func lastShared(x, y []string) bool {
	return slices.Contains(y, x[len(x)-1]) || slices.Contains(x, y[len(y)-1])
}
