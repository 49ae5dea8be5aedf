package sheet

import (
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations/interchange/internal/cell"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// table is a file, cut into rows, with the places of its columns.
type table struct {
	columns map[string]int
	rows    []line
}

// readColumns are the columns that are read.
func readColumns() []string {
	return []string{
		"article", "order", "id", "text", "tag", "rule", "sources", "source_kinds", "flags", "note", "verdict",
		"evidence", "links", "unsure", "second_reading", "by", "updated", "ruling",
	}
}

// informing are those that a reader of the table wants and this one does not.
func informing() []string { return []string{"kind", "paragraph", "decided"} }

func known(name string) bool {
	return slices.Contains(readColumns(), name) || slices.Contains(informing(), name)
}

// columnName is the name that a header cell means.
func columnName(cell string) string {
	name := strings.ToLower(strings.Trim(strings.TrimSpace(cell), `"`))
	name = strings.ReplaceAll(name, " ", "_")
	switch name {
	case "sentence":
		return "text"
	case "sentence_id":
		return "id"
	case "reviewer":
		return "by"
	case "comment":
		return "note"
	}
	return name
}

// parse finds the columns and rows of a file. words reports whether a text is
// that of a sentence, to tell two ways of reading apart.
func parse(d *standoff.Desk, file, text string, words func(*table) int) (*table, error) {
	rest, sep, skipped := separator(text)
	if sep == 0 {
		return nil, standoff.Refuse(file, 1, "has none of the table's columns: %s", strings.Join(readColumns(), ", "))
	}
	lines, err := quoted(file, rest, sep, skipped)
	var t *table
	if err == nil {
		t, err = head(file, lines)
	}
	if sep == '\t' && skipped == 0 {
		own, errOwn := escaped(file, rest)
		if errOwn == nil {
			if u, errHead := head(file, own); errHead == nil && (err != nil || words(u) > words(t) || words(u) == words(t) && ownForm(rest)) {
				t, err = u, nil
			}
		}
	}
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(t.columns)) {
		k := t.columns[name]
		if known(name) {
			continue
		}
		n := 0
		for _, r := range t.rows {
			if k < len(r.cells) && strings.TrimSpace(r.cells[k]) != "" {
				n++
			}
		}
		if n > 0 {
			d.Rejected(file, 1, "the column %q is none of the table's; %d cells were left out", standoff.Clip(name, 40), n)
		}
	}
	if last, ok := t.cutOff(rest); ok {
		d.Rejected(file, last.at, "the file ends inside this row: it has %d cells of %d and no line end; get the whole file", len(last.cells), len(t.columns))
		t.rows = t.rows[:len(t.rows)-1]
	}
	t.rows = slices.DeleteFunc(t.rows, func(r line) bool {
		blank := !slices.ContainsFunc(r.cells, func(c string) bool { return strings.TrimSpace(c) != "" })
		if !blank && len(r.cells) > len(t.columns) && slices.ContainsFunc(r.cells[len(t.columns):], func(c string) bool { return c != "" }) {
			d.Rejected(file, r.at, "has %d cells, the header %d", len(r.cells), len(t.columns))
			return true
		}
		return blank
	})
	return t, nil
}

// cutOff gives the last row where the file breaks off in it: no line end comes
// behind it, and it alone has fewer cells than the header. Programs that leave
// empty cells out at the end of rows end the last line as they end the others.
func (t *table) cutOff(text string) (line, bool) {
	n := len(t.rows) - 1
	if n < 0 || strings.HasSuffix(text, "\n") || strings.HasSuffix(text, "\r") {
		return line{}, false
	}
	short := slices.IndexFunc(t.rows, func(r line) bool { return len(r.cells) < len(t.columns) })
	return t.rows[n], short == n
}

func head(file string, lines []line) (*table, error) {
	if len(lines) == 0 {
		return nil, standoff.Refuse(file, 0, "is empty")
	}
	t := &table{columns: map[string]int{}, rows: lines[1:]}
	for i, c := range lines[0].cells {
		name := columnName(c)
		if name == "" && i == len(lines[0].cells)-1 {
			break // a separator at the end of the line
		}
		if _, twice := t.columns[name]; twice || name == "" {
			return nil, standoff.Refuse(file, lines[0].at, "the column %q is there twice or has no name", standoff.Clip(name, 40))
		}
		t.columns[name] = i
	}
	if _, ok := t.columns["tag"]; !ok {
		return nil, standoff.Refuse(file, lines[0].at, "has no column tag")
	}
	for _, c := range []string{"text", "id", "order"} {
		if _, ok := t.columns[c]; ok {
			return t, nil
		}
	}
	return nil, standoff.Refuse(file, lines[0].at, "has none of the columns text, id and order: nothing tells which sentence a row is about")
}

// has reports whether the table has a column.
func (t *table) has(column string) bool {
	_, ok := t.columns[column]
	return ok
}

// cell is the text of a row's cell, disarmed, "" where there is none.
func (t *table) cell(r line, column string) string {
	k, ok := t.columns[column]
	if !ok || k >= len(r.cells) {
		return ""
	}
	return cell.Unguard(r.cells[k])
}
