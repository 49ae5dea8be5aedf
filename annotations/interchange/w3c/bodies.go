package w3c

import (
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// saying is one annotation while its bodies are read.
type saying struct {
	*reader
	found
	mark   foreign.Mark
	node   *foreign.Node
	packed *interchange.Packed
	ids    []annotations.SentenceID // the sentences of the target
}

// annotation reads all but links.
func (r *reader) annotation(n *foreign.Node) {
	m := r.mark(n)
	targets, err := r.targets(n)
	if err != nil {
		r.Met()
		r.Reject(m.At, "%v", err)
		return
	}
	for _, f := range targets {
		s := &saying{reader: r, found: f, mark: m, node: n}
		if s.ids, _, err = f.view.Over(f.span); err != nil {
			r.Met()
			r.Reject(m.At, "%v", err)
			continue
		}
		if f.repair != "" {
			r.Repair(m.At, "%s", f.repair)
		}
		r.Receipt.Ranges++
		if id := iri(n.First("id", "@id")); id != "" && len(s.ids) == 1 {
			r.where[id] = place{f.view.Article.ID, s.ids[0]}
		}
		if record := n.Get("stet:record").Str(); record != "" {
			if s.packed = f.view.Unpack(record, m.At); s.packed != nil && s.packed.Ruling != nil {
				continue // its body repeats it
			}
		}
		s.bodies()
	}
}

func (s *saying) bodies() {
	list := s.node.Get("body").Each()
	// Tags first: rules and other things hang on them.
	for _, tags := range []bool{true, false} {
		for _, b := range list {
			if p := s.purpose(b); (p == "tagging" || p == "classifying") == tags {
				s.body(b, p)
			}
		}
	}
	for _, name := range []string{"bodyValue", "text"} { // text is Hypothesis's
		if words := s.node.Get(name).Str(); strings.TrimSpace(words) != "" {
			s.words(words, s.purpose(nil), s.node)
		}
	}
	for _, tag := range s.node.Get("tags").Each() {
		s.words(tag.Str(), "tagging", tag)
	}
	if len(list) == 0 && s.node.First("bodyValue", "text", "tags") == nil {
		s.Met()
		s.Leave(s.mark.At, "the annotation has no body: it says nothing")
	}
}

// purpose is a body's own, else the annotation's motivation.
func (s *saying) purpose(b *foreign.Node) string {
	for _, list := range []*foreign.Node{b.Get("purpose"), s.node.Get("motivation")} {
		for _, p := range list.Each() {
			return strings.TrimPrefix(p.Str(), "oa:")
		}
	}
	return "commenting"
}

func (s *saying) at(n *foreign.Node) foreign.Mark {
	m := s.mark
	m.At = foreign.Place{Line: n.Line}
	return m
}

func (s *saying) body(b *foreign.Node, purpose string) {
	if !b.Is(foreign.Object) && !b.Is(foreign.String) {
		s.Met()
		s.Reject(s.at(b).At, "a body is %s, neither an object nor the address of one", b.Kind)
		return
	}
	switch value := b.First("value", "rdf:value", "chars"); {
	case b.Get("stet:role").Is(foreign.String):
		s.role(b)
	case value.Is(foreign.String):
		s.part(b, value.Text, purpose)
	case purpose == "tagging" || purpose == "classifying":
		s.words(lastPart(iri(first(b.Get("source"), b))), purpose, b)
	default:
		s.cite(b)
	}
}

func first(list ...*foreign.Node) *foreign.Node {
	for _, n := range list {
		if n != nil {
			return n
		}
	}
	return nil
}

// lastPart is what follows the last slash or hash of an IRI: the name of a tag
// that is given as a resource.
func lastPart(s string) string { return s[strings.LastIndexAny(s, "/#:")+1:] }

// part reads a text that may be one of those this program writes.
func (s *saying) part(b *foreign.Node, words, purpose string) {
	m := s.at(b)
	say := func(change func(a *annotations.Annotation) error) {
		for _, id := range s.ids {
			s.view.Say(id, m, change)
		}
	}
	switch b.Get("stet:part").Str() {
	case verdict:
		say(func(a *annotations.Annotation) error { a.Verdict = words; return nil })
	case "rule":
		for _, id := range s.ids {
			s.view.Rule(id, m, words)
		}
	case "flags":
		say(func(a *annotations.Annotation) error {
			flags := strings.Split(words, ", ")
			slices.Sort(flags)
			a.Flags = slices.Compact(flags)
			return nil
		})
	case "nothing":
		s.Met()
		s.Took()
	default:
		s.words(words, purpose, b)
	}
}

// words reads a text by its purpose.
func (s *saying) words(words, purpose string, n *foreign.Node) {
	m := s.at(n)
	switch purpose {
	case "tagging", "classifying":
		m.Label = words
		s.view.Mark(foreign.Bytes(s.onView()), m)
	case "commenting", "describing", "replying", "highlighting", "linking":
		for _, id := range s.ids {
			s.view.Note(id, m, words)
		}
	case "questioning":
		for _, id := range s.ids {
			s.view.Say(id, m, func(a *annotations.Annotation) error { a.Unsure = true; return nil })
			if words != doubt {
				s.view.Note(id, m, words)
			}
		}
	default:
		s.Met()
		s.Reject(m.At, "a body with the purpose %.40q has no place in stet; tagging, commenting, describing, questioning and linking have", purpose)
	}
}

// onView is the span in the bytes of the view's own words.
func (s *saying) onView() annotations.Span { return s.view.Back(s.span) }

// role reads a source, cue or content.
func (s *saying) role(b *foreign.Node) {
	m := s.at(b)
	m.Label = b.Get("stet:role").Text
	span, repair, err := s.find(s.view, b)
	part := foreign.PartOf(m.Label)
	if err == nil && s.packed != nil && s.view.Holds(m.By, s.packed.Sentence, part, span) {
		s.Met()
		s.Took()
		s.Receipt.Ranges++
		if repair != "" {
			s.Repair(m.At, "%s", repair)
		}
		return
	}
	if err != nil {
		s.Met()
		s.Reject(m.At, "%v", err)
		return
	}
	s.view.Mark(foreign.Bytes(s.view.Back(span)), m)
}

// cite reads a linked page as evidence.
func (s *saying) cite(b *foreign.Node) {
	m := s.at(b)
	source := iri(first(b.Get("source"), b))
	if s.packed != nil {
		for i := range s.packed.Items {
			if evidenceOf(&s.packed.Items[i]) == source {
				s.Met()
				s.Took()
				return
			}
		}
	}
	address, ok := web(source)
	if !ok {
		s.Met()
		s.Reject(m.At, "the body %.80q is no web address and has no words", source)
		return
	}
	item := annotations.Evidence{URL: address}
	for _, sel := range b.Get("selector").Each() {
		if kind(sel, "TextQuoteSelector") {
			item.Quote = sel.Get("exact").Str()
		}
	}
	stance := annotations.Stance(b.Get("stet:stance").Str())
	if stance == "" {
		stance = annotations.Neutral
	}
	for _, id := range s.ids {
		s.view.Cite(id, item, stance, m)
	}
}

// link reads an annotation whose motivation is linking: to another sentence, or
// to a page, which is evidence.
func (r *reader) link(n *foreign.Node) {
	m := r.mark(n)
	relation, note := relationOf(n)
	targets, err := r.targets(n)
	if err != nil {
		r.Met()
		r.Reject(m.At, "%v", err)
		return
	}
	for _, f := range targets {
		from, _, err := f.view.Over(f.span)
		if err == nil && len(from) != 1 {
			err = fmt.Errorf("the target covers %s to %s: nobody can say which is linked", from[0], from[len(from)-1])
		}
		if err != nil {
			r.Met()
			r.Reject(m.At, "%v", err)
			continue
		}
		r.Receipt.Ranges++
		s := &saying{reader: r, found: f, mark: m, node: n, ids: from}
		links := 0
		for _, b := range n.Get("body").Each() {
			if b.First("value", "rdf:value") != nil {
				continue // says which relation it is
			}
			links++
			s.linked(b, from[0], relation, note)
		}
		if links == 0 {
			s.bodies()
		}
	}
}

func (s *saying) linked(b *foreign.Node, from annotations.SentenceID, relation, note string) {
	m := s.at(b)
	to, known := s.where[iri(first(b.Get("source"), b))]
	switch {
	case known && to.article != s.view.Article.ID:
		s.Met()
		s.Reject(m.At, "the link leads to another article; links between articles are read from what stet wrote only")
	case known && s.view.Linked(from, to.sentence, relation):
		s.Met()
		s.Took()
	case known && relation == "":
		s.Met()
		s.Reject(m.At, "the link does not say which relation it is: %s", strings.Join(foreign.Relations(), ", "))
	case known:
		s.view.Link(from, to.sentence, relation, note, m)
	case s.node.Get("stet:relation") != nil && s.view.Relates(from, relation):
		s.Met()
		s.Took() // a sentence that nobody annotated, or of another article
	default:
		s.cite(b)
	}
}

// relationOf reads stet:relation, or the words before a colon in a description.
func relationOf(n *foreign.Node) (relation, note string) {
	for _, b := range n.Get("body").Each() {
		words := b.First("value", "rdf:value").Str()
		head, rest, _ := strings.Cut(words, ":")
		if _, _, ok := foreign.RelationOf(head); ok {
			relation, note = head, strings.TrimSpace(rest)
		}
	}
	if r := n.Get("stet:relation").Str(); r != "" && relation == "" {
		relation = r
	}
	return relation, note
}
