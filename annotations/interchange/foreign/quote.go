package foreign

import (
	"errors"
	"fmt"
	"sort"

	"stet.example/stet/annotations"
)

// Lay returns the view of an article that a file names without giving its text:
// by its text's hash where that is not zero, or by key, name or URL.
func (in *Intake) Lay(hash annotations.Hash, names ...string) (*View, error) {
	var a *annotations.Article
	var err error
	for _, name := range names {
		if a, err = in.named(name); a != nil || err != nil {
			break
		}
	}
	if a == nil && err == nil && !hash.IsZero() {
		if known, ok := in.byHash[hash]; ok {
			a = known
		} else if a, err = in.lib.Article(hash, ""); err == nil {
			in.byHash[hash] = a
		}
	}
	if err != nil {
		return nil, err
	}
	if a == nil {
		return nil, fmt.Errorf("no article %s is in this store; import it first", quoted(names))
	}
	d, err := in.doc(in.asWritten(a, names...))
	if err != nil {
		return nil, err
	}
	return &View{Doc: d, words: d.Article.Body, offsets: d.Offsets}, nil
}

// Quote finds words by what stands around them. It fails when they stand there
// more than once.
func (v *View) Quote(exact, prefix, suffix string) (s annotations.Span, repair string, err error) {
	if exact == "" {
		return s, "", errors.New("the quotation is empty")
	}
	for _, around := range [][2]string{{prefix, suffix}, {"", ""}} {
		whole := around[0] + exact + around[1]
		i, once := v.Doc.in.once(v.Article, whole)
		if i < 0 {
			continue
		}
		if !once {
			return s, "", fmt.Errorf("%q stands in the text more than once: nobody can say which is meant", clip(exact))
		}
		if around[0] != prefix || around[1] != suffix {
			repair = "the words around the quotation are others in the text; it stands there once"
		}
		i += len(around[0])
		return annotations.Span{Start: i, End: i + len(exact)}, repair, nil
	}
	return s, "", fmt.Errorf("%q does not stand in the text", clip(exact))
}

// Bytes makes a claim of a span that was found already.
func Bytes(s annotations.Span) Claim {
	return Claim{Pair: [2]int{s.Start, s.End}, Unit: annotations.Bytes}
}

// Back turns a span of the article into one of the text that the view is of.
func (v *View) Back(s annotations.Span) annotations.Span {
	// What was taken away lies before a start, and behind an end.
	at := func(b, beyond int) int {
		b -= v.base
		return b + sort.Search(len(v.removed), func(i int) bool { return v.removed[i]-i > b-beyond })
	}
	return annotations.Span{Start: at(s.Start, 0), End: at(s.End, 1)}
}
