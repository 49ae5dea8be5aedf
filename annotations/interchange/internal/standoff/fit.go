package standoff

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/find"
)

// Place is where a file says that words stand: pieces in some unit, and the
// words themselves.
type Place struct {
	Pieces [][2]int
	Words  string // "" = the file does not quote
}

// Fit finds the spans of text that a place means. It believes unit first, then
// the other units, then words that stand in the text once. Repair says what was done when the place was
// not right as it stood.
func (d *Desk) Fit(o *annotations.Offsets, text string, p Place, unit annotations.Unit) (spans []annotations.Span, repair string, err error) {
	first := ""
	for _, u := range []annotations.Unit{unit, annotations.CodePoints, annotations.UTF16, annotations.Bytes} {
		got, err := spansIn(o, p.Pieces, u)
		if err == nil && (p.Words == "" || quotes(text, got, p.Words)) {
			if u != unit {
				repair = fmt.Sprintf("the positions count in units of %s, not of %s", u, unit)
			}
			return got, repair, nil
		}
		switch {
		case first != "":
		case err != nil:
			first = err.Error()
		default:
			first = fmt.Sprintf("there stands %q, not %q", Clip(join(text, got, " "), 40), Clip(p.Words, 40))
		}
		if p.Words == "" {
			break // nothing tells which unit was meant
		}
	}
	if len(p.Pieces) == 1 && p.Words != "" && p.Pieces[0][0] >= 0 {
		switch at, ok := d.once(text, p.Words); {
		case ok:
			return []annotations.Span{{Start: at, End: at + len(p.Words)}}, fmt.Sprintf("%s; the words were found at byte %d", first, at), nil
		case at >= 0:
			first += "; the words stand in the text more than once: nobody can say which is meant"
		}
	}
	return nil, "", fmt.Errorf("the span leads nowhere: %s", first)
}

func spansIn(o *annotations.Offsets, pieces [][2]int, u annotations.Unit) ([]annotations.Span, error) {
	var out []annotations.Span
	for i, p := range pieces {
		s, err := o.Span(p, u)
		if err != nil {
			return nil, err
		}
		if i > 0 && s.Start < out[i-1].End {
			return nil, fmt.Errorf("piece %d overlaps the one before or stands ahead of it", i+1)
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("it has no piece")
	}
	return out, nil
}

func join(text string, spans []annotations.Span, by string) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, s.In(text))
	}
	return strings.Join(parts, by)
}

// quotes reports whether spans hold words. Programs join pieces by a blank or by
// nothing and write line ends as blanks.
func quotes(text string, spans []annotations.Span, words string) bool {
	return SameWords(join(text, spans, " "), words) || len(spans) > 1 && SameWords(join(text, spans, ""), words)
}

// SameWords reports whether two texts are the same but for how much white space
// stands where some stands, and of which kind.
func SameWords(a, b string) bool {
	if a == b {
		return true
	}
	plain := func(s string) string { return strings.Join(strings.FieldsFunc(s, Blank), " ") }
	return plain(a) == plain(b)
}

// once finds words that stand in text once, while there is something left to spend on it.
func (d *Desk) once(text, words string) (at int, ok bool) {
	if !d.text.Is(text) {
		d.text = find.In(text)
	}
	if d.budget -= d.text.Cost(words); d.budget < 0 {
		return -1, false
	}
	return d.text.Once(words)
}
