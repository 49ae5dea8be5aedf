package report

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

func (w *viewer) finding(s sentence, a *standoff.Answer, voices []standoff.Voice, id annotations.SentenceID) finding {
	f := finding{sentence: s}
	switch a.How {
	case "ruling":
		f.How = "by a ruling"
	case "agreement":
		f.How = "all who tagged it agree"
	case "reviewer":
		f.How = "by one reviewer"
	case "open":
		f.How = "reviewers differ and nobody has decided"
	}
	for _, v := range voices {
		f.Voices = append(f.Voices, w.voice(v, s.Words))
	}
	if r, ok := w.Ruling(id); ok {
		words := string(r.Verdict)
		if r.Tag != "" {
			words += " to " + w.tagName(r.Tag)
		}
		if r.Reviewer != "" {
			words += ", on what " + r.Reviewer + " said"
		}
		if r.OfOtherWords(s.Words) {
			words += " (" + standoff.RuledSince + ")"
		}
		f.Ruling = &ruling{Words: words, Rule: w.rule(r.Rule), Reason: r.Reason, By: r.By, When: instant(r.Time)}
	}
	return f
}

// rule gives a rule's ID with its words.
func (w *viewer) rule(id string) string {
	if r := w.Codebook.Rule(id); r != nil {
		return id + ": " + r.Words
	}
	return id
}

func (w *viewer) voice(v standoff.Voice, words string) voice {
	out := voice{By: v.By, When: instant(v.Time), Tag: w.tagName(v.Tag), Rule: w.rule(v.Rule), Note: v.Note, Verdict: v.Verdict, Flags: v.Flags}
	if v.Record.OfOtherWords(words) {
		out.Marks = append(out.Marks, standoff.CutSince)
	}
	if v.Unsure {
		out.Marks = append(out.Marks, "unsure")
	}
	if v.Inside {
		out.Marks = append(out.Marks, "disputed inside this sentence")
	}
	if v.Check != annotations.CheckNone {
		out.Marks = append(out.Marks, "second reading "+v.Check.String())
	}
	for i := range v.Attributions {
		out.Sources = append(out.Sources, w.source(&v.Attributions[i]))
	}
	for _, u := range v.Record.Evidence {
		if e := w.Items[u.ID]; e != nil {
			out.Evidence = append(out.Evidence, item(e, u.Stance))
		}
	}
	for _, l := range v.Record.Links {
		out.Links = append(out.Links, w.link(l))
	}
	return out
}

func (w *viewer) source(at *annotations.Attribution) source {
	s := source{Name: firstOf(at.Name, "not named")}
	if k := w.Codebook.SourceKind(at.Kind); k != nil {
		s.Kind = strings.ReplaceAll(k.ID, "_", " ")
	}
	var more []string
	if at.Count > 1 {
		more = append(more, fmt.Sprintf("%d sources", at.Count))
	}
	if at.Hops > 1 {
		more = append(more, fmt.Sprintf("%d steps away", at.Hops))
	}
	if at.Terms != "" {
		more = append(more, at.Terms)
	}
	s.More = strings.Join(more, ", ")
	var words []string
	for _, span := range at.Source {
		words = append(words, span.In(w.Article.Body))
	}
	s.Words = strings.Join(words, " … ")
	return s
}

func item(e *annotations.Evidence, stance annotations.Stance) evidence {
	out := evidence{Stance: string(stance), Label: firstOf(e.URL, e.File, "evidence"), Locator: e.Locator, Quote: e.Quote, Note: e.Note, Fetched: e.Fetched}
	if web(e.URL) {
		out.URL = e.URL
	}
	if web(e.Archive) {
		out.Archive = e.Archive
	}
	return out
}

func (w *viewer) link(l annotations.Link) link {
	out := link{Words: string(l.Relation), Note: l.Note}
	if l.Manner != "" {
		out.Words += " (" + string(l.Manner) + ")"
	}
	p := w.all[l.To.Article]
	if p == nil {
		out.Text = fmt.Sprintf("%s of article %s", l.To.Sentence, l.To.Article)
		return out
	}
	i := p.Article.Index(l.To.Sentence)
	if p.Article.ID == w.Article.ID {
		out.Number, out.Text, out.Href = i+1, fmt.Sprintf("sentence %d", i+1), "#"+l.To.Sentence.String()
		return out
	}
	out.Text = fmt.Sprintf("sentence %d of %s", i+1, p.Article.Name)
	out.Href = p.Base + ".report.html#" + l.To.Sentence.String()
	return out
}

// Silent reports whether nothing but the tag is said, since a list must not be
// empty.
func (v voice) Silent() bool {
	return v.Rule == "" && v.Note == "" && v.Verdict == "" && len(v.Flags)+len(v.Sources)+len(v.Evidence)+len(v.Links)+len(v.Marks) == 0
}
