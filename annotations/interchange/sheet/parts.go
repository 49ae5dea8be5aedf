package sheet

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/cell"
)

// sources reads who vouches, and of what kind each is.
func (r *reader) sources(d *sheetDraft, row line, unit int, rec *annotations.Record) error {
	list, err := cell.ParseSources(r.table.cell(row, "sources"), r.table.cell(row, "source_kinds"))
	if err != nil {
		return err
	}
	for _, at := range list {
		if at.Name == "" && at.Kind == "" {
			r.desk.Repaired(r.file, row.at, "a source without name and kind says nothing in a table and was left out")
			continue
		}
		if err := d.Change(unit, rec, func(a *annotations.Annotation) { a.Attributions = append(a.Attributions, at) }); err != nil {
			return err
		}
	}
	return nil
}

// evidence reads a cell of evidence.
func (r *reader) evidence(d *sheetDraft, row line, unit int, rec *annotations.Record) {
	for _, x := range cell.ParseItems(r.table.cell(row, "evidence")) {
		id, err := d.Item(x.Evidence)
		if slices.Contains(rec.Evidence, annotations.Use{ID: id, Stance: x.Stance}) {
			continue // two items that differ in what a table does not hold
		}
		if err == nil {
			err = d.Change(unit, rec, func(a *annotations.Annotation) {
				a.Evidence = append(a.Evidence, annotations.Use{ID: id, Stance: x.Stance})
			})
		}
		if err != nil {
			r.desk.Rejected(r.file, row.at, "column evidence: %v", err)
		}
	}
}

// links reads a cell of links.
func (r *reader) links(d *sheetDraft, row line, unit int, rec *annotations.Record) {
	inside, list, wrong := cell.ParseLinks(r.table.cell(row, "links"))
	if inside {
		if err := d.Change(unit, rec, func(a *annotations.Annotation) { a.Inside = true }); err != nil {
			wrong = append(wrong, err)
		}
	}
	for i := range list {
		l, err := r.link(d, &list[i])
		if err == nil {
			err = d.Change(unit, rec, func(a *annotations.Annotation) { a.Links = append(a.Links, l) })
		}
		if err != nil {
			wrong = append(wrong, err)
		}
	}
	for _, err := range wrong {
		r.desk.Rejected(r.file, row.at, "column links: %v", err)
	}
}

// link finds the sentence that a link leads to.
func (r *reader) link(d *sheetDraft, c *cell.Link) (annotations.Link, error) {
	l := annotations.Link{Relation: c.Relation, Manner: c.Manner, Note: c.Note}
	number, isID := strings.CutPrefix(c.To, "s")
	n, err := strconv.ParseUint(number, 10, 32)
	if err != nil {
		return l, fmt.Errorf("%q is no sentence", c.To)
	}
	l.To.Article = d.Article.ID
	if isID {
		l.To.Sentence = annotations.SentenceID(n)
		if c.Article != "" {
			err = l.To.Article.UnmarshalText([]byte(c.Article))
		}
		if err == nil && c.Bytes != [2]int{} {
			l.To = r.desk.Afar.Add(l.To, interchange.Whereabouts{Span: annotations.Span{Start: c.Bytes[0], End: c.Bytes[1]}})
		}
		return l, err
	}
	// The row with that number says which words are meant: by now the article may be
	// cut otherwise.
	row, inTable := r.numbered(cmp.Or(c.Article, d.name), c.To)
	a := d.Article
	switch {
	case c.Article == "":
	case inTable:
		if d, err = r.draft(row); err != nil || d == nil {
			return l, errors.Join(err, fmt.Errorf("article %q is not there", c.Article))
		}
		a = d.Article
	default:
		if a, err = r.desk.Known("", c.Article); err != nil || a == nil {
			return l, errors.Join(err, fmt.Errorf("no article is called %q", c.Article))
		}
	}
	if n < 1 || n > uint64(len(a.Units)) && !inTable {
		return l, fmt.Errorf("article %q has %d sentences, not %d", a.Name, len(a.Units), n)
	}
	unit := int(n) - 1 //nolint:gosec // at most 32 bits
	if inTable {
		if unit, err = r.unit(d, row); err != nil {
			return l, fmt.Errorf("row %s, to which it leads, %w", c.To, err)
		}
	}
	l.To = annotations.Target{Article: a.ID, Sentence: a.Units[unit].ID}
	return l, nil
}

// numbered finds the row of a sentence by its number in an article, where the table
// has one with words.
func (r *reader) numbered(name, number string) (line, bool) {
	if r.order == nil {
		r.order = map[[2]string]line{}
		for _, row := range r.table.rows {
			at := [2]string{r.name(r.table, row), r.table.cell(row, "order")}
			if _, twice := r.order[at]; !twice && r.table.cell(row, "text") != "" {
				r.order[at] = row
			}
		}
	}
	row, ok := r.order[[2]string{name, number}]
	return row, ok
}

// ruling reads a cell of a ruling. Each row of a sentence repeats it.
func (r *reader) ruling(d *sheetDraft, unit int, s string) error {
	rec, err := cell.ParseRuling(s)
	if err != nil {
		return err
	}
	for _, name := range []string{rec.By, rec.Reviewer} {
		if err := r.lost(name); err != nil {
			return err
		}
	}
	rec.Codebook = d.Codebook.Hash
	id := d.Article.Units[unit].ID
	if old, ok := d.Rulings[id]; ok {
		if old != rec {
			return errors.New("another row of the sentence has another one, which was taken")
		}
		return nil
	}
	r.desk.Receipt.Rulings.In++
	if err := annotations.CheckName(rec.By); err != nil {
		return err
	}
	if err := annotations.CheckRuling(&rec.Ruling, d.Codebook); err != nil {
		return err
	}
	if d.Rulings == nil {
		d.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
	}
	d.Rulings[id] = rec
	r.desk.Receipt.Rulings.Out++
	return nil
}
