package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/cell"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// Read implements [interchange.Dialect].
func (dialect) Read(files []interchange.File, lib interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	if len(files) == 0 {
		return nil, nil, standoff.Refuse("", 0, "there is no file to read")
	}
	d := standoff.NewDesk(lib)
	var all []*reader
	for _, f := range files {
		text, guessed, err := decode(f)
		if err != nil {
			return nil, nil, err
		}
		if guessed != "" {
			d.Repaired(f.Name, 0, "is not UTF-8; it was read as %s, in which a question mark may stand for a character that it lacks", guessed)
		}
		r := &reader{desk: d, file: f.Name, narrow: guessed != "", drafts: map[string]*sheetDraft{}}
		if r.table, err = parse(d, f.Name, text, r.count); err != nil {
			return nil, nil, err
		}
		if !r.table.has("text") {
			d.Repaired(f.Name, 1, "has no column text: rows were taken by id and order, unchecked")
		}
		if err := r.cuts(); err != nil {
			return nil, nil, err
		}
		all = append(all, r)
	}
	for _, r := range all {
		for _, row := range r.table.rows {
			if err := r.row(row); err != nil {
				return nil, nil, err
			}
		}
	}
	return d.Export("sheet")
}

// cuts notes which sentences the rows make of texts that were at hand.
func (r *reader) cuts() error {
	if !r.table.has("text") {
		return nil
	}
	seen := map[string]bool{}
	for _, row := range r.table.rows {
		name := r.name(r.table, row)
		if seen[name] {
			continue
		}
		seen[name] = true
		a, err := r.desk.Known("", name)
		if err != nil {
			return err
		}
		r.desk.Cuts(a, standoff.Cutting{File: r.file, Line: row.at, Make: func(a *annotations.Article) (*annotations.Article, error) {
			return r.gather(name).over(a), nil
		}})
	}
	return nil
}

// reader interprets one file.
type reader struct {
	desk   *standoff.Desk
	file   string
	table  *table
	narrow bool                   // the encoding has no place for many characters
	drafts map[string]*sheetDraft // by the name in the article's cell
	order  map[[2]string]line     // rows by article and number, made when first asked for
}

// sheetDraft is a draft with its sentences by their words.
type sheetDraft struct {
	*standoff.Draft
	name  string // in the article's cell
	made  bool   // out of the table's own words
	words map[string][]int
	rows  map[string]int // made: the sentence of each row, by its name
}

// key makes two texts that a table cannot tell apart the same.
func key(s string) string {
	return strings.Join(strings.FieldsFunc(cell.Printable(s), standoff.Blank), " ")
}

// name is the article that a row is about.
func (r *reader) name(t *table, row line) string {
	return cmp.Or(strings.TrimSpace(t.cell(row, "article")), standoff.Base(r.file))
}

// count tells in how many rows the words are those of a sentence.
func (r *reader) count(t *table) int {
	n := 0
	seen := map[string]map[string]bool{}
	for _, row := range t.rows {
		name := r.name(t, row)
		words, ok := seen[name]
		if !ok {
			words = map[string]bool{}
			if a, err := r.desk.Known("", name); err == nil && a != nil {
				for _, u := range a.Units {
					words[cell.Printable(u.Span.In(a.Body))] = true
				}
			}
			seen[name] = words
		}
		if words[t.cell(row, "text")] {
			n++
		}
	}
	return n
}

// draft finds the article of a row, or makes it out of the rows about it. It is
// nil where neither can be; that is told once.
func (r *reader) draft(row line) (*sheetDraft, error) {
	name := r.name(r.table, row)
	if d, ok := r.drafts[name]; ok {
		return d, nil
	}
	r.drafts[name] = nil
	a, err := r.desk.Known("", name)
	if err != nil {
		return nil, err
	}
	a = r.desk.AsWritten(a)
	made := a == nil
	var rows map[string]int
	if made {
		g := r.gather(name)
		if a, err = r.desk.Known(g.text, ""); err != nil {
			return nil, err
		}
		if a == nil {
			if a, err = r.desk.Library.Make(g.text, interchange.About{}, r.file); err == nil {
				a, err = g.cut(a)
			}
			if err != nil {
				r.desk.Rejected(r.file, row.at, "no article is called %q, and its rows cannot become one: %v", standoff.Clip(name, 60), err)
				return nil, nil
			}
			rows = g.rows
		}
		r.desk.Repaired(r.file, row.at, "no article is called %q; one was made of the words of its rows", standoff.Clip(name, 60))
	}
	d := &sheetDraft{name: name, Draft: r.desk.Draft(a), made: made, rows: rows, words: map[string][]int{}}
	for i, u := range a.Units {
		k := key(u.Span.In(a.Body))
		d.words[k] = append(d.words[k], i)
	}
	r.drafts[name] = d
	return d, nil
}

// unit finds the sentence that a row is about.
func (r *reader) unit(d *sheetDraft, row line) (int, error) {
	words := r.table.cell(row, "text")
	if i, ok := d.rows[r.rowName(row)]; ok && key(d.Article.Units[i].Span.In(d.Article.Body)) == key(words) {
		return i, nil
	}
	right := func(i int) bool {
		if i < 0 || words == "" && !r.table.has("text") {
			return i >= 0
		}
		own, said := key(d.Article.Units[i].Span.In(d.Article.Body)), key(words)
		return own == said || r.narrow && slices.Contains(cell.Narrowed(own), said)
	}
	id, order := r.table.cell(row, "id"), r.table.cell(row, "order")
	byID, byOrder := -1, -1
	if n, err := strconv.ParseUint(strings.TrimPrefix(id, "s"), 10, 32); err == nil {
		byID = d.Unit(annotations.SentenceID(n))
	}
	if n, err := strconv.Atoi(order); err == nil && n >= 1 && n <= len(d.Article.Units) {
		byOrder = n - 1
	}
	same := d.words[key(words)]
	switch {
	case right(byID):
		return byID, nil
	case right(byOrder) && (id == "" || !d.made):
		if id != "" {
			r.desk.Repaired(r.file, row.at, "the words are those of sentence %d, not of %q", byOrder+1, standoff.Clip(id, 20))
		}
		return byOrder, nil
	case words == "":
		return 0, fmt.Errorf("has no words, and id and order lead to no sentence")
	case len(same) == 0:
		return 0, fmt.Errorf("no sentence of article %q has the words %q", d.Article.Name, standoff.Clip(words, 40))
	case len(same) > 1:
		return 0, fmt.Errorf("%d sentences have the words %q, and neither id nor order tells which", len(same), standoff.Clip(words, 40))
	}
	if !d.made && (id != "" || order != "") {
		r.desk.Repaired(r.file, row.at, "id and order lead to other words; these are those of sentence %d", same[0]+1)
	}
	return same[0], nil
}
