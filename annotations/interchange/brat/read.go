package brat

import (
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// Read implements [interchange.Dialect].
func (dialect) Read(files []interchange.File, lib interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	d := standoff.NewDesk(lib)
	texts, anns := map[string]interchange.File{}, map[string]interchange.File{}
	for _, f := range files {
		base, kind := f.Name, ""
		if i := strings.LastIndexByte(f.Name, '.'); i >= 0 {
			base, kind = f.Name[:i], f.Name[i+1:]
		}
		into := anns
		switch kind {
		case "ann":
		case "txt":
			into = texts
		case "conf":
			continue // says how brat shows things, nothing of any article
		default:
			d.Rejected(f.Name, 0, "is no file of brat: it reads BASE.txt with BASE.ann")
			continue
		}
		if _, twice := into[base]; twice {
			return nil, nil, standoff.Refuse(f.Name, 0, "is given twice")
		}
		into[base] = f
	}
	for _, base := range slices.Sorted(maps.Keys(texts)) {
		if _, ok := anns[base]; !ok {
			d.Rejected(texts[base].Name, 0, "has no %s.ann beside it: nothing is said of it", base)
		}
	}
	var all []*reader
	for _, base := range slices.Sorted(maps.Keys(anns)) {
		var text *interchange.File
		if f, ok := texts[base]; ok {
			text = &f
		}
		r, err := newReader(d, base, anns[base], text)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, r)
	}
	for _, r := range all {
		r.Draft = d.Draft(d.AsWritten(r.article))
		r.names = namesOf(r.Codebook)
		r.read()
	}
	if len(anns) == 0 {
		return nil, nil, standoff.Refuse("", 0, "there is no .ann file to read")
	}
	return d.Export("brat")
}

// newReader reads one .ann file as far as it goes without the sentences of its text.
func newReader(d *standoff.Desk, base string, ann interchange.File, text *interchange.File) (*reader, error) {
	words, err := standoff.Text(ann)
	if err != nil {
		return nil, err
	}
	a, raw, err := article(d, base, ann.Name, text)
	if err != nil {
		return nil, err
	}
	doc, err := parse(d, ann.Name, words)
	if err != nil {
		return nil, err
	}
	if cuts := doc.sentences(); cuts != nil {
		d.Cuts(a, standoff.Cutting{File: ann.Name, Line: cuts.line, Make: func(a *annotations.Article) (*annotations.Article, error) {
			return interchange.Recut(a, cuts.words)
		}})
	}
	return &reader{article: a, desk: d, file: ann.Name, doc: doc, raw: raw, carrier: standoff.NewCarrier(raw), offsets: annotations.NewOffsets(raw)}, nil
}

// article finds what an .ann file speaks of, and the text that its positions
// count in.
func article(d *standoff.Desk, base, file string, text *interchange.File) (a *annotations.Article, raw string, err error) {
	if text == nil {
		a, err := d.Known("", base)
		if err != nil {
			return nil, "", err
		}
		if a == nil {
			return nil, "", standoff.Refuse(file, 0, "needs its text: %s.txt is not there and no article is called %q", base, base)
		}
		return a, a.Body, nil
	}
	if raw, err = standoff.Text(*text); err != nil {
		return nil, "", err
	}
	a, err = d.Find(raw, base, text.Name)
	return a, raw, err
}
