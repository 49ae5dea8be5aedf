package webanno

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
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
		text, err := standoff.Text(f)
		if err != nil {
			return nil, nil, err
		}
		t, err := parse(f.Name, text)
		if err != nil {
			return nil, nil, err
		}
		body, unit, err := t.place(d, f.Name)
		if err != nil {
			return nil, nil, err
		}
		a, err := article(d, body, standoff.Base(f.Name), f.Name)
		if err != nil {
			return nil, nil, err
		}
		if spans, ids := t.ownCuts(annotations.NewOffsets(a.Body), unit); len(spans) > 0 {
			d.Cuts(a, standoff.Cutting{File: f.Name, Line: t.sentences[0].line, Make: func(a *annotations.Article) (*annotations.Article, error) {
				return interchange.CutAt(a, spans, ids)
			}})
		}
		all = append(all, &reader{article: a, desk: d, file: f.Name, table: t, unit: unit})
	}
	for _, r := range all {
		r.Draft = d.Draft(d.AsWritten(r.article))
		r.read()
	}
	return d.Export("webanno")
}

// mark is one annotation of the layer that holds the tags.
type mark struct {
	first, last int // rows
	values      map[string]string
	bad         bool
	vote        int // -1 = rejected
}

// reader interprets one file.
type reader struct {
	*standoff.Draft
	article  *annotations.Article // as it was found, in whatever sentences
	desk     *standoff.Desk
	file     string
	table    *table
	unit     annotations.Unit
	layer    *layer
	tag      string // its feature that holds the tags
	marks    []*mark
	byNumber map[int]*mark
	byRow    map[int]*mark // the first that begins there
	ballot   standoff.Ballot
	index    []int
	records  map[int]*annotations.Record
	ruled    map[int]bool // votes whose tag is a lead's
}

func (r *reader) read() {
	r.choose()
	r.others()
	if r.layer == nil {
		return
	}
	r.collect()
	for _, m := range r.marks {
		r.vote(m)
	}
	r.index = r.ballot.Count(r.Draft, r.file)
	r.records, r.ruled = map[int]*annotations.Record{}, map[int]bool{}
	for _, m := range r.marks {
		if m.vote >= 0 && r.index[m.vote] == m.vote {
			r.records[m.vote] = r.fill(m)
			r.ruled[m.vote] = isYes(m.values["ruling"])
		}
	}
	r.relations()
	for v := range r.index {
		rec, vote := r.records[v], r.ballot.Vote(v)
		switch {
		case rec == nil:
		case vote.Tag == "" && rec.IsZero():
			r.desk.Receipt.Annotations.In-- // only there for a link to lead to
		case r.ruled[v]:
			if err := r.Rule(vote.By, vote.Unit, rec); err != nil {
				r.desk.Rejected(r.file, vote.Line, "%v", err)
			}
		default:
			if err := r.Put(vote.By, vote.Unit, rec); err != nil {
				r.desk.Rejected(r.file, vote.Line, "%v", err)
			}
		}
	}
}

// primitive reports whether a feature holds a value, and not a slot.
func primitive(f string) bool {
	return f != "" && !strings.HasPrefix(f, "ROLE_") && !strings.HasPrefix(f, "BT_") && !strings.Contains(f, ".")
}

// choose finds the layer and the feature that hold the tags.
func (r *reader) choose() {
	best := 0
	for i := range r.table.layers {
		l := &r.table.layers[i]
		if l.kind != "SP" {
			continue
		}
		if l.name == factCheck && slices.Contains(l.features, "tag") {
			r.layer, r.tag = l, "tag"
			return
		}
		for k, f := range l.features {
			if n := r.tagsIn(l.column + k); primitive(f) && n > best {
				r.layer, r.tag, best = l, f, n
			}
		}
	}
	if r.layer == nil {
		_, _, err := r.Tag("(the labels of the file)")
		r.desk.Rejected(r.file, 0, "no layer holds tags: %v", err)
	}
}

// tagsIn counts the values of a column that are tags.
func (r *reader) tagsIn(column int) int {
	known, n := map[string]bool{}, 0
	for i := range r.table.rows {
		for _, v := range cut(r.table.rows[i].fields[column], '|') {
			v = plain(v)
			if _, seen := known[v]; !seen {
				_, _, err := r.Tag(v)
				known[v] = v != "" && err == nil
			}
			if known[v] {
				n++
			}
		}
	}
	return n
}

// others counts what stands in layers that are not read.
func (r *reader) others() {
	for i := range r.table.layers {
		l := &r.table.layers[i]
		if l == r.layer || l.kind == "RL" && r.layer != nil && slices.Contains(l.features, "BT_"+r.layer.name) {
			continue
		}
		n, line := 0, l.line
		for k := range r.table.rows {
			if !slices.ContainsFunc(r.table.rows[k].fields[l.column:l.column+len(l.features)], func(v string) bool { return v != "_" }) {
				continue
			}
			if n++; n == 1 {
				line = r.table.rows[k].line
			}
		}
		if n > 0 {
			r.desk.Rejected(r.file, line, "the layer %q stands on %d words and was left out: stet has no place for it", standoff.Clip(l.name, 80), n)
		}
	}
}

// collect gathers the annotations of the layer, row by row.
func (r *reader) collect() {
	r.byNumber, r.byRow = map[int]*mark{}, map[int]*mark{}
	for i := range r.table.rows {
		row := &r.table.rows[i]
		stacks := map[string][]string{}
		deep := 0
		for k, f := range r.layer.features {
			if primitive(f) && row.fields[r.layer.column+k] != "_" {
				stacks[f] = cut(row.fields[r.layer.column+k], '|')
				deep = max(deep, len(stacks[f]))
			}
		}
		for s := range deep {
			m, number := &mark{first: i, last: i, values: map[string]string{}, bad: row.bad}, 0
			for f, list := range stacks {
				if s < len(list) {
					_, n := numbered(list[s])
					number = max(number, n)
					m.values[f] = plain(list[s])
				}
			}
			switch old := r.byNumber[number]; {
			case number > 0 && old != nil:
				old.last, old.bad = i, old.bad || row.bad
				continue
			case number > 0:
				r.byNumber[number] = m
			}
			if r.byRow[i] == nil {
				r.byRow[i] = m
			}
			r.marks = append(r.marks, m)
		}
	}
}

// vote turns an annotation into a vote for its sentence.
func (r *reader) vote(m *mark) {
	r.desk.Receipt.Annotations.In++
	m.vote = -1
	first, last := &r.table.rows[m.first], &r.table.rows[m.last]
	reject := func(format string, args ...any) { r.desk.Rejected(r.file, first.line, format, args...) }
	if m.bad {
		reject("a word of the annotation does not stand at its place in the text")
		return
	}
	span, err := r.Offsets.Span([2]int{first.begin, last.end}, r.unit)
	if err != nil {
		reject("%v", err)
		return
	}
	unit, whole, err := r.Within(span)
	if err != nil {
		reject("%v", err)
		return
	}
	tag, repair := m.values[r.tag], ""
	if tag != "" {
		if tag, repair, err = r.Draft.Tag(tag); err != nil {
			reject("%v", err)
			return
		}
	}
	by := m.values["reviewer"]
	if by == "" {
		by = r.desk.Library.Reviewer()
	}
	m.vote = r.ballot.Add(standoff.Vote{Unit: unit, By: by, Tag: tag, Whole: whole, Line: first.line, Repair: repair})
}

// fill reads the other features.
func (r *reader) fill(m *mark) *annotations.Record {
	line := r.table.rows[m.first].line
	vote := r.ballot.Vote(m.vote)
	var when time.Time
	if s := m.values["updated"]; s != "" {
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			r.desk.Repaired(r.file, line, "%q is no time; the annotation has none", standoff.Clip(s, 40))
		}
		when = t.UTC()
	}
	rec := r.New(vote.Tag, when)
	for _, f := range r.layer.features {
		v := m.values[f]
		if v == "" || f == r.tag || f == "reviewer" || f == "updated" || f == "ruling" {
			continue
		}
		if err := r.feature(rec, vote.Unit, f, v); err != nil {
			r.desk.Rejected(r.file, line, "%v", err)
		}
	}
	return rec
}

func isYes(v string) bool { return strings.EqualFold(v, "yes") || strings.EqualFold(v, "true") }

func (r *reader) feature(rec *annotations.Record, unit int, f, v string) error {
	change := func(do func(*annotations.Annotation)) error { return r.Change(unit, rec, do) }
	yes := isYes(v)
	switch strings.ToLower(f) {
	case "note", "comment":
		return change(func(a *annotations.Annotation) { a.Note = v })
	case "rule":
		return change(func(a *annotations.Annotation) { a.Rule = v })
	case "unsure":
		return change(func(a *annotations.Annotation) { a.Unsure = yes })
	case "inside":
		return change(func(a *annotations.Annotation) { a.Inside = yes })
	case "check":
		check, ok := annotations.ParseCheck(v)
		if !ok {
			return fmt.Errorf("check is wanted or done, not %q", standoff.Clip(v, 40))
		}
		return change(func(a *annotations.Annotation) { a.Check = check })
	case "flags":
		for _, flag := range strings.Split(v, ",") {
			flag = strings.TrimSpace(flag)
			if err := change(func(a *annotations.Annotation) {
				if !a.HasFlag(flag) {
					a.ToggleFlag(flag)
				}
			}); err != nil {
				return err
			}
		}
		return nil
	case "evidence":
		return r.evidence(change, v)
	}
	return fmt.Errorf("the feature %s of the layer has no place in stet: %q", standoff.Clip(f, 40), standoff.Clip(v, 40))
}

func (r *reader) evidence(change func(func(*annotations.Annotation)) error, v string) error {
	var items []standoff.Item
	if err := standoff.DecodeLine(v, &items); err != nil {
		return fmt.Errorf("evidence %w", err)
	}
	for i := range items {
		e, stance := items[i].Evidence()
		id, err := r.Item(e)
		if err == nil {
			err = change(func(a *annotations.Annotation) {
				a.Evidence = append(a.Evidence, annotations.Use{ID: id, Stance: stance})
			})
		}
		if err != nil {
			return fmt.Errorf("evidence item %s: %w", strconv.Itoa(i+1), err)
		}
	}
	return nil
}
