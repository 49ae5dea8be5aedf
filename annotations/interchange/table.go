package interchange

import (
	"fmt"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
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
			voices := p.voices[u.ID]
			for k := range max(1, len(voices)) {
				var v *voice
				if len(voices) > 0 {
					v = &voices[k]
				}
				cells := p.row(i, v, all)
				for c := range cells {
					cells[c] = guard(printable(cells[c]))
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
	names, kinds := sourcesOf(v.Attributions)
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

// sourcesOf lists who vouches, and of what kind each is, in the same order.
func sourcesOf(list []annotations.Attribution) (names, kinds string) {
	var n, k []string
	for i := range list {
		name := list[i].Name
		if name == "" {
			name = "?"
		}
		if list[i].Count > 1 {
			name += fmt.Sprintf(" (%d)", list[i].Count)
		}
		kind := list[i].Kind
		if kind == "" {
			kind = "?"
		}
		n, k = append(n, name), append(k, kind)
	}
	return strings.Join(n, "; "), strings.Join(k, "; ")
}

// evidenceCell gives one line an item: stance, where, the words.
func (p *page) evidenceCell(uses []annotations.Use) string {
	var lines []string
	for _, u := range uses {
		item := p.items[u.ID]
		if item == nil {
			continue
		}
		lines = append(lines, string(u.Stance)+": "+itemWords(item))
	}
	return strings.Join(lines, "\n")
}

// itemWords tells where an item lies, and its words.
func itemWords(item *annotations.Evidence) string {
	var parts []string
	for _, s := range []string{item.URL, item.File, item.Locator} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if item.Quote != "" {
		parts = append(parts, "“"+item.Quote+"”")
	}
	if item.Note != "" {
		parts = append(parts, item.Note)
	}
	return strings.Join(parts, ", ")
}

// linkCell names the linked sentences by their order in the article.
func (p *page) linkCell(a *annotations.Annotation, all map[annotations.ArticleID]*page) string {
	var parts []string
	if a.Inside {
		parts = append(parts, "disputed inside this sentence")
	}
	for _, l := range a.Links {
		s := string(l.Relation)
		if l.Manner != "" {
			s += " (" + string(l.Manner) + ")"
		}
		q, known := all[l.To.Article]
		switch {
		case !known:
			s += fmt.Sprintf(" %s of article %s", l.To.Sentence, l.To.Article)
		case q == p:
			s += fmt.Sprintf(" %d", q.Article.Index(l.To.Sentence)+1)
		default:
			s += fmt.Sprintf(" %d of article %s", q.Article.Index(l.To.Sentence)+1, q.Article.Name)
		}
		if l.Note != "" {
			s += ": " + l.Note
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// rulingCell gives verdict, tag, rule, whose annotation, why and by whom.
func (p *page) rulingCell(id annotations.SentenceID) string {
	r, ok := p.ruling(id)
	if !ok {
		return ""
	}
	s := string(r.Verdict)
	if r.Tag != "" {
		s += " to " + r.Tag
	}
	if r.Rule != "" {
		s += " (" + r.Rule + ")"
	}
	if r.Reviewer != "" {
		s += " on " + r.Reviewer
	}
	s += ", by " + r.By
	if r.Reason != "" {
		s += ": " + r.Reason
	}
	return s
}
