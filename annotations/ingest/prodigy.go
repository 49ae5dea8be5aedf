package ingest

import (
	"encoding/json"
	"strings"
)

// proseGroups puts the sentences that Prodigy keeps as lines together again.
//
// The rule: lines belong to one article when they bear Prodigy's marks and
// their meta names the same article, either under "article", "doc", "doc_id",
// "document" or "article_id", or as "ID#PLACE" under "source". They are joined in
// the order of the file, by a space where both name the same "paragraph", by a
// blank line where they name different ones, and by a line end where they name
// none. A line that several people worked on stands there several times with the
// same input hash; it is taken once. Other lines are articles of their own.
type proseGroups struct {
	order []string
	by    map[string]*proseGroup
}

type proseGroup struct {
	part      part
	text      strings.Builder
	paragraph string
	lines     int
	seen      map[string]bool
}

// take adds a line to its group, and reports whether it has one.
func (g *proseGroups) take(label string, r record) bool {
	id, paragraph := prodigyPlace(r)
	text, ok := r.text("text")
	if id == "" || !ok {
		return false
	}
	x := g.by[id]
	if x == nil {
		x = &proseGroup{part: partOf(label, r), paragraph: paragraph, seen: map[string]bool{}}
		x.part.label = label
		if g.by == nil {
			g.by = map[string]*proseGroup{}
		}
		g.by[id] = x
		g.order = append(g.order, id)
	}
	key := string(r["_input_hash"]) + " " + text
	if len(r["_input_hash"]) > 0 && x.seen[key] {
		return true
	}
	x.seen[key] = true
	switch {
	case x.lines == 0:
	case paragraph == "":
		x.text.WriteByte('\n')
	case paragraph == x.paragraph:
		x.text.WriteByte(' ')
	default:
		x.text.WriteString("\n\n")
	}
	x.paragraph = paragraph
	x.lines++
	x.text.WriteString(text)
	return true
}

// parts gives the articles, in the order in which they began.
func (g *proseGroups) parts() []part {
	var out []part
	for _, id := range g.order {
		x := g.by[id]
		p := x.part
		p.done = 1
		if p.err == nil {
			p.text, p.err = jsonText(x.text.String())
		}
		if x.lines > 1 {
			p.label = foldField(id, 80) + ", from " + p.label
			p.notes = append(p.notes, Notice{TopicText, count(x.lines, "line", "lines") + " of Prodigy were joined to one article", false})
		}
		out = append(out, p)
	}
	return out
}

// prodigyPlace gives the article and the paragraph that a Prodigy line says it
// is of, or nothing.
func prodigyPlace(r record) (id, paragraph string) {
	if len(r["_input_hash"]) == 0 && len(r["_task_hash"]) == 0 && len(r["_view_id"]) == 0 && len(r["tokens"]) == 0 {
		return "", ""
	}
	meta, ok := r.object("meta")
	if !ok {
		return "", ""
	}
	for _, key := range []string{"article", "article_id", "doc_id", "doc", "document"} {
		if id == "" {
			id = scalar(meta[key])
		}
	}
	if id == "" {
		source, _ := meta.text("source")
		before, place, cut := strings.Cut(source, "#")
		if cut && place != "" {
			id = before
		}
	}
	return id, scalar(meta["paragraph"])
}

// scalar gives a text or a number as text.
func scalar(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s
	}
	var n json.Number
	if len(v) > 0 && json.Unmarshal(v, &n) == nil {
		return n.String()
	}
	return ""
}
