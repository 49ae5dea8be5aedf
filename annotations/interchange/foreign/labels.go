package foreign

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
)

// Part is a piece of an attribution.
type Part uint8

// The parts; NoPart is a label that names none.
const (
	NoPart Part = iota
	Source
	Cue
	Content
)

// Parts are the labels that this program writes, in order.
func Parts() []string { return []string{"source", "cue", "content"} }

// String gives the label that is written.
func (p Part) String() string {
	if p == NoPart {
		return ""
	}
	return Parts()[p-1]
}

// List returns the spans of one part.
func (p Part) List(at *annotations.Attribution) *[]annotations.Span {
	switch p {
	case Cue:
		return &at.Cue
	case Content:
		return &at.Content
	default:
		return &at.Source
	}
}

// PartOf reads a label of any case that names a piece of an attribution.
func PartOf(label string) Part {
	switch fold(label) {
	case "source", "speaker", "holder", "who", "voucher":
		return Source
	case "cue", "verb", "speech verb", "reporting verb":
		return Cue
	case "content", "claim", "quote", "quotation", "proposition", "statement":
		return Content
	}
	return NoPart
}

// fold makes labels comparable: case, blanks, hyphens and underscores aside.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == '-' || r == '_' || r == '\t' || r == '\n'
	}), " ")
}

// TagOf finds the tag that a label means; repair says what had to be assumed.
func TagOf(book *annotations.Codebook, label string) (id, repair string, err error) {
	if book.Tag(label) != nil {
		return label, "", nil
	}
	var ids []string
	for _, t := range book.Tags {
		ids = append(ids, t.ID)
		if fold(t.ID) != fold(label) && fold(t.Name) != fold(label) {
			continue
		}
		if id != "" {
			id = ""
			break
		}
		id = t.ID
	}
	if id == "" {
		return "", "", fmt.Errorf("%.60q is no tag of codebook %q; it has %s", label, book.Name, strings.Join(ids, ", "))
	}
	return id, fmt.Sprintf("the label %.60q was read as the tag %q", label, id), nil
}

// RelationOf reads the name of a relation, with its manner behind a colon, a
// slash or in brackets; "counters" and "contradicts" are what others call a dispute.
func RelationOf(label string) (annotations.Relation, annotations.Manner, bool) {
	words := fold(strings.NewReplacer(":", " ", "/", " ", "(", " ", ")", " ").Replace(label))
	for name, r := range map[string]annotations.Relation{
		"disputes": annotations.Disputes, "counters": annotations.Disputes, "contradicts": annotations.Disputes,
		"supports": annotations.Supports, "repeats": annotations.Repeats, "derived from": annotations.DerivedFrom,
	} {
		if words == name {
			return r, "", true
		}
		rest, ok := strings.CutPrefix(words, name+" ")
		if m := annotations.Manner(rest); ok && r == annotations.Disputes && (m == annotations.Direct || m == annotations.Rhetorical || m == annotations.Partial) {
			return r, m, true
		}
	}
	return "", "", false
}

// Relations are the labels of links that this program writes.
func Relations() []string {
	return []string{string(annotations.Disputes), string(annotations.Supports), string(annotations.Repeats), string(annotations.DerivedFrom)}
}
