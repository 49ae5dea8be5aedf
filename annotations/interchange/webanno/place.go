package webanno

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// maxGap is how much white space may stand between two sentences, in units of
// the file. It keeps a made-up position from asking for memory.
const maxGap = 1 << 16

// maxGaps is how much of it a whole file may claim beyond its own length, since a
// few bytes can name any position.
const maxGaps = 1 << 20

// length counts s in a unit.
func length(s string, u annotations.Unit) int {
	switch u {
	case annotations.CodePoints:
		return utf8.RuneCountInString(s)
	case annotations.UTF16:
		n := 0
		for _, r := range s {
			n += utf16.RuneLen(r)
		}
		return n
	case annotations.Bytes:
	}
	return len(s)
}

// rebuild makes the text as the tools do: sentences at the places of their first
// words, a line feed after each where there is room, blanks in the gaps.
func (t *table) rebuild(file string, u annotations.Unit) (string, error) {
	var b strings.Builder
	at, budget := 0, maxGaps
	for _, s := range t.sentences {
		budget += len(s.text)
	}
	for i, s := range t.sentences {
		gap := s.begin - at
		if gap < 0 || gap > maxGap {
			return "", standoff.Refuse(file, s.line, "the sentence begins at %d, the one before ends at %d", s.begin, at)
		}
		if budget -= gap; budget < 0 {
			return "", standoff.Refuse(file, s.line, "the positions claim more white space between sentences than there is text")
		}
		if gap > 0 && i > 0 {
			b.WriteByte('\n')
			gap--
		}
		b.WriteString(strings.Repeat(" ", gap))
		b.WriteString(s.text)
		at = s.begin + length(s.text, u)
	}
	return b.String(), nil
}

// wrong marks the rows whose words do not stand at their places, and counts them.
func (t *table) wrong(o *annotations.Offsets, text string, u annotations.Unit) int {
	n := 0
	for i := range t.rows {
		r := &t.rows[i]
		s, err := o.Span([2]int{r.begin, r.end}, u)
		r.bad = err != nil || s.In(text) != r.words && s.In(text) != unescapeText(r.words) && s.In(text) != unescapeValue(r.words)
		if r.bad {
			n++
		}
	}
	return n
}

// place finds the unit in which the file counts and the text that it speaks of.
func (t *table) place(d *standoff.Desk, file string) (text string, unit annotations.Unit, err error) {
	var first error
	best := len(t.rows)
	for _, u := range []annotations.Unit{annotations.UTF16, annotations.CodePoints, annotations.Bytes} {
		made, err := t.rebuild(file, u)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		if n := t.wrong(annotations.NewOffsets(made), made, u); n < best {
			text, unit, best = made, u, n
		}
		if best == 0 {
			break
		}
	}
	if unit == "" {
		if first == nil {
			first = standoff.Refuse(file, t.rows[0].line, "no word stands at its place in the text, in no unit")
		}
		return "", "", first
	}
	// An article has no carriage returns; a blank keeps the positions.
	text = strings.ReplaceAll(text, "\r", " ")
	if unit != annotations.UTF16 {
		d.Repaired(file, 0, "the positions count in units of %s, not of utf16", unit)
	}
	return text, unit, nil
}

// article finds the article of a text. By name, white space may be of another
// kind, since the format does not keep it; so the name goes first, where two
// articles differ in nothing else.
func article(d *standoff.Desk, text, base, file string) (*annotations.Article, error) {
	a, err := d.Known("", base)
	if err != nil || a != nil && alike(text, a.Body) {
		return a, err
	}
	for _, s := range []string{text, text + "\n"} {
		if a, err := d.Known(s, ""); a != nil || err != nil {
			return a, err
		}
	}
	if a, err = d.Library.Make(text, interchange.About{}, file); err != nil {
		return nil, standoff.Refuse(file, 0, "cannot become an article: %v", err)
	}
	return a, nil
}

// alike reports whether two texts differ in the kind of white space alone, and
// in how much of it stands at the end.
func alike(a, b string) bool {
	for a != "" && b != "" {
		r, n := utf8.DecodeRuneInString(a)
		s, m := utf8.DecodeRuneInString(b)
		if r != s && !(standoff.Blank(r) && standoff.Blank(s)) {
			return false
		}
		a, b = a[n:], b[m:]
	}
	return strings.TrimFunc(a+b, standoff.Blank) == ""
}

// ownCuts gives the sentences of the file, where stet wrote it: other programs cut
// without headings and captions, and then the rules know better.
func (t *table) ownCuts(o *annotations.Offsets, u annotations.Unit) (spans []annotations.Span, ids []annotations.SentenceID) {
	for i := range t.sentences {
		s := &t.sentences[i]
		id, err := annotations.ParseSentenceID(s.id)
		if err != nil {
			return nil, nil
		}
		span, err := o.Span([2]int{s.begin, s.begin + length(s.text, u)}, u)
		if err != nil {
			return nil, nil
		}
		spans, ids = append(spans, span), append(ids, id)
	}
	return spans, ids
}
