package brat

import (
	"fmt"
	"slices"
	"strings"

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
	out := interchange.Written{Unit: annotations.CodePoints}
	var losses standoff.Ledger
	for _, p := range pages {
		w := &writer{Page: p, names: namesOf(p.Codebook), losses: &losses, sentence: make([]string, len(p.Article.Units))}
		if err := w.all(); err != nil {
			return interchange.Written{}, fmt.Errorf("brat: article %q: %w", p.Article.Name, err)
		}
		ann := w.lines.String()
		n, err := prove(p.Article.Body, ann)
		if err == nil && n != w.spans {
			err = fmt.Errorf("%d spans were meant, %d read back", w.spans, n)
		}
		if err != nil {
			return interchange.Written{}, fmt.Errorf("brat: article %q: what was written does not read back: %w", p.Article.Name, err)
		}
		out.Ranges += n
		out.Files = append(out.Files,
			interchange.File{Name: p.Base + ".txt", Data: []byte(p.Article.Body)},
			interchange.File{Name: p.Base + ".ann", Data: []byte(ann)})
	}
	if len(pages) > 0 {
		out.Files = append(out.Files, interchange.File{Name: "annotation.conf", Data: []byte(configuration(pages))})
	}
	out.Losses = losses.Losses()
	return out, nil
}

// writer makes the lines of one article.
type writer struct {
	*standoff.Page
	names    *names
	losses   *standoff.Ledger
	lines    strings.Builder
	sentence []string // ID of each unit's T line, "" = none
	// numbers of the lines so far
	spans, attrs, rels, notes int
}

// attribution is what a # line says of one.
type attribution struct {
	Source  string `json:"source,omitempty"` // IDs of T lines
	Cue     string `json:"cue,omitempty"`
	Content string `json:"content,omitempty"`
	Name    string `json:"name,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Count   int    `json:"count,omitempty"`
	Hops    int    `json:"hops,omitempty"`
	Terms   string `json:"terms,omitempty"`
}

func (w *writer) all() error {
	needed := w.targets()
	for i := range w.Answers {
		a := &w.Answers[i]
		if !a.Says() && !needed[i] {
			continue
		}
		name := typeUntagged
		if a.Tag != "" {
			name = w.names.tag(a.Tag)
		}
		if w.sentence[i] = w.span(name, []annotations.Span{w.Article.Units[i].Span}); w.sentence[i] == "" {
			w.losses.Add(1, "sentences made of separators alone", "an annotation must hold a character")
		}
	}
	for i := range w.Answers {
		if a := &w.Answers[i]; a.Says() && w.sentence[i] != "" {
			if err := w.answer(i, a); err != nil {
				return err
			}
		}
	}
	if cuts := interchange.Cuts(w.Article); cuts != "" && w.spans > 0 {
		w.note(noteSentences, "T1", cuts)
	}
	w.losses.OneAnswer(w.Page)
	w.losses.Surroundings(w.Page)
	return nil
}

// targets marks the units to which a link leads that will be written.
func (w *writer) targets() map[int]bool {
	out := map[int]bool{}
	for i := range w.Answers {
		if r := w.Answers[i].Record; r != nil {
			for _, l := range r.Links {
				if l.To.Article == w.Article.ID {
					out[w.Article.Index(l.To.Sentence)] = true
				}
			}
		}
	}
	return out
}

func (w *writer) answer(i int, a *standoff.Answer) error {
	id := w.sentence[i]
	if a.By != "" {
		when := standoff.Instant(a.When)
		if when == "" {
			when = "-"
		}
		kind := noteReviewer
		if a.Ruled() {
			kind = noteRuling
		}
		w.note(kind, id, a.By+" "+when)
	}
	if a.Rule != "" {
		w.attribute("Rule", id, a.Rule)
	}
	r := a.Record
	if r == nil {
		return nil
	}
	for _, f := range r.Flags {
		w.attribute(w.names.flag(f), id, "")
	}
	if r.Unsure {
		w.attribute("Unsure", id, "")
	}
	if r.Inside {
		w.attribute("Inside", id, "")
	}
	if r.Check != annotations.CheckNone {
		w.attribute("Check", id, r.Check.String())
	}
	w.prose(id, r.Note, "line ends in notes")
	for k := range r.Attributions {
		if err := w.attribution(id, &r.Attributions[k]); err != nil {
			return err
		}
	}
	for _, u := range r.Evidence {
		item := w.Items[u.ID]
		if item == nil {
			continue // an item that is not in the export; the check has let it pass
		}
		s, err := standoff.EncodeLine(standoff.ItemOf(item, u.Stance))
		if err != nil {
			return err
		}
		w.note(noteEvidence, id, s)
	}
	w.links(id, r.Links)
	return nil
}

func (w *writer) links(id string, list []annotations.Link) {
	for _, l := range list {
		if l.To.Article != w.Article.ID {
			w.losses.Add(1, "links to other articles", "brat links within a document")
			continue
		}
		to := w.sentence[w.Article.Index(l.To.Sentence)]
		if to == "" {
			w.losses.Add(1, "links to sentences made of separators alone", "an annotation must hold a character")
			continue
		}
		for _, pair := range relations() {
			if pair.stet == l.Relation {
				rel := w.relation(pair.brat, id, to)
				if l.Manner != "" {
					w.note(noteManner, rel, string(l.Manner))
				}
				w.prose(rel, l.Note, "line ends in notes on links")
			}
		}
	}
}

func (w *writer) attribution(claim string, at *annotations.Attribution) error {
	line := attribution{Name: at.Name, Kind: at.Kind, Count: at.Count, Hops: at.Hops, Terms: at.Terms}
	for _, part := range []struct {
		kind  string
		spans []annotations.Span
		id    *string
	}{{typeSource, at.Source, &line.Source}, {typeCue, at.Cue, &line.Cue}, {typeContent, at.Content, &line.Content}} {
		if len(part.spans) == 0 {
			continue
		}
		if !slices.Equal(whole(w.Article.Body, pieces(w.Article.Body, part.spans)), part.spans) {
			w.losses.Add(1, "line ends at the edges of attributed words", "an annotation has one line")
		}
		if *part.id = w.span(part.kind, part.spans); *part.id != "" {
			w.relation("Has_"+strings.ToLower(part.kind), claim, *part.id)
		}
	}
	if line.Source+line.Cue+line.Content+line.Name+line.Kind == "" {
		w.losses.Add(1, "attributions to separators alone", "an annotation must hold a character")
		return nil
	}
	s, err := standoff.EncodeLine(line)
	if err != nil {
		return err
	}
	w.note(noteAttribution, claim, s)
	return nil
}

// span writes a T line and returns its ID, or "" when nothing but line ends is
// left of the spans.
func (w *writer) span(kind string, spans []annotations.Span) string {
	var at, words []string
	for _, s := range pieces(w.Article.Body, spans) {
		p := w.Offsets.Pair(s, annotations.CodePoints)
		at = append(at, fmt.Sprintf("%d %d", p[0], p[1]))
		words = append(words, s.In(w.Article.Body))
	}
	if len(at) == 0 {
		return ""
	}
	w.spans++
	id := fmt.Sprintf("T%d", w.spans)
	fmt.Fprintf(&w.lines, "%s\t%s %s\t%s\n", id, kind, strings.Join(at, ";"), strings.Join(words, " "))
	return id
}

func (w *writer) attribute(name, id, value string) {
	w.attrs++
	if value != "" {
		value = " " + value
	}
	fmt.Fprintf(&w.lines, "A%d\t%s %s%s\n", w.attrs, name, id, value)
}

func (w *writer) relation(name, from, to string) string {
	w.rels++
	id := fmt.Sprintf("R%d", w.rels)
	fmt.Fprintf(&w.lines, "%s\t%s Arg1:%s Arg2:%s\t\n", id, name, from, to)
	return id
}

func (w *writer) note(kind, id, words string) {
	w.notes++
	fmt.Fprintf(&w.lines, "#%d\t%s %s\t%s\n", w.notes, kind, id, words)
}

// prose writes a note that people wrote; what is counts the line ends lost.
func (w *writer) prose(id, words, what string) {
	line, cut := standoff.OneLine(words)
	if cut {
		w.losses.Add(1, what, "a note has one line; they became blanks")
	}
	if strings.TrimSpace(line) != "" {
		w.note(noteWords, id, line)
	} else if words != "" {
		w.losses.Add(1, "notes of white space alone", "brat has no empty notes")
	}
}

// pieces cuts spans at line ends.
func pieces(text string, spans []annotations.Span) []annotations.Span {
	var out []annotations.Span
	for _, s := range spans {
		start := s.Start
		for i, r := range s.In(text) {
			if !standoff.EndsLine(r) {
				continue
			}
			if at := s.Start + i; at > start {
				out = append(out, annotations.Span{Start: start, End: at})
			}
			start = s.Start + i + len(string(r))
		}
		if s.End > start {
			out = append(out, annotations.Span{Start: start, End: s.End})
		}
	}
	return out
}

// whole is the inverse of [pieces]: it joins pieces that line ends alone part.
func whole(text string, list []annotations.Span) []annotations.Span {
	var out []annotations.Span
	for _, s := range list {
		if n := len(out); n > 0 && s.Start > out[n-1].End && strings.Trim(text[out[n-1].End:s.Start], lineEnds) == "" {
			out[n-1].End = s.End
			continue
		}
		out = append(out, s)
	}
	return out
}

const lineEnds = "\n\v\f\r\x1c\x1d\x1e\u0085\u2028\u2029"
