package interchange

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// Cuts says in one line how a text is cut into units, for a slot that another
// program hands on unread: in a store that does not have the text yet, [Recut]
// makes the same sentences of it, whatever the rules there say. It is "" where it
// would be longer than [MaxCuts].
//
// One word a unit, in reading order, parted by blanks:
//
//	[gap+]length[k kind][d dateline][p paragraphs][#id]
//
// gap is the white space in front, left out where it is 1, or 0 for the first unit;
// length is the unit's own. kind is its number where it is no plain sentence,
// dateline the length of it. p says that a paragraph begins, with a number where it
// is not the next. id stands where it is not the one after the last unit's. All
// count in code points: so a text whose quotation marks another program changed is
// still cut alike.
func Cuts(a *annotations.Article) string {
	b := make([]byte, 0, 8*len(a.Units))
	length := func(start, end int) int64 { return int64(utf8.RuneCountInString(a.Body[start:end])) }
	end, gap := 0, int64(0)
	last := annotations.Sentence{}
	for i, u := range a.Units {
		if i > 0 {
			b = append(b, ' ')
		}
		if n := length(end, u.Span.Start); n != gap {
			b = append(strconv.AppendInt(b, n, 10), '+')
		}
		b = strconv.AppendInt(b, length(u.Span.Start, u.Span.End), 10)
		if u.Kind != annotations.KindSentence {
			b = strconv.AppendUint(append(b, 'k'), uint64(u.Kind), 10)
		}
		if u.Dateline != 0 {
			b = strconv.AppendInt(append(b, 'd'), length(u.Span.Start, u.Span.Start+u.Dateline), 10)
		}
		switch step := int64(u.Paragraph) - int64(last.Paragraph); step {
		case 0:
		case 1:
			b = append(b, 'p')
		default:
			b = strconv.AppendInt(append(b, 'p'), step, 10)
		}
		if u.ID != last.ID+1 {
			b = strconv.AppendUint(append(b, '#'), uint64(u.ID), 10)
		}
		if len(b) > MaxCuts {
			return ""
		}
		end, gap, last = u.Span.End, 1, u
	}
	return string(b)
}

// Cuts is how the text of the sheet's article is cut; see [Cuts].
func (s *Sheet) Cuts() string { return Cuts(s.p.Article) }

// About is what is known of the article, packed as [About.Pack] does.
func (s *Sheet) About() string { return AboutOf(&s.p.Article.Meta).Pack() }

// MaxCuts is the longest text that [Cuts] makes and [Recut] reads, in bytes.
const MaxCuts = MaxPack

// Recut gives a with its text cut as cuts says, and the same name. It fails, and a
// stays as it is, where cuts cannot be read or does not fit the text: every unit
// has to begin and end at the edge of words, with white space alone between them.
func Recut(a *annotations.Article, cuts string) (*annotations.Article, error) {
	if len(cuts) > MaxCuts {
		return nil, fmt.Errorf("is longer than %d bytes", MaxCuts)
	}
	out := *a
	out.Units = make([]annotations.Sentence, 0, min(strings.Count(cuts, " "), len(a.Body))+1)
	last, gap := annotations.Sentence{}, int64(0)
	for word := range strings.SplitSeq(cuts, " ") {
		u, err := readCutWord(a.Body, word, last, gap)
		if err != nil {
			return nil, fmt.Errorf("unit %d is %.20q: %w", len(out.Units)+1, word, err)
		}
		out.Units = append(out.Units, u)
		last, gap = u, 1
	}
	return sealed(&out)
}

// readCutWord reads the unit after last.
func readCutWord(body, word string, last annotations.Sentence, gap int64) (u annotations.Sentence, err error) {
	r := cutReader{rest: word}
	length := r.number()
	if after, ok := strings.CutPrefix(r.rest, "+"); ok {
		gap, r.rest = length, after
		length = r.number()
	}
	if r.err == nil && length < 1 {
		return u, errors.New("it has no length")
	}
	u = annotations.Sentence{ID: last.ID + 1, Paragraph: last.Paragraph}
	u.Span.Start = r.forward(body, last.Span.End, gap)
	u.Span.End = r.forward(body, u.Span.Start, length)
	said := ""
	for r.err == nil && r.rest != "" {
		letter := r.rest[0]
		if strings.IndexByte(said, letter) >= 0 {
			return u, fmt.Errorf("%q stands twice", string(letter))
		}
		said += string(letter)
		r.rest = r.rest[1:]
		switch letter {
		case 'k':
			n := r.number()
			if r.err == nil && n < 0 {
				r.err = fmt.Errorf("%d is no kind", n)
			}
			u.Kind = annotations.Kind(min(max(n, 0), int64(annotations.Absent))) //nolint:gosec // bounded
		case 'd':
			n := r.number()
			if r.err == nil && n > min(length, annotations.MaxDateline) {
				r.err = errors.New("its dateline is longer than it is, or than any") // nor counted through
			}
			u.Dateline = r.forward(body, u.Span.Start, n) - u.Span.Start
		case 'p':
			step := int64(1)
			if r.rest != "" && r.rest[0] != '#' {
				step = r.number()
			}
			n := int64(last.Paragraph) + step
			if r.err == nil && (n < 0 || n > math.MaxUint32) {
				r.err = fmt.Errorf("%d is no number of a paragraph", n)
			}
			u.Paragraph = uint32(n) //nolint:gosec // bounded
		case '#':
			n := r.number()
			if r.err == nil && n < 1 {
				r.err = fmt.Errorf("%d is no ID of a sentence", n)
			}
			u.ID = annotations.SentenceID(n) //nolint:gosec // bounded; what is taken is refused
		default:
			return u, fmt.Errorf("%q says nothing that is known", string(letter))
		}
	}
	return u, r.err
}

// cutReader reads one word of cuts; what is wrong first is kept.
type cutReader struct {
	rest string
	err  error
}

func (r *cutReader) number() int64 {
	n := 0
	for n < len(r.rest) && (r.rest[n] >= '0' && r.rest[n] <= '9' || n == 0 && r.rest[n] == '-') {
		n++
	}
	v, err := strconv.ParseInt(r.rest[:n], 10, 33) // IDs and paragraphs have 32 bits
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("%q is no number in range", r.rest[:n])
	}
	r.rest = r.rest[n:]
	return v
}

// forward is the byte that lies n code points behind byte at.
func (r *cutReader) forward(body string, at int, n int64) int {
	if n < 0 && r.err == nil {
		r.err = errors.New("it goes backwards")
	}
	for ; n > 0 && r.err == nil; n-- {
		if at == len(body) {
			r.err = errors.New("it goes beyond the end of the text")
			break
		}
		_, size := utf8.DecodeRuneInString(body[at:])
		at += size
	}
	return at
}

// What a receipt says of sentences that a file gives and that do not fit: the article's
// name, what was done instead, and why they do not.
const (
	MisfitWords  = "the sentences that the file gives do not fit the text of article %s, so %s: %v"
	CutByRules   = "it was cut by the rules"
	CutByAnother = "others were taken that do"
)

// CutAt gives a cut into units at spans, with their IDs, as a file has them that
// shows sentences but keeps nothing else of them. Kind, paragraph and dateline are
// those of the unit of a in which each begins. It fails as [Recut] does.
func CutAt(a *annotations.Article, spans []annotations.Span, ids []annotations.SentenceID) (*annotations.Article, error) {
	out := *a
	out.Units = make([]annotations.Sentence, 0, len(spans))
	was := 0
	for i, s := range spans {
		for was+1 < len(a.Units) && a.Units[was+1].Span.Start <= s.Start {
			was++
		}
		u := annotations.Sentence{ID: ids[i], Span: s}
		if len(a.Units) > 0 {
			u.Kind, u.Paragraph = a.Units[was].Kind, a.Units[was].Paragraph
			if d := a.Units[was].Dateline; s.Start == a.Units[was].Span.Start && d <= s.Len() {
				u.Dateline = d
			}
		}
		out.Units = append(out.Units, u)
	}
	return sealed(&out)
}

// sealed works out anew what follows from an article's units.
func sealed(a *annotations.Article) (*annotations.Article, error) {
	if err := a.Seal(); err != nil {
		return nil, err
	}
	return a, nil
}
