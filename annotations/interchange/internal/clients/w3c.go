package clients

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations/interchange"
)

// node is an object of JSON-LD as far as it is looked at.
type node struct {
	Context    json.RawMessage `json:"@context"`
	ID         string
	Type       string
	Motivation string
	Purpose    string
	Value      *string
	Created    string
	Modified   string
	Total      *int
	PartOf     string
	StartIndex *int
	First      *node
	Items      []node
	Creator    *node
	Name       string
	Body       []node
	Target     *node
	Source     string
	State      *struct{ Type, SourceDate, Cached string }
	Selector   json.RawMessage
	Relation   string `json:"stet:relation"`
}

type selector struct {
	Type                  string
	Exact, Prefix, Suffix *string
	Start, End            *int
}

// motivations are those that both the Recommendation and its context file have.
func motivations() []string {
	return []string{"bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging"}
}

// webReader reads the annotations of one article.
type webReader struct {
	text  text
	utf16 bool
	ids   map[string]int // of annotations, with the place they are about
	out   *Reading
}

// WebAnnotations reads NAME.anno.jsonld, or NAME.utf16.anno.jsonld whose
// positions count UTF-16 units, of the texts by name.
func WebAnnotations(files []interchange.File, texts map[string]string) ([]Reading, error) {
	return each(files, ".anno.jsonld", func(name string, data []byte) (*Reading, error) {
		r := &webReader{ids: map[string]int{}}
		name, r.utf16 = strings.CutSuffix(name, ".utf16")
		r.text, r.out = newText(texts[name]), &Reading{Name: name, Text: texts[name]}
		var c node
		if err := json.Unmarshal(data, &c); err != nil {
			return nil, err
		}
		if !strings.Contains(string(c.Context), `"http://www.w3.org/ns/anno.jsonld"`) || c.Type != "AnnotationCollection" || !iri(c.ID) || c.Total == nil {
			return nil, errors.New("no collection with the context, an IRI and a total")
		}
		if c.First == nil {
			if *c.Total != 0 {
				return nil, errors.New("the collection has a total and no page")
			}
			return r.out, nil
		}
		p := c.First
		if p.Type != "AnnotationPage" || !iri(p.ID) || p.Context != nil || p.PartOf != c.ID || len(p.Items) == 0 || len(p.Items) != *c.Total || p.StartIndex == nil || *p.StartIndex != 0 {
			return nil, errors.New("the page is empty, repeats the context, or holds another number than the total")
		}
		for i := range p.Items {
			if err := r.annotation(&p.Items[i]); err != nil {
				return nil, fmt.Errorf("annotation %d: %w", i, err)
			}
		}
		return r.out, r.links(p.Items)
	})
}

// iri asks for an absolute IRI without characters that JSON-LD processors refuse.
func iri(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.IsAbs() && !strings.ContainsAny(s, " <>\"{}|\\^`")
}

func instant(s string) bool {
	_, err := time.Parse(time.RFC3339Nano, s)
	return err == nil && strings.HasSuffix(s, "Z")
}

func (r *webReader) annotation(a *node) error {
	if _, twice := r.ids[a.ID]; twice || a.Type != "Annotation" || !iri(a.ID) {
		return fmt.Errorf("the id %q stands twice or is no IRI", a.ID)
	}
	if !slices.Contains(motivations(), a.Motivation) || a.Created != "" && !instant(a.Created) || a.Modified != "" && !instant(a.Modified) {
		return fmt.Errorf("motivation %q, created %q, modified %q", a.Motivation, a.Created, a.Modified)
	}
	if a.Creator == nil || a.Creator.Type != "Person" || !iri(a.Creator.ID) || a.Target == nil || len(a.Body) == 0 {
		return errors.New("creator, target or body is missing")
	}
	start, end, err := r.place(a.Target)
	if err != nil {
		return err
	}
	r.ids[a.ID] = start
	for i := range a.Body {
		b := &a.Body[i]
		if !slices.Contains(motivations(), b.Purpose) {
			return fmt.Errorf("a body has the purpose %q", b.Purpose)
		}
		switch b.Type {
		case "TextualBody":
			if b.Value == nil || *b.Value == "" || b.Source != "" {
				return errors.New("a textual body has no value")
			}
			if b.Purpose == "tagging" {
				r.out.Marks = append(r.out.Marks, Mark{Start: start, End: end, Label: *b.Value, By: a.Creator.Name})
			}
		case "SpecificResource":
			if !iri(b.Source) || b.Value != nil {
				return fmt.Errorf("a body's source %q is no IRI", b.Source)
			}
			if b.Selector != nil && b.Source == a.Target.Source {
				if _, _, err := r.place(b); err != nil {
					return err
				}
			}
		default:
			return fmt.Errorf("a body is a %q", b.Type)
		}
	}
	return nil
}

// place proves both selectors of a resource against the text.
func (r *webReader) place(n *node) (start, end int, err error) {
	if n.Type != "SpecificResource" || !iri(n.Source) {
		return 0, 0, fmt.Errorf("a target is a %q of %q", n.Type, n.Source)
	}
	if n.State != nil && (n.State.Type != "TimeState" || !instant(n.State.SourceDate) || !iri(n.State.Cached)) {
		return 0, 0, fmt.Errorf("the state %+v is none", *n.State)
	}
	var list []selector
	if err := json.Unmarshal(n.Selector, &list); err != nil || len(list) != 2 {
		return 0, 0, fmt.Errorf("%d selectors: %w", len(list), err)
	}
	q, p := list[0], list[1]
	if q.Type != "TextQuoteSelector" || p.Type != "TextPositionSelector" || q.Exact == nil || q.Prefix == nil || q.Suffix == nil || p.Start == nil || p.End == nil {
		return 0, 0, errors.New("a quotation with its surroundings and a position are meant")
	}
	start, end = *p.Start, *p.End
	if r.utf16 {
		if start, end, err = r.text.span(start, end); err != nil {
			return 0, 0, err
		}
	}
	words, err := r.text.slice(start, end)
	before, after := string(r.text.runes[:start]), ""
	if err == nil {
		after = string(r.text.runes[end:])
	}
	if err != nil || words != *q.Exact || !strings.HasSuffix(before, *q.Prefix) || !strings.HasPrefix(after, *q.Suffix) {
		return 0, 0, fmt.Errorf("at %d–%d stands %q, quoted is %q after %q before %q: %w", start, end, words, *q.Exact, *q.Prefix, *q.Suffix, err)
	}
	return start, end, nil
}

// links asks that what links lead to is there, and gathers them.
func (r *webReader) links(items []node) error {
	for i := range items {
		a := &items[i]
		if a.Motivation != "linking" {
			continue
		}
		for k := range a.Body {
			b := &a.Body[k]
			if b.Type != "SpecificResource" || b.Purpose != "linking" {
				continue
			}
			if to, ok := r.ids[b.Source]; ok {
				r.out.Links = append(r.out.Links, Link{From: r.ids[a.ID], To: to, Label: a.Relation, By: a.Creator.Name})
			}
		}
	}
	return nil
}
