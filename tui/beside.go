package tui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/store"
	"stet.example/stet/tui/review"
)

// source is the text that an article's sentences come from: the revision before
// it, or its original.
type source struct {
	art     *annotations.Article
	mine    map[annotations.SentenceID]annotations.Record
	others  map[annotations.SentenceID][]store.Row
	rulings map[annotations.SentenceID]annotations.RulingRecord
	past    map[annotations.SentenceID][]store.Row // said of other words than stand there now
}

// beside puts what a sentence comes from beside it, with what was said there, and
// proposes to take it.
func (l loader) beside(d *review.Doc) error {
	m := d.Article.About()
	from, lines := m.Parent, l.revised
	if from == annotations.Desk {
		from, lines = l.against, l.rewritten
	}
	if from == annotations.Desk || from == m.ID {
		return nil
	}
	src, err := l.source(from)
	if errors.Is(err, store.ErrNotFound) {
		return nil // it is not in this store
	}
	if err != nil {
		return err
	}
	art, err := d.Article.Whole()
	if err != nil {
		return err
	}
	d.Beside = map[annotations.SentenceID]string{}
	d.Carried = map[annotations.SentenceID]review.Suggestion{}
	lines(d, art, src)
	return nil
}

func (l loader) source(id annotations.ArticleID) (*source, error) {
	art, err := store.Load(l.ctx, l.store, id)
	if err != nil {
		return nil, err
	}
	s := &source{
		art: art, mine: map[annotations.SentenceID]annotations.Record{}, others: map[annotations.SentenceID][]store.Row{},
		rulings: map[annotations.SentenceID]annotations.RulingRecord{}, past: map[annotations.SentenceID][]store.Row{},
	}
	rows, err := l.store.State(l.ctx, id, 1, ^annotations.SentenceID(0), 1<<20)
	for _, r := range rows {
		switch {
		case r.Ruling != nil && settledElsewhere(art, r):
		case r.Ruling != nil:
			s.rulings[r.Sentence] = *r.Ruling
		case saidElsewhere(art, r):
			s.past[r.Sentence] = append(s.past[r.Sentence], r)
		case r.Reviewer == l.who:
			s.mine[r.Sentence] = r.Annotation
		case r.Annotation.Tag != "":
			s.others[r.Sentence] = append(s.others[r.Sentence], r)
		}
	}
	return s, err
}

// settledElsewhere reports whether a row is a ruling on other words than its sentence has
// now, of which it decides nothing. A question stays asked, whatever became of the sentence.
func settledElsewhere(art *annotations.Article, r store.Row) bool {
	if r.Ruling == nil || r.Ruling.Verdict == annotations.Query {
		return false
	}
	i := art.Index(r.Sentence)
	return i >= 0 && r.Ruling.OfOtherWords(art.Units[i].Span.In(art.Body))
}

// saidElsewhere reports whether a row is an annotation of other words than its sentence has
// now: no tag of it holds there until its reviewer has looked again.
func saidElsewhere(art *annotations.Article, r store.Row) bool {
	if r.Ruling != nil {
		return false
	}
	i := art.Index(r.Sentence)
	return i >= 0 && r.Annotation.OfOtherWords(art.Units[i].Span.In(art.Body))
}

// revised goes by the plan that `stet revise` follows: what was kept has its
// tags already, the rest asks.
func (l loader) revised(d *review.Doc, art *annotations.Article, src *source) {
	plan := align.PlanRevision(align.Side{Text: src.art.Body, Units: src.art.Units}, align.Side{Text: art.Body, Units: art.Units})
	for i, p := range plan.New {
		from := p.Old
		switch p.Fate {
		case align.PlanKept, align.PlanMoved, align.PlanNew:
			continue
		case align.PlanAsk:
			from = p.Candidates
		}
		l.propose(d, art, src, i, from, "before", len(p.Old) == 1 && p.Fate != align.PlanMerged)
	}
}

// rewritten goes by the links between an original and its rewrite.
func (l loader) rewritten(d *review.Doc, art *annotations.Article, src *source) {
	a, b := align.Side{Text: src.art.Body, Units: src.art.Units}, align.Side{Text: art.Body, Units: art.Units}
	if align.TooLong(a, b) != nil {
		return // nothing stands beside it; who asks for the comparison is told why
	}
	r := align.Compare(a, b)
	for _, link := range r.Links {
		l.propose(d, art, src, link.B, link.From, "in the original", len(link.From) == 1)
	}
}

// propose writes down where a sentence comes from; one is whether what was said
// of that may be taken as a whole.
func (l loader) propose(d *review.Doc, art *annotations.Article, src *source, i int, from []int, where string, one bool) {
	if i < 0 || i >= len(art.Units) || len(from) == 0 {
		return
	}
	id := art.Units[i].ID
	var parts []string
	for _, o := range from {
		u := src.art.Units[o]
		words := fmt.Sprintf("%s %d: “%s”", where, o+1, u.Span.In(src.art.Body))
		if said := src.said(u.ID, l.who); said != "" {
			words += " (" + said + ")"
		}
		parts = append(parts, words)
	}
	d.Beside[id] = strings.Join(parts, " · ")
	if !one {
		return
	}
	u := src.art.Units[from[0]]
	a, ok := src.settled(u.ID)
	if !ok {
		return
	}
	now := art.Units[i].Span
	same := func(t annotations.Target) annotations.Target { return t }
	whole := annotations.Carried(a, u.Span, u.Span.In(src.art.Body), now, now.In(art.Body), same)
	whole.Confidential, whole.Links = nil, nil // they belong to the other sentence
	d.Carried[id] = review.Suggestion{Tag: a.Tag, Whole: &whole, From: strconv.Itoa(from[0]+1) + " of " + src.art.Name}
}

// said is who said what of a sentence of the source.
func (s *source) said(id annotations.SentenceID, who string) string {
	var parts []string
	if r := s.mine[id]; r.Tag != "" {
		parts = append(parts, who+" "+r.Tag)
	}
	for _, r := range s.others[id] {
		parts = append(parts, r.Reviewer+" "+r.Annotation.Tag)
	}
	for _, r := range s.past[id] {
		if r.Annotation.Tag != "" {
			parts = append(parts, r.Reviewer+" "+r.Annotation.Tag+" of other words")
		}
	}
	slices.Sort(parts)
	if r, ok := s.rulings[id]; ok && r.Verdict != "" {
		parts = append(parts, strings.TrimSpace("ruled "+string(r.Verdict)+" "+r.Tag))
	}
	return strings.Join(parts, ", ")
}

// settled is what holds of a sentence of the source: the lead's tag, else one's
// own, else what all others agree on; nothing where a lead ruled that none is right. What
// was said of other words counts only where a lead, on those of now, let it stand.
func (s *source) settled(id annotations.SentenceID) (annotations.Annotation, bool) {
	if s.rulings[id].Verdict == annotations.Neither {
		return annotations.Annotation{}, false
	}
	if r := s.rulings[id]; r.Verdict == annotations.Stet && r.Reviewer != "" {
		for _, o := range slices.Concat(s.others[id], s.past[id]) {
			if o.Reviewer == r.Reviewer && o.Annotation.Tag != "" {
				return o.Annotation.Annotation.Clone(), true
			}
		}
	}
	out := s.mine[id].Annotation
	if out.Tag == "" {
		for _, r := range s.others[id] {
			if out.Tag != "" && out.Tag != r.Annotation.Tag {
				return annotations.Annotation{}, false
			}
			out = r.Annotation.Annotation.Clone()
		}
	}
	if r, ok := s.rulings[id]; ok && r.Verdict == annotations.Amend && r.Tag != out.Tag {
		out.Tag, out.Rule = r.Tag, r.Rule
	}
	return out, out.Tag != ""
}
