package review

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
)

// What follows lets a program without a screen tell what the screen shows, in
// sentences, and do by questions what needs a cursor.

// Telling is a sentence as it is told: where it stands, what is said of it, what
// more is known, each in whole sentences, and its words. Words come from an
// article and must be made visible by who prints them.
type Telling struct {
	Where  string   // "Sentence 19 of 38, paragraph 6."
	State  string   // "Untagged." "Contested, against 5 and 16."
	More   []string // "Source: the board."
	Text   string
	Tagged bool
}

// Tell tells the current sentence.
func (s *Screen) Tell() Telling { return s.tellAt(s.cur) }

func (s *Screen) tellAt(i int) Telling {
	u := s.sentence(i)
	what := "Sentence"
	if !u.Kind.Required() {
		what = dialog.Capital(u.Kind.String())
	}
	a := s.said(i)
	t := Telling{Where: fmt.Sprintf("%s %d of %d, paragraph %d.", what, i+1, s.n, u.Paragraph+1), Text: s.text(i)}
	t.Tagged = a != nil && a.Tag != ""
	t.State = s.stateWords(i, a)
	if i == s.cur {
		for _, f := range s.facts() {
			if f.label != "suggested" && f.label != hereLabel { // State says it, and the words below
				t.More = append(t.More, dialog.Ended(dialog.Capital(f.label)+": "+f.text))
			}
		}
	}
	if words := s.company(i); words != "" {
		t.More = append(t.More, words)
	}
	return t
}

// stateWords says in sentences what letters and marks say on the screen.
func (s *Screen) stateWords(i int, a *annotations.Annotation) string {
	words := "Untagged."
	if a != nil && a.Tag != "" {
		words = dialog.Capital(s.tagName(a)) + "."
	} else if !s.sentence(i).Kind.Required() {
		words = "It may be tagged, it need not be."
	}
	if sug := s.suggested(i); sug != nil {
		s.see(i)
		words += " Suggested: " + s.suggestedWords(sug) + "."
	}
	if links := s.links(i, a); links != "" {
		r := strings.NewReplacer("vs ", "Against ", "<- ", "Disputed by ")
		for _, part := range strings.Split(links, "  ") {
			words += " " + dialog.Capital(r.Replace(part)) + "."
		}
	}
	if s.anchor >= 0 {
		words += " Range " + s.Range() + "."
	}
	return words
}

// suggestedWords is "sourced, because of “according to”, rule S-1".
func (s *Screen) suggestedWords(sug *Suggestion) string {
	words := s.doc.Book.Tag(sug.Tag).Name
	if sug.Whole != nil {
		return words + ", as " + sug.From
	}
	var cues []string
	for _, w := range sug.Words {
		cues = append(cues, "“"+s.in(w)+"”")
	}
	if len(cues) > 0 {
		words += ", because of " + strings.Join(cues, " and ")
	}
	if sug.Rule != "" {
		words += ", rule " + sug.Rule
	}
	for _, name := range sug.names() {
		words += ", source " + name
	}
	return words
}

// Unframed counts every sentence as one that is in sight, as where there is no screen,
// until back is called.
func (s *Screen) Unframed() (back func()) {
	top, units := s.view.top, s.view.units
	s.view.top, s.view.units = 0, s.n
	return func() { s.view.top, s.view.units = top, units }
}

// Quoted tells the untagged sentences with a suggestion that the quotation around
// the current one holds. Every sentence counts as seen from then on, because
// they are told before they are taken.
func (s *Screen) Quoted() []Telling {
	s.Unframed()
	var out []Telling
	for _, i := range s.quotation() {
		if s.suggested(i) != nil {
			out = append(out, s.tellAt(i))
		}
	}
	return out
}

// Marking is what the panel in which words are marked holds.
type Marking struct {
	Place  int // of the sentence, from 1
	N, Of  int // which source, from 1, of how many
	Source string
	Cue    string
	Words  string // content words
	Other  string // name, kind, count, hops and terms
	Note   string // what went wrong last; "" for nothing
}

// Marking returns what is being marked, if words are.
func (s *Screen) Marking() (Marking, bool) {
	m, ok := s.marker()
	if !ok {
		return Marking{}, false
	}
	at := &m.list[m.at]
	said := func(list []annotations.Span) string {
		var out []string
		for _, sp := range list {
			out = append(out, s.in(sp))
		}
		return strings.Join(out, " … ")
	}
	one := annotations.Annotation{Attributions: []annotations.Attribution{*at}}
	return Marking{
		Place: m.place + 1, N: m.at + 1, Of: len(m.list), Source: said(at.Source), Cue: said(at.Cue), Words: said(at.Content),
		Other: strings.TrimPrefix(s.sourceWords(&one)+firstHand(at), ", "), Note: m.note,
	}, true
}

// firstHand says that a source spoke to the outlet itself, which goes without saying
// where it was not just answered.
func firstHand(at *annotations.Attribution) string {
	if at.Hops == 1 {
		return ", spoke to this outlet"
	}
	return ""
}

// The parts of a source that MarkWords marks.
const (
	PartSource  = "source"
	PartCue     = "cue"
	PartContent = "content"
)

// MarkWords marks words, which must stand in the sentence letter by letter, as a
// part of the source that is open in the panel. Pieces are parted by "…"; words
// that stand there more than once are told apart by "#2" at their end, the
// second of them. Where the sentence does not hold them the two around it are
// looked through. No words take the part away. It returns why it could not, or "".
func (s *Screen) MarkWords(part, words string) string {
	m, ok := s.marker()
	if !ok {
		return "no words are being marked"
	}
	at := &m.list[m.at]
	to, ok := map[string]*[]annotations.Span{PartSource: &at.Source, PartCue: &at.Cue, PartContent: &at.Content}[part]
	if !ok {
		return fmt.Sprintf("%q is no part of a source", part)
	}
	if words == "" {
		*to = nil
		m.light()
		return ""
	}
	var spans []annotations.Span
	pieces := strings.Split(words, "…")
	if strings.Contains(s.text(m.place), words) {
		pieces = []string{words}
	}
	for _, piece := range pieces {
		sp, why := s.standing(m.place, strings.TrimSpace(piece))
		if why != "" {
			return why
		}
		spans = append(spans, sp)
	}
	slices.SortFunc(spans, func(a, b annotations.Span) int { return a.Start - b.Start })
	for i := 1; i < len(spans); i++ {
		if spans[i].Start < spans[i-1].End {
			return "the pieces of a " + part + " must not overlap"
		}
	}
	*to = spans
	if part == PartSource && at.Name == "" {
		at.Name = oneLine(s.in(spans[0]))
	}
	m.light()
	return ""
}

// standing finds where words stand in a sentence, or in the two around it.
func (s *Screen) standing(place int, words string) (annotations.Span, string) {
	words, n := nth(words)
	if words == "" {
		return annotations.Span{}, "no words are given"
	}
	own := s.sentence(place).Span
	near := annotations.Span{Start: s.sentence(max(place-2, 0)).Span.Start, End: s.sentence(min(place+2, s.n-1)).Span.End}
	for _, in := range []annotations.Span{own, near} {
		switch found := wholeWords(s.in(in), find(s.in(in), words)); {
		case len(found) == 0:
			continue
		case len(found) > 1 && n == 0:
			return annotations.Span{}, fmt.Sprintf("“%s” stands there %d times: give more words, or #1, #2 … after them", words, len(found))
		case n > len(found):
			return annotations.Span{}, fmt.Sprintf("“%s” stands there %d times only", words, len(found))
		default:
			at := found[max(n-1, 0)]
			return annotations.Span{Start: in.Start + at.Start, End: in.Start + at.End}, ""
		}
	}
	return annotations.Span{}, fmt.Sprintf("“%s” does not stand there, letter by letter", words)
}

// wholeWords are those of the places that begin and end where words do, or all where
// none does: “Smith” is not part of “Smithsonian” where it also stands alone. In scripts
// without blanks words have no such ends.
func wholeWords(text string, found []annotations.Span) []annotations.Span {
	inside := func(at int) bool {
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at:])
		return inWord(before) && inWord(after) && !unblanked(before) && !unblanked(after)
	}
	whole := slices.DeleteFunc(slices.Clone(found), func(sp annotations.Span) bool { return inside(sp.Start) || inside(sp.End) })
	if len(whole) == 0 {
		return found
	}
	return whole
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// nth takes "#2" off the end of words.
func nth(words string) (string, int) {
	i := strings.LastIndex(words, "#")
	if i <= 0 || i+2 != len(words) || words[i+1] < '1' || words[i+1] > '9' {
		return words, 0
	}
	return strings.TrimSpace(words[:i]), int(words[i+1] - '0')
}
