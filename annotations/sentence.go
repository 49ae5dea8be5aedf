package annotations

import (
	"fmt"
	"strconv"
	"strings"
)

// SentenceID names a sentence of one article for good. At import the IDs run
// 1…n in reading order; a split or merge makes new IDs and retires the old, so
// an ID is never reused and an annotation never moves to other words.
type SentenceID uint32

// String gives the form used in exports: s001, s002 … s1000.
func (id SentenceID) String() string { return fmt.Sprintf("s%03d", uint32(id)) }

// ParseSentenceID is the inverse of [SentenceID.String]: it takes nothing else.
func ParseSentenceID(s string) (SentenceID, error) {
	digits, ok := strings.CutPrefix(s, "s")
	n, err := strconv.ParseUint(digits, 10, 32)
	id := SentenceID(n)
	if !ok || err != nil || n == 0 || id.String() != s {
		return 0, fmt.Errorf("%q is no sentence id like s001", s)
	}
	return id, nil
}

// Kind says what sort of unit a sentence is.
type Kind uint8

// The kinds of unit. Only a Sentence must be tagged before an article is
// finished; the others may be.
const (
	KindSentence Kind = iota // running text
	KindHeading              // a title or subhead on a line of its own
	KindDateline             // place, date, agency on a line of its own
	KindListItem             // a bullet or numbered item
	KindCaption              // text that belongs to a picture or chart
	KindSpeaker              // "NAME:" on a line of its own, in a transcript
)

var kindNames = [...]string{"sentence", "heading", "dateline", "list item", "caption", "speaker"}

// String gives the kind's name as exports and screens show it.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Known reports whether k is one of the kinds above.
func (k Kind) Known() bool { return int(k) < len(kindNames) }

// Required reports whether a unit of this kind must carry a tag before its
// article counts as finished.
func (k Kind) Required() bool { return k == KindSentence || k == KindListItem }

// ParseKind is the inverse of [Kind.String].
func ParseKind(name string) (Kind, error) {
	for k, n := range kindNames {
		if n == name {
			return Kind(k), nil
		}
	}
	return 0, fmt.Errorf("unknown kind of unit %q", name)
}

// Sentence is one unit of review: a trimmed span of the article's text.
type Sentence struct {
	ID        SentenceID
	Span      Span   // bytes into Article.Text, trimmed of white space
	Kind      Kind   // what sort of unit it is
	Paragraph uint32 // from 0; units of one paragraph share it
	Dateline  int    // bytes at the start of the span that are a dateline, not claim; 0 for none
}
