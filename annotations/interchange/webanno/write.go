package webanno

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/clipperhouse/uax29/v2/words"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// Write implements [interchange.Dialect].
func (dialect) Write(e interchange.Export, _ interchange.Options) (interchange.Written, error) {
	pages, err := standoff.Pages(e)
	if err != nil {
		return interchange.Written{}, err
	}
	out := interchange.Written{Unit: annotations.UTF16}
	var losses standoff.Ledger
	for _, p := range pages {
		w := &writer{Page: p, losses: &losses}
		if err := w.prepare(); err != nil {
			return interchange.Written{}, fmt.Errorf("webanno: article %q: %w", p.Article.Name, err)
		}
		data := w.all()
		n, err := prove(p.Article.Body, data)
		if err == nil && n != w.tokens {
			err = fmt.Errorf("%d words were meant, %d read back", w.tokens, n)
		}
		if err != nil {
			return interchange.Written{}, fmt.Errorf("webanno: article %q: what was written does not read back: %w", p.Article.Name, err)
		}
		out.Ranges += n
		out.Files = append(out.Files, interchange.File{Name: p.Base + ".tsv", Data: []byte(data)})
	}
	out.Losses = losses.Losses()
	return out, nil
}

// values are the features of one annotation.
type values map[string]string

// incoming is a link in the row that it leads to.
type incoming struct {
	from             int
	relation, manner string
}

// writer makes the file of one article.
type writer struct {
	*standoff.Page
	losses   *standoff.Ledger
	features []string
	rows     []values     // by unit; nil = no annotation
	links    [][]incoming // by the unit they lead to
	numbers  []int        // of the annotations, from 1; 0 = none
	linked   bool
	manners  bool
	tokens   int
	out      strings.Builder
}

// always and sometimes are the features of the layer, in their order.
func always() []string { return []string{"tag", "note", "reviewer", "updated"} }
func sometimes() []string {
	return []string{"rule", "flags", "unsure", "check", "inside", "evidence", "ruling"}
}

// prepare decides what each sentence says and which features any of them uses.
func (w *writer) prepare() error {
	n := len(w.Article.Units)
	w.rows, w.links, w.numbers = make([]values, n), make([][]incoming, n), make([]int, n)
	used := map[string]bool{}
	for i := range w.Answers {
		a := &w.Answers[i]
		if !a.Says() {
			continue
		}
		v, err := w.values(a)
		if err != nil {
			return err
		}
		w.shorten(v, w.Article.Units[i].Span.Len())
		w.rows[i] = v
		for f := range v {
			used[f] = true
		}
		if a.Record != nil {
			w.relate(i, a.Record)
		}
	}
	w.features = always()
	for _, f := range sometimes() {
		if used[f] {
			w.features = append(w.features, f)
		}
	}
	number := 0
	for i, v := range w.rows {
		if v == nil && len(w.links[i]) > 0 {
			w.rows[i] = values{} // for the link to lead to
		}
		if w.rows[i] != nil {
			number++
			w.numbers[i] = number
		}
	}
	w.losses.OneAnswer(w.Page)
	w.losses.Surroundings(w.Page)
	return nil
}

// maxRepeated is how many bytes one value of a sentence may come to, since it
// stands in the row of each of its words.
const maxRepeated = 8 << 20

// shorten leaves out values that are too long to stand on each word of a
// sentence of so many bytes.
func (w *writer) shorten(v values, length int) {
	for _, f := range []string{"note", "evidence"} {
		if len(v[f]) > maxRepeated/max(length, 16) {
			delete(v, f)
			w.losses.Add(1, "long notes and lists of evidence", "the format repeats them on each word of the sentence")
		}
	}
}

func (w *writer) values(a *standoff.Answer) (values, error) {
	v := values{"tag": a.Tag, "reviewer": a.By, "updated": standoff.Instant(a.When)}
	set := func(name, value string) {
		if value != "" {
			v[name] = value
		}
	}
	set("rule", a.Rule)
	if a.Ruled() {
		v["ruling"] = "yes"
	}
	r := a.Record
	if r == nil {
		return v, nil
	}
	note := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(r.Note)
	if note != r.Note {
		w.losses.Add(1, "carriage returns in notes", "they end a line; they became line feeds")
	}
	set("note", note)
	set("flags", strings.Join(r.Flags, ", "))
	if r.Unsure {
		v["unsure"] = "yes"
	}
	if r.Inside {
		v["inside"] = "yes"
	}
	if r.Check != annotations.CheckNone {
		v["check"] = r.Check.String()
	}
	w.losses.Add(len(r.Attributions), "attributions", "the layer has one label a sentence")
	var items []standoff.Item
	for _, u := range r.Evidence {
		if item := w.Items[u.ID]; item != nil {
			items = append(items, standoff.ItemOf(item, u.Stance))
		}
	}
	if len(items) > 0 {
		s, err := standoff.EncodeLine(items)
		if err != nil {
			return nil, err
		}
		v["evidence"] = s
	}
	return v, nil
}

func (w *writer) relate(from int, r *annotations.Record) {
	for _, l := range r.Links {
		if l.To.Article != w.Article.ID {
			w.losses.Add(1, "links to other articles", "a relation stays within its document")
			continue
		}
		if l.Note != "" {
			w.losses.Add(1, "notes on links", "a relation has its type alone")
		}
		to := w.Article.Index(l.To.Sentence)
		w.links[to] = append(w.links[to], incoming{from, string(l.Relation), string(l.Manner)})
		w.linked, w.manners = true, w.manners || l.Manner != ""
	}
}

// all lays the file out.
func (w *writer) all() string {
	w.out.WriteString(header + "\n#T_SP=" + factCheck + "|" + strings.Join(w.features, "|") + "\n")
	if w.linked {
		w.out.WriteString("#T_RL=" + linkLayer + "|")
		if w.manners {
			w.out.WriteString("manner|")
		}
		w.out.WriteString("relation|BT_" + factCheck + "\n")
	}
	w.out.WriteString("\n")
	for i := range w.Article.Units {
		w.out.WriteString("\n")
		w.sentence(i)
	}
	return w.out.String()
}

func (w *writer) sentence(i int) {
	u := w.Article.Units[i]
	text := u.Span.In(w.Article.Body)
	fmt.Fprintf(&w.out, sentenceID+"%s\n", u.ID)
	for _, line := range strings.Split(text, "\n") {
		w.out.WriteString("#Text=" + escapeText(line) + "\n")
	}
	for k, t := range tokens(text) {
		t.Start, t.End = t.Start+u.Span.Start, t.End+u.Span.Start
		p := w.Offsets.Pair(t, annotations.UTF16)
		fmt.Fprintf(&w.out, "%d-%d\t%d-%d\t%s\t", i+1, k+1, p[0], p[1], t.In(w.Article.Body))
		w.columns(i, k)
		w.out.WriteString("\n")
		w.tokens++
	}
}

// columns writes the features in the row of token k of unit i, each with the tab
// behind it.
func (w *writer) columns(i, k int) {
	v, number := w.rows[i], "["+strconv.Itoa(w.numbers[i])+"]"
	for _, f := range w.features {
		switch {
		case v == nil:
			w.out.WriteString("_")
		case v[f] == "":
			w.out.WriteString("*" + number)
		default:
			w.out.WriteString(escapeValue(v[f]) + number)
		}
		w.out.WriteString("\t")
	}
	if !w.linked {
		return
	}
	links := w.links[i]
	if k > 0 {
		links = nil // a relation stands in the first row of what it leads to
	}
	column := func(value func(incoming) string) {
		var parts []string
		for _, l := range links {
			parts = append(parts, value(l))
		}
		if len(parts) == 0 {
			parts = []string{"_"}
		}
		w.out.WriteString(strings.Join(parts, "|") + "\t")
	}
	if w.manners {
		column(func(l incoming) string {
			if l.manner == "" {
				return "*"
			}
			return escapeValue(l.manner)
		})
	}
	column(func(l incoming) string { return escapeValue(l.relation) })
	column(func(l incoming) string { return fmt.Sprintf("%d-1[%d_%d]", l.from+1, w.numbers[l.from], w.numbers[i]) })
}

// tokens cuts a sentence into words, by bytes of the sentence. White space is in
// none, so that no word holds a tab or a line end; the first word begins where
// the sentence does.
func tokens(text string) []annotations.Span {
	var out []annotations.Span
	for it := words.FromString(text); it.Next(); {
		start := -1
		for i, r := range it.Value() {
			switch blank := standoff.Blank(r) && r != 0x1C && r != 0x1D && r != 0x1E && r != 0x1F; {
			case blank && start >= 0:
				out = append(out, annotations.Span{Start: it.Start() + start, End: it.Start() + i})
				start = -1
			case !blank && start < 0:
				start = i
			}
		}
		if start >= 0 {
			out = append(out, annotations.Span{Start: it.Start() + start, End: it.End()})
		}
	}
	return out
}
