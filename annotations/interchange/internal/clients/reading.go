package clients

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"stet.example/stet/annotations/interchange"
)

// Reading is what a program would show of one text.
type Reading struct {
	Name  string // base name of the file
	Text  string
	Marks []Mark // by place
	Links []Link // by place
}

// Mark is a labelled piece of the text.
type Mark struct {
	Start, End int // code points
	Label, By  string
	Note       string
}

// Link leads from one mark to another.
type Link struct {
	From, To int // where the marks start, in code points
	Label    string
	By       string
}

func (r *Reading) sort() {
	slices.SortFunc(r.Marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Label, b.Label), cmp.Compare(a.By, b.By))
	})
	slices.SortFunc(r.Links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Label, b.Label), cmp.Compare(a.By, b.By))
	})
}

// text counts in code points and in UTF-16 units.
type text struct {
	runes []rune
	units []int // UTF-16 position of each rune, and of the end
}

func newText(s string) text {
	t := text{runes: []rune(s)}
	at := 0
	for _, r := range t.runes {
		t.units = append(t.units, at)
		at += utf16.RuneLen(r)
	}
	t.units = append(t.units, at)
	return t
}

// slice is the text from one code point to another.
func (t text) slice(start, end int) (string, error) {
	if start < 0 || end <= start || end > len(t.runes) {
		return "", fmt.Errorf("the span %d–%d does not lie in a text of %d code points", start, end, len(t.runes))
	}
	return string(t.runes[start:end]), nil
}

// codePoint finds the code point at a UTF-16 position.
func (t text) codePoint(unit int) (int, error) {
	i, ok := slices.BinarySearch(t.units, unit)
	if !ok {
		return 0, fmt.Errorf("the UTF-16 position %d stands on no border of a character", unit)
	}
	return i, nil
}

// span turns a UTF-16 span into code points.
func (t text) span(start, end int) (from, to int, err error) {
	if from, err = t.codePoint(start); err == nil {
		to, err = t.codePoint(end)
	}
	if err == nil {
		_, err = t.slice(from, to)
	}
	return from, to, err
}

// ending gives the files whose names end so, by what stands before.
func ending(files []interchange.File, end string) map[string][]byte {
	out := map[string][]byte{}
	for _, f := range files {
		if base, ok := strings.CutSuffix(f.Name, end); ok {
			out[base] = f.Data
		}
	}
	return out
}

// each reads the files of an ending, in the order of their names.
func each(files []interchange.File, end string, read func(name string, data []byte) (*Reading, error)) ([]Reading, error) {
	found := ending(files, end)
	var names []string
	for n := range found {
		names = append(names, n)
	}
	slices.Sort(names)
	var out []Reading
	for _, n := range names {
		r, err := read(n, found[n])
		if err != nil {
			return nil, fmt.Errorf("%s%s: %w", n, end, err)
		}
		r.sort()
		out = append(out, *r)
	}
	return out, nil
}
