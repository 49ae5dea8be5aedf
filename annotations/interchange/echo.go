package interchange

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// Echoes tells what a file of another program only repeats.
type Echoes struct {
	Body string                                             // the article's text
	Item func(annotations.EvidenceID) *annotations.Evidence // of the file or the store; nil = unknown
}

// Of gives what a file says, but for the parts in which it only repeats, in the
// poorer form that its format can hold, what is there already: those are taken
// from there. A note whose line ends became blanks is the same note, a source
// whose marked words a table leaves out is the same source, an address without
// the day of its fetching is the same item. Without this a file that was written
// and read back unchanged would take away what it could not hold.
func (x Echoes) Of(there, said annotations.Annotation) annotations.Annotation {
	out, old := said.Clone(), there.Clone()
	if plainWords(said.Note) == plainWords(old.Note) {
		out.Note = old.Note
	}
	if plainWords(said.Verdict) == plainWords(old.Verdict) {
		out.Verdict = old.Verdict
	}
	for i, u := range out.Evidence {
		for _, v := range old.Evidence {
			if u.ID != v.ID && u.Stance == v.Stance && x.sameItem(v.ID, u.ID) && !slices.ContainsFunc(out.Evidence, func(w annotations.Use) bool { return w.ID == v.ID }) {
				out.Evidence[i].ID = v.ID
				break
			}
		}
	}
	if len(said.Attributions) == len(old.Attributions) {
		for i := range said.Attributions {
			if !x.repeats(&old.Attributions[i], &said.Attributions[i]) {
				return out
			}
		}
		out.Attributions = old.Attributions
	}
	return out
}

// sameItem reports whether an item says nothing that the one there does not, or is
// the same in the words of a table, whose parts cannot always be told apart.
func (x Echoes) sameItem(there, said annotations.EvidenceID) bool {
	a, b := x.Item(there), x.Item(said)
	if a == nil || b == nil {
		return false
	}
	if plainWords(itemWords(a)) == plainWords(itemWords(b)) && poorer(a.Copy, b.Copy) && poorer(a.Fetched, b.Fetched) && poorer(a.Archive, b.Archive) {
		return true
	}
	for _, pair := range [][2]string{{a.URL, b.URL}, {a.File, b.File}, {a.Locator, b.Locator}, {a.Quote, b.Quote}, {a.Note, b.Note}, {a.Fetched, b.Fetched}, {a.Archive, b.Archive}} {
		if !poorer(plainWords(pair[0]), plainWords(pair[1])) {
			return false
		}
	}
	return poorer(a.Copy, b.Copy)
}

// repeats reports whether said holds nothing that there does not.
func (x Echoes) repeats(there, said *annotations.Attribution) bool {
	return poorer(plainWords(there.Name), plainWords(said.Name)) && poorer(there.Kind, said.Kind) && poorer(there.Terms, said.Terms) &&
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
