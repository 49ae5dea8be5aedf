package w3c

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// Format is the name of this dialect.
const Format interchange.Format = "w3c"

// The terms of the files.
const (
	context   = "http://www.w3.org/ns/anno.jsonld"
	prefix    = "https://stet.example/ns#"
	home      = "https://stet.example/"
	doubt     = "The reviewer is unsure and asks the lead."
	nothing   = "Said in stet."
	utf16Mark = ".utf16"
	verdict   = "verdict"
)

type dialect struct{}

// New returns the dialect of Web Annotations.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return Format }

type collection struct {
	Context   any       `json:"@context"`
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Label     string    `json:"label"`
	Generator generator `json:"generator"`
	Article   string    `json:"stet:article"`
	Name      string    `json:"stet:name"`
	Positions string    `json:"stet:positions"`
	Cuts      string    `json:"stet:cuts,omitempty"`
	About     string    `json:"stet:about,omitempty"`
	Total     int       `json:"total"`
	First     *page     `json:"first,omitempty"`
}

type page struct {
	ID     string       `json:"id"`
	Type   string       `json:"type"`
	PartOf string       `json:"partOf"`
	Start  int          `json:"startIndex"`
	Items  []annotation `json:"items"`
}

type generator struct {
	ID   string `json:"id"`
	Type string `json:"type"`
	Name string `json:"name"`
	Home string `json:"homepage"`
}

type annotation struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Motivation string `json:"motivation"`
	Created    string `json:"created,omitempty"`
	Modified   string `json:"modified,omitempty"`
	Creator    person `json:"creator"`
	Body       []body `json:"body"`
	Target     target `json:"target"`
	Relation   string `json:"stet:relation,omitempty"`
	Article    string `json:"stet:article"`
	Record     string `json:"stet:record,omitempty"`
}

type person struct {
	ID   string `json:"id"`
	Type string `json:"type"`
	Name string `json:"name"`
}

type body struct {
	Type     string `json:"type"`
	Purpose  string `json:"purpose"`
	Value    string `json:"value,omitempty"`
	Format   string `json:"format,omitempty"`
	Source   string `json:"source,omitempty"`
	Selector any    `json:"selector,omitempty"`
	Part     string `json:"stet:part,omitempty"`
	Role     string `json:"stet:role,omitempty"`
	Stance   string `json:"stet:stance,omitempty"`
}

type target struct {
	Type     string `json:"type"`
	Source   string `json:"source"`
	State    *state `json:"state,omitempty"`
	Selector []any  `json:"selector"`
}

type state struct {
	Type   string `json:"type"`
	Date   string `json:"sourceDate"`
	Cached string `json:"cached"`
}

type quoteSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

// exactSelector quotes words of a page that nobody has at hand.
type exactSelector struct {
	Type  string `json:"type"`
	Exact string `json:"exact"`
}

type positionSelector struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Write implements [interchange.Dialect].
func (d dialect) Write(e interchange.Export, o interchange.Options) (interchange.Written, error) {
	unit, ending := annotations.CodePoints, ".anno.jsonld"
	switch o.Offsets {
	case "", annotations.CodePoints:
	case annotations.UTF16:
		unit, ending = annotations.UTF16, utf16Mark+".anno.jsonld"
	default:
		return interchange.Written{}, fmt.Errorf("w3c: positions in %q cannot be written; codepoint and utf16 can", o.Offsets)
	}
	var losses foreign.Losses
	sheets, err := foreign.Prepare(&e, &losses)
	if err != nil {
		return interchange.Written{}, err
	}
	w := interchange.Written{Unit: unit}
	for _, s := range sheets {
		x := &writer{sheet: s, unit: unit, quotes: newQuoter(s.Article()), source: sourceOf(s.Article())}
		c, err := x.collection(e.Generator)
		if err != nil {
			return interchange.Written{}, fmt.Errorf("w3c: article %s: %w", s.Article().Name, err)
		}
		b, err := foreign.EncodeIndented(c)
		if err != nil {
			return interchange.Written{}, err
		}
		w.Files = append(w.Files, foreign.Files(s, ending, append(b, '\n')))
		if x.source != s.Article().URL && s.Article().URL != "" {
			losses.Add(1, "article URLs", "they are no web address as they stand; escaped, or a urn:uuid instead")
		}
	}
	w.Losses = losses.List()
	w.Ranges, err = foreign.ReadBack(d, w.Files, sheets)
	return w, err
}

// writer writes one article.
type writer struct {
	sheet  *interchange.Sheet
	unit   annotations.Unit
	quotes *quoter
	source string
}

func (x *writer) collection(tool string) (collection, error) {
	a := x.sheet.Article()
	key := a.ID.String()
	c := collection{
		Context: []any{context, map[string]string{"stet": prefix}}, ID: urn("collection", key), Type: "AnnotationCollection",
		Label: strings.TrimSpace(tool + ": " + a.Title), Generator: generator{home, "Software", tool, home},
		Article: key, Name: a.Name, Positions: string(x.unit), Cuts: x.sheet.Cuts(), About: x.sheet.About(),
	}
	p := &page{ID: urn("page", key), Type: "AnnotationPage", PartOf: c.ID}
	for _, u := range a.Units {
		for _, v := range x.sheet.Voices(u.ID) {
			list, err := x.voice(u, &v)
			if err != nil {
				return c, err
			}
			p.Items = append(p.Items, list...)
		}
		if r, ok := x.sheet.Ruling(u.ID); ok {
			item, err := x.ruling(u, &r)
			if err != nil {
				return c, err
			}
			p.Items = append(p.Items, item)
		}
	}
	if c.Total = len(p.Items); c.Total > 0 {
		c.First = p
	}
	return c, nil
}

// selectors are both ways to find a span.
func (x *writer) selectors(s annotations.Span) []any {
	before, after := x.quotes.context(s)
	pair := x.sheet.Offsets().Pair(s, x.unit)
	return []any{
		quoteSelector{"TextQuoteSelector", s.In(x.sheet.Article().Body), before, after},
		positionSelector{"TextPositionSelector", pair[0], pair[1]},
	}
}

// frame is an annotation of a sentence without what it says.
func (x *writer) frame(u annotations.Sentence, motivation, by string, rev uint64, when time.Time) annotation {
	a := annotation{
		Type: "Annotation", Motivation: motivation, Creator: person{urn("person", by), "Person", by},
		Target:  target{Type: "SpecificResource", Source: x.source, Selector: x.selectors(u.Span)},
		Article: x.sheet.Article().ID.String(),
	}
	if !when.IsZero() {
		a.Modified = when.UTC().Format(time.RFC3339Nano)
		if rev == 1 {
			a.Created = a.Modified
		}
	}
	if day, err := time.Parse(time.DateOnly, x.sheet.Article().Published); err == nil {
		hash := x.sheet.Article().Text
		a.Target.State = &state{"TimeState", day.Format(time.RFC3339), "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(hash[:])}
	}
	return a
}

func text(purpose, value string) body {
	return body{Type: "TextualBody", Purpose: purpose, Value: value, Format: "text/plain"}
}

// voice is what one reviewer says of one sentence, and that person's links.
func (x *writer) voice(u annotations.Sentence, v *interchange.Voice) ([]annotation, error) {
	motivation := "describing"
	switch {
	case v.Tag != "":
		motivation = "tagging"
	case strings.TrimSpace(v.Note) != "":
		motivation = "commenting"
	case v.Unsure:
		motivation = "questioning"
	}
	a := x.frame(u, motivation, v.By, v.Rev, v.Time)
	a.ID = annotationID(x.sheet.Article().ID, u.ID, v.By)
	a.Body = x.bodies(v)
	var err error
	if a.Record, err = x.sheet.Pack(u.ID, v.By); err != nil {
		return nil, err
	}
	out := []annotation{a}
	for i, l := range v.Links {
		link := x.frame(u, "linking", v.By, v.Rev, v.Time)
		link.ID = urn("link", x.sheet.Article().ID.String(), u.ID.String(), v.By, fmt.Sprint(i), string(l.Relation), l.To.Article.String(), l.To.Sentence.String())
		words := string(l.Relation)
		if l.Manner != "" {
			words += " (" + string(l.Manner) + ")"
		}
		if l.Note != "" {
			words += ": " + l.Note
		}
		link.Relation = string(l.Relation)
		link.Body = []body{{Type: "SpecificResource", Purpose: "linking", Source: x.other(l.To, v.By)}, text("describing", words)}
		out = append(out, link)
	}
	return out, nil
}

// other is the annotation of a linked sentence: the same person's, or somebody
// else's, or, where there is none in the file, the sentence itself.
func (x *writer) other(t annotations.Target, by string) string {
	if t.Article != x.sheet.Article().ID {
		return sentenceID(t)
	}
	voices := x.sheet.Voices(t.Sentence)
	for _, v := range voices {
		if v.By == by {
			return annotationID(t.Article, t.Sentence, by)
		}
	}
	if len(voices) > 0 {
		return annotationID(t.Article, t.Sentence, voices[0].By)
	}
	return sentenceID(t)
}

func (x *writer) bodies(v *interchange.Voice) []body {
	var out []body
	say := func(purpose, part, words string) {
		if strings.TrimSpace(words) != "" {
			b := text(purpose, words)
			b.Part = part
			out = append(out, b)
		}
	}
	say("tagging", "", v.Tag)
	say("commenting", "", v.Note)
	say("describing", verdict, v.Verdict)
	say("describing", "rule", v.Rule)
	say("describing", "flags", strings.Join(v.Flags, ", "))
	if v.Unsure {
		say("questioning", "", doubt)
	}
	for i := range v.Attributions {
		for _, part := range []foreign.Part{foreign.Source, foreign.Cue, foreign.Content} {
			for _, s := range *part.List(&v.Attributions[i]) {
				out = append(out, body{Type: "SpecificResource", Purpose: "describing", Source: x.source, Selector: x.selectors(s), Role: part.String()})
			}
		}
	}
	for _, use := range v.Evidence {
		item := x.sheet.Item(use.ID)
		if item == nil {
			continue
		}
		b := body{Type: "SpecificResource", Purpose: "linking", Source: evidenceOf(item), Stance: string(use.Stance)}
		if item.Quote != "" {
			b.Selector = exactSelector{"TextQuoteSelector", item.Quote}
		}
		out = append(out, b)
	}
	if len(out) == 0 {
		say("describing", "nothing", nothing)
	}
	return out
}

func (x *writer) ruling(u annotations.Sentence, r *annotations.RulingRecord) (annotation, error) {
	a := x.frame(u, "commenting", r.By, r.Rev, r.Time)
	a.ID = urn("ruling", x.sheet.Article().ID.String(), u.ID.String())
	words := string(r.Verdict)
	if r.Tag != "" {
		words += " to " + r.Tag
	}
	if r.Rule != "" {
		words += " (" + r.Rule + ")"
	}
	if r.Reviewer != "" {
		words += ", on " + r.Reviewer
	}
	if r.OfOtherWords(u.Span.In(x.sheet.Article().Body)) {
		words += " (" + standoff.RuledSince + ")"
	}
	if r.Reason != "" {
		words += ": " + r.Reason
	}
	a.Body = []body{text("commenting", words)}
	var err error
	a.Record, err = x.sheet.PackRuling(u.ID)
	return a, err
}
