package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/cell"
)

// gathered are the rows about one article, put together: the text that they
// make, and the sentences that they are.
type gathered struct {
	text  string
	units []annotations.Sentence
	rows  map[string]int // the sentence of each row, by its name
}

// rowName tells the rows of one sentence from those of others: by id, else by
// order, else each row is a sentence of its own.
func (r *reader) rowName(row line) string {
	return cmp.Or(r.table.cell(row, "id"), r.table.cell(row, "order"), strconv.Itoa(-row.at))
}

// gather puts the sentences of an article together, each once, by their order,
// with a blank line between paragraphs.
func (r *reader) gather(name string) *gathered {
	type piece struct {
		order                 int
		name, paragraph, text string
		kind                  annotations.Kind
	}
	var list []piece
	seen := map[string]bool{}
	for i, row := range r.table.rows {
		text, id := strings.TrimSpace(cell.Printable(r.table.cell(row, "text"))), r.rowName(row)
		if text == "" || seen[id] || r.name(r.table, row) != name {
			continue
		}
		seen[id] = true
		order, err := strconv.Atoi(r.table.cell(row, "order"))
		if err != nil {
			order = i + 1
		}
		kind, err := annotations.ParseKind(r.table.cell(row, "kind"))
		if err != nil {
			kind = annotations.KindSentence
		}
		list = append(list, piece{order, id, r.table.cell(row, "paragraph"), text, kind})
	}
	slices.SortStableFunc(list, func(a, b piece) int { return cmp.Compare(a.order, b.order) })
	out := &gathered{rows: map[string]int{}}
	var b strings.Builder
	paragraph := uint32(0)
	for i, p := range list {
		switch {
		case i == 0:
		case p.paragraph != list[i-1].paragraph:
			b.WriteString("\n\n")
			paragraph++
		default:
			b.WriteString(" ")
		}
		start := b.Len()
		b.WriteString(p.text)
		out.rows[p.name] = i
		out.units = append(out.units, annotations.Sentence{
			ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: start, End: b.Len()}, Kind: p.kind, Paragraph: paragraph, //nolint:gosec // rows of a file fit
		})
	}
	out.text = b.String()
	return out
}

// cut gives the article that was made of the text the rows as its sentences:
// whoever made the table had cut it already.
func (g *gathered) cut(a *annotations.Article) (*annotations.Article, error) {
	if a.Body != g.text {
		return a, nil
	}
	b := *a
	b.Units = g.units
	return &b, b.Seal()
}
