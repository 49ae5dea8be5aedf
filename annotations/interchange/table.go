package interchange

import (
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/cell"
)

// Columns names the columns of the CSV and TSV tables, in order.
func Columns() []string {
	return []string{
		"article", "order", "id", "kind", "paragraph", "text", "tag", "rule", "sources", "source_kinds", "flags", "note", "verdict",
		"evidence", "links", "unsure", "second_reading", "by", "updated", "ruling", "decided",
	}
}

// places of the columns that a check needs.
const (
	columnArticle = 0
	columnOrder   = 1
	columnID      = 2
	columnText    = 5
)

// rows hands out the header and then one row for each annotation, or one for a
// sentence that has none, guarded and printable.
func rows(list []*page, row func(cells []string)) {
	row(Columns())
	all := map[annotations.ArticleID]*page{}
	for _, p := range list {
		all[p.Article.ID] = p
	}
	for _, p := range list {
		for i, u := range p.Article.Units {
			voices := p.voices(u.ID)
			for k := range max(1, len(voices)) {
				var v *voice
				if len(voices) > 0 {
					v = &voices[k]
				}
				cells := p.row(i, v, all)
				for c := range cells {
					cells[c] = cell.Guard(cell.Printable(cells[c]))
				}
				row(cells)
			}
		}
	}
}

// row is one line of the table; v is nil where nobody said anything.
func (p *page) row(i int, v *voice, all map[annotations.ArticleID]*page) []string {
	u := p.Article.Units[i]
	d := p.summary(u.ID)
	decided := ""
	switch {
	case d.Tag != nil:
		decided = *d.Tag
	case d.Decided == byRuling:
		decided = string(annotations.Neither)
	case d.Decided != "":
		decided = stillOpen
	}
	if v == nil {
		v = &voice{}
	}
	names, kinds := cell.Sources(v.Attributions)
	second := ""
	if v.Check != annotations.CheckNone {
		second = v.Check.String()
	}
	return []string{
		p.Article.Name, strconv.Itoa(i + 1), u.ID.String(), u.Kind.String(), strconv.Itoa(int(u.Paragraph)),
		u.Span.In(p.Article.Body), v.Tag, v.Rule, names, kinds, strings.Join(v.Flags, ", "), v.Note, v.Verdict,
		p.evidenceCell(v.Evidence), p.linkCell(&v.Annotation, all), yes(v.Unsure), second, v.by, instant(v.Time),
		p.rulingCell(u.ID), decided,
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// evidenceCell gives one line an item: stance, where, the words.
func (p *page) evidenceCell(uses []annotations.Use) string {
	var items []cell.Item
	for _, u := range uses {
		if item := p.items[u.ID]; item != nil {
			items = append(items, cell.Item{Stance: u.Stance, Evidence: *item})
		}
	}
	return cell.Items(items)
}

// linkCell names the linked sentences by their order in the article.
func (p *page) linkCell(a *annotations.Annotation, all map[annotations.ArticleID]*page) string {
	var list []cell.Link
	for _, l := range a.Links {
		x := cell.Link{Relation: l.Relation, Manner: l.Manner, Note: l.Note}
		switch q, known := all[l.To.Article]; {
		case !known:
			x.To, x.Article = l.To.Sentence.String(), l.To.Article.String()
			if w, ok := p.afar(l.To); ok {
				x.Bytes = [2]int{w.Span.Start, w.Span.End}
			}
		case q == p:
			x.To = strconv.Itoa(q.Article.Index(l.To.Sentence) + 1)
		default:
			x.To, x.Article = strconv.Itoa(q.Article.Index(l.To.Sentence)+1), q.Article.Name
		}
		list = append(list, x)
	}
	return cell.Links(a.Inside, list)
}

// rulingCell gives verdict, tag, rule, whose annotation, why and by whom. A cell could
// not say that a ruling was made on other words than those beside it.
func (p *page) rulingCell(id annotations.SentenceID) string {
	r := p.inForce(id)
	if r == nil {
		return ""
	}
	return cell.Ruling(r)
}
