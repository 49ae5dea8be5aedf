package w3c

import (
	"encoding/base64"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// reader reads all the files.
type reader struct {
	*foreign.Intake
	texts  map[string]string        // by base name
	opened map[string]*foreign.View // the same, once read
	file   string                   // base name of the file that is read
	unit   annotations.Unit
	head   *foreign.Node // the collection or page around the annotations
	where  map[string]place
	later  []later
}

// place is a sentence of an article, which other annotations may link to.
type place struct {
	article  annotations.ArticleID
	sentence annotations.SentenceID
}

// later is a link, read when all that it could lead to has been.
type later struct {
	node *foreign.Node
	file string
	unit annotations.Unit
	head *foreign.Node
}

// Read implements [interchange.Dialect].
func (dialect) Read(files []interchange.File, lib interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	r := &reader{Intake: foreign.NewIntake(lib), texts: map[string]string{}, opened: map[string]*foreign.View{}, where: map[string]place{}}
	for _, f := range files {
		if strings.HasSuffix(strings.ToLower(f.Name), ".txt") {
			if err := foreign.Sound(f); err != nil {
				return nil, nil, err
			}
			r.texts[foreign.Stem(f.Name)] = string(f.Data)
		}
	}
	type parsed struct {
		name string
		n    *foreign.Node
	}
	var trees []parsed
	for _, f := range files {
		if strings.HasSuffix(strings.ToLower(f.Name), ".txt") {
			continue
		}
		n, err := foreign.Tree(f)
		if err != nil {
			return nil, nil, err
		}
		if len(files)-len(r.texts) > 1 {
			r.File(f.Name)
		}
		cuts := n.Get("stet:cuts")
		r.Cuts(n.Get("stet:article").Str(), cuts.Str(), foreign.Place{Line: cuts.LineOr(n.Line)})
		r.About(n.Get("stet:article").Str(), n.Get("stet:about").Str())
		trees = append(trees, parsed{f.Name, n})
	}
	for _, f := range trees {
		if len(files)-len(r.texts) > 1 {
			r.File(f.name)
		}
		r.file, r.unit = foreign.Stem(f.name), annotations.CodePoints
		if strings.Contains(f.name, utf16Mark+".") || f.n.Get("stet:positions").Str() == string(annotations.UTF16) {
			r.unit = annotations.UTF16
		}
		r.top(f.n)
	}
	for _, l := range r.later {
		r.file, r.unit, r.head = l.file, l.unit, l.head
		r.link(l.node)
	}
	return r.Export(Format)
}

// kind reports whether n is of a type; JSON-LD gives one or a list.
func kind(n *foreign.Node, name string) bool {
	for _, t := range n.First("type", "@type").Each() {
		if t.Str() == name || strings.TrimPrefix(t.Str(), "oa:") == name {
			return true
		}
	}
	return false
}

// top finds the annotations of a file.
func (r *reader) top(n *foreign.Node) {
	at := foreign.Place{Line: n.Line}
	switch {
	case n.Is(foreign.List):
		for _, x := range n.Items {
			r.item(x)
		}
	case kind(n, "AnnotationCollection"):
		r.head = n
		switch first := n.Get("first"); {
		case first.Is(foreign.Object):
			r.page(first, n)
		case first.Is(foreign.String):
			r.Met()
			r.Reject(at, "the pages of the collection are not in the file, they lie at %.200q; fetch them and load them", first.Text)
		case n.Get("items") != nil:
			r.page(n, n)
		case n.Get("stet:article") != nil:
			// Nothing is said of this article; links of others may lead to it.
			_, _ = r.lay(n, nil)
			r.missing(n, 0)
		default:
			r.missing(n, 0)
		}
	case kind(n, "AnnotationPage"):
		r.head = n
		r.page(n, nil)
	case n.Get("@graph").Is(foreign.List):
		r.page(n, nil)
	case n.Get("rows").Is(foreign.List):
		r.page(n, n)
	case n.Is(foreign.Object):
		r.item(n)
	default:
		r.Met()
		r.Reject(at, "is %s, neither an annotation nor a list of them", n.Kind)
	}
}

// page reads the annotations of a page; whole, where there is one, counts those of
// all pages.
func (r *reader) page(n, whole *foreign.Node) {
	items := n.First("items", "@graph", "rows").Each()
	for _, x := range items {
		r.item(x)
	}
	if next := n.Get("next"); next != nil && next.Kind != foreign.Null {
		r.Met()
		r.Reject(foreign.Place{Line: next.Line}, "the next page is not in the file, it lies at %.200q; fetch it and load it", next.Str())
		return
	}
	r.missing(whole, len(items))
}

// missing says how many annotations a file counts and does not have: a service
// hands out the first few of them when it is not asked for all.
func (r *reader) missing(whole *foreign.Node, got int) {
	total := whole.Get("total")
	if n, ok := total.Int(); ok && n > got {
		r.Met()
		r.Reject(foreign.Place{Line: total.Line}, "the file counts %d annotations and has %d of them; fetch the others and load them", n, got)
	}
}

func (r *reader) item(n *foreign.Node) {
	at := foreign.Place{Line: n.Line}
	switch {
	case !n.Is(foreign.Object):
		r.Met()
		r.Reject(at, "an annotation is %s, not an object", n.Kind)
	case n.Get("http://www.w3.org/ns/oa#hasTarget") != nil:
		r.Met()
		r.Reject(at, "the JSON-LD is expanded; compact it with the context %s", context)
	case motivated(n, "linking") && n.Get("stet:record") == nil:
		r.later = append(r.later, later{n, r.file, r.unit, r.head})
	default:
		r.annotation(n)
	}
}

func motivated(n *foreign.Node, by string) bool {
	for _, m := range n.Get("motivation").Each() {
		if strings.TrimPrefix(m.Str(), "oa:") == by {
			return true
		}
	}
	return false
}

// lay finds the article that a target is about.
func (r *reader) lay(n, target *foreign.Node) (*foreign.View, error) {
	source := target.Str()
	if target.Is(foreign.Object) {
		source = iri(target.First("source", "id", "@id"))
	}
	if source == "" {
		source = n.Get("uri").Str()
	}
	source, _, _ = strings.Cut(source, "#char=")
	names := []string{n.Get("stet:article").Str(), r.head.Get("stet:article").Str(), r.head.Get("stet:name").Str(), source, r.file}
	var hash annotations.Hash
	for _, s := range target.Get("state").Each() {
		for _, c := range s.Get("cached").Each() {
			words, ok := strings.CutPrefix(c.Str(), "ni:///sha-256;")
			if b, err := base64.RawURLEncoding.DecodeString(words); ok && err == nil && len(b) == len(hash) {
				copy(hash[:], b)
			}
		}
	}
	v, err := r.Lay(hash, names...)
	words, beside := r.texts[r.file]
	if err == nil || !beside {
		return v, err
	}
	if v = r.opened[r.file]; v != nil {
		return v, nil
	}
	if v, err = r.Open(foreign.Text{Words: words, Names: []string{source}, About: interchange.About{URL: source}, File: r.file + ".txt"}); err == nil {
		r.opened[r.file] = v
	}
	return v, err
}

// iri is the id of a resource, given as such or as an object.
func iri(n *foreign.Node) string {
	if n.Is(foreign.Object) {
		return n.First("id", "@id").Str()
	}
	return n.Str()
}

// creator is who made an annotation.
func (r *reader) creator(n *foreign.Node) string {
	for _, c := range n.First("creator", "dcterms:creator", "user").Each() {
		for _, name := range []string{c.Get("name").Str(), c.Get("nickname").Str(), iri(c)} {
			if name == "" {
				continue
			}
			if account, ok := strings.CutPrefix(name, "acct:"); ok { // acct:ana@host, of Hypothesis
				name, _, _ = strings.Cut(account, "@")
			}
			return name
		}
	}
	return r.Reviewer()
}

func (r *reader) mark(n *foreign.Node) foreign.Mark {
	m := foreign.Mark{By: r.creator(n), At: foreign.Place{Line: n.Line}}
	for _, name := range []string{"modified", "updated", "created"} {
		if m.When = foreign.Instant(n.Get(name).Str()); !m.When.IsZero() {
			break
		}
	}
	return m
}
