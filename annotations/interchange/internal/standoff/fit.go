package standoff

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
)

// Place is where a file says that words stand: pieces in some unit, and the
// words themselves.
type Place struct {
	Pieces [][2]int
	Words  string // "" = the file does not quote
}

// nearby is how far, in bytes, a misplaced span may be from its words when these
// stand in the text more than once.
const nearby = 64

// Fit finds the spans of text that a place means. It believes unit first, then
// the other units, then the words. Repair says what was done when the place was
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
		if s, ok := d.search(o, text, p, unit); ok {
			return []annotations.Span{s}, fmt.Sprintf("%s; the words were found at byte %d", first, s.Start), nil
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

// search looks for the words of a misplaced span: the only place, or the one
// that is clearly next to where the file says.
func (d *Desk) search(o *annotations.Offsets, text string, p Place, unit annotations.Unit) (annotations.Span, bool) {
	at := len(text)
	if s, err := o.Span([2]int{p.Pieces[0][0], p.Pieces[0][0] + 1}, unit); err == nil {
		at = s.Start
	}
	best, second, found := len(text)+1, len(text)+1, -1
	for from := 0; from < len(text) && d.budget > 0; {
		i := strings.Index(text[from:], p.Words)
		if i < 0 {
			d.budget -= len(text) - from
			break
		}
		d.budget -= i + len(p.Words)
		i += from
		away := max(i-at, at-i)
		if away < best {
			best, second, found = away, best, i
		} else {
			second = min(second, away)
		}
		from = i + 1
	}
	if d.budget <= 0 {
		return annotations.Span{}, false
	}
	switch {
	case found < 0:
		return annotations.Span{}, false
	case second > len(text): // the only one
	case best <= nearby && best < second:
	default:
		return annotations.Span{}, false
	}
	return annotations.Span{Start: found, End: found + len(p.Words)}, true
}
