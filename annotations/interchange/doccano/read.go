package doccano

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// reader reads one file.
type reader struct {
	*foreign.Intake
	file string
	by   string
}

// Read implements [interchange.Dialect].
func (dialect) Read(files []interchange.File, lib interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	in := foreign.NewIntake(lib)
	for _, f := range files {
		if len(files) > 1 {
			in.File(f.Name)
		}
		in.Ahead(f)
	}
	for _, f := range files {
		r := &reader{Intake: in, file: f.Name, by: lib.Reviewer()}
		if len(files) > 1 {
			in.File(f.Name)
			if !strings.Contains(f.Name, ".doccano") && foreign.Stem(f.Name) != "all" {
				r.by = foreign.Stem(f.Name)
			}
		}
		if err := in.Records(f, r.line); err != nil {
			return nil, nil, err
		}
	}
	return in.Export(Format)
}

// line reads one text with its labels.
func (r *reader) line(n *foreign.Node) {
	at := foreign.Place{Line: n.Line}
	text := n.First("text", "data")
	if !text.Is(foreign.String) {
		r.Met()
		r.Reject(at, "text is %s, not a string", text.What())
		return
	}
	t := foreign.Text{
		Words: text.Text, Sentence: n.First("stet_sentence", "sentence_id").Str(), File: r.file,
		About: interchange.About{Title: n.First("stet_title", "title").Str(), URL: n.First("stet_url", "article_url", "url").Str(), Language: n.First("lang", "language").Str()},
	}
	for _, name := range []string{"stet_key", "stet_article", "stet_url", "article", "article_url", "url"} {
		t.Names = append(t.Names, n.Get(name).Str())
	}
	t.Known = t.Sentence != ""
	v, err := r.Open(t)
	if err != nil {
		r.Met()
		r.Reject(at, "%v", err)
		return
	}
	for _, pack := range strings.Split(n.Get("stet").Str(), "\n") {
		v.Answered(v.Unpack(pack, at), at)
	}
	r.labels(v, n, at)
	r.comments(v, n, at)
}

// labels reads the labels of any shape.
func (r *reader) labels(v *foreign.View, n *foreign.Node, at foreign.Place) {
	if old := n.Get("annotations"); old.Is(foreign.List) {
		r.Met()
		r.Reject(at, "annotations of an old doccano name labels by numbers, which the file does not explain; export with a newer one")
	}
	var list []*foreign.Node
	for _, name := range []string{"label", "labels", "cats", "entities"} {
		list = append(list, n.Get(name).Each()...)
	}
	unit := v.BestUnit(tagPairs(v, list), annotations.UTF16)
	if unit != annotations.UTF16 {
		r.Repair(at, "positions were read as %s, not as %s: then more labels cover whole sentences", unit, annotations.UTF16)
	}
	ids := map[int]annotations.SentenceID{}
	for _, item := range list {
		m := foreign.Mark{By: r.by, At: foreign.Place{Line: item.Line}}
		if item.Is(foreign.String) {
			r.class(v, item.Text, m)
			continue
		}
		l, err := labelOf(item)
		if err != nil {
			r.Met()
			r.Reject(m.At, "%v", err)
			continue
		}
		m.Label = l.label
		got := v.Mark(foreign.Claim{Pair: l.pair, Unit: unit}, m)
		if _, twice := ids[l.id]; l.named && twice {
			r.Met()
			r.Reject(m.At, "the entity id %d stands twice; relations to it mean the first", l.id)
		} else if l.named && len(got) == 1 {
			ids[l.id] = got[0]
		}
	}
	for _, item := range n.Get("relations").Each() {
		r.relation(v, item, ids)
	}
}

// class gives a label of the whole text to the sentence that it is.
func (r *reader) class(v *foreign.View, label string, m foreign.Mark) {
	id, err := v.Whole()
	if err != nil {
		r.Met()
		r.Reject(m.At, "%v", err)
		return
	}
	m.Label = label
	if v.Tag(id, m) {
		r.Receipt.Ranges++
	}
}

// label is a span with its label, as a triple or an entity.
type label struct {
	pair  [2]int
	label string
	id    int
	named bool // it has an id, for relations
}

func labelOf(n *foreign.Node) (l label, err error) {
	switch {
	case n.Is(foreign.List) && len(n.Items) == 3 && n.Items[2].Is(foreign.String):
		l.label = n.Items[2].Text
		l.pair, err = foreign.Pair(n.Items[0], n.Items[1])
	case n.Is(foreign.Object) && n.Get("label").Is(foreign.String):
		l.label = n.Get("label").Text
		l.id, l.named = n.Get("id").Int()
		l.pair, err = foreign.Pair(n.First("start_offset", "start"), n.First("end_offset", "end"))
	default:
		err = fmt.Errorf("a label is %s, not a string, [start, end, label] or an entity", n.What())
	}
	return l, err
}

// tagPairs are the positions of labels that are tags.
func tagPairs(v *foreign.View, list []*foreign.Node) [][2]int {
	var out [][2]int
	for _, item := range list {
		if l, err := labelOf(item); err == nil {
			if _, _, err := foreign.TagOf(v.Codebook, l.label); err == nil {
				out = append(out, l.pair)
			}
		}
	}
	return out
}

func (r *reader) relation(v *foreign.View, n *foreign.Node, ids map[int]annotations.SentenceID) {
	m := foreign.Mark{By: r.by, At: foreign.Place{Line: n.Line}}
	from, ok := n.Get("from_id").Int()
	to, too := n.Get("to_id").Int()
	a, known := ids[from]
	b, knownToo := ids[to]
	kind := n.Get("type").Str()
	switch {
	case !ok || !too || !known || !knownToo:
		r.Met()
		r.Reject(m.At, "a relation names an entity that was not taken")
	case v.Linked(a, b, kind):
		r.Met()
		r.Took()
	default:
		v.Link(a, b, kind, "", m)
	}
}

// comments reads what annotators wrote on the line.
func (r *reader) comments(v *foreign.View, n *foreign.Node, at foreign.Place) {
	for _, c := range n.Get("Comments").Each() {
		words := c.Str()
		if c.Is(foreign.Object) {
			words = c.Get("comment").Str()
		}
		if strings.TrimSpace(words) == "" {
			continue
		}
		id, err := v.Whole()
		if err != nil {
			r.Met()
			r.Reject(at, "the comment %.40q is on the whole text; stet keeps notes on sentences", words)
			continue
		}
		v.Say(id, foreign.Mark{By: r.by, At: at}, func(a *annotations.Annotation) error {
			if a.Note != "" {
				words = a.Note + "\n" + words
			}
			a.Note = words
			return nil
		})
	}
}
