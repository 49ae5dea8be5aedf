package sheet

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/cell"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// speaks reports whether a row is an annotation. One that only says that there is
// a source, and neither who nor of what kind, holds nothing to be read back.
func (r *reader) speaks(row line) bool {
	for _, c := range []string{"tag", "rule", "flags", "note", "verdict", "evidence", "links", "unsure", "second_reading"} {
		if r.table.cell(row, c) != "" {
			return true
		}
	}
	list, err := cell.ParseSources(r.table.cell(row, "sources"), r.table.cell(row, "source_kinds"))
	return err != nil || slices.ContainsFunc(list, func(at annotations.Attribution) bool { return at.Name != "" || at.Kind != "" })
}

// row reads one row. Only the library's own errors come back.
func (r *reader) row(row line) error {
	spoken := r.speaks(row)
	d, err := r.draft(row)
	if err != nil {
		return err
	}
	if spoken {
		r.desk.Receipt.Annotations.In++
	}
	if d == nil {
		if spoken {
			r.desk.Rejected(r.file, row.at, "its article is not there")
		}
		return nil
	}
	reject := func(format string, args ...any) { r.desk.Rejected(r.file, row.at, format, args...) }
	unit, err := r.unit(d, row)
	if err != nil {
		if spoken || r.table.cell(row, "ruling") != "" {
			reject("%v", err)
		}
		return nil
	}
	if c := r.table.cell(row, "ruling"); c != "" {
		if err := r.ruling(d, unit, c); err != nil {
			reject("ruling: %v", err)
		}
	}
	if !spoken {
		return nil
	}
	rec, err := r.record(d, row, unit)
	if err != nil {
		reject("%v", err)
		return nil
	}
	by := r.table.cell(row, "by")
	if err := r.lost(by); err != nil {
		reject("%v", err)
		return nil
	}
	if by == "" {
		by = r.desk.Library.Reviewer()
	}
	if err := d.Put(by, unit, rec); err != nil {
		reject("%v", err)
	}
	return nil
}

// lost refuses a person's name in which a question mark may stand for a letter that the
// file's encoding lacks: a second person would be made, who agrees with the first in
// everything.
func (r *reader) lost(name string) error {
	if !r.narrow || !strings.Contains(name, "?") {
		return nil
	}
	return fmt.Errorf("who says it is %q, a name that lost letters when the table was saved; save it as CSV in UTF-8", standoff.Clip(name, 40))
}

// record reads what a row says. It fails where the tag cannot be read; other
// cells are left out one by one.
func (r *reader) record(d *sheetDraft, row line, unit int) (*annotations.Record, error) {
	tag := strings.TrimSpace(r.table.cell(row, "tag"))
	if tag != "" {
		id, repair, err := d.Tag(tag)
		if err != nil {
			return nil, err
		}
		if repair != "" {
			r.desk.Repaired(r.file, row.at, "%s", repair)
		}
		tag = id
	}
	rec := d.New(tag, r.updated(row))
	change := func(column string, f func(*annotations.Annotation)) {
		if err := d.Change(unit, rec, f); err != nil {
			r.desk.Rejected(r.file, row.at, "column %s: %v", column, err)
		}
	}
	set := func(column string, f func(a *annotations.Annotation, v string)) {
		if v := r.table.cell(row, column); v != "" {
			change(column, func(a *annotations.Annotation) { f(a, v) })
		}
	}
	set("rule", func(a *annotations.Annotation, v string) { a.Rule = strings.TrimSpace(v) })
	set("note", func(a *annotations.Annotation, v string) { a.Note = v })
	set("verdict", func(a *annotations.Annotation, v string) { a.Verdict = v })
	set("unsure", func(a *annotations.Annotation, v string) { a.Unsure = !no(v) })
	for _, f := range strings.Split(r.table.cell(row, "flags"), ",") {
		if f = strings.TrimSpace(f); f != "" && !rec.HasFlag(f) {
			change("flags", func(a *annotations.Annotation) { a.ToggleFlag(f) })
		}
	}
	if v := r.table.cell(row, "second_reading"); v != "" {
		if check, ok := annotations.ParseCheck(strings.ToLower(v)); ok {
			rec.Check = check
		} else {
			r.desk.Rejected(r.file, row.at, "column second_reading: %q is not one of none, wanted, done", standoff.Clip(v, 40))
		}
	}
	if err := r.sources(d, row, unit, rec); err != nil {
		r.desk.Rejected(r.file, row.at, "column sources: %v", err)
	}
	r.evidence(d, row, unit, rec)
	r.links(d, row, unit, rec)
	return rec, nil
}

func no(v string) bool {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "no", "n", "0", "false", "-":
		return true
	}
	return false
}

// updated reads the time of a row. Spreadsheets may show times in their own way,
// which nobody can read back for certain.
func (r *reader) updated(row line) time.Time {
	v := r.table.cell(row, "updated")
	if v == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, v)
	if err != nil {
		r.desk.Repaired(r.file, row.at, "%q is no time such as 2026-11-20T09:30:00Z; the annotation has none", standoff.Clip(v, 40))
	}
	return t.UTC()
}
