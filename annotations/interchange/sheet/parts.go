package sheet

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// Forms of the parts that cells are made of, compiled when a table is read: at
// the start of the program they would cost every command.
//
//nolint:gochecknoglobals // lookup tables
var (
	stanceForm = form(`^(supports|undercuts|refutes|neutral): `)
	fileForm   = form(`^[^\s/]+\.[A-Za-z0-9]{1,5}$`)
	linkForm   = form(`(?s)^(disputes|supports|repeats|derived from)(?: \((direct|rhetorical|partial)\))? (s?[0-9]{1,10})(?: of article ([A-Za-z0-9._-]+))?(?:: (.*))?$`)
	rulingForm = form(`(?s)^(stet|amend|query|neither)(?: to (\S+))?(?: \((\S+)\))?(?: on (.+?))?, by (.+?)(?:: (.*))?$`)
)

func form(s string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s) })
}

const insideWords = "disputed inside this sentence"

// evidence reads a cell of evidence: an item begins on each line that begins
// with a stance, or with the cell.
func (r *reader) evidence(d *sheetDraft, row line, unit int, rec *annotations.Record) {
	var items []string
	for i, l := range strings.Split(r.table.cell(row, "evidence"), "\n") {
		if i == 0 || stanceForm().MatchString(l) {
			items = append(items, l)
			continue
		}
		items[len(items)-1] += "\n" + l
	}
	for _, s := range items {
		if strings.TrimSpace(s) == "" {
			continue
		}
		e, stance := parseEvidence(s)
		id, err := d.Item(e)
		if err == nil {
			err = d.Change(unit, rec, func(a *annotations.Annotation) {
				a.Evidence = append(a.Evidence, annotations.Use{ID: id, Stance: stance})
			})
		}
		if err != nil {
			r.desk.Rejected(r.file, row.at, "column evidence: %v", err)
		}
	}
}

// parseEvidence takes an item apart: stance, address, file, locator, quotation,
// note.
func parseEvidence(s string) (annotations.Evidence, annotations.Stance) {
	stance := annotations.Neutral
	if m := stanceForm().FindStringSubmatch(s); m != nil {
		stance, s = annotations.Stance(m[1]), s[len(m[0]):]
	}
	var e annotations.Evidence
	before, rest := s, ""
	if i := strings.Index(s, "“"); i >= 0 && (i == 0 || strings.HasSuffix(s[:i], ", ")) {
		before, rest = strings.TrimSuffix(s[:i], ", "), s[i+len("“"):]
		if q, ok := strings.CutSuffix(rest, "”"); ok {
			e.Quote = q
		} else if q, note, ok := strings.Cut(rest, "”, "); ok {
			e.Quote, e.Note = q, note
		} else {
			before = s // no quotation after all
		}
	}
	for _, p := range strings.Split(before, ", ") {
		switch {
		case p == "":
		case e.URL == "" && e.File == "" && e.Locator == "" && strings.Contains(p, "://"):
			e.URL = p
		case e.File == "" && e.Locator == "" && (fileForm().MatchString(p) || e.URL == ""):
			e.File = p
		case e.Locator == "":
			e.Locator = p
		default:
			e.Locator += ", " + p
		}
	}
	return e, stance
}

// links reads a cell of links. A part that is no link belongs to the note of the
// one before.
func (r *reader) links(d *sheetDraft, row line, unit int, rec *annotations.Record) {
	cell := r.table.cell(row, "links")
	if cell == "" {
		return
	}
	var parts []string
	for _, p := range strings.Split(cell, "; ") {
		if p == insideWords || linkForm().MatchString(p) || len(parts) == 0 || !strings.Contains(parts[len(parts)-1], ": ") {
			parts = append(parts, p)
			continue
		}
		parts[len(parts)-1] += "; " + p
	}
	for _, p := range parts {
		var l annotations.Link
		var err error
		if p == insideWords {
			err = d.Change(unit, rec, func(a *annotations.Annotation) { a.Inside = true })
		} else if l, err = r.link(d, p); err == nil {
			err = d.Change(unit, rec, func(a *annotations.Annotation) { a.Links = append(a.Links, l) })
		}
		if err != nil {
			r.desk.Rejected(r.file, row.at, "column links: %v", err)
		}
	}
}

func (r *reader) link(d *sheetDraft, s string) (annotations.Link, error) {
	m := linkForm().FindStringSubmatch(s)
	if m == nil {
		return annotations.Link{}, fmt.Errorf("%q is no link such as \"disputes (direct) 3\"", standoff.Clip(s, 40))
	}
	l := annotations.Link{Relation: annotations.Relation(m[1]), Manner: annotations.Manner(m[2]), Note: m[5]}
	number, isID := strings.CutPrefix(m[3], "s")
	n, err := strconv.ParseUint(number, 10, 32)
	if err != nil {
		return l, fmt.Errorf("%q is no sentence", m[3])
	}
	l.To.Article = d.Article.ID
	if isID {
		l.To.Sentence = annotations.SentenceID(n)
		if m[4] != "" {
			err = l.To.Article.UnmarshalText([]byte(m[4]))
		}
		return l, err
	}
	a := d.Article
	if m[4] != "" {
		if a, err = r.desk.Known("", m[4]); err != nil || a == nil {
			return l, errors.Join(err, fmt.Errorf("no article is called %q", m[4]))
		}
	}
	if n < 1 || n > uint64(len(a.Units)) {
		return l, fmt.Errorf("article %q has %d sentences, not %d", a.Name, len(a.Units), n)
	}
	l.To = annotations.Target{Article: a.ID, Sentence: a.Units[n-1].ID}
	return l, nil
}

// ruling reads a cell of a ruling. Each row of a sentence repeats it.
func (r *reader) ruling(d *sheetDraft, unit int, s string) error {
	m := rulingForm().FindStringSubmatch(s)
	if m == nil {
		return fmt.Errorf("%q is no ruling such as \"amend to TAG (RULE) on NAME, by NAME: why\"", standoff.Clip(s, 40))
	}
	rec := annotations.RulingRecord{By: m[5], Rev: 1, Ruling: annotations.Ruling{
		Verdict: annotations.Verdict(m[1]), Tag: m[2], Rule: m[3], Reviewer: m[4], Reason: m[6], Codebook: d.Codebook.Hash,
	}}
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
