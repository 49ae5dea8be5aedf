package webanno

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// relations reads the layers of relations that tie annotations of the chosen one.
func (r *reader) relations() {
	for i := range r.table.layers {
		l := &r.table.layers[i]
		base := slices.Index(l.features, "BT_"+r.layer.name)
		if l.kind != "RL" || base < 0 {
			continue
		}
		for k := range r.table.rows {
			row := &r.table.rows[k]
			if row.fields[l.column+base] == "_" {
				continue
			}
			for s, ref := range cut(row.fields[l.column+base], '|') {
				if err := r.relation(l, k, s, ref); err != nil {
					r.desk.Rejected(r.file, row.line, "%v", err)
				}
			}
		}
	}
}

// relation reads the relation number s of row k: ref names the row it comes from.
func (r *reader) relation(l *layer, k, s int, ref string) error {
	var link annotations.Link
	for i, f := range l.features {
		list := cut(r.table.rows[k].fields[l.column+i], '|')
		if !primitive(f) || s >= len(list) {
			continue
		}
		v := strings.ToLower(plain(list[s]))
		switch v {
		case string(annotations.Disputes), string(annotations.Supports), string(annotations.Repeats), string(annotations.DerivedFrom):
			link.Relation = annotations.Relation(v)
		case string(annotations.Direct), string(annotations.Rhetorical), string(annotations.Partial):
			link.Manner = annotations.Manner(v)
		case "":
		default:
			return fmt.Errorf("the relation %q is none that stet knows: disputes, supports, repeats, derived from", standoff.Clip(v, 40))
		}
	}
	id, numbers, _ := strings.Cut(strings.TrimSuffix(ref, "]"), "[")
	from, to, _ := strings.Cut(numbers, "_")
	source, ok := r.table.byID[id]
	if !ok {
		return fmt.Errorf("the relation comes from the word %q, which is not there", standoff.Clip(id, 40))
	}
	a, err := r.standing(source, from)
	if err != nil {
		return fmt.Errorf("the relation comes from word %s, where %w", id, err)
	}
	b, err := r.standing(k, to)
	if err != nil {
		return fmt.Errorf("the relation leads to word %s, where %w", r.table.rows[k].id, err)
	}
	link.To = r.Target(r.ballot.Vote(b).Unit)
	return r.Change(r.ballot.Vote(a).Unit, r.records[a], func(x *annotations.Annotation) { x.Links = append(x.Links, link) })
}

// standing finds the vote that stands for the annotation with a number, or, for
// none or 0, for the one in a row.
func (r *reader) standing(row int, number string) (int, error) {
	m := r.byRow[row]
	if n, err := strconv.Atoi(number); err == nil && n > 0 {
		m = r.byNumber[n]
	}
	switch {
	case m == nil:
		return 0, fmt.Errorf("no annotation stands")
	case m.vote < 0 || r.index[m.vote] < 0:
		return 0, fmt.Errorf("the annotation was left out")
	}
	return r.index[m.vote], nil
}
