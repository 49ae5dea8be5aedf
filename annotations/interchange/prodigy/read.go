package prodigy

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// reader reads one file.
type reader struct {
	*foreign.Intake
	file string
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
		if len(files) > 1 {
			in.File(f.Name)
		}
		r := &reader{in, f.Name}
		if err := in.Records(f, r.line); err != nil {
			return nil, nil, err
		}
	}
	return in.Export(Format)
}

// line reads one task.
func (r *reader) line(n *foreign.Node) {
	at := foreign.Place{Line: n.Line}
	text := n.Get("text")
	if !text.Is(foreign.String) {
		r.Met()
		r.Reject(at, "text is %s, not a string: only tasks about text can be read", text.What())
		return
	}
	meta := n.Get("meta")
	t := foreign.Text{Words: text.Text, Sentence: n.Get("stet_sentence").Str(), About: interchange.About{Title: meta.Get("title").Str(), URL: meta.Get("url").Str()}, File: r.file}
	t.Names = append(t.Names,
		n.Get("stet_key").Str(), n.Get("stet_article").Str(), meta.Get("url").Str(), meta.Get("source").Str(),
	)
	t.Known = t.Sentence != ""
	answer := n.Get("answer").Str()
	if answer != "" && answer != "accept" && n.Get("stet") == nil && n.Get("stet_article") == nil {
		r.Met()
		r.Leave(at, "the answer is %.20q", answer)
		return
	}
	v, err := r.Open(t)
	if err != nil {
		r.Met()
		r.Reject(at, "%v", err)
		return
	}
	v.Unpack(n.Get("stet").Str(), at)
	v.Unpack(n.Get("stet_ruling").Str(), at)
	switch answer {
	case "", "accept":
		r.labels(v, n, foreign.Mark{By: r.reviewer(n), When: timeOf(n.Get("_timestamp")), At: at})
	case "ignore", "reject":
		if len(n.Get("accept").Each()) > 0 || answer == "reject" {
			r.Met()
			r.Leave(at, "the answer is %q", answer)
		}
		r.spans(v, n, foreign.Mark{By: r.reviewer(n), When: timeOf(n.Get("_timestamp")), At: at})
	default:
		r.Met()
		r.Reject(at, "the answer %.20q is not one of accept, reject, ignore", answer)
	}
}

// reviewer is what follows the data set's name, unless that is a date.
func (r *reader) reviewer(n *foreign.Node) string {
	if by := n.Get("stet_by").Str(); by != "" {
		return by
	}
	id := n.First("_annotator_id", "_session_id").Str()
	name := id[strings.LastIndexByte(id, '-')+1:]
	if name == "" || strings.Trim(name, "0123456789_") == "" {
		return r.Reviewer()
	}
	return name
}

func timeOf(n *foreign.Node) time.Time {
	if !n.Is(foreign.Number) {
		return time.Time{}
	}
	f, err := strconv.ParseFloat(n.Text, 64)
	if err != nil || f < 0 || f > 1<<36 {
		return time.Time{}
	}
	return time.Unix(int64(math.Floor(f)), 0).UTC()
}

func (r *reader) labels(v *foreign.View, n *foreign.Node, m foreign.Mark) {
	said := 0
	var labels []string
	for _, a := range n.Get("accept").Each() {
		labels = append(labels, chosen(n, v.Codebook, a))
	}
	if l := n.Get("label"); l.Is(foreign.String) {
		labels = append(labels, l.Text)
	}
	for _, label := range labels {
		said++
		id, err := v.Whole()
		if err != nil {
			r.Met()
			r.Reject(m.At, "%v", err)
			continue
		}
		m.Label = label
		if v.Tag(id, m) {
			r.Receipt.Ranges++
		}
	}
	said += r.spans(v, n, m)
	for _, x := range n.Get("relations").Each() {
		said++
		r.relation(v, x, m)
	}
	if said == 0 && n.Get("stet") == nil {
		r.Met()
		r.Leave(m.At, "the line says nothing: no label was accepted, no span marked")
	}
}

// chosen is the label that an accepted option stands for: its id, or its text
// where that is the tag.
func chosen(n *foreign.Node, book *annotations.Codebook, accepted *foreign.Node) string {
	id := accepted.Text
	if _, _, err := foreign.TagOf(book, id); err == nil {
		return id
	}
	for _, o := range n.Get("options").Each() {
		if key := o.Get("id"); key != nil && key.Kind == accepted.Kind && key.Text == id && o.Get("text").Str() != "" {
			return o.Get("text").Text
		}
	}
	return id
}

// spans reads the spans of a task and returns how many there are.
func (r *reader) spans(v *foreign.View, n *foreign.Node, m foreign.Mark) int {
	list := n.Get("spans").Each()
	for _, x := range list {
		c, err := claim(n, x)
		m.Label = x.Get("label").Str()
		if err == nil && m.Label == "" {
			err = errors.New("the span has no label")
		}
		if err != nil {
			r.Met()
			r.Reject(m.At, "%v", err)
			continue
		}
		if n.Get("stet") != nil {
			r.packed(v, n.Get("stet_sentence").Str(), c, m)
			continue
		}
		v.Mark(c, m)
	}
	return len(list)
}

// packed proves a span of a line that has a pack: what it says stands there,
// with the white space that this form takes off.
func (r *reader) packed(v *foreign.View, sentence string, c foreign.Claim, m foreign.Mark) {
	id, _ := annotations.ParseSentenceID(sentence) //nolint:errcheck // 0 holds nothing
	s, _, err := v.Find(c)
	if err == nil && !v.Holds(m.By, id, foreign.PartOf(m.Label), s) {
		v.Mark(c, m)
		return
	}
	r.Met()
	if err != nil {
		r.Reject(m.At, "%v", err)
		return
	}
	r.Took()
	r.Receipt.Ranges++
}

// claim reads the positions of a span and holds its tokens against them.
func claim(n, x *foreign.Node) (foreign.Claim, error) {
	c := foreign.Claim{Unit: annotations.CodePoints, Quote: x.Get("text").Str()}
	var err error
	if c.Pair, err = foreign.Pair(x.Get("start"), x.Get("end")); err != nil {
		return c, err
	}
	list := n.Get("tokens")
	if x.Get("token_start") == nil || !list.Is(foreign.List) || len(list.Items) == 0 {
		return c, nil
	}
	tokens, err := foreign.Pair(x.Get("token_start"), x.Get("token_end"))
	if err != nil {
		return c, fmt.Errorf("token indexes: %w", err)
	}
	if tokens[0] < 0 || tokens[1] < tokens[0] || tokens[1] >= len(list.Items) {
		return c, fmt.Errorf("tokens %d to %d are not among the %d of the line", tokens[0], tokens[1], len(list.Items))
	}
	first, _ := list.Items[tokens[0]].Get("start").Int()
	last, _ := list.Items[tokens[1]].Get("end").Int()
	if c.Pair != [2]int{first, last} {
		return c, fmt.Errorf("the span is at %d to %d, its tokens at %d to %d: nobody can say which is meant", c.Pair[0], c.Pair[1], first, last)
	}
	return c, nil
}

// relation links the sentences that two spans lie in.
func (r *reader) relation(v *foreign.View, n *foreign.Node, m foreign.Mark) {
	var ends [2]annotations.SentenceID
	for i, name := range []string{"head_span", "child_span"} {
		x := n.Get(name)
		pair, err := foreign.Pair(x.Get("start"), x.Get("end"))
		var s annotations.Span
		if err == nil {
			s, _, err = v.Find(foreign.Claim{Pair: pair, Unit: annotations.CodePoints})
		}
		var ids []annotations.SentenceID
		if err == nil {
			ids, _, err = v.Over(s)
		}
		if err == nil && len(ids) != 1 {
			err = errors.New("the span covers several sentences")
		}
		if err != nil {
			r.Met()
			r.Reject(m.At, "relation: %s: %v", name, err)
			return
		}
		ends[i] = ids[0]
	}
	v.Link(ends[0], ends[1], n.Get("label").Str(), "", m)
}
