package interchange

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/cell"
)

// Echoes tells what a file of another program only repeats.
type Echoes struct {
	Body string                                             // the article's text
	Item func(annotations.EvidenceID) *annotations.Evidence // of the file or the store; nil = unknown
}

// Of gives what a file says, but for the parts in which it only repeats, in the
// poorer form that its format can hold, what is there already: those are taken
// from there. A note whose line ends became blanks is the same note, or whose foreign
// letters a spreadsheet saved as question marks, a source
// whose marked words a table leaves out is the same source, an address without
// the day of its fetching is the same item. Without this a file that was written
// and read back unchanged would take away what it could not hold.
func (x Echoes) Of(there, said annotations.Annotation) annotations.Annotation {
	out, old := said.Clone(), there.Clone()
	if repeatsWords(old.Note, said.Note) {
		out.Note = old.Note
	}
	if repeatsWords(old.Verdict, said.Verdict) {
		out.Verdict = old.Verdict
	}
	for i, u := range out.Evidence {
		if slices.ContainsFunc(old.Evidence, func(v annotations.Use) bool { return v.ID == u.ID }) {
			continue // the very item; another may say the same and more
		}
		for _, v := range old.Evidence {
			if u.Stance == v.Stance && x.sameItem(v.ID, u.ID) && !slices.ContainsFunc(out.Evidence, func(w annotations.Use) bool { return w.ID == v.ID }) {
				out.Evidence[i].ID = v.ID
				break
			}
		}
	}
	for i := range out.Links {
		l := &out.Links[i]
		at := slices.IndexFunc(old.Links, func(m annotations.Link) bool { return m.To == l.To && m.Relation == l.Relation })
		if at >= 0 && repeatsWords(old.Links[at].Note, l.Note) {
			l.Note = old.Links[at].Note
		}
	}
	if x.repeatsAll(old.Attributions, said.Attributions) {
		out.Attributions = old.Attributions
	}
	return out
}

// RepeatsRuling reports whether a ruling in a file of another program is the one
// that is there, in the poorer form that a table keeps: without its codebook and
// its time, its reason with other white space.
func RepeatsRuling(there, said annotations.Ruling) bool {
	return there.Verdict == said.Verdict && there.Tag == said.Tag && there.Rule == said.Rule && there.Reviewer == said.Reviewer &&
		repeatsWords(there.Reason, said.Reason)
}

// repeatsAll reports whether said are the attributions there, in their order.
// Those without name and kind may be missing: they only mark words, which a table
// cannot do.
func (x Echoes) repeatsAll(there, said []annotations.Attribution) bool {
	if len(said) > len(there) {
		return false
	}
	matched := make([]bool, len(said)+1) // how many of said can be those seen so far
	matched[0] = true
	for i := range there {
		at := &there[i]
		for n := len(said); n >= 0; n-- {
			left := matched[n] && at.Name == "" && at.Kind == ""
			matched[n] = left || n > 0 && matched[n-1] && x.repeats(at, &said[n-1])
		}
	}
	return matched[len(said)]
}

// sameItem reports whether an item says nothing that the one there does not, or is
// the same in the words of a table, whose parts cannot always be told apart.
func (x Echoes) sameItem(there, said annotations.EvidenceID) bool {
	a, b := x.Item(there), x.Item(said)
	if a == nil || b == nil {
		return false
	}
	if repeatsWords(cell.Words(a), cell.Words(b)) && poorer(a.Copy, b.Copy) && poorer(a.Fetched, b.Fetched) && poorer(a.Archive, b.Archive) {
		return true
	}
	for _, pair := range [][2]string{{a.URL, b.URL}, {a.File, b.File}, {a.Locator, b.Locator}, {a.Quote, b.Quote}, {a.Note, b.Note}, {a.Fetched, b.Fetched}, {a.Archive, b.Archive}} {
		if pair[1] != "" && !repeatsWords(pair[0], pair[1]) {
			return false
		}
	}
	return poorer(a.Copy, b.Copy)
}

// repeats reports whether said holds nothing that there does not.
func (x Echoes) repeats(there, said *annotations.Attribution) bool {
	return (said.Name == "" || repeatsWords(there.Name, said.Name)) && poorer(there.Kind, said.Kind) && poorer(there.Terms, said.Terms) &&
		poorer(there.Count, said.Count) && poorer(there.Hops, said.Hops) &&
		x.fewer(there.Source, said.Source) && x.fewer(there.Cue, said.Cue) && x.fewer(there.Content, said.Content)
}

// poorer reports whether a value says nothing, or the same.
func poorer[T comparable](there, said T) bool {
	var nothing T
	return said == nothing || said == there
}

// fewer reports whether spans cover nothing, or the same words: pieces may be
// joined or cut, and lose the white space at their edges.
func (x Echoes) fewer(there, said []annotations.Span) bool {
	return len(said) == 0 || slices.Equal(x.words(there), x.words(said))
}

// words are the runs of text without white space that spans cover.
func (x Echoes) words(list []annotations.Span) []annotations.Span {
	var out []annotations.Span
	for _, s := range list {
		for i, r := range s.In(x.Body) {
			if blank(r) {
				continue
			}
			at := s.Start + i
			end := at + utf8.RuneLen(r)
			if n := len(out); n > 0 && out[n-1].End == at {
				out[n-1].End = end
			} else {
				out = append(out, annotations.Span{Start: at, End: end})
			}
		}
	}
	return out
}

// repeatsWords reports whether said are the words there, in the form that a poorer
// format keeps or that an encoding with few characters leaves of them.
func repeatsWords(there, said string) bool {
	plain := plainWords(said)
	return plain == plainWords(there) || slices.ContainsFunc(cell.Narrowed(there), func(s string) bool { return plain == plainWords(s) })
}

// plainWords is a text as the poorest format keeps it: without white space at the
// ends, and a blank for each run of white space, of control characters, and of
// what stands for them.
func plainWords(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return blank(r) || r >= 0x2400 && r <= 0x2421 || r == 0xFFFD || r == 0xFFFE || r == 0xFFFF
	}), " ")
}

// blank reports whether a rune is white space or a control character.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
