package labelstudio

import (
	"fmt"

	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// minimal reads an object of JSON-MIN, the form without tasks and results: one
// annotation an object, its data beside it, and for each control a member of its
// name. A list of spans with labels are regions; a text, or choices, that are
// tags are the tag of the whole text. Other members are data, whatever they
// hold, since nothing tells data and controls apart.
func (r *reader) minimal(n *foreign.Node) {
	at := foreign.Place{Line: n.Line}
	v, err := r.Open(foreign.Text{
		Words: n.Get("text").Text, About: interchange.About{Title: n.Get("title").Str(), URL: n.Get("url").Str()}, File: r.file,
		Names: []string{n.Get("stet_key").Str(), n.Get("stet_article").Str(), n.Get("url").Str()},
	})
	if err != nil {
		r.Met()
		r.Reject(at, "%v", err)
		return
	}
	m := foreign.Mark{By: r.annotator(n), When: foreign.Instant(first(n.Get("updated_at").Str(), n.Get("created_at").Str())), At: at}
	for i, item := range n.Items {
		if n.Names[i] == "text" {
			continue
		}
		for _, x := range item.Each() {
			switch {
			case x.Is(foreign.String):
				r.whole(v, x.Text, m)
			case x.Get("choices") != nil:
				for _, c := range x.Get("choices").Each() {
					r.whole(v, c.Str(), m)
				}
			case x.Get("labels") != nil:
				r.span(v, x, m)
			}
		}
	}
}

// isMinimal reports whether a task is of that form.
func isMinimal(n *foreign.Node) bool {
	return n.Is(foreign.Object) && n.Get("data") == nil && n.Get("annotations") == nil && n.Get("text").Is(foreign.String) && n.First("annotator", "annotation_id") != nil
}

func (r *reader) annotator(n *foreign.Node) string {
	a := n.Get("annotator")
	if id, ok := a.Int(); ok {
		return fmt.Sprintf("Label Studio user %d", id)
	}
	return first(a.Str(), a.Get("email").Str(), r.Reviewer())
}

// whole takes a word as the tag of the whole text where it is one.
func (r *reader) whole(v *foreign.View, word string, m foreign.Mark) {
	if _, _, err := foreign.TagOf(v.Codebook, word); err != nil {
		return
	}
	id, err := v.Whole()
	if err != nil {
		r.Met()
		r.Reject(m.At, "%v", err)
		return
	}
	m.Label = word
	if v.Tag(id, m) {
		r.Receipt.Ranges++
	}
}

func (r *reader) span(v *foreign.View, x *foreign.Node, m foreign.Mark) {
	m.At = foreign.Place{Line: x.Line}
	c, err := claim(x)
	if err != nil {
		r.Met()
		r.Reject(m.At, "%v", err)
		return
	}
	for _, l := range x.Get("labels").Each() {
		m.Label = l.Str()
		v.Mark(c, m)
	}
}
