package sheet

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// says are the columns that make a row an annotation.
func says() []string {
	return []string{"tag", "rule", "sources", "source_kinds", "flags", "note", "verdict", "evidence", "links", "unsure", "second_reading"}
}

// row reads one row. Only the library's own errors come back.
func (r *reader) row(row line) error {
	spoken := false
	for _, c := range says() {
		spoken = spoken || r.table.cell(row, c) != ""
	}
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
	if by == "" {
		by = r.desk.Library.Reviewer()
	}
	if err := d.Put(by, unit, rec); err != nil {
		reject("%v", err)
	}
	return nil
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
	cell := func(column string, f func(a *annotations.Annotation, v string)) {
		if v := r.table.cell(row, column); v != "" {
			change(column, func(a *annotations.Annotation) { f(a, v) })
		}
	}
	cell("rule", func(a *annotations.Annotation, v string) { a.Rule = strings.TrimSpace(v) })
	cell("note", func(a *annotations.Annotation, v string) { a.Note = v })
	cell("verdict", func(a *annotations.Annotation, v string) { a.Verdict = v })
	cell("unsure", func(a *annotations.Annotation, v string) { a.Unsure = !no(v) })
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

var counted = form(`(?s)^(.*) \(([0-9]{1,7})\)$`) //nolint:gochecknoglobals // a lookup table

// sources reads who vouches, and of what kind each is.
func (r *reader) sources(d *sheetDraft, row line, unit int, rec *annotations.Record) error {
	n, k := r.table.cell(row, "sources"), r.table.cell(row, "source_kinds")
	if n == "" && k == "" {
		return nil
	}
	names, kinds := strings.Split(n, "; "), strings.Split(k, "; ")
	switch {
	case len(names) == len(kinds):
	case k == "":
		kinds = make([]string, len(names))
	case n == "":
		names = make([]string, len(kinds))
	case len(kinds) == 1:
		names = []string{n} // the name itself holds a semicolon
	default:
		return fmt.Errorf("%d names and %d kinds do not go together", len(names), len(kinds))
	}
	for i := range names {
		at := annotations.Attribution{Name: names[i], Kind: strings.TrimSpace(kinds[i])}
		if m := counted().FindStringSubmatch(at.Name); m != nil {
			if c, err := strconv.Atoi(m[2]); err == nil && c > 1 {
				at.Name, at.Count = m[1], c
			}
		}
		if at.Name == "?" {
			at.Name = ""
		}
		if at.Kind == "?" {
			at.Kind = ""
		}
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
