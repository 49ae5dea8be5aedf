package foreign

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/find"
)

// Graphemes counts positions in grapheme clusters, as doccano does on request.
const Graphemes annotations.Unit = "grapheme"

// Text is a text of a file with what the file says of where it comes from.
type Text struct {
	Words    string
	Names    []string // article keys, names or URLs that may lead to its article
	Known    bool     // Names are of an article that must be in the store
	Sentence string   // ID of the sentence that Words are, where they are one
	About    interchange.About
	File     string
}

// View is a text of a file laid over the article it is of.
type View struct {
	*Doc
	words   string
	offsets *annotations.Offsets
	removed []int // bytes of words that the article's text does not have, ascending
	base    int   // where words begin in the article's text
	borders []int // byte offsets of grapheme clusters, made when first asked for
}

// Normal gives a text as an import keeps it, without a byte order mark and with
// LF line ends, and the places of the bytes that this took away.
func Normal(s string) (string, []int) {
	if !strings.Contains(s, "\r") && !strings.HasPrefix(s, "\ufeff") {
		return s, nil
	}
	var out strings.Builder
	var removed []int
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s, "\ufeff") && i < len("\ufeff"), s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n':
			removed = append(removed, i)
		case s[i] == '\r':
			out.WriteByte('\n')
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String(), removed
}

// Open finds the article of a text, or makes one.
func (in *Intake) Open(t Text) (*View, error) {
	if len(t.Words) > MaxLine {
		return nil, fmt.Errorf("the text is longer than %d bytes", MaxLine)
	}
	a, base, named, err := in.find(&t, t.Words)
	var removed []int
	if norm, gone := Normal(t.Words); a == nil && err == nil {
		removed = gone
		if norm != t.Words {
			a, base, named, err = in.find(&t, norm)
		}
		if a == nil && err == nil {
			a, base, err = in.fresh(&t, norm, named)
		}
	}
	if err != nil {
		return nil, err
	}
	d, err := in.doc(a)
	if err != nil {
		return nil, err
	}
	v := &View{Doc: d, words: t.Words, removed: removed, base: base}
	if t.Words == a.Body {
		v.offsets = d.Offsets
	} else {
		v.offsets = annotations.NewOffsets(t.Words)
	}
	return v, nil
}

// find looks for an article that has words, and where; named is one that the
// file names and that has others.
func (in *Intake) find(t *Text, words string) (a *annotations.Article, base int, named string, err error) {
	for _, name := range t.Names {
		a, err := in.named(name)
		if err != nil {
			return nil, 0, "", err
		}
		if a = in.asWritten(a, t.Names...); a == nil {
			continue
		}
		if base, ok := in.within(a, words, t.Sentence); ok {
			return a, base, "", nil
		}
		named = a.Name
	}
	for _, words := range []string{words, words + "\n"} {
		a, err := in.hashed(words)
		if err != nil {
			return nil, 0, "", err
		}
		if a != nil && a.Body == words {
			return in.asWritten(a, t.Names...), 0, "", nil
		}
	}
	return nil, 0, named, nil
}

// fresh makes an article of a text that no article has.
func (in *Intake) fresh(t *Text, norm, named string) (*annotations.Article, int, error) {
	switch {
	case strings.TrimSpace(norm) == "":
		return nil, 0, errors.New("the text is empty")
	case named != "" && t.Known:
		return nil, 0, fmt.Errorf("the words do not stand in article %s, or more than once: one of the two was changed", named)
	case t.Known:
		return nil, 0, fmt.Errorf("no article %s is in this store; import it first", quoted(t.Names))
	}
	a, err := in.make(t, norm)
	if err != nil {
		return nil, 0, err
	}
	a = in.asWritten(a, t.Names...)
	base, ok := in.within(a, norm, "")
	if !ok {
		return nil, 0, errors.New("an import of the text gives another text")
	}
	return a, base, nil
}

// within finds norm in a: all of it, a sentence of that ID, or words that stand
// there once.
func (in *Intake) within(a *annotations.Article, norm, sentence string) (base int, ok bool) {
	if norm == "" {
		return 0, false
	}
	if a.Body == norm {
		return 0, true
	}
	if id, err := annotations.ParseSentenceID(sentence); err == nil {
		if i := a.Index(id); i >= 0 && a.Units[i].Span.In(a.Body) == norm {
			return a.Units[i].Span.Start, true
		}
	}
	return in.once(a, norm)
}

// once finds words that stand in an article's text once.
func (in *Intake) once(a *annotations.Article, words string) (at int, ok bool) {
	t := in.texts[a.ID]
	if t == nil {
		t = find.In(a.Body)
		in.texts[a.ID] = t
	}
	return t.Once(words)
}

func quoted(names []string) string {
	for _, n := range names {
		if n != "" {
			return fmt.Sprintf("%.80q", n)
		}
	}
	return "of that name"
}

func (in *Intake) named(name string) (*annotations.Article, error) {
	if name == "" || len(name) > annotations.MaxField {
		return nil, nil
	}
	if a, ok := in.byName[name]; ok {
		return a, nil
	}
	a, err := in.lib.Article(annotations.Hash{}, name)
	if err == nil {
		in.byName[name] = a
	}
	return a, err
}

func (in *Intake) hashed(words string) (*annotations.Article, error) {
	h := annotations.HashOf(words)
	if a, ok := in.byHash[h]; ok {
		return a, nil
	}
	a, err := in.lib.Article(h, "")
	if err == nil {
		in.byHash[h] = a
	}
	return a, err
}

func (in *Intake) make(t *Text, norm string) (*annotations.Article, error) {
	a, err := in.lib.Make(norm, t.About, t.File)
	switch {
	case err != nil:
		return nil, err
	case a == nil:
		return nil, errors.New("the text could not be made an article")
	}
	in.byHash[annotations.HashOf(norm)] = a
	return a, nil
}

// body turns a span of the file's text into one of the article's.
func (v *View) body(s annotations.Span) (annotations.Span, bool) {
	at := func(b int) int { return v.base + b - sort.SearchInts(v.removed, b) }
	out := annotations.Span{Start: at(s.Start), End: at(s.End)}
	return out, out.Check(v.Article.Body) == nil
}

// in reads a pair of positions in one unit.
func (v *View) in(p [2]int, u annotations.Unit) (annotations.Span, bool) {
	var s annotations.Span
	var err error
	if u == Graphemes {
		if v.borders == nil {
			v.borders = clusters(v.words)
		}
		if p[0] < 0 || p[1] <= p[0] || p[1] >= len(v.borders) {
			return s, false
		}
		s = annotations.Span{Start: v.borders[p[0]], End: v.borders[p[1]]}
	} else if s, err = v.offsets.Span(p, u); err != nil || s.Check(v.words) != nil {
		return s, false
	}
	return v.body(s)
}

// clusters lists where the grapheme clusters of s begin, and its end.
func clusters(s string) []int {
	out := []int{0}
	for g := graphemes.FromString(s); g.Next(); {
		out = append(out, out[len(out)-1]+len(g.Value()))
	}
	return out
}

// Claim is a span as a file gives it.
type Claim struct {
	Pair  [2]int
	Unit  annotations.Unit // that the format declares
	Quote string           // the words that must stand there; "" where the format has none
	Loose bool             // the quotation may differ in white space
}

// Find returns the span of the article that c means. repair says what had to be
// assumed; "" when nothing.
func (v *View) Find(c Claim) (s annotations.Span, repair string, err error) {
	fits := func(s annotations.Span) bool {
		words := s.In(v.Article.Body)
		return c.Quote == "" || words == c.Quote || c.Loose && len(words) < 4*len(c.Quote) && squeeze(words) == squeeze(c.Quote)
	}
	s, ok := v.in(c.Pair, c.Unit)
	if ok && fits(s) {
		return s, "", nil
	}
	if c.Quote != "" {
		for _, u := range []annotations.Unit{annotations.UTF16, annotations.CodePoints, annotations.Bytes, Graphemes} {
			if t, ok := v.in(c.Pair, u); u != c.Unit && ok && fits(t) {
				return t, fmt.Sprintf("positions %d to %d lead to the words when they are read as %s, not as %s", c.Pair[0], c.Pair[1], u, c.Unit), nil
			}
		}
		if i, once := v.Doc.in.once(v.Article, c.Quote); once {
			return annotations.Span{Start: i, End: i + len(c.Quote)}, fmt.Sprintf("positions %d to %d do not lead to the words; they stand in the text once, there", c.Pair[0], c.Pair[1]), nil
		}
		if ok {
			return s, "", fmt.Errorf("positions %d to %d lead to %q, the file has %q", c.Pair[0], c.Pair[1], clip(s.In(v.Article.Body)), clip(c.Quote))
		}
	}
	if !ok {
		return s, "", fmt.Errorf("positions %d to %d do not fit the text in %s", c.Pair[0], c.Pair[1], c.Unit)
	}
	return s, "", nil
}

// squeeze makes every run of white space one blank; Label Studio writes a line
// end as a backslash and an n.
func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, `\n`, "\n")), " ")
}

// clip shortens words for a message.
func clip(s string) string {
	const limit = 40
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s[:min(len(s), limit*utf8.UTFMax)])[:limit-1]) + "…"
}

// BestUnit guesses in which unit the pairs of a text without quotations count:
// the declared one unless another makes more of them exact sentences.
func (v *View) BestUnit(pairs [][2]int, declared annotations.Unit) annotations.Unit {
	best, most := declared, v.exact(pairs, declared)
	if most == len(pairs) || len(pairs) == 0 {
		return best
	}
	for _, u := range []annotations.Unit{annotations.CodePoints, annotations.UTF16, Graphemes, annotations.Bytes} {
		if n := v.exact(pairs, u); u != declared && n > most {
			best, most = u, n
		}
	}
	return best
}

func (v *View) exact(pairs [][2]int, u annotations.Unit) int {
	n := 0
	for _, p := range pairs {
		if s, ok := v.in(p, u); ok {
			if ids, whole, err := v.Over(s); err == nil && whole && len(ids) > 0 {
				n++
			}
		}
	}
	return n
}
