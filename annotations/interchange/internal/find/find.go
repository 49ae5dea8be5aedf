// Package find is the one rule by which every format looks for words that do not stand
// where a file says.
//
// Words that stand in the text once are found wherever the file has them: there is
// nothing else that it can mean. Of words that stand there more than once none is taken,
// however near to the file's place: a place that is wrong says nothing of how wrong it
// is, and a tag on another sentence is worse than one that the receipt tells to be
// missing. Other units of counting are tried before, by the formats.
package find

import (
	"index/suffixarray"
	"strings"
)

// long is from how many bytes on a text is searched by an index: else many quotations of
// a long text take the product of both.
const long = 64 << 10

// Text is a text in which words are looked for.
type Text struct {
	body  string
	index *suffixarray.Index // nil for a short one, and before the first search
}

// In makes a text ready to be searched.
func In(body string) *Text { return &Text{body: body} }

// Is reports whether t is of this text.
func (t *Text) Is(body string) bool { return t != nil && t.body == body }

// Cost is about how many bytes the next search looks at.
func (t *Text) Cost(words string) int {
	switch {
	case len(t.body) < long:
		return len(t.body)
	case t.index == nil:
		return 16 * len(t.body)
	}
	return len(words)
}

// Once finds words that stand in the text once. at is negative where they do not stand
// there at all.
func (t *Text) Once(words string) (at int, ok bool) {
	if len(t.body) < long {
		i := strings.Index(t.body, words)
		return i, i >= 0 && strings.LastIndex(t.body, words) == i
	}
	if t.index == nil {
		t.index = suffixarray.New([]byte(t.body))
	}
	list := t.index.Lookup([]byte(words), 2)
	if len(list) == 0 {
		return -1, false
	}
	return list[0], len(list) == 1
}
